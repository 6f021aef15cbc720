// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/SqlDialect.h"
#include "models/store/Store.h"

#include <QLockFile>

#include <chrono>
#include <memory>

namespace desk {

// Where the relay keeps how far it got, and the lock by which there is one per database. On the
// session's thread.
//
// A relay that hangs (stopped, swapped out, in a debugger) keeps its connection, and with it the lock on
// PostgreSQL. Whoever asks for the lock therefore looks at the holder's connection, by the server's clock. A working
// relay calls its store twice a second whatever else is away; at worst it is silent for some 23 seconds: thirteen
// while a broker does not answer (six for topics, five before another producer, probes and polls), then ten while
// it waits for what is on its way before it ends. One that is silent for longer is cut off. One that hangs while the
// server sends to it looks like one behind a slow line, so that is waited for ten times as long. Who was only slow
// repeats what was on its way.
class RelayTables
{
public:
    static constexpr std::chrono::milliseconds SilenceOfHanging{30'000};
    static constexpr int SilencesWhileSentTo = 10;

    // `lockPath`: the lock file for SQLite; PostgreSQL has a lock of its own.
    RelayTables(SqlSession &session, const QString &lockPath,
                std::chrono::milliseconds silence = SilenceOfHanging);

    [[nodiscard]] Expected<RelayLock> lock();
    [[nodiscard]] Expected<qint64> cursor();
    [[nodiscard]] Expected<> advance(qint64 cursor, const QList<RefusedEvent> &refused);
    // `head` is the journal's, `refused` the refused list.
    [[nodiscard]] Expected<PublishingState> publishingState(qint64 head, QList<RefusedEvent> refused);

private:
    [[nodiscard]] Expected<RelayLock> cutOffHanging();

    SqlSession &m_session;
    QString m_lockPath;
    std::chrono::milliseconds m_silence;
    qint64 m_untouchable = 0; // process id of a hanging holder that may not be ended from here
    std::unique_ptr<QLockFile> m_lockFile;
    bool m_isLocked = false;
};

} // namespace desk
