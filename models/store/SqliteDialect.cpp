// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/SqliteDialect.h"

#include "models/schema/ColumnText.h"
#include "models/store/ColumnNotes.h"

#include <QDateTime>

namespace desk {
namespace {

QString literalOf(const Column &column, const QVariant &value)
{
    switch (column.type) {
    case ColumnType::Integer:
    case ColumnType::BigInteger:
    case ColumnType::Double:
        return textOf(column, value);
    case ColumnType::Boolean:
        return value.toBool() ? QStringLiteral("1") : QStringLiteral("0");
    case ColumnType::Decimal:
        return QString::number(value.value<Decimal>().unscaled());
    case ColumnType::Bytes:
        return QStringLiteral("x'%1'").arg(textOf(column, value));
    default:
        return u'\'' + textOf(column, value).replace(u'\'', QStringLiteral("''")) + u'\'';
    }
}

QString powerOfTen(int exponent)
{
    return u'1' + QString(exponent, u'0');
}

// How many more digits after the point the column has now.
int missingDigits(const ExistingColumn &existing, const Column &column)
{
    const int scale = ColumnNotes::scaleOf(existing.logicalType);
    return column.type == ColumnType::Decimal && scale >= 0 ? column.scale - scale : 0;
}

} // namespace

QString SqliteDialect::baseScript() const
{
    return read(QStringLiteral("sqlite/001_journal.sql")) + read(QStringLiteral("sqlite/002_ingest.sql"))
        + read(QStringLiteral("sqlite/003_disclosure.sql"));
}

// Decimals are whole numbers of their smallest unit (cents), so they stay exact and sort.
QString SqliteDialect::typeName(const Column &column) const
{
    switch (column.type) {
    case ColumnType::Integer:
    case ColumnType::BigInteger:
    case ColumnType::Boolean:
    case ColumnType::Decimal:
        return QStringLiteral("INTEGER");
    case ColumnType::Bytes:
        return QStringLiteral("BLOB");
    case ColumnType::Double:
        return QStringLiteral("REAL");
    case ColumnType::Text:
    case ColumnType::Enumeration:
    case ColumnType::Timestamp:
    case ColumnType::List:
        break;
    }
    return QStringLiteral("TEXT");
}

QString SqliteDialect::definition(const EntityType &entity, const Column &column) const
{
    QString sql = column.name + u' ' + typeName(column);
    if (&column == &entity.id())
        return sql
            + (entity.hasTextId() ? QStringLiteral(" PRIMARY KEY NOT NULL") : QStringLiteral(" PRIMARY KEY"));
    if (!column.nullable)
        sql += QStringLiteral(" NOT NULL");
    const QVariant value = column.defaultValue.isValid() ? column.defaultValue : initialValue(column);
    if (value.isValid())
        sql += QStringLiteral(" DEFAULT ") + literalOf(column, value);
    return sql;
}

QString SqliteDialect::createTable(const EntityType &entity) const
{
    QStringList columns;
    for (const Column &column : entity.columns)
        columns.append(definition(entity, column));
    columns.append(QStringLiteral("version INTEGER NOT NULL DEFAULT 1"));
    return QStringLiteral("CREATE TABLE %1 (\n    %2\n);")
        .arg(entity.table, columns.join(QStringLiteral(",\n    ")));
}

QString SqliteDialect::addColumn(const EntityType &entity, const Column &column) const
{
    return QStringLiteral("ALTER TABLE %1 ADD COLUMN %2;").arg(entity.table, definition(entity, column));
}

// The same image as PostgreSQL writes: decimals as text, bytes in hexadecimal.
QString SqliteDialect::image(const EntityType &entity, const QString &row)
{
    QStringList pairs;
    for (const Column &column : entity.columns) {
        const QString source = row + u'.' + column.name;
        QString value = source;
        if (column.type == ColumnType::Decimal && column.scale > 0) {
            value = QStringLiteral("CASE WHEN %1 IS NULL THEN NULL ELSE printf('%s%d.%0%2d', CASE WHEN %1 < "
                                   "0 THEN '-' ELSE '' END, "
                                   "abs(%1) / %3, abs(%1) % %3) END")
                        .replace(QStringLiteral("%1"), source)
                        .replace(QStringLiteral("%2"), QString::number(column.scale))
                        .replace(QStringLiteral("%3"), powerOfTen(column.scale));
        } else if (column.type == ColumnType::Decimal) {
            value = QStringLiteral("CAST(%1 AS TEXT)").arg(source);
        } else if (column.type == ColumnType::Boolean) {
            value = QStringLiteral(
                        "json(CASE WHEN %1 IS NULL THEN 'null' WHEN %1 THEN 'true' ELSE 'false' END)")
                        .arg(source);
        } else if (column.type == ColumnType::Bytes) {
            value = QStringLiteral("hex(%1)").arg(source);
        } else if (column.type == ColumnType::List) {
            value = QStringLiteral("json(%1)").arg(source);
        }
        pairs.append(literal(column.name) + QStringLiteral(", ") + value);
    }
    return QStringLiteral("json_object(%1)").arg(pairs.join(QStringLiteral(", ")));
}

QString SqliteDialect::entityScript(const EntityType &entity) const
{
    QStringList columns;
    QStringList differs;
    for (const Column &column : entity.columns) {
        if (&column == &entity.id())
            continue;
        columns.append(column.name);
        differs.append(QStringLiteral("NEW.%1 IS NOT OLD.%1").arg(column.name));
    }
    if (columns.isEmpty()) {
        columns.append(entity.id().name);
        differs.append(QStringLiteral("0"));
    }
    return fill(QStringLiteral("sqlite/entity.sql"),
                {{QStringLiteral("table"), entity.table},
                 {QStringLiteral("entity"), entity.name},
                 {QStringLiteral("id"), entity.id().name},
                 {QStringLiteral("columns"), columns.join(QStringLiteral(", "))},
                 {QStringLiteral("differs"), differs.join(QStringLiteral(" OR "))},
                 {QStringLiteral("image_new"), image(entity, QStringLiteral("NEW"))},
                 {QStringLiteral("image_old"), image(entity, QStringLiteral("OLD"))}});
}

QString SqliteDialect::indexScript(const EntityType &entity) const
{
    QString sql;
    for (const Column &column : entity.columns) {
        if (column.isReference())
            sql += QStringLiteral("CREATE INDEX IF NOT EXISTS %1_%2_index ON %1 (%2);\n")
                       .arg(entity.table, column.name);
    }
    const Column &display = entity.display();
    if (&display != &entity.id())
        sql += QStringLiteral("CREATE INDEX IF NOT EXISTS %1_%2_index ON %1 (%3, %4);\n")
                   .arg(entity.table, display.name, sortExpression(display, display.name), entity.id().name);
    return sql;
}

// SQLite enforces NOT NULL but no widths, so the kind of storage must agree, and for decimals the place of
// the point.
bool SqliteDialect::fits(const ExistingColumn &existing, const Column &column) const
{
    return existing.type.compare(typeName(column), Qt::CaseInsensitive) == 0
        && !(column.nullable && existing.notNull) && missingDigits(existing, column) == 0;
}

QString SqliteDialect::widen(const EntityType &entity, const ExistingColumn &existing,
                             const Column &column) const
{
    const int digits = missingDigits(existing, column);
    if (existing.type.compare(typeName(column), Qt::CaseInsensitive) != 0 || digits < 0
        || &column == &entity.id())
        return {};
    return rebuildColumn(entity, column,
                         digits == 0 ? QStringLiteral("{old}")
                                     : QStringLiteral("{old} * ") + powerOfTen(digits));
}

// A column's definition cannot be changed in place. Triggers and indexes are made again right after, by the
// entity's own scripts; without them the values move unjournaled, and they are the same values.
QString SqliteDialect::rebuildColumn(const EntityType &entity, const Column &column,
                                     const QString &expression) const
{
    const QString old = QStringLiteral("catalog_old_value");
    QString sql;
    for (const char *trigger : {"journal_add", "journal_update", "keep_id", "journal_delete"})
        sql += QStringLiteral("DROP TRIGGER IF EXISTS %1_%2;\n").arg(entity.table, QLatin1String(trigger));
    sql += QStringLiteral("DROP INDEX IF EXISTS %1_%2_index;\n"
                          "ALTER TABLE %1 RENAME COLUMN %2 TO %3;\n")
               .arg(entity.table, column.name, old);
    sql += addColumn(entity, column);
    sql += QStringLiteral("\nUPDATE %1 SET %2 = %3;\nALTER TABLE %1 DROP COLUMN %4;")
               .arg(entity.table, column.name, QString(expression).replace(QLatin1String("{old}"), old), old);
    return sql;
}

Expected<QList<ExistingColumn>> SqliteDialect::existingColumns(SqlSession &session,
                                                               const QString &table) const
{
    Expected<SqlResult> result = session.run(
        QStringLiteral("SELECT name, type, \"notnull\", dflt_value IS NOT NULL FROM pragma_table_info(?)"),
        {table});
    if (!result)
        return tl::make_unexpected(result.error());
    QList<ExistingColumn> columns;
    while (result->next())
        columns.append({result->value(0).toString(), result->value(1).toString(), result->value(2).toBool(),
                        result->value(3).toBool()});
    return columns;
}

QVariant SqliteDialect::toSql(const Column &column, const QVariant &value) const
{
    if (!value.isValid())
        return QVariant(QMetaType::fromType<QString>());
    switch (column.type) {
    case ColumnType::Decimal: {
        const std::optional<Decimal> scaled = value.value<Decimal>().rescaled(column.scale);
        return scaled ? QVariant::fromValue(scaled->unscaled()) : QVariant(QMetaType::fromType<QString>());
    }
    case ColumnType::Boolean:
        return value.toBool() ? 1 : 0;
    case ColumnType::Timestamp:
    case ColumnType::List:
        return textOf(column, value);
    case ColumnType::Text:
    case ColumnType::Enumeration: // a null QString is an empty text, not NULL
        return value.toString().isNull() ? QVariant(QStringLiteral("")) : value;
    case ColumnType::Bytes:
        return value.toByteArray().isNull() ? QVariant(QByteArray("")) : value;
    default:
        return value;
    }
}

QVariant SqliteDialect::fromSql(const Column &column, const QVariant &value) const
{
    if (!value.isValid())
        return {};
    switch (column.type) {
    case ColumnType::Integer:
    case ColumnType::BigInteger:
        return QVariant::fromValue(value.toLongLong());
    case ColumnType::Boolean:
        return value.toLongLong() != 0;
    case ColumnType::Double:
        return value.toDouble();
    case ColumnType::Decimal:
        return QVariant::fromValue(Decimal(value.toLongLong(), column.scale));
    case ColumnType::Timestamp:
    case ColumnType::List:
        return valueFromText(column, value.toString()).value_or(QVariant());
    case ColumnType::Bytes:
        return value.toByteArray();
    case ColumnType::Text:
    case ColumnType::Enumeration:
        break;
    }
    return value.toString();
}

QString SqliteDialect::containsCondition(const QString &expression) const
{
    return expression + QStringLiteral(" LIKE ? ESCAPE '\\'");
}

QString SqliteDialect::listedIds(const EntityType &entity) const
{
    return QStringLiteral("SELECT CAST(value AS %1) FROM json_each(?)").arg(typeName(entity.id()));
}

QString SqliteDialect::asText(const QString &expression) const
{
    return QStringLiteral("CAST(%1 AS TEXT)").arg(expression);
}

QString SqliteDialect::sortExpression(const Column &column, const QString &expression) const
{
    return column.type == ColumnType::Text ? expression + QStringLiteral(" COLLATE NOCASE") : expression;
}

QString SqliteDialect::forUpdate() const
{
    return {}; // the transaction is the only writer already
}

QString SqliteDialect::forKeyShare() const
{
    return {};
}

} // namespace desk
