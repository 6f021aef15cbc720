// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/streams/FindTarget.h"

#include <QObject>
#include <QTimer>

namespace desk {

class FindBar;

// Finds what stands in the bar in the tab that is shown: on a thread of the pool, stopped when something else is
// looked for, and a late answer is dropped. Steps through what was found, round its ends. GUI thread.
class MessageFinder : public QObject
{
    Q_OBJECT

public:
    MessageFinder(FindBar &bar, QObject *parent);
    ~MessageFinder() override;

    // Another tab, or another content of it. Null: nothing to look through. Not owned.
    void setTarget(FindTarget *target);
    void step(int by); // 1: the next one; -1: the one before
    [[nodiscard]] bool isSearching() const { return m_isSearching; }

private:
    void search();
    void take(const PayloadMatches &matches);
    void showResult();
    void stop();

    FindBar &m_bar;
    FindTarget *m_target = nullptr;
    QTimer m_timer; // one who types is not answered letter by letter
    std::shared_ptr<std::atomic_bool> m_stop;
    std::shared_ptr<const PayloadMatches> m_matches;
    qsizetype m_current = -1;
    quint64 m_generation = 0;
    bool m_isSearching = false;
};

} // namespace desk
