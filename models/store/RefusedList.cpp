// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/RefusedList.h"

namespace desk {

RefusedList::RefusedList(SqlSession &session)
    : m_session(session)
    , m_isPostgreSql(session.kind() == DatabaseKind::PostgreSql)
{ }

Expected<QList<RefusedEvent>> RefusedList::read(const QString &condition, const QVariantList &values)
{
    Expected<SqlResult> result = m_session.run(
        QStringLiteral("SELECT r.position, r.entity, r.record_id, r.reason, r.held_back, %1 "
                       "FROM relay_refused r %2")
            .arg(m_isPostgreSql ? QStringLiteral("(extract(epoch FROM r.at) * 1000)::bigint")
                                : QStringLiteral("r.at"),
                 condition),
        values);
    if (!result)
        return tl::make_unexpected(result.error());
    QList<RefusedEvent> events;
    while (result->next()) {
        RefusedEvent event;
        event.position = result->value(0).toLongLong();
        event.entity = result->value(1).toString();
        event.id = result->value(2).toString();
        event.reason = result->value(3).toString();
        event.isHeldBack = result->value(4).toBool();
        event.at = m_isPostgreSql ? QDateTime::fromMSecsSinceEpoch(result->value(5).toLongLong(), Qt::UTC)
                                  : QDateTime::fromString(result->value(5).toString(), Qt::ISODateWithMs);
        events.append(event);
    }
    if (const Expected<> finished = result->finished(); !finished)
        return tl::make_unexpected(finished.error());
    return events;
}

Expected<QList<RefusedEvent>> RefusedList::all()
{
    return read(QStringLiteral("ORDER BY r.position"), {});
}

Expected<QList<RefusedEvent>> RefusedList::released(int limit)
{
    return read(QStringLiteral("WHERE r.held_back AND NOT EXISTS (SELECT 1 FROM relay_refused e "
                               "WHERE e.entity = r.entity AND e.record_id = r.record_id "
                               "AND e.position < r.position AND NOT e.held_back) "
                               "ORDER BY r.position LIMIT ?"),
                {limit});
}

// One decision at a time: their numbers are then in the order of their commits, and a relay that has seen
// one number has missed none below it.
Expected<> RefusedList::beginDecision(SqlTransaction &transaction)
{
    if (Expected<> begun = transaction.begin(); !begun)
        return begun;
    return m_isPostgreSql ? m_session.runScript(QStringLiteral("SELECT pg_advisory_xact_lock(7202411, 3)"))
                          : Expected<>();
}

Expected<RefusedEvent> RefusedList::find(qint64 position)
{
    Expected<QList<RefusedEvent>> found = read(QStringLiteral("WHERE r.position = ?"), {position});
    if (!found)
        return tl::make_unexpected(found.error());
    if (found->isEmpty())
        return failure(ErrorCode::NotFound,
                       QStringLiteral("There is no refused event at position %1.").arg(position));
    return found->takeFirst();
}

Expected<std::optional<RefusedEvent>> RefusedList::refusedBefore(const RefusedEvent &event)
{
    Expected<QList<RefusedEvent>> found = read(
        QStringLiteral("WHERE r.entity = ? AND r.record_id = ? AND r.position < ? AND NOT r.held_back "
                       "ORDER BY r.position DESC LIMIT 1"),
        {event.entity, event.id, event.position});
    if (!found)
        return tl::make_unexpected(found.error());
    return found->isEmpty() ? std::optional<RefusedEvent>() : found->constFirst();
}

Expected<> RefusedList::note(const RefusedEvent &event, const QString &decision, const QString &author)
{
    Expected<SqlResult> noted = m_session.run(
        QStringLiteral("INSERT INTO relay_decision (position, entity, record_id, decision, reason, author) "
                       "VALUES (?, ?, ?, ?, ?, ?)"),
        {event.position, event.entity, event.id, decision, event.reason, author});
    if (!noted)
        return tl::make_unexpected(noted.error());
    return {};
}

Expected<qint64> RefusedList::retry(const QList<qint64> &positions, const QString &author)
{
    SqlTransaction transaction(m_session);
    if (const Expected<> begun = beginDecision(transaction); !begun)
        return tl::make_unexpected(begun.error());
    qint64 count = 0;
    for (const qint64 position : positions) {
        Expected<RefusedEvent> event = find(position);
        if (!event)
            return tl::make_unexpected(event.error());
        if (event->isHeldBack) {
            const Expected<std::optional<RefusedEvent>> before = refusedBefore(*event);
            if (!before)
                return tl::make_unexpected(before.error());
            if (!*before)
                continue; // due already: the relay will take it
            *event = **before;
        }
        Expected<SqlResult> freed = m_session.run(
            QStringLiteral("UPDATE relay_refused SET held_back = true, reason = ? WHERE position = ?"),
            {QStringLiteral("Is tried again; refused before: %1").arg(event->reason), event->position});
        if (!freed)
            return tl::make_unexpected(freed.error());
        if (const Expected<> noted = note(*event, QStringLiteral("retry"), author); !noted)
            return tl::make_unexpected(noted.error());
        ++count;
    }
    if (const Expected<> committed = transaction.commit(); !committed)
        return tl::make_unexpected(committed.error());
    return count;
}

Expected<qint64> RefusedList::drop(const QList<qint64> &positions, const QString &author)
{
    SqlTransaction transaction(m_session);
    if (const Expected<> begun = beginDecision(transaction); !begun)
        return tl::make_unexpected(begun.error());
    for (const qint64 position : positions) {
        const Expected<RefusedEvent> event = find(position);
        if (!event)
            return tl::make_unexpected(event.error());
        // One that only waits will be published; the relay may be about to.
        Expected<SqlResult> removed = m_session.run(
            QStringLiteral("DELETE FROM relay_refused WHERE position = ? AND NOT held_back"), {position});
        if (!removed)
            return tl::make_unexpected(removed.error());
        if (removed->rowsAffected() == 0) {
            const Expected<std::optional<RefusedEvent>> before = refusedBefore(*event);
            if (!before)
                return tl::make_unexpected(before.error());
            return failure(
                ErrorCode::InvalidValue,
                *before ? QStringLiteral("The event at position %1 is not refused itself: it "
                                         "waits behind the one at position %2.")
                              .arg(position)
                              .arg((*before)->position)
                        : QStringLiteral("The event at position %1 is on its way again.").arg(position));
        }
        if (const Expected<> noted = note(*event, QStringLiteral("drop"), author); !noted)
            return tl::make_unexpected(noted.error());
    }
    if (const Expected<> committed = transaction.commit(); !committed)
        return tl::make_unexpected(committed.error());
    return positions.size();
}

Expected<qint64> RefusedList::lastDecision()
{
    Expected<SqlResult> result = m_session.run(
        QStringLiteral("SELECT coalesce(max(number), 0) FROM relay_decision"));
    if (!result)
        return tl::make_unexpected(result.error());
    return result->next() ? result->value(0).toLongLong() : 0;
}

Expected<> RefusedList::settle(const QList<qint64> &done, const QList<RefusedEvent> &refused)
{
    SqlTransaction transaction(m_session);
    if (Expected<> begun = transaction.begin(); !begun)
        return begun;
    for (const qint64 position : done) {
        Expected<SqlResult> removed = m_session.run(
            QStringLiteral("DELETE FROM relay_refused WHERE position = ?"), {position});
        if (!removed)
            return tl::make_unexpected(removed.error());
    }
    for (const RefusedEvent &event : refused) {
        if (event.isHeldBack)
            continue; // stands in the list as it should
        Expected<SqlResult> changed = m_session.run(
            QStringLiteral(
                "UPDATE relay_refused SET held_back = false, reason = ?, at = %1 WHERE position = ?")
                .arg(m_isPostgreSql ? QStringLiteral("clock_timestamp()")
                                    : QStringLiteral("strftime('%Y-%m-%dT%H:%M:%fZ', 'now')")),
            {event.reason, event.position});
        if (!changed)
            return tl::make_unexpected(changed.error());
    }
    return transaction.commit();
}

} // namespace desk
