// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/RecordReader.h"

#include "models/store/RecordSelect.h"

namespace desk {

RecordReader::RecordReader(SqlSession &session, const SqlDialect &dialect, const EntityCatalog &catalog,
                           const ClosedEntities &closed)
    : m_session(session)
    , m_dialect(dialect)
    , m_catalog(catalog)
    , m_closed(closed)
{ }

Expected<QList<RecordRow>> RecordReader::fetchPage(const PageRequest &request)
{
    const RecordSelect select(m_catalog, m_closed, m_dialect, *request.query.entity);
    const RecordSelect::Statement statement = select.page(request);
    Expected<SqlResult> result = m_session.run(statement.sql, statement.values);
    if (!result)
        return tl::make_unexpected(result.error());
    QList<RecordRow> rows;
    while (result->next())
        rows.append(select.readRow(*result));
    if (Expected<> finished = result->finished(); !finished)
        return tl::make_unexpected(finished.error());
    return rows;
}

Expected<qint64> RecordReader::count(const RecordQuery &query)
{
    const RecordSelect select(m_catalog, m_closed, m_dialect, *query.entity);
    const RecordSelect::Statement statement = select.count(query);
    Expected<SqlResult> result = m_session.run(statement.sql, statement.values);
    if (!result)
        return tl::make_unexpected(result.error());
    return result->next() ? result->value(0).toLongLong() : 0;
}

Expected<RecordRow> RecordReader::fetch(const EntityType &entity, const RecordId &id)
{
    const Expected<QList<RecordRow>> rows = fetchMany(entity, {id});
    if (!rows)
        return tl::make_unexpected(rows.error());
    if (rows->isEmpty())
        return failure(ErrorCode::NotFound, QStringLiteral("There is no %1 %2.").arg(entity.name, id));
    return rows->constFirst();
}

Expected<QList<RecordRow>> RecordReader::fetchMany(const EntityType &entity, const QList<RecordId> &ids)
{
    constexpr qsizetype atOnce = 500;
    const RecordSelect select(m_catalog, m_closed, m_dialect, entity);
    QList<RecordRow> rows;
    for (qsizetype from = 0; from < ids.size(); from += atOnce) {
        const RecordSelect::Statement statement = select.byIds(ids.mid(from, atOnce));
        Expected<SqlResult> result = m_session.run(statement.sql, statement.values);
        if (!result)
            return tl::make_unexpected(result.error());
        while (result->next())
            rows.append(select.readRow(*result));
    }
    return rows;
}

Expected<> RecordReader::forEach(const RecordQuery &query,
                                 const std::function<bool(const RecordRow &)> &visit)
{
    const RecordSelect select(m_catalog, m_closed, m_dialect, *query.entity);
    const RecordSelect::Statement statement = select.all(query);
    Expected<SqlResult> result = m_session.run(statement.sql, statement.values, Fetching::Streaming);
    if (!result)
        return tl::make_unexpected(result.error());
    while (result->next()) {
        if (!visit(select.readRow(*result)))
            return {};
    }
    return result->finished();
}

Expected<QList<ReferenceChoice>> RecordReader::findChoices(const EntityType &entity, const QString &text,
                                                           int limit)
{
    const QString display = entity.display().type == ColumnType::Text
        ? entity.display().name
        : m_dialect.asText(entity.display().name);
    const QString id = entity.id().name;
    const QString sorted = m_dialect.sortExpression(entity.display(), entity.display().name);
    QString where;
    QVariantList values;
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    QStringList all;
    for (const QString &word : words) {
        all.append(m_dialect.containsCondition(display));
        values.append(SqlDialect::likePattern(word));
    }
    if (!all.isEmpty()) {
        where = QStringLiteral(" WHERE (%1) OR %2 = ?")
                    .arg(all.join(QStringLiteral(" AND ")), m_dialect.asText(id));
        values.append(text.trimmed());
    }
    values.append(limit);
    Expected<SqlResult> result = m_session.run(
        QStringLiteral("SELECT %1, %2 FROM %3%4 ORDER BY %5, %1 LIMIT ?")
            .arg(id, display, entity.table, where, sorted),
        values);
    if (!result)
        return tl::make_unexpected(result.error());
    QList<ReferenceChoice> choices;
    while (result->next())
        choices.append({result->value(0).toString(), result->value(1).toString()});
    return choices;
}

Expected<QList<RecordId>> RecordReader::findByName(const EntityType &entity, const QString &name)
{
    Expected<SqlResult> result = m_session.run(
        QStringLiteral("SELECT %1 FROM %2 WHERE %3 = ? ORDER BY %1 LIMIT 10")
            .arg(entity.id().name, entity.table, entity.display().name),
        {name});
    if (!result)
        return tl::make_unexpected(result.error());
    QList<RecordId> ids;
    while (result->next())
        ids.append(result->value(0).toString());
    return ids;
}

} // namespace desk
