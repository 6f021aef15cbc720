// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/SqlJournal.h"

#include "models/store/JournalImage.h"

#include <QtEndian>

#include <algorithm>

namespace desk {
namespace {

constexpr int stampedAtOnce = 100'000;

QString columns(bool isPostgreSql)
{
    return isPostgreSql
        ? QStringLiteral(
            "p.position, j.sequence, j.entity, j.record_id, j.operation, j.version, j.author, j.origin, "
            "(extract(epoch FROM j.at) * 1000)::bigint, j.before::text, j.after::text")
        : QStringLiteral(
            "j.sequence, j.sequence, j.entity, j.record_id, j.operation, j.version, j.author, j.origin, "
            "j.at, j.before, j.after");
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
        ? QStringLiteral("SELECT %1 FROM journal_position p JOIN journal j ON j.sequence = p.sequence "
                         "WHERE p.position > ? ORDER BY p.position LIMIT ?")
        : QStringLiteral("SELECT %1 FROM journal j WHERE j.sequence > ? ORDER BY j.sequence LIMIT ?");
    return readEntries(sql.arg(columns(m_isPostgreSql)), {afterPosition, limit});
}

Expected<QList<JournalEntry>> SqlJournal::entries(const QList<qint64> &positions)
{
    QStringList numbers;
    for (const qint64 position : positions)
        numbers.append(QString::number(position));
    // One statement for any number of positions, so that it is prepared once.
    const QString sql = m_isPostgreSql
        ? QStringLiteral("SELECT %1 FROM journal_position p JOIN journal j ON j.sequence = p.sequence "
                         "WHERE p.position = ANY (string_to_array(?, ',')::bigint[]) ORDER BY p.position")
        : QStringLiteral("SELECT %1 FROM journal j WHERE j.sequence IN (SELECT value FROM json_each('[' || ? "
                         "|| ']')) ORDER BY j.sequence");
    return readEntries(sql.arg(columns(m_isPostgreSql)), {numbers.join(u',')});
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
    const QString join = m_isPostgreSql
        ? QStringLiteral(" LEFT JOIN journal_position p ON p.sequence = j.sequence")
        : QString();
    return readEntries(QStringLiteral("SELECT %1 FROM journal j%2%3 ORDER BY j.sequence DESC LIMIT ?")
                           .arg(columns(m_isPostgreSql), join, where),
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

// A stamp has to be on the disk before anyone reads by it, and in a transaction of its own; so many are made
// at once as are read.
void SqlJournal::askAhead(qint64 afterPosition, int limit)
{
    const QByteArray most = QByteArray::number(limit);
    m_askedAhead = {afterPosition, limit};
    m_session.sendAhead(
        {{"SELECT catalog_stamp_journal($1)", {most}},
         {"SELECT p.position, j.sequence, j.version, j.at, j.entity, j.record_id, j.operation, j.author, "
          "j.origin, CASE WHEN j.operation = 'delete' THEN j.before END, j.after "
          "FROM (SELECT * FROM journal_position WHERE position > $1 ORDER BY position LIMIT $2) p "
          // LIMIT has each entry looked up by its sequence: a join might read all of the journal for some.
          "CROSS JOIN LATERAL (SELECT * FROM journal WHERE journal.sequence = p.sequence LIMIT 1) j "
          "ORDER BY p.position",
          {QByteArray::number(afterPosition), most}}});
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
        readRow(**rows, row, entry);
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
    entry.sequence = number(1);
    entry.version = number(2);
    entry.at = QDateTime::fromMSecsSinceEpoch(Year2000 + (number(3) + 500) / 1000, Qt::UTC);
    renew(entry.entity, 4);
    entry.id = QString::fromUtf8(bytes(5));
    if (QLatin1String(bytes(6)) != operationText(entry.operation))
        entry.operation = operationFromText(QString::fromUtf8(bytes(6))).value_or(Operation::Update);
    renew(entry.author, 7);
    if (QLatin1String(bytes(8)) != originText(entry.origin))
        entry.origin = originFromText(QString::fromUtf8(bytes(8)));
    const EntityType *entity = m_catalog.find(entry.entity);
    const auto image = [&](int column, qint64 version) {
        return PQgetisnull(&rows, row, column) ? std::nullopt : readImage(entity, bytes(column), version);
    };
    entry.before = image(9, entry.version - 1);
    entry.after = image(10, entry.version);
}

} // namespace desk
