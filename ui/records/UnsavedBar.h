// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace desk {

// The question a form asks when it is told to show something else over what has been typed. Stands inside
// the form and blocks nothing. GUI thread.
class UnsavedBar : public QFrame
{
    Q_OBJECT

public:
    explicit UnsavedBar(QWidget *parent);

    void ask(const QString &name, const QStringList &fields);

Q_SIGNALS:
    void saveChosen();
    void discardChosen();
    void stayChosen();

private:
    QLabel *m_sentence;
    QPushButton *m_save;
};

} // namespace desk
