// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspaces/PasswordPrompt.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace desk {

PasswordPrompt::PasswordPrompt(const QString &what, const QString &reason, Keeping keeping, QWidget *parent)
    : QDialog(parent)
    , m_password(new QLineEdit(this))
    , m_keep(new QCheckBox(tr("Keep it in the system keychain"), this))
    , m_memoryOnly(
          new QLabel(tr("There is no keychain on this desktop: it will be asked for each time, and is "
                        "never written to a file."),
                     this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Password"));
    setMinimumWidth(420);
    auto *heading = new QLabel(tr("Password for %1").arg(what), this);
    heading->setProperty("role", QStringLiteral("heading"));
    heading->setTextFormat(Qt::PlainText);
    auto *why = new QLabel(reason, this);
    why->setWordWrap(true);
    why->setTextFormat(Qt::PlainText);
    why->setVisible(!reason.isEmpty());
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setAccessibleName(heading->text());
    m_keep->setChecked(true);
    m_memoryOnly->setWordWrap(true);
    m_memoryOnly->setProperty("role", QStringLiteral("muted"));

    auto *connectButton = new QPushButton(tr("Connect"), this);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    connectButton->setProperty("primary", true);
    connectButton->setDefault(true);
    connectButton->setEnabled(false);
    connect(m_password, &QLineEdit::textChanged, connectButton,
            [connectButton](const QString &text) { connectButton->setEnabled(!text.isEmpty()); });
    connect(connectButton, &QPushButton::clicked, this, [this] {
        Q_EMIT entered(m_password->text(), !m_keep->isHidden() && m_keep->isChecked());
        accept();
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(10);
    for (QWidget *widget : std::initializer_list<QWidget *>{heading, why, m_password, m_keep, m_memoryOnly})
        layout->addWidget(widget);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(connectButton);
    layout->addLayout(buttons);
    setKeeping(keeping);
}

void PasswordPrompt::setKeeping(Keeping keeping)
{
    m_keep->setVisible(keeping == Keeping::Keychain);
    m_memoryOnly->setVisible(keeping == Keeping::MemoryOnly);
}

} // namespace desk
