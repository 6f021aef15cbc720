// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/PostgreSqlDialect.h"

#include "models/schema/ColumnText.h"

#include <google/protobuf/descriptor.h>

#include <QDateTime>
#include <QTimeZone>

namespace desk {
namespace {

// What older services know: plain fields below 16, and a decimal under the field that approximates it.
const google::protobuf::FieldDescriptor *serviceField(const Column &column)
{
    const auto *field = column.approximation ? column.approximation : column.field();
    return column.path.size() == 1 && field->number() < 16 ? field : nullptr;
}

QString defaultLiteral(const Column &column)
{
    const QVariant value = column.defaultValue.isValid() ? column.defaultValue : initialValue(column);
    if (!value.isValid())
        return {};
    const QString text = textOf(column, value);
    const QString quoted = u'\'' + QString(text).replace(u'\'', QStringLiteral("''")) + u'\'';
    return column.type == ColumnType::Bytes ? QStringLiteral("'\\x%1'::bytea").arg(text) : quoted;
}

} // namespace

QString PostgreSqlDialect::baseScript() const
{
    return read(QStringLiteral("postgresql/001_journal.sql"))
        + read(QStringLiteral("postgresql/002_ingest.sql"))
        + read(QStringLiteral("postgresql/003_disclosure.sql"));
}

QString PostgreSqlDialect::typeName(const Column &column) const
{
    switch (column.type) {
    case ColumnType::Text:
    case ColumnType::Enumeration:
        return QStringLiteral("text");
    case ColumnType::Integer:
        return QStringLiteral("integer");
    case ColumnType::BigInteger:
        return QStringLiteral("bigint");
    case ColumnType::Boolean:
        return QStringLiteral("boolean");
    case ColumnType::Timestamp:
        return QStringLiteral("timestamp with time zone");
    case ColumnType::Bytes:
        return QStringLiteral("bytea");
    case ColumnType::Double:
        return QStringLiteral("double precision");
    case ColumnType::Decimal:
        return QStringLiteral("numeric(%1,%2)").arg(column.precision).arg(column.scale);
    case ColumnType::List:
        break;
    }
    return QStringLiteral("jsonb");
}

QString PostgreSqlDialect::definition(const EntityType &entity, const Column &column) const
{
    QString sql = column.name + u' ' + typeName(column);
    if (&column == &entity.id()) {
        if (!entity.hasTextId())
            sql += QStringLiteral(" DEFAULT nextval('%1_id_sequence')").arg(entity.table);
        return sql + QStringLiteral(" PRIMARY KEY");
    }
    if (!column.nullable)
        sql += QStringLiteral(" NOT NULL");
    if (const QString value = defaultLiteral(column); !value.isEmpty())
        sql += QStringLiteral(" DEFAULT ") + value;
    if (column.type == ColumnType::Enumeration) {
        QStringList values;
        for (const QString &allowed : column.allowed)
            values.append(literal(allowed));
        sql += QStringLiteral(" CONSTRAINT %1_%2_values CHECK (%2 IN (%3))")
                   .arg(entity.table, column.name, values.join(u','));
    }
    return sql;
}

QString PostgreSqlDialect::createTable(const EntityType &entity) const
{
    QStringList columns;
    for (const Column &column : entity.columns)
        columns.append(definition(entity, column));
    columns.append(QStringLiteral("version bigint NOT NULL DEFAULT 1"));
    QString sql;
    if (!entity.hasTextId())
        sql = QStringLiteral("CREATE SEQUENCE IF NOT EXISTS %1_id_sequence AS %2;\n")
                  .arg(entity.table, typeName(entity.id()));
    return sql
        + QStringLiteral("CREATE TABLE %1 (\n    %2\n);")
              .arg(entity.table, columns.join(QStringLiteral(",\n    ")));
}

QString PostgreSqlDialect::addColumn(const EntityType &entity, const Column &column) const
{
    return QStringLiteral("ALTER TABLE %1 ADD COLUMN %2;").arg(entity.table, definition(entity, column));
}

// Decimals as text, so that no reader takes them for binary floats; bytes in hexadecimal.
QString PostgreSqlDialect::image(const EntityType &entity, const QString &row)
{
    QStringList columns;
    for (const Column &column : entity.columns) {
        const QString source = row + u'.' + column.name;
        if (column.type == ColumnType::Decimal)
            columns.append(source + QStringLiteral("::text AS ") + column.name);
        else if (column.type == ColumnType::Bytes)
            columns.append(QStringLiteral("encode(%1, 'hex') AS %2").arg(source, column.name));
        else
            columns.append(source);
    }
    return QStringLiteral("row_to_json((SELECT catalog_image FROM (SELECT %1) catalog_image))")
        .arg(columns.join(QStringLiteral(", ")));
}

QString PostgreSqlDialect::entityScript(const EntityType &entity) const
{
    const QMap<QString, QString> ids{{QStringLiteral("table"), entity.table},
                                     {QStringLiteral("id"), entity.id().name}};
    QMap<QString, QString> names = ids;
    names.insert(QStringLiteral("entity"), entity.name);
    names.insert(QStringLiteral("image_new"), image(entity, QStringLiteral("n")));
    names.insert(QStringLiteral("image_old"), image(entity, QStringLiteral("o")));
    names.insert(QStringLiteral("advance_ids"),
                 entity.hasTextId() ? QString() : fill(QStringLiteral("postgresql/advance_ids.sql"), ids));
    QString sql = fill(QStringLiteral("postgresql/entity.sql"), names);
    for (const Column &column : entity.columns) {
        if (column.type != ColumnType::Enumeration)
            continue;
        QStringList values;
        for (const QString &allowed : column.allowed)
            values.append(literal(allowed));
        sql += QStringLiteral("\nALTER TABLE %1 DROP CONSTRAINT IF EXISTS %1_%2_values, ADD CONSTRAINT "
                              "%1_%2_values CHECK (%2 IN (%3));")
                   .arg(entity.table, column.name, values.join(u','));
    }
    return entity.serviceView.isEmpty() ? sql : sql + serviceView(entity);
}

QString PostgreSqlDialect::serviceView(const EntityType &entity)
{
    QList<const Column *> known;
    for (const Column &column : entity.columns) {
        if (serviceField(column))
            known.append(&column);
    }
    std::sort(known.begin(), known.end(), [](const Column *left, const Column *right) {
        return serviceField(*left)->number() < serviceField(*right)->number();
    });

    QStringList select;
    QStringList columns;
    QStringList inserted;
    QStringList assigned;
    for (const Column *column : known) {
        const QString shown = QString::fromStdString(serviceField(*column)->name());
        QString read = column->name;
        QString written = QStringLiteral("NEW.%1").arg(shown);
        if (column->isReference()) {
            const QString none = column->type == ColumnType::Text ? QStringLiteral("''")
                                                                  : QStringLiteral("0");
            read = QStringLiteral("coalesce(%1, %2)").arg(column->name, none);
            written = QStringLiteral("nullif(%1, %2)").arg(written, none);
        } else if (column->type == ColumnType::Decimal) {
            read = column->name + QStringLiteral("::double precision");
            written = QStringLiteral("round(%1::numeric, %2)").arg(written).arg(column->scale);
        }
        select.append(read + QStringLiteral(" AS ") + shown);
        columns.append(column->name);
        if (column == &entity.id()) {
            inserted.append(entity.hasTextId()
                                ? written
                                : QStringLiteral("coalesce(nullif(%1, 0), nextval('%2_id_sequence'))")
                                      .arg(written, entity.table));
            continue;
        }
        const QString orDefault = column->nullable
            ? written
            : QStringLiteral("coalesce(%1, %2)").arg(written, defaultLiteral(*column));
        inserted.append(orDefault);
        // A decimal the service did not touch keeps digits that its number type might not hold.
        assigned.append(QStringLiteral("%1 = CASE WHEN NEW.%2 IS DISTINCT FROM OLD.%2 THEN %3 ELSE %1 END")
                            .arg(column->name, shown, orDefault));
    }
    const QString comma = QStringLiteral(", ");
    return fill(QStringLiteral("postgresql/service_view.sql"),
                {{QStringLiteral("view"), entity.serviceView},
                 {QStringLiteral("table"), entity.table},
                 {QStringLiteral("id"), entity.id().name},
                 {QStringLiteral("select"), select.join(comma)},
                 {QStringLiteral("columns"), columns.join(comma)},
                 {QStringLiteral("insert_values"), inserted.join(comma)},
                 {QStringLiteral("assignments"), assigned.join(comma)}});
}

QString PostgreSqlDialect::indexScript(const EntityType &entity) const
{
    QString sql;
    for (const Column &column : entity.columns) {
        if (column.isReference())
            sql += QStringLiteral("CREATE INDEX IF NOT EXISTS %1_%2_index ON %1 (%2);\n")
                       .arg(entity.table, column.name);
    }
    const Column &display = entity.display();
    if (&display != &entity.id())
        sql += QStringLiteral("CREATE INDEX IF NOT EXISTS %1_%2_index ON %1 (%2, %3);\n")
                   .arg(entity.table, display.name, entity.id().name);
    return sql;
}

bool PostgreSqlDialect::fits(const ExistingColumn &existing, const Column &column) const
{
    if (existing.type != typeName(column))
        return false;
    return column.nullable ? !existing.notNull : true;
}

QString PostgreSqlDialect::widen(const EntityType &entity, const ExistingColumn &existing,
                                 const Column &column) const
{
    QStringList steps;
    if (existing.type != typeName(column)) {
        const bool toBigger = existing.type == QLatin1String("integer")
            && column.type == ColumnType::BigInteger;
        const bool toText = existing.type.startsWith(QLatin1String("character varying"))
            && column.type == ColumnType::Text;
        bool moreDigits = false;
        if (existing.type.startsWith(QLatin1String("numeric(")) && column.type == ColumnType::Decimal) {
            const QStringList digits = existing.type.mid(8).chopped(1).split(u',');
            const int precision = digits.value(0).toInt();
            const int scale = digits.value(1).toInt();
            moreDigits = column.scale >= scale && column.precision - column.scale >= precision - scale;
        }
        if (!toBigger && !toText && !moreDigits)
            return {};
        steps.append(QStringLiteral("ALTER COLUMN %1 TYPE %2").arg(column.name, typeName(column)));
    }
    if (column.nullable && existing.notNull)
        steps.append(QStringLiteral("ALTER COLUMN %1 DROP NOT NULL").arg(column.name));
    // A type change is refused while a view shows the column; the view is made again right after.
    const QString dropView = entity.serviceView.isEmpty()
        ? QString()
        : QStringLiteral("DROP VIEW IF EXISTS %1;\n").arg(entity.serviceView);
    return dropView
        + QStringLiteral("ALTER TABLE %1 %2;").arg(entity.table, steps.join(QStringLiteral(", ")));
}

Expected<QList<ExistingColumn>> PostgreSqlDialect::existingColumns(SqlSession &session,
                                                                   const QString &table) const
{
    Expected<SqlResult> result = session.run(
        QStringLiteral(
            "SELECT attname, format_type(atttypid, atttypmod), attnotnull, atthasdef FROM pg_attribute "
            "JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace "
            "WHERE nspname = current_schema() AND relname = ? AND relkind IN ('r', 'p') AND attnum > 0 AND "
            "NOT attisdropped "
            "ORDER BY attnum"),
        {table});
    if (!result)
        return tl::make_unexpected(result.error());
    QList<ExistingColumn> columns;
    while (result->next())
        columns.append({result->value(0).toString(), result->value(1).toString(), result->value(2).toBool(),
                        result->value(3).toBool()});
    return columns;
}

QVariant PostgreSqlDialect::toSql(const Column &column, const QVariant &value) const
{
    if (!value.isValid())
        return QVariant(QMetaType::fromType<QString>());
    switch (column.type) {
    case ColumnType::Decimal:
    case ColumnType::Timestamp:
    case ColumnType::List:
        return textOf(column, value);
    case ColumnType::Double: // the shortest text reads back as the same number; the driver's might not
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

QString PostgreSqlDialect::selected(const Column &column, const QString &expression) const
{
    switch (column.type) {
    case ColumnType::Timestamp:
        return QStringLiteral("(extract(epoch FROM %1) * 1000)::bigint").arg(expression);
    case ColumnType::List:
        return expression + QStringLiteral("::text");
    case ColumnType::Double:
        return expression + QStringLiteral("::text");
    default:
        return expression;
    }
}

QVariant PostgreSqlDialect::fromSql(const Column &column, const QVariant &value) const
{
    if (!value.isValid())
        return {};
    switch (column.type) {
    case ColumnType::Integer:
    case ColumnType::BigInteger:
        return QVariant::fromValue(value.toLongLong());
    case ColumnType::Timestamp:
        return QDateTime::fromMSecsSinceEpoch(value.toLongLong(), Qt::UTC);
    case ColumnType::Decimal:
    case ColumnType::List:
    case ColumnType::Double:
        return valueFromText(column, value.toString()).value_or(QVariant());
    default:
        return value;
    }
}

QString PostgreSqlDialect::containsCondition(const QString &expression) const
{
    return expression + QStringLiteral(" ILIKE ? ESCAPE '\\'");
}

QString PostgreSqlDialect::listedIds(const EntityType &entity) const
{
    return QStringLiteral("SELECT value::%1 FROM jsonb_array_elements_text(CAST(? AS jsonb))")
        .arg(typeName(entity.id()));
}

QString PostgreSqlDialect::asText(const QString &expression) const
{
    return expression + QStringLiteral("::text");
}

QString PostgreSqlDialect::forUpdate() const
{
    return QStringLiteral(" FOR UPDATE");
}

QString PostgreSqlDialect::forKeyShare() const
{
    return QStringLiteral(" FOR KEY SHARE");
}

} // namespace desk
