// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

class QLineEdit;
class QPushButton;

namespace desk {

// Asks before something that cannot be undone, and takes only the name of what it is about for a yes: typed, not
// clicked. For several things the names are listed, and their number is typed ("3 topics"). open() it and
// wait for accepted(). GUI thread; deletes itself when closed.
class NameQuestion : public QDialog
{
    Q_OBJECT

public:
    struct Text {
        QString title;       // "Delete topic"
        QString explanation; // what is lost
        QString verb;        // of the button: "Delete"
        QString counted;     // what to type for several: "3 topics"
    };

    NameQuestion(const Text &text, const QStringList &names, QWidget *parent);

private:
    QString m_expected;
    QLineEdit *m_typed;
    QPushButton *m_confirm;
};

} // namespace desk
