// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cluster/NameQuestion.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace desk {

NameQuestion::NameQuestion(const Text &text, const QStringList &names, QWidget *parent)
    : QDialog(parent)
    , m_expected(names.size() == 1 ? names.constFirst() : text.counted)
    , m_typed(new QLineEdit(this))
    , m_confirm(new QPushButton(text.verb, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("nameQuestion"));
    setWindowTitle(text.title);
    auto *explanation = new QLabel(text.explanation, this);
    explanation->setTextFormat(Qt::PlainText);
    explanation->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(10);
    layout->addWidget(explanation);
    if (names.size() > 1) {
        auto *list = new QPlainTextEdit(names.join(QLatin1Char('\n')), this);
        list->setReadOnly(true);
        list->setAccessibleName(text.title);
        list->setFixedHeight(130);
        layout->addWidget(list);
    }
    auto *prompt = new QLabel(tr("Type “%1” to confirm:").arg(m_expected), this);
    prompt->setTextFormat(Qt::PlainText);
    prompt->setWordWrap(true);
    prompt->setBuddy(m_typed);
    m_typed->setObjectName(QStringLiteral("typedName"));
    m_typed->setAccessibleName(tr("Name to confirm"));
    layout->addWidget(prompt);
    layout->addWidget(m_typed);

    auto *cancel = new QPushButton(tr("Cancel"), this);
    m_confirm->setObjectName(QStringLiteral("confirmName"));
    m_confirm->setProperty("danger", true);
    m_confirm->setEnabled(false);
    m_confirm->setDefault(true);
    auto *foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(cancel);
    foot->addWidget(m_confirm);
    layout->addLayout(foot);
    setMinimumWidth(460);
    m_typed->setFocus();

    connect(m_typed, &QLineEdit::textChanged, this,
            [this](const QString &typed) { m_confirm->setEnabled(typed == m_expected); });
    connect(m_confirm, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
}

} // namespace desk
