// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/SqlJournal.h"

#include "models/schema/ColumnText.h"
#include "models/schema/RecordJson.h"

#include <QJsonDocument>
#include <QJsonObject>

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
        entry.before = readImage(entity, result->value(9), entry.version - 1);
        entry.after = readImage(entity, result->value(10), entry.version);
        entries.append(std::move(entry));
    }
    if (const Expected<> finished = result->finished(); !finished)
        return tl::make_unexpected(finished.error());
    return entries;
}

std::optional<Record> SqlJournal::readImage(const EntityType *entity, const QVariant &json,
                                            qint64 version) const
{
    if (!entity || m_closed.contains(*entity) || !json.isValid())
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(json.toString().toUtf8());
    if (!document.isObject())
        return std::nullopt;
    const QJsonObject object = document.object();
    Record record;
    record.version = version;
    record.values.reserve(entity->columns.size());
    for (const Column &column : entity->columns) {
        // A column that was not there yet when this was written has its start value.
        Expected<QVariant> value = valueFromJson(column, object.value(column.name));
        record.values.append(value ? *std::move(value) : initialValue(column));
    }
    record.id = record.values[entity->idColumn].toString();
    return record;
}

} // namespace desk
