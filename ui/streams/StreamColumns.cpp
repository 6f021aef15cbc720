// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/StreamColumns.h"

#include "kafka/MessageTableModel.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <iterator>

namespace desk {
namespace {

constexpr int LeastWidth = 24;
constexpr int GreatestWidth = 2000;

// In the order of MessageTableModel::Columns.
const QStringList fixedWords{QStringLiteral("time"),   QStringLiteral("topic"), QStringLiteral("partition"),
                             QStringLiteral("offset"), QStringLiteral("key"),   QStringLiteral("operation"),
                             QStringLiteral("value"),  QStringLiteral("size")};

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StreamColumns)
};

} // namespace

StreamColumns StreamColumns::standard()
{
    StreamColumns columns;
    for (int fixed = 0; fixed < MessageTableModel::ColumnCount; ++fixed)
        columns.m_columns.append({fixed, {}, true, 0});
    return columns;
}

StreamColumns StreamColumns::of(const QList<StreamColumn> &columns)
{
    StreamColumns made;
    for (const StreamColumn &column : columns) {
        const bool isSensible = column.isField()
            ? !column.field.isEmpty() && column.field.size() <= LongestPath && made.fieldCount() < MostFields
            : column.fixed < MessageTableModel::ColumnCount;
        if (isSensible && made.indexOf(column.fixed, column.field) < 0)
            made.m_columns.append(column);
    }
    for (int fixed = 0; fixed < MessageTableModel::ColumnCount; ++fixed) {
        if (made.indexOf(fixed, {}) < 0)
            made.m_columns.append({fixed, {}, false, 0});
    }
    made.showSome();
    return made;
}

void StreamColumns::setShown(qsizetype index, bool isShown)
{
    m_columns[index].isShown = isShown;
    showSome();
}

void StreamColumns::showSome()
{
    const bool isAny = std::any_of(m_columns.cbegin(), m_columns.cend(),
                                   [](const StreamColumn &column) { return column.isShown; });
    if (!isAny)
        m_columns[indexOf(MessageTableModel::ValueColumn, {})].isShown = true;
}

StreamColumns StreamColumns::fromJson(const QJsonObject &json)
{
    QList<StreamColumn> columns;
    for (const QJsonValue &entry : json.value(QStringLiteral("columns")).toArray()) {
        StreamColumn column;
        column.field = entry[QStringLiteral("field")].toString();
        column.fixed = column.field.isEmpty()
            ? int(fixedWords.indexOf(entry[QStringLiteral("column")].toString()))
            : -1;
        column.isShown = entry[QStringLiteral("shown")].toBool(true);
        const int width = entry[QStringLiteral("width")].toInt();
        column.width = width <= 0 ? 0 : std::clamp(width, LeastWidth, GreatestWidth);
        columns.append(column);
    }
    const bool isAny = std::any_of(columns.cbegin(), columns.cend(), [](const StreamColumn &column) {
        return column.isShown && (column.fixed >= 0 || !column.field.isEmpty());
    });
    return isAny ? of(columns) : standard();
}

QJsonObject StreamColumns::toJson() const
{
    QJsonArray columns;
    for (const StreamColumn &column : m_columns) {
        QJsonObject entry;
        if (column.isField())
            entry.insert(QStringLiteral("field"), column.field);
        else
            entry.insert(QStringLiteral("column"), fixedWords.at(column.fixed));
        if (!column.isShown)
            entry.insert(QStringLiteral("shown"), false);
        if (column.width > 0)
            entry.insert(QStringLiteral("width"), column.width);
        columns.append(entry);
    }
    return {{QStringLiteral("columns"), columns}};
}

QList<StreamColumn> StreamColumns::shown() const
{
    QList<StreamColumn> columns;
    std::copy_if(m_columns.cbegin(), m_columns.cend(), std::back_inserter(columns),
                 [](const StreamColumn &column) { return column.isShown; });
    return columns;
}

QStringList StreamColumns::shownFields() const
{
    QStringList fields;
    for (const StreamColumn &column : shown()) {
        if (column.isField())
            fields.append(column.field);
    }
    return fields;
}

int StreamColumns::fieldCount() const
{
    return int(std::count_if(m_columns.cbegin(), m_columns.cend(),
                             [](const StreamColumn &column) { return column.isField(); }));
}

qsizetype StreamColumns::indexOf(int fixed, const QString &field) const
{
    const auto found = std::find_if(m_columns.cbegin(), m_columns.cend(), [&](const StreamColumn &column) {
        return column.fixed == fixed && (fixed >= 0 || column.field == field);
    });
    return found == m_columns.cend() ? -1 : found - m_columns.cbegin();
}

QString StreamColumns::add(const QString &typed)
{
    const QString field = typed.trimmed();
    if (field.isEmpty())
        return Words::tr("Write the field's name, such as price, pricing.amount or header.trace-id.");
    if (field.size() > LongestPath)
        return Words::tr("A field's name has at most %1 characters.").arg(LongestPath);
    if (const qsizetype known = indexOf(-1, field); known >= 0) {
        m_columns[known].isShown = true;
        return {};
    }
    if (fieldCount() >= MostFields)
        return Words::tr("There are %1 columns of fields already. Remove one first.").arg(MostFields);
    m_columns.insert(indexOf(MessageTableModel::ValueColumn, {}), {-1, field, true, 0});
    return {};
}

void StreamColumns::remove(const QString &field)
{
    if (const qsizetype index = indexOf(-1, field); index >= 0)
        m_columns.removeAt(index);
    showSome();
}

} // namespace desk
