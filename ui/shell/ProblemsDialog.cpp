// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/ProblemsDialog.h"

#include "ui/shell/Theme.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace desk {

ProblemsDialog::ProblemsDialog(const QString &title, const QString &explanation, const QStringList &problems,
                               Theme &theme, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    resize(720, 360);
    auto *why = new QLabel(explanation, this);
    why->setWordWrap(true);
    why->setTextFormat(Qt::PlainText);
    auto *list = new QPlainTextEdit(problems.join(QLatin1Char('\n')), this);
    list->setReadOnly(true);
    list->setFont(theme.monospace());
    list->setAccessibleName(title);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, list,
            [list] { QGuiApplication::clipboard()->setText(list->toPlainText()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(why);
    layout->addWidget(list, 1);
    layout->addWidget(buttons);
}

} // namespace desk
