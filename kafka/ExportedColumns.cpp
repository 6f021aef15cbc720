// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/ExportedColumns.h"

#include "kafka/MessageTableModel.h"
#include "kafka/decoding/FieldPath.h"

#include <algorithm>

namespace desk {
namespace {

using Columns = MessageTableModel::Columns;

// As MessageJson names them.
QString nameOf(int fixed)
{
    switch (fixed) {
    case Columns::TimeColumn:
        return QStringLiteral("timestamp");
    case Columns::TopicColumn:
        return QStringLiteral("topic");
    case Columns::PartitionColumn:
        return QStringLiteral("partition");
    case Columns::OffsetColumn:
        return QStringLiteral("offset");
    case Columns::KeyColumn:
        return QStringLiteral("key");
    case Columns::OperationColumn:
        return QStringLiteral("operation");
    case Columns::SizeColumn:
        return QStringLiteral("size");
    default:
        return QStringLiteral("value");
    }
}

QString fixedText(int fixed, const StreamMessage &message, const DecodedMessage &decoded,
                  const QJsonObject &object)
{
    switch (fixed) {
    case Columns::TimeColumn:
        return MessageJson::timeText(message);
    case Columns::TopicColumn:
        return message.topic;
    case Columns::PartitionColumn:
        return QString::number(message.partition);
    case Columns::OffsetColumn:
        return QString::number(message.offset);
    case Columns::KeyColumn:
        return message.hasKey ? MessageJson::keyText(message, decoded) : QString();
    case Columns::OperationColumn:
        return decoded.operation;
    case Columns::SizeColumn:
        return QString::number(message.key.size() + message.value.size());
    default:
        return MessageJson::valueText(message, decoded, object);
    }
}

QString fixedJson(int fixed, const StreamMessage &message, const DecodedMessage &decoded,
                  const QJsonObject &object)
{
    const bool isNull = (fixed == Columns::KeyColumn && !message.hasKey)
        || (fixed == Columns::ValueColumn && !message.hasValue);
    if (isNull)
        return QStringLiteral("null");
    const QString text = fixedText(fixed, message, decoded, object);
    const bool isNumber = fixed == Columns::PartitionColumn || fixed == Columns::OffsetColumn
        || fixed == Columns::SizeColumn;
    const bool isJson = fixed == Columns::ValueColumn && MessageJson::isValueJson(decoded, object);
    return isNumber || isJson ? text : jsonQuoted(text);
}

} // namespace

ExportedColumns::ExportedColumns(QList<ExportedColumn> columns) : m_columns(std::move(columns))
{
    for (const ExportedColumn &column : std::as_const(m_columns)) {
        QString name = column.fixed >= 0 ? nameOf(column.fixed) : column.field;
        const auto isTaken = [&](const ExportedColumn &other) {
            return &other != &column && other.fixed >= 0 && nameOf(other.fixed) == name;
        };
        const bool isField = column.fixed < 0;
        while (m_names.contains(name)
               || (isField && std::any_of(m_columns.cbegin(), m_columns.cend(), isTaken)))
            name.prepend(QStringLiteral("value."));
        m_names.append(name);
    }
}

QStringList ExportedColumns::cells(const StreamMessage &message, const DecodedMessage &decoded,
                                   const QJsonObject &object) const
{
    QStringList cells;
    for (const ExportedColumn &column : m_columns)
        cells.append(column.fixed >= 0 ? fixedText(column.fixed, message, decoded, object)
                                       : fieldText(decoded, column.field));
    return cells;
}

QByteArray ExportedColumns::json(const StreamMessage &message, const DecodedMessage &decoded,
                                 const QJsonObject &object) const
{
    QStringList members;
    for (qsizetype index = 0; index < m_columns.size(); ++index) {
        const ExportedColumn &column = m_columns[index];
        members.append(jsonQuoted(m_names[index]) + u':'
                       + (column.fixed >= 0 ? fixedJson(column.fixed, message, decoded, object)
                                            : fieldJson(decoded, column.field)));
    }
    return '{' + members.join(u',').toUtf8() + '}';
}

} // namespace desk
