// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/RelayTables.h"

namespace desk {

namespace {

// Of the holder of this database's relay lock, if it is silent: the server waits for it, or waits for it to take what
// it was sent, for so many seconds each. A connection whose state this user may not see is not silent.
QString ofSilentHolder(const char *columns)
{
    return QStringLiteral(
               "SELECT %1 FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
               "WHERE l.locktype = 'advisory' AND l.classid = 7202411 AND l.objid = 2 AND l.objsubid = 2 "
               "AND l.granted "
               "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
               "AND clock_timestamp() - a.state_change > CASE a.wait_event "
               "WHEN 'ClientRead' THEN ? * interval '1 second' "
               "WHEN 'ClientWrite' THEN ? * interval '1 second' END")
        .arg(QLatin1String(columns));
}

} // namespace

RelayTables::RelayTables(SqlSession &session, const QString &lockPath, std::chrono::milliseconds silence)
    : m_session(session)
    , m_lockPath(lockPath)
    , m_silence(silence)
{ }

Expected<RelayLock> RelayTables::lock()
{
    if (m_isLocked)
        return RelayLock{true, {}};
    if (m_session.kind() == DatabaseKind::Sqlite) {
        if (!m_lockFile) {
            m_lockFile = std::make_unique<QLockFile>(m_lockPath);
            m_lockFile->setStaleLockTime(0); // only the end of the process that holds it makes it stale
        }
        m_isLocked = m_lockFile->tryLock(0);
        return RelayLock{m_isLocked, {}};
    }
    // Held by the session: given up when the connection ends, however it ends.
    Expected<SqlResult> result = m_session.run(QStringLiteral("SELECT pg_try_advisory_lock(7202411, 2)"));
    if (!result)
        return tl::make_unexpected(result.error());
    m_isLocked = result->next() && result->value(0).toBool();
    if (!m_isLocked)
        return cutOffHanging();
    // A computer that vanishes says no goodbye; without this its lock would stay for hours.
    const Expected<> watched = m_session.runScript(QStringLiteral(
        "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3"));
    if (!watched)
        return tl::make_unexpected(watched.error());
    return RelayLock{true, {}};
}

Expected<RelayLock> RelayTables::cutOffHanging()
{
    const double seconds = double(m_silence.count()) / 1000;
    const QVariantList silence{seconds, seconds * SilencesWhileSentTo};
    Expected<SqlResult> holder = m_session.run(ofSilentHolder("a.pid"), silence);
    if (!holder)
        return tl::make_unexpected(holder.error());
    if (!holder->next()) {
        m_untouchable = 0;
        return RelayLock{};
    }
    const qint64 process = holder->value(0).toLongLong();
    if (process != m_untouchable) { // what was refused once is not asked for every second
        // In one statement with the reason for it: it may have gone on meanwhile.
        const Expected<SqlResult> ended = m_session.run(ofSilentHolder("pg_terminate_backend(a.pid)"),
                                                        silence);
        if (ended)
            return RelayLock{}; // its lock is there for the next question
        if (ended.error().code != ErrorCode::Unauthorised)
            return tl::make_unexpected(ended.error());
        m_untouchable = process;
    }
    return RelayLock{
        false,
        QStringLiteral("That program hangs, and this user may not end its connection. End the "
                       "program, or the connection (pg_terminate_backend(%1)); as one user, or with "
                       "the right pg_signal_backend, relays do so themselves.")
            .arg(process)};
}

Expected<qint64> RelayTables::cursor()
{
    Expected<SqlResult> result = m_session.run(QStringLiteral("SELECT cursor FROM relay_state"));
    if (!result)
        return tl::make_unexpected(result.error());
    return result->next() ? result->value(0).toLongLong() : 0;
}

Expected<> RelayTables::advance(qint64 cursor, const QList<RefusedEvent> &refused)
{
    SqlTransaction transaction(m_session);
    if (Expected<> begun = transaction.begin(); !begun)
        return begun;
    for (const RefusedEvent &event : refused) {
        Expected<SqlResult> added = m_session.run(
            QStringLiteral("INSERT INTO relay_refused (position, entity, record_id, reason, held_back) "
                           "VALUES (?, ?, ?, ?, ?) "
                           "ON CONFLICT (position) DO UPDATE SET reason = excluded.reason"),
            {event.position, event.entity, event.id, event.reason,
             m_session.kind() == DatabaseKind::Sqlite ? QVariant(int(event.isHeldBack))
                                                      : QVariant(event.isHeldBack)});
        if (!added)
            return tl::make_unexpected(added.error());
    }
    // A cursor that the server loses in a crash only has events repeated, under the same ids; so nobody waits
    // for the disk. What is refused has to be there.
    if (refused.isEmpty() && m_session.kind() == DatabaseKind::PostgreSql) {
        if (const Expected<> set = m_session.runScript(QStringLiteral("SET LOCAL synchronous_commit = off"));
            !set)
            return set;
    }
    Expected<SqlResult> moved = m_session.run(QStringLiteral("UPDATE relay_state SET cursor = ?"), {cursor});
    if (!moved)
        return tl::make_unexpected(moved.error());
    return transaction.commit();
}

Expected<PublishingState> RelayTables::publishingState(qint64 head, QList<RefusedEvent> refused)
{
    PublishingState state;
    const Expected<qint64> reached = cursor();
    if (!reached)
        return tl::make_unexpected(reached.error());
    state.head = head;
    state.cursor = *reached;
    state.waiting = std::max<qint64>(0, head - *reached); // positions have no gaps
    state.refused = std::move(refused);
    if (state.waiting == 0)
        return state;
    const QString sql = m_session.kind() == DatabaseKind::PostgreSql
        ? QStringLiteral("SELECT entity, record_id, origin FROM catalog_journal_after(?, ?)")
        : QStringLiteral(
            "SELECT entity, record_id, origin FROM journal WHERE sequence > ? ORDER BY sequence LIMIT ?");
    Expected<SqlResult> waiting = m_session.run(sql, {*reached, PublishingState::MaximumListed});
    if (!waiting)
        return tl::make_unexpected(waiting.error());
    qint64 looked = 0;
    while (waiting->next()) {
        ++looked;
        if (waiting->value(2).toString() != originText(Origin::Ingest)) // came from a topic; goes to none
            state.waitingRecords.append({waiting->value(0).toString(), waiting->value(1).toString()});
    }
    if (looked < PublishingState::MaximumListed) // seen all
        state.waiting = state.waitingRecords.size();
    return state;
}

} // namespace desk
