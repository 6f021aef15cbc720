// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/SqlJournal.h"

#include "models/store/JournalImage.h"

#include <QtEndian>

#include <algorithm>

namespace desk {
namespace {

constexpr int stampedAtOnce = 100'000;

// Of `j`, and on PostgreSQL where the position comes from.
QString columns(bool isPostgreSql, const QString &position = QStringLiteral("j.position"))
{
    return isPostgreSql
        ? position
            + QStringLiteral(
                ", j.sequence, j.entity, j.record_id, j.operation, j.version, j.author, j.origin, "
                "(extract(epoch FROM j.at) * 1000)::bigint, j.before::text, j.after::text")
        : QStringLiteral(
            "j.sequence, j.sequence, j.entity, j.record_id, j.operation, j.version, j.author, j.origin, "
            "j.at, j.before, j.after");
}

tl::unexpected<Error> outOfOrder(qint64 position)
{
    return failure(ErrorCode::Database,
                   QStringLiteral("The database answered with the journal out of order, at position %1. "
                                  "Please report this.")
                       .arg(position));
}

} // namespace

SqlJournal::SqlJournal(SqlSession &session, const EntityCatalog &catalog, const ClosedEntities &closed)
    : m_session(session)
    , m_catalog(catalog)
    , m_closed(closed)
    , m_isPostgreSql(session.kind() == DatabaseKind::PostgreSql)
{ }

Expected<> SqlJournal::stamp()
{
    if (!m_isPostgreSql)
        return {};
    Expected<SqlResult> stamped = m_session.run(QStringLiteral("SELECT catalog_stamp_journal(?)"),
                                                {stampedAtOnce});
    if (!stamped)
        return tl::make_unexpected(stamped.error());
    return {};
}

Expected<QList<JournalEntry>> SqlJournal::read(qint64 afterPosition, int limit)
{
    if (const Expected<> stamped = stamp(); !stamped)
        return tl::make_unexpected(stamped.error());
    const QString sql = m_isPostgreSql
        ? QStringLiteral("SELECT %1 FROM catalog_journal_after(?, ?) j")
        : QStringLiteral("SELECT %1 FROM journal j WHERE j.sequence > ? ORDER BY j.sequence LIMIT ?");
    Expected<QList<JournalEntry>> entries = readEntries(sql.arg(columns(m_isPostgreSql)),
                                                        {afterPosition, limit});
    if (!entries)
        return entries;
    const auto later = std::adjacent_find(
        entries->cbegin(), entries->cend(),
        [](const JournalEntry &left, const JournalEntry &right) { return left.position >= right.position; });
    if (later != entries->cend())
        return outOfOrder(later->position);
    return entries;
}

Expected<QList<JournalEntry>> SqlJournal::entries(const QList<qint64> &positions)
{
    QStringList numbers;
    for (const qint64 position : positions)
        numbers.append(QString::number(position));
    // One statement for any number of positions, so that it is prepared once.
    const QString sql = m_isPostgreSql
        ? QStringLiteral("SELECT %1 FROM unnest(string_to_array(?, ',')::bigint[]) AS p(position) "
                         "JOIN journal j ON j.sequence = catalog_sequence_at(p.position) ORDER BY p.position")
        : QStringLiteral("SELECT %1 FROM journal j WHERE j.sequence IN (SELECT value FROM json_each('[' || ? "
                         "|| ']')) ORDER BY j.sequence");
    return readEntries(sql.arg(columns(m_isPostgreSql, QStringLiteral("p.position"))), {numbers.join(u',')});
}

Expected<qint64> SqlJournal::head()
{
    if (const Expected<> stamped = stamp(); !stamped)
        return tl::make_unexpected(stamped.error());
    Expected<SqlResult> result = m_session.run(
        m_isPostgreSql ? QStringLiteral("SELECT last_position FROM journal_horizon")
                       : // After everything has been pruned, sqlite_sequence still knows.
            QStringLiteral("SELECT coalesce((SELECT max(sequence) FROM journal), "
                           "(SELECT seq FROM sqlite_sequence WHERE name = 'journal'), 0)"));
    if (!result)
        return tl::make_unexpected(result.error());
    return result->next() ? result->value(0).toLongLong() : 0;
}

Expected<QList<JournalEntry>> SqlJournal::history(const QString &entity, const RecordId &id, int limit)
{
    QString where;
    QVariantList values;
    if (!entity.isEmpty()) {
        where = QStringLiteral(" WHERE j.entity = ?");
        values.append(entity);
    }
    if (!entity.isEmpty() && !id.isEmpty()) {
        where += QStringLiteral(" AND j.record_id = ?");
        values.append(id);
    }
    values.append(limit);
    return readEntries(
        QStringLiteral("SELECT %1 FROM journal j%2 ORDER BY j.sequence DESC LIMIT ?")
            .arg(columns(m_isPostgreSql, QStringLiteral("catalog_position_of(j.sequence)")), where),
        values);
}

Expected<QList<JournalEntry>> SqlJournal::readEntries(const QString &sql, const QVariantList &values)
{
    Expected<SqlResult> result = m_session.run(sql, values);
    if (!result)
        return tl::make_unexpected(result.error());
    QList<JournalEntry> entries;
    while (result->next()) {
        JournalEntry entry;
        entry.position = result->value(0).toLongLong();
        entry.sequence = result->value(1).toLongLong();
        entry.entity = result->value(2).toString();
        entry.id = result->value(3).toString();
        entry.operation = operationFromText(result->value(4).toString()).value_or(Operation::Update);
        entry.version = result->value(5).toLongLong();
        entry.author = result->value(6).toString();
        entry.origin = originFromText(result->value(7).toString());
        entry.at = m_isPostgreSql ? QDateTime::fromMSecsSinceEpoch(result->value(8).toLongLong(), Qt::UTC)
                                  : QDateTime::fromString(result->value(8).toString(), Qt::ISODateWithMs);
        const EntityType *entity = m_catalog.find(entry.entity);
        if (!result->isNull(9))
            entry.before = readImage(entity, result->value(9).toString().toUtf8(), entry.version - 1);
        if (!result->isNull(10))
            entry.after = readImage(entity, result->value(10).toString().toUtf8(), entry.version);
        entries.append(std::move(entry));
    }
    if (const Expected<> finished = result->finished(); !finished)
        return tl::make_unexpected(finished.error());
    return entries;
}

std::optional<Record> SqlJournal::readImage(const EntityType *entity, QByteArrayView json,
                                            qint64 version) const
{
    if (!entity || m_closed.contains(*entity))
        return std::nullopt;
    return recordFromImage(*entity, json, version);
}

// A stamp has to be on the disk before anyone reads by it, and in a transaction of its own. Stamping flushes, so
// it is only asked for when fewer are left than will be read.
void SqlJournal::askAhead(qint64 afterPosition, int limit)
{
    const QByteArray reached = QByteArray::number(afterPosition);
    const QByteArray most = QByteArray::number(limit);
    m_askedAhead = {afterPosition, limit};
    m_session.sendAhead(
        {{"SELECT catalog_stamp_journal($1) FROM journal_horizon "
          "WHERE last_position - $2 < $3",
          {QByteArray::number(stampedAtOnce), reached, most}},
         {"SELECT position, version, at, entity, record_id, operation, author, origin, CASE operation "
          "WHEN 'delete' THEN before ELSE after END "
          "FROM catalog_journal_after($1, $2)",
          {reached, most}}});
}

Expected<int> SqlJournal::readToPublish(qint64 afterPosition, int limit, const JournalVisitor &visit)
{
    if (!m_isPostgreSql) {
        const Expected<QList<JournalEntry>> entries = read(afterPosition, limit);
        if (!entries)
            return tl::make_unexpected(entries.error());
        static_cast<void>(std::all_of(entries->cbegin(), entries->cend(), visit));
        return int(entries->size());
    }
    if (!m_session.hasSentAhead() || m_askedAhead != std::pair(afterPosition, limit))
        askAhead(afterPosition, limit);
    const Expected<PgResult> rows = m_session.takeAhead();
    if (!rows)
        return tl::make_unexpected(rows.error());
    const int count = PQntuples(rows->get());
    if (count > 0 && count == limit)
        askAhead(qFromBigEndian<qint64>(PQgetvalue(rows->get(), count - 1, 0)), limit);
    JournalEntry entry; // one for all: what stays the same from row to row is not made anew
    for (int row = 0; row < count; ++row) {
        const qint64 before = entry.position;
        readRow(**rows, row, entry);
        if (entry.position <= before)
            return outOfOrder(entry.position);
        if (!visit(entry))
            break;
    }
    return count;
}

// Of a row in binary formats. `entry` may hold the row before.
void SqlJournal::readRow(const PGresult &rows, int row, JournalEntry &entry) const
{
    const auto bytes = [&](int column) {
        return QByteArrayView(PQgetvalue(&rows, row, column), PQgetlength(&rows, row, column));
    };
    const auto number = [&](int column) { return qFromBigEndian<qint64>(PQgetvalue(&rows, row, column)); };
    const auto renew = [&](QString &text, int column) {
        if (row == 0
            || bytes(column)
                != QByteArrayView(PQgetvalue(&rows, row - 1, column), PQgetlength(&rows, row - 1, column)))
            text = QString::fromUtf8(bytes(column));
    };
    constexpr qint64 Year2000 = 946'684'800'000; // milliseconds; PostgreSQL counts microseconds from there
    entry.position = number(0);
    entry.version = number(1);
    entry.at = QDateTime::fromMSecsSinceEpoch(Year2000 + (number(2) + 500) / 1000, Qt::UTC);
    renew(entry.entity, 3);
    entry.id = QString::fromUtf8(bytes(4));
    if (QLatin1String(bytes(5)) != operationText(entry.operation))
        entry.operation = operationFromText(QString::fromUtf8(bytes(5))).value_or(Operation::Update);
    renew(entry.author, 6);
    if (QLatin1String(bytes(7)) != originText(entry.origin))
        entry.origin = originFromText(QString::fromUtf8(bytes(7)));
    const EntityType *entity = m_catalog.find(entry.entity);
    const bool isKnown = entity && !m_closed.contains(*entity) && !PQgetisnull(&rows, row, 8);
    entry.image = isKnown ? bytes(8) : QByteArrayView();
}

} // namespace desk
