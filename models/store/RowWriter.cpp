// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/RowWriter.h"

#include "models/schema/ColumnText.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace desk {
namespace {

tl::unexpected<Error> passOn(const Error &error)
{
    return tl::make_unexpected(error);
}

QString nameOf(const EntityType &entity, const Record &record)
{
    const QString name = textOf(entity.display(), record.values[entity.displayColumn]);
    return name.isEmpty() ? QStringLiteral("%1 %2").arg(entity.singular, record.id)
                          : QStringLiteral("\"%1\"").arg(name);
}

} // namespace

RowWriter::RowWriter(SqlSession &session, const SqlDialect &dialect, const EntityCatalog &catalog,
                     const ClosedEntities &closed)
    : m_session(session)
    , m_dialect(dialect)
    , m_catalog(catalog)
    , m_closed(closed)
{ }

Expected<> RowWriter::insertRow(const EntityType &entity, const Record &record, bool &inserted)
{
    QStringList names;
    QStringList marks;
    QVariantList values;
    for (int column = 0; column < entity.columns.size(); ++column) {
        names.append(entity.columns[column].name);
        marks.append(QStringLiteral("?"));
        values.append(m_dialect.toSql(entity.columns[column], record.values[column]));
    }
    values.append(record.version);
    Expected<SqlResult> result = m_session.run(
        QStringLiteral("INSERT INTO %1 (%2, version) VALUES (%3, ?) ON CONFLICT (%4) DO NOTHING")
            .arg(entity.table, names.join(QStringLiteral(", ")), marks.join(QStringLiteral(", ")),
                 entity.id().name),
        values);
    if (!result)
        return passOn(result.error());
    inserted = result->rowsAffected() > 0;
    return {};
}

QStringList RowWriter::selectedColumns(const EntityType &entity) const
{
    QStringList expressions{QStringLiteral("version")};
    for (const Column &column : entity.columns)
        expressions.append(m_dialect.selected(column, column.name));
    return expressions;
}

Record RowWriter::readRow(const EntityType &entity, const SqlResult &row) const
{
    Record record;
    record.version = row.value(0).toLongLong();
    record.values.reserve(entity.columns.size());
    for (int column = 0; column < entity.columns.size(); ++column)
        record.values.append(m_dialect.fromSql(entity.columns[column], row.value(column + 1)));
    record.id = record.values[entity.idColumn].toString();
    return record;
}

Expected<QList<Record>> RowWriter::lockRows(const EntityType &entity, const QString &column,
                                            const QVariant &value, int limit)
{
    Expected<SqlResult> result = m_session.run(
        QStringLiteral("SELECT %1 FROM %2 WHERE %3 = ? ORDER BY %4 LIMIT %5%6")
            .arg(selectedColumns(entity).join(QStringLiteral(", ")), entity.table, column, entity.id().name)
            .arg(limit)
            .arg(m_dialect.forUpdate()),
        {value});
    if (!result)
        return passOn(result.error());
    QList<Record> records;
    while (result->next())
        records.append(readRow(entity, *result));
    return records;
}

Expected<QHash<RecordId, Record>> RowWriter::lockMany(const EntityType &entity, const QList<RecordId> &ids)
{
    QHash<RecordId, Record> records;
    if (ids.isEmpty())
        return records;
    Expected<SqlResult> result = m_session.run(
        QStringLiteral("SELECT %1 FROM %2 WHERE %3 IN (%4) ORDER BY %3%5")
            .arg(selectedColumns(entity).join(QStringLiteral(", ")), entity.table, entity.id().name,
                 m_dialect.listedIds(entity), m_dialect.forUpdate()),
        {QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(ids)).toJson(QJsonDocument::Compact))});
    if (!result)
        return passOn(result.error());
    records.reserve(ids.size());
    while (result->next()) {
        const Record record = readRow(entity, *result);
        records.insert(record.id, record);
    }
    if (const Expected<> finished = result->finished(); !finished)
        return passOn(finished.error());
    return records;
}

