// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace desk {

// Asks for one password. Says where it is for and why it is asked; the operator decides whether the keychain
// keeps it, where there is one. Deletes itself when closed; open() it. GUI thread.
class PasswordPrompt : public QDialog
{
    Q_OBJECT

public:
    enum class Keeping { Keychain, MemoryOnly };

    PasswordPrompt(const QString &what, const QString &reason, Keeping keeping, QWidget *parent);

    // The keychain turned out not to be there.
    void setKeeping(Keeping keeping);

Q_SIGNALS:
    void entered(const QString &password, bool keep);

private:
    QLineEdit *m_password;
    QCheckBox *m_keep;
    QLabel *m_memoryOnly;
};

} // namespace desk
