// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/streams/StreamChoice.h"

#include <QMenu>

namespace desk {

// Where reading begins and whether it stops at the end: the usual choices at hand, all others in a ReadingDialog
// that the owner opens. GUI thread.
class StreamStartMenu : public QMenu
{
    Q_OBJECT

public:
    explicit StreamStartMenu(QWidget *parent);

    // Ticks the choice that is in force; a time is none of the choices.
    void setCurrent(const StreamChoice &choice);
    // Behind the choices: all options, the default.
    void addOwnerActions(const QList<QAction *> &actions);

Q_SIGNALS:
    void startChosen(const desk::StreamStart &start);
    void endChosen(const desk::StreamEnd &end);

private:
    void addChoice(const QString &text, const StreamStart &start);
    void addPast(const QString &text, int seconds);

    QList<std::pair<QAction *, StreamStart>> m_choices;
    QAction *m_stopAtEnd;
};

} // namespace desk
