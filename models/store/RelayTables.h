// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/SqlDialect.h"
#include "models/store/Store.h"

#include <QLockFile>

#include <memory>

namespace desk {

// Where the relay keeps how far it got, and the lock by which there is one per database. On the
// session's thread.
class RelayTables
{
public:
    // `lockPath`: the lock file for SQLite; PostgreSQL has a lock of its own.
    RelayTables(SqlSession &session, const QString &lockPath);

    [[nodiscard]] Expected<bool> lock();
    [[nodiscard]] Expected<qint64> cursor();
    [[nodiscard]] Expected<> advance(qint64 cursor, const QList<RefusedEvent> &refused);
    // `head` is the journal's, `refused` the refused list.
    [[nodiscard]] Expected<PublishingState> publishingState(qint64 head, QList<RefusedEvent> refused);

private:
    SqlSession &m_session;
    QString m_lockPath;
    std::unique_ptr<QLockFile> m_lockFile;
    bool m_locked = false;
};

} // namespace desk
