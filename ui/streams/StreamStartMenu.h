// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/StreamSession.h"

#include <QMenu>

namespace desk {

// Where reading begins: now, the beginning, the last few, or a time. GUI thread.
class StreamStartMenu : public QMenu
{
    Q_OBJECT

public:
    explicit StreamStartMenu(QWidget *parent);

    // "now", "last 100", "14:02:11".
    [[nodiscard]] static QString textOf(const StreamStart &start);

    // Ticks the choice that is in force; a time is none of the choices.
    void setCurrent(const StreamStart &start);

Q_SIGNALS:
    void chosen(const desk::StreamStart &start);

private:
    void addChoice(const QString &text, const StreamStart &start);
    void addTime();

    QList<std::pair<QAction *, StreamStart>> m_choices;
};

} // namespace desk
