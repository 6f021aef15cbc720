// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/RecordSelect.h"

namespace desk {

RecordSelect::RecordSelect(const EntityCatalog &catalog, const ClosedEntities &closed,
                           const SqlDialect &dialect, const EntityType &entity)
    : m_catalog(catalog)
    , m_closed(closed)
    , m_dialect(dialect)
    , m_entity(entity)
{ }

QString RecordSelect::source(int column) const
{
    return QStringLiteral("t.") + m_entity.columns[column].name;
}

bool RecordSelect::isNamed(int column) const
{
    const QString &reference = m_entity.columns[column].reference;
    return !reference.isEmpty() && !m_closed.contains(*m_catalog.find(reference));
}

// The id itself where the other table is closed.
QString RecordSelect::label(int column) const
{
    if (!isNamed(column))
        return m_dialect.asText(source(column));
    const EntityType &target = *m_catalog.find(m_entity.columns[column].reference);
    const QString expression = QStringLiteral("r%1.%2").arg(column).arg(target.display().name);
    return target.display().type == ColumnType::Text ? expression : m_dialect.asText(expression);
}

QString RecordSelect::joins(bool onlyNeeded, const RecordQuery &query) const
{
    QString sql;
    for (int column = 0; column < m_entity.columns.size(); ++column) {
        if (!isNamed(column))
            continue;
        const bool filtered = std::any_of(
            query.filters.cbegin(), query.filters.cend(),
            [&](const ColumnFilter &filter) { return filter.column == column; });
        if (onlyNeeded && !filtered)
            continue;
        const EntityType &target = *m_catalog.find(m_entity.columns[column].reference);
        sql += QStringLiteral(" LEFT JOIN %1 r%2 ON r%2.%3 = %4")
                   .arg(target.table)
                   .arg(column)
                   .arg(target.id().name, source(column));
    }
    return sql;
}

QString RecordSelect::columnsAndTables() const
{
    QStringList expressions{QStringLiteral("t.version")};
    QStringList labels;
    for (int column = 0; column < m_entity.columns.size(); ++column) {
        expressions.append(m_dialect.selected(m_entity.columns[column], source(column)));
        if (m_entity.columns[column].isReference())
            labels.append(label(column));
    }
    return QStringLiteral("SELECT %1 FROM %2 t%3")
        .arg((expressions + labels).join(QStringLiteral(", ")), m_entity.table, joins(false, {}));
}

QString RecordSelect::condition(const ColumnFilter &filter, QVariantList &values) const
{
    const Column &column = m_entity.columns[filter.column];
    const QString expression = source(filter.column);
    const bool textual = column.type == ColumnType::Text && !column.isReference();
    const auto compare = [&](const char *sign) {
        values.append(m_dialect.toSql(column, filter.value));
        return QStringLiteral("%1 %2 ?").arg(expression, QLatin1String(sign));
    };
    switch (filter.kind) {
    case FilterKind::Contains:
        values.append(SqlDialect::likePattern(filter.value.toString()));
        if (column.isReference())
            return m_dialect.containsCondition(label(filter.column));
        return m_dialect.containsCondition(textual ? expression : m_dialect.asText(expression));
    case FilterKind::Equals:
        return compare("=");
    case FilterKind::NotEquals:
        return QStringLiteral("(%1 OR %2 IS NULL)").arg(compare("<>"), expression);
    case FilterKind::Less:
        return compare("<");
    case FilterKind::AtMost:
        return compare("<=");
    case FilterKind::Greater:
        return compare(">");
    case FilterKind::AtLeast:
        return compare(">=");
    case FilterKind::Between:
        values.append(m_dialect.toSql(column, filter.value));
        values.append(m_dialect.toSql(column, filter.upper));
        return QStringLiteral("%1 BETWEEN ? AND ?").arg(expression);
    case FilterKind::Empty:
        return textual ? QStringLiteral("(%1 IS NULL OR %1 = '')").arg(expression)
                       : QStringLiteral("%1 IS NULL").arg(expression);
    case FilterKind::NotEmpty:
        break;
    }
    return textual ? QStringLiteral("%1 <> ''").arg(expression)
                   : QStringLiteral("%1 IS NOT NULL").arg(expression);
}

QStringList RecordSelect::conditions(const RecordQuery &query, QVariantList &values) const
{
    QStringList all;
    for (const ColumnFilter &filter : query.filters)
        all.append(condition(filter, values));
    const QStringList words = query.search.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        QStringList any;
        for (int column = 0; column < m_entity.columns.size(); ++column) {
            if (!m_entity.columns[column].searchable || m_entity.columns[column].sensitive)
                continue;
            any.append(m_dialect.containsCondition(source(column)));
            values.append(SqlDialect::likePattern(word));
        }
        any.append(m_dialect.asText(source(m_entity.idColumn)) + QStringLiteral(" = ?"));
        values.append(word);
        all.append(u'(' + any.join(QStringLiteral(" OR ")) + u')');
    }
    return all;
}

