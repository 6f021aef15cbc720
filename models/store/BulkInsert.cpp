// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/BulkInsert.h"

namespace desk {
namespace {

// The text format of COPY: https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2
void appendEscaped(QByteArray &line, const QByteArray &text)
{
    for (const char byte : text) {
        switch (byte) {
        case '\\':
            line += "\\\\";
            break;
        case '\n':
            line += "\\n";
            break;
        case '\r':
            line += "\\r";
            break;
        case '\t':
            line += "\\t";
            break;
        default:
            line += byte;
        }
    }
}

void appendValue(QByteArray &line, const QVariant &value)
{
    if (value.isNull()) {
        line += "\\N";
        return;
    }
    switch (value.typeId()) {
    case QMetaType::Bool:
        line += value.toBool() ? 't' : 'f';
        break;
    case QMetaType::Int:
    case QMetaType::LongLong:
        line += QByteArray::number(value.toLongLong());
        break;
    case QMetaType::QByteArray:
        line += "\\\\x" + value.toByteArray().toHex();
        break;
    default:
        appendEscaped(line, value.toString().toUtf8());
    }
}

} // namespace

Expected<> BulkInsert::run(const EntityType &entity, const QList<Record> &records)
{
    if (m_session.kind() == DatabaseKind::PostgreSql)
        return copy(entity, records);
    QStringList names;
    for (const Column &column : entity.columns)
        names.append(column.name);
    const QString marks = QStringLiteral("?, ").repeated(names.size());
    const QString sql = QStringLiteral("INSERT INTO %1 (%2, version) VALUES (%3?)")
                            .arg(entity.table, names.join(QStringLiteral(", ")), marks);
    for (const Record &record : records) {
        QVariantList values;
        for (int column = 0; column < entity.columns.size(); ++column)
            values.append(m_dialect.toSql(entity.columns[column], record.values[column]));
        values.append(record.version);
        if (const Expected<SqlResult> inserted = m_session.run(sql, values); !inserted)
            return tl::make_unexpected(inserted.error());
    }
    return {};
}

Expected<> BulkInsert::copy(const EntityType &entity, const QList<Record> &records)
{
    QStringList names;
    for (const Column &column : entity.columns)
        names.append(column.name);
    QByteArray lines;
    lines.reserve(records.size() * 128);
    for (const Record &record : records) {
        for (int column = 0; column < entity.columns.size(); ++column) {
            appendValue(lines, m_dialect.toSql(entity.columns[column], record.values[column]));
            lines += '\t';
        }
        lines += QByteArray::number(record.version);
        lines += '\n';
    }
    return m_session.copyIn(QStringLiteral("COPY %1 (%2, version) FROM STDIN")
                                .arg(entity.table, names.join(QStringLiteral(", "))),
                            lines);
}

} // namespace desk
