// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/ColumnBinding.h"

#include "models/schema/ColumnText.h"

namespace desk {
namespace {

bool sameWord(const QString &left, const QString &right)
{
    return left.compare(right, Qt::CaseInsensitive) == 0;
}

} // namespace

QString referenceWord(const Column &column)
{
    const QLatin1String ending("_id");
    if (!column.isReference() || !column.name.endsWith(ending) || column.name.size() == ending.size())
        return {};
    return column.name.chopped(ending.size());
}

Expected<ColumnBinding> bindColumn(const EntityType &entity, const QString &word)
{
    using As = ColumnBinding::As;
    const QString wanted = word.trimmed();
    // Names first: a label may be what another column is called.
    for (int index = 0; index < entity.columns.size(); ++index) {
        if (sameWord(entity.columns[index].name, wanted))
            return ColumnBinding{index, As::Value};
    }
    for (int index = 0; index < entity.columns.size(); ++index) {
        const QString reference = referenceWord(entity.columns[index]);
        if (!reference.isEmpty() && sameWord(reference, wanted))
            return ColumnBinding{index, As::Name};
    }
    for (int index = 0; index < entity.columns.size(); ++index) {
        const Column &column = entity.columns[index];
        if (sameWord(column.label, wanted))
            return ColumnBinding{index, column.isReference() ? As::Name : As::Value};
    }
    const Expected<int> required = entity.requireColumn(wanted);
    if (!required)
        return tl::make_unexpected(required.error());
    return ColumnBinding{*required, As::Value};
}

Error readOnlyColumn(const Column &column)
{
    return {ErrorCode::InvalidValue,
            QStringLiteral("%1: this can be read, not changed.").arg(column.label),
            {},
            column.name};
}

Record blankRecord(const EntityType &entity)
{
    Record record = newRecord(entity);
    for (int index = 0; index < entity.columns.size(); ++index) {
        const Column &column = entity.columns[index];
        if (column.required && sameValue(column.defaultValue, initialValue(column)))
            record.values[index] = QVariant();
    }
    return record;
}

Expected<QVariant> boundValue(const EntityType &entity, ColumnBinding binding, const QString &text,
                              ReferenceLookup &references)
{
    const Column &column = entity.columns[binding.column];
    if (column.required && text.trimmed().isEmpty())
        return validateValue(column, QVariant()).map([] { return QVariant(); });
    if (binding.as == ColumnBinding::As::Value || text.isEmpty()) {
        Expected<QVariant> value = valueFromText(column, text);
        // A reference column without "_id" in its name has one word for both: what is no id is a name.
        if (value || !column.isReference() || !referenceWord(column).isEmpty())
            return value;
    }
    const Expected<RecordId> id = references.idByName(column, text);
    if (!id)
        return tl::make_unexpected(id.error());
    return valueFromText(column, *id);
}

} // namespace desk