QString RecordSelect::sortExpression(const RecordQuery &query) const
{
    const Column &column = m_entity.columns[query.sortColumn];
    if (!isNamed(query.sortColumn))
        return m_dialect.sortExpression(column, source(query.sortColumn));
    return m_dialect.sortExpression(m_catalog.find(column.reference)->display(), label(query.sortColumn));
}

QString RecordSelect::order(const RecordQuery &query) const
{
    const QString direction = query.sortOrder == Qt::AscendingOrder ? QStringLiteral(" ASC")
                                                                    : QStringLiteral(" DESC");
    QString sql = QStringLiteral(" ORDER BY ") + sortExpression(query) + direction;
    if (query.sortColumn != m_entity.idColumn)
        sql += QStringLiteral(", ") + source(m_entity.idColumn) + direction;
    return sql;
}

// Goes on right after the anchor instead of counting rows from the start. Only where the sort column has
// a value in every row: NULL has no place in a comparison.
QString RecordSelect::anchorCondition(const PageRequest &request, QVariantList &values) const
{
    const RecordQuery &query = request.query;
    const Column &column = m_entity.columns[query.sortColumn];
    if (!request.anchor || column.nullable)
        return {};
    const QString sign = query.sortOrder == Qt::AscendingOrder ? QStringLiteral(">") : QStringLiteral("<");
    const QVariant id = m_dialect.idToSql(m_entity, request.anchor->record.id);
    if (query.sortColumn == m_entity.idColumn) {
        values.append(id);
        return QStringLiteral("%1 %2 ?").arg(source(m_entity.idColumn), sign);
    }
    values.append(m_dialect.toSql(column, request.anchor->record.values[query.sortColumn]));
    values.append(id);
    return QStringLiteral("(%1, %2) %3 (?, ?)").arg(sortExpression(query), source(m_entity.idColumn), sign);
}

RecordSelect::Statement RecordSelect::page(const PageRequest &request) const
{
    Statement statement;
    QStringList all = conditions(request.query, statement.values);
    const QString anchor = anchorCondition(request, statement.values);
    if (!anchor.isEmpty())
        all.append(anchor);
    statement.sql = columnsAndTables();
    if (!all.isEmpty())
        statement.sql += QStringLiteral(" WHERE ") + all.join(QStringLiteral(" AND "));
    statement.sql += order(request.query) + QStringLiteral(" LIMIT ? OFFSET ?");
    statement.values.append(request.limit);
    statement.values.append(anchor.isEmpty() ? request.offset : qint64(0));
    return statement;
}

RecordSelect::Statement RecordSelect::all(const RecordQuery &query) const
{
    Statement statement;
    const QStringList all = conditions(query, statement.values);
    statement.sql = columnsAndTables();
    if (!all.isEmpty())
        statement.sql += QStringLiteral(" WHERE ") + all.join(QStringLiteral(" AND "));
    statement.sql += order(query);
    return statement;
}

RecordSelect::Statement RecordSelect::count(const RecordQuery &query) const
{
    Statement statement;
    const QStringList all = conditions(query, statement.values);
    statement.sql = QStringLiteral("SELECT count(*) FROM %1 t%2").arg(m_entity.table, joins(true, query));
    if (!all.isEmpty())
        statement.sql += QStringLiteral(" WHERE ") + all.join(QStringLiteral(" AND "));
    return statement;
}

RecordSelect::Statement RecordSelect::byIds(const QList<RecordId> &ids) const
{
    Statement statement;
    QStringList marks;
    for (const RecordId &id : ids) {
        marks.append(QStringLiteral("?"));
        statement.values.append(m_dialect.idToSql(m_entity, id));
    }
    statement.sql = columnsAndTables()
        + QStringLiteral(" WHERE %1 IN (%2)").arg(source(m_entity.idColumn), marks.join(u','));
    return statement;
}

RecordRow RecordSelect::readRow(const SqlResult &result) const
{
    RecordRow row;
    const int columns = static_cast<int>(m_entity.columns.size());
    row.record.version = result.value(0).toLongLong();
    row.record.values.reserve(columns);
    row.labels.resize(columns);
    int labelAt = columns + 1;
    for (int column = 0; column < columns; ++column) {
        row.record.values.append(m_dialect.fromSql(m_entity.columns[column], result.value(column + 1)));
        if (m_entity.columns[column].isReference())
            row.labels[column] = result.value(labelAt++).toString();
    }
    row.record.id = row.record.values[m_entity.idColumn].toString();
    return row;
}

} // namespace desk
