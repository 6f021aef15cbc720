// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/JournalPruner.h"

namespace desk {

namespace {

// What a row of SQLite's journal takes besides its images: the other columns and the two indexes.
constexpr int rowBytesBesidesImages = 160;
constexpr int rowsReckonedFrom = 1'000;

// The entries up to a position, at most so many, and their positions in the same statement: a stamper never sees
// the one without the other. The last run may stay in part.
QString removalOfOldest()
{
    return QStringLiteral(
        "WITH bound AS (SELECT least(?, min(position) + ? - 1) AS through FROM journal_run), "
        "oldest AS (SELECT sequence AS first, sequence + least(entries, through + 1 - position) AS next "
        "FROM journal_run, bound WHERE position <= through), "
        "gone AS (DELETE FROM journal_run USING bound WHERE position + entries <= through + 1 AND "
        "position <= through), "
        "cut AS (UPDATE journal_run SET position = through + 1, sequence = sequence + through + 1 - "
        "position, entries = entries - (through + 1 - position) FROM bound WHERE position <= through AND "
        "position + entries > through + 1) "
        "DELETE FROM journal USING oldest WHERE sequence >= first AND sequence < next");
}

} // namespace

JournalPruner::JournalPruner(SqlSession &session)
    : m_session(session)
    , m_isPostgreSql(session.kind() == DatabaseKind::PostgreSql)
{ }

QDateTime JournalPruner::time(const QVariant &value) const
{
    return m_isPostgreSql ? QDateTime::fromMSecsSinceEpoch(value.toLongLong(), Qt::UTC)
                          : QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

Expected<JournalStatus> JournalPruner::status(qint64 head)
{
    JournalStatus status;
    status.head = head;
    for (const auto part :
         {&JournalPruner::readNeeds, &JournalPruner::readOldest, &JournalPruner::readSize}) {
        if (const Expected<> read = (this->*part)(status); !read)
            return tl::make_unexpected(read.error());
    }
    return status;
}

Expected<> JournalPruner::readNeeds(JournalStatus &status)
{
    Expected<SqlResult> relay = m_session.run(
        QStringLiteral("SELECT (SELECT cursor FROM relay_state), (SELECT min(position) FROM relay_refused)"));
    if (!relay)
        return tl::make_unexpected(relay.error());
    if (relay->next()) {
        status.relayCursor = relay->value(0).toLongLong();
        if (!relay->isNull(1))
            status.oldestRefused = relay->value(1).toLongLong();
    }
    Expected<SqlResult> copies = m_session.run(
        QStringLiteral("SELECT id, label, position, %1 FROM working_copy ORDER BY position, id")
            .arg(m_isPostgreSql ? QStringLiteral("(extract(epoch FROM seen_at) * 1000)::bigint")
                                : QStringLiteral("seen_at")));
    if (!copies)
        return tl::make_unexpected(copies.error());
    while (copies->next()) {
        WorkingCopy copy;
        copy.id = copies->value(0).toString();
        copy.label = copies->value(1).toString();
        copy.position = copies->value(2).toLongLong();
        copy.seenAt = time(copies->value(3));
        status.workingCopies.append(copy);
    }
    return copies->finished();
}

Expected<> JournalPruner::readOldest(JournalStatus &status)
{
    Expected<SqlResult> oldest = m_session.run(
        m_isPostgreSql ? QStringLiteral("SELECT position, (extract(epoch FROM at) * 1000)::bigint "
                                        "FROM catalog_journal_after(0, 1)")
                       : QStringLiteral("SELECT sequence, at FROM journal ORDER BY sequence LIMIT 1"));
    if (!oldest)
        return tl::make_unexpected(oldest.error());
    if (oldest->next()) {
        status.oldestPosition = oldest->value(0).toLongLong();
        status.oldestAt = time(oldest->value(1));
        // Positions have no gaps, and only the oldest are ever taken off.
        status.rows = status.head - status.oldestPosition + 1;
    }
    return {};
}

Expected<> JournalPruner::readSize(JournalStatus &status)
{
    Expected<SqlResult> size = m_isPostgreSql
        ? m_session.run(QStringLiteral("SELECT pg_total_relation_size('journal') + "
                                       "pg_total_relation_size('journal_run')"))
        : m_session.run(QStringLiteral("SELECT avg(coalesce(length(CAST(before AS BLOB)), 0) + "
                                       "coalesce(length(CAST(after AS BLOB)), 0)) + ? FROM "
                                       "(SELECT before, after FROM journal ORDER BY sequence DESC LIMIT ?)"),
                        {rowBytesBesidesImages, rowsReckonedFrom});
    if (!size)
        return tl::make_unexpected(size.error());
    if (size->next())
        status.bytes = m_isPostgreSql ? size->value(0).toLongLong()
                                      : qint64(size->value(0).toDouble() * double(status.rows));
    return {};
}

// The position of the oldest entry that was made then or later. By position, not by time: a clock that was
// set back must not let a younger entry go with the older ones around it.
Expected<qint64> JournalPruner::firstSince(const QDateTime &since, qint64 head)
{
    const QDateTime utc = since.toUTC();
    Expected<SqlResult> result = m_isPostgreSql
        ? m_session.run(QStringLiteral("SELECT run.position + entry.sequence - run.sequence FROM "
                                       "journal_run run CROSS JOIN LATERAL (SELECT sequence FROM journal "
                                       "WHERE sequence >= run.sequence AND sequence < run.sequence + "
                                       "run.entries AND at >= to_timestamp(? / 1000.0) "
                                       "ORDER BY sequence LIMIT 1) entry ORDER BY run.position LIMIT 1"),
                        {utc.toMSecsSinceEpoch()})
        : m_session.run(
            QStringLiteral("SELECT sequence FROM journal WHERE at >= ? ORDER BY sequence LIMIT 1"),
            {utc.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzzZ"))});
    if (!result)
        return tl::make_unexpected(result.error());
    return result->next() ? result->value(0).toLongLong() : head + 1;
}

Expected<PrunePlan> JournalPruner::plan(qint64 head, const JournalRetention &retention)
{
    JournalStatus status;
    status.head = head;
    if (const Expected<> read = readNeeds(status); !read)
        return tl::make_unexpected(read.error());
    if (const Expected<> read = readOldest(status); !read)
        return tl::make_unexpected(read.error());

    PrunePlan plan;
    qint64 through = head;
    if (retention.rows)
        through = std::min(through, head - *retention.rows);
    if (retention.since) {
        const Expected<qint64> first = firstSince(*retention.since, head);
        if (!first)
            return tl::make_unexpected(first.error());
        through = std::min(through, *first - 1);
    }
    if (status.relayCursor < through) {
        through = status.relayCursor;
        plan.limit = PrunePlan::Limit::Relay;
    }
    if (status.oldestRefused && *status.oldestRefused - 1 < through) {
        through = *status.oldestRefused - 1;
        plan.limit = PrunePlan::Limit::RefusedEvent;
    }
    for (const WorkingCopy &copy : std::as_const(status.workingCopies)) {
        if (copy.position < through) {
            through = copy.position;
            plan.limit = PrunePlan::Limit::WorkingCopy;
            plan.workingCopy = copy.label.isEmpty() ? copy.id : copy.label;
        }
    }
    if (status.rows > 0 && through >= status.oldestPosition) {
        plan.through = through;
        plan.rows = through - status.oldestPosition + 1;
    }
    return plan;
}

Expected<qint64> JournalPruner::prune(qint64 through, int limit)
{
    SqlTransaction transaction(m_session);
    if (const Expected<> begun = transaction.begin(); !begun)
        return tl::make_unexpected(begun.error());
    if (m_isPostgreSql) { // a working copy that registers now is waited for, or waits a moment
        if (const Expected<> held = m_session.runScript(
                QStringLiteral("LOCK TABLE working_copy IN SHARE MODE"));
            !held)
            return tl::make_unexpected(held.error());
    }
    JournalStatus status;
    if (const Expected<> read = readNeeds(status); !read)
        return tl::make_unexpected(read.error());
    Expected<SqlResult> removed = m_session.run(
        m_isPostgreSql ? removalOfOldest()
                       : QStringLiteral("DELETE FROM journal WHERE sequence IN (SELECT sequence FROM journal "
                                        "WHERE sequence <= ? ORDER BY sequence LIMIT ?)"),
        {std::min(through, status.prunableThrough()), limit});
    if (!removed)
        return tl::make_unexpected(removed.error());
    const qint64 count = removed->rowsAffected();
    if (const Expected<> committed = transaction.commit(); !committed)
        return tl::make_unexpected(committed.error());
    return count;
}

Expected<> JournalPruner::registerWorkingCopy(const QString &id, const QString &label, qint64 position)
{
    Expected<SqlResult> registered = m_session.run(
        QStringLiteral("INSERT INTO working_copy (id, position, label) VALUES (?, ?, ?) ON CONFLICT (id) DO "
                       "UPDATE SET position = excluded.position, label = excluded.label, seen_at = %1")
            .arg(m_isPostgreSql ? QStringLiteral("clock_timestamp()")
                                : QStringLiteral("strftime('%Y-%m-%dT%H:%M:%fZ', 'now')")),
        {id, position, label});
    if (!registered)
        return tl::make_unexpected(registered.error());
    return {};
}

Expected<> JournalPruner::forgetWorkingCopy(const QString &id)
{
    Expected<SqlResult> forgotten = m_session.run(QStringLiteral("DELETE FROM working_copy WHERE id = ?"),
                                                  {id});
    if (!forgotten)
        return tl::make_unexpected(forgotten.error());
    if (forgotten->rowsAffected() == 0)
        return failure(ErrorCode::NotFound,
                       QStringLiteral("There is no working copy %1 registered here.").arg(id));
    return {};
}

} // namespace desk