Expected<> RowWriter::updateRow(const EntityType &entity, const Record &before, const Record &wanted,
                                QList<AppliedChange> &applied)
{
    QStringList assignments;
    QVariantList values;
    for (int column = 0; column < entity.columns.size(); ++column) {
        if (sameValue(before.values[column], wanted.values[column]))
            continue;
        assignments.append(entity.columns[column].name + QStringLiteral(" = ?"));
        values.append(m_dialect.toSql(entity.columns[column], wanted.values[column]));
    }
    if (assignments.isEmpty())
        return {};
    values.append(m_dialect.idToSql(entity, before.id));
    values.append(before.version);
    Expected<SqlResult> result = m_session.run(
        QStringLiteral("UPDATE %1 SET %2 WHERE %3 = ? AND version = ?")
            .arg(entity.table, assignments.join(QStringLiteral(", ")), entity.id().name),
        values);
    if (!result)
        return passOn(result.error());
    if (result->rowsAffected() != 1)
        return failure(
            ErrorCode::Conflict,
            QStringLiteral("%1 %2 was changed by someone else meanwhile.").arg(entity.singular, before.id));
    Record after = wanted;
    after.version = before.version + 1;
    applied.append({&entity, Operation::Update, before, after});
    return {};
}

Expected<> RowWriter::removeRow(const EntityType &entity, const Record &record, QList<AppliedChange> &applied)
{
    if (applied.size() >= MaximumCascade)
        return failure(ErrorCode::InUse,
                       QStringLiteral("This would delete more than %1 records at once; delete them in parts.")
                           .arg(MaximumCascade));
    Expected<SqlResult> result = m_session.run(
        QStringLiteral("DELETE FROM %1 WHERE %2 = ?").arg(entity.table, entity.id().name),
        {m_dialect.idToSql(entity, record.id)});
    if (!result)
        return passOn(result.error());
    applied.append({&entity, Operation::Delete, record, std::nullopt});
    return {};
}

Expected<> RowWriter::remove(const EntityType &entity, const Record &record, QList<AppliedChange> &applied,
                             Forbidden forbidden)
{
    if (Expected<> removed = removeRow(entity, record, applied); !removed)
        return removed;
    for (const auto &holder : m_catalog.entities()) {
        for (int column = 0; column < holder->columns.size(); ++column) {
            if (holder->columns[column].reference != entity.name || m_closed.contains(*holder))
                continue;
            if (Expected<> followed = followReference(*holder, column, entity, record, applied, forbidden);
                !followed)
                return followed;
        }
    }
    return {};
}

Expected<> RowWriter::followReference(const EntityType &holder, int column, const EntityType &target,
                                      const Record &removed, QList<AppliedChange> &applied,
                                      Forbidden forbidden)
{
    const Column &reference = holder.columns[column];
    const QVariant id = m_dialect.idToSql(target, removed.id);
    if (reference.onDelete == OnDelete::Refuse) {
        if (forbidden == Forbidden::Ignore)
            return {};
        Expected<SqlResult> users = m_session.run(
            QStringLiteral("SELECT count(*) FROM %1 WHERE %2 = ?").arg(holder.table, reference.name), {id});
        if (!users)
            return passOn(users.error());
        const qint64 count = users->next() ? users->value(0).toLongLong() : 0;
        if (count == 0)
            return {};
        return failure(
            ErrorCode::InUse,
            QStringLiteral(
                "%1 cannot be deleted: %2 %3 refer to it. Give them another %4 first, or delete them.")
                .arg(nameOf(target, removed))
                .arg(count)
                .arg((count == 1 ? holder.singular : holder.plural).toLower(), reference.label.toLower()));
    }
    const Expected<QList<Record>> holders = lockRows(holder, reference.name, id, MaximumCascade + 1);
    if (!holders)
        return passOn(holders.error());
    for (const Record &record : *holders) {
        Expected<> followed;
        if (reference.onDelete == OnDelete::Clear) {
            Record cleared = record;
            cleared.values[column] = QVariant();
            followed = updateRow(holder, record, cleared, applied);
        } else {
            followed = remove(holder, record, applied, forbidden);
        }
        if (!followed)
            return followed;
    }
    return {};
}

} // namespace desk
