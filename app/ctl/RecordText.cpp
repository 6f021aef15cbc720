// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/RecordText.h"

#include "models/schema/ColumnText.h"
#include "models/schema/RecordJson.h"
#include "models/schema/SensitiveNames.h"
#include "models/transfer/ColumnBinding.h"

namespace desk::ctl {
namespace {

QString mask()
{
    return MaskedValue.toString();
}

QString titleOf(const Column &column)
{
    const QString reference = referenceWord(column);
    return reference.isEmpty() ? column.name : reference;
}

} // namespace

QJsonObject recordToJson(const EntityType &entity, const RecordRow &row)
{
    QJsonObject json = recordToFlatJson(entity, row.record);
    for (int index = 0; index < entity.columns.size(); ++index) {
        const Column &column = entity.columns[index];
        if (column.sensitive)
            json.insert(column.name, mask());
        const QString word = referenceWord(column);
        if (const QString label = row.labels.value(index);
            !label.isEmpty() && !word.isEmpty() && !json.contains(word))
            json.insert(word, label);
    }
    json.insert(entity.indexOf(u"version") < 0 ? QStringLiteral("version") : QStringLiteral("_version"),
                row.record.version);
    return json;
}

QString shownValue(const Column &column, const QVariant &value, const QString &label)
{
    if (column.sensitive)
        return value.isValid() ? mask() : QString();
    return label.isEmpty() ? textOf(column, value) : label;
}

void printRecord(Output &output, const EntityType &entity, const RecordRow &row)
{
    qsizetype width = QStringLiteral("version").size();
    for (const Column &column : entity.columns)
        width = qMax(width, column.name.size());
    const auto print = [&](const QString &name, const QString &value) {
        output.line((QString(name + QLatin1Char(':')).leftJustified(width + 3) + visible(value)).trimmed());
    };
    for (int index = 0; index < entity.columns.size(); ++index) {
        const Column &column = entity.columns[index];
        QString value = shownValue(column, row.record.values[index]);
        if (const QString label = row.labels.value(index); !label.isEmpty() && !column.sensitive)
            value += QStringLiteral(" (%1)").arg(label);
        print(column.name, value);
    }
    print(QStringLiteral("version"), QString::number(row.record.version));
}

QList<TextTable::Column> tableColumns(const EntityType &entity)
{
    QList<TextTable::Column> columns;
    for (const Column &column : entity.columns) {
        const bool isRight = column.isNumber() && !column.isReference();
        if (!column.hidden)
            columns.append({titleOf(column), isRight ? TextTable::Align::Right : TextTable::Align::Left});
    }
    return columns;
}

QStringList tableCells(const EntityType &entity, const RecordRow &row)
{
    QStringList cells;
    for (int index = 0; index < entity.columns.size(); ++index) {
        if (!entity.columns[index].hidden)
            cells.append(
                shownValue(entity.columns[index], row.record.values[index], row.labels.value(index)));
    }
    return cells;
}

QString recordTitle(const EntityType &entity, const RecordId &id)
{
    return QStringLiteral("%1 %2").arg(entity.singular, id);
}

} // namespace desk::ctl
