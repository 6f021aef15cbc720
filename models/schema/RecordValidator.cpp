// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/RecordValidator.h"

#include "models/schema/ColumnText.h"

namespace desk {

Record newRecord(const EntityType &entity)
{
    Record record;
    record.values.reserve(entity.columns.size());
    for (const Column &column : entity.columns)
        record.values.append(column.defaultValue);
    record.values[entity.idColumn] = QVariant();
    return record;
}

void setRecordId(const EntityType &entity, Record &record, const RecordId &id)
{
    record.id = id;
    record.values[entity.idColumn] = entity.hasTextId() ? QVariant(id) : QVariant::fromValue(id.toLongLong());
}

Expected<RecordId> recordIdFromText(const EntityType &entity, const QString &text)
{
    const Expected<QVariant> value = valueFromText(entity.id(), text);
    if (!value)
        return tl::make_unexpected(value.error());
    const QString canonical = textOf(entity.id(), *value);
    if (canonical.isEmpty() || (!entity.hasTextId() && value->toLongLong() <= 0)) {
        return failure(ErrorCode::InvalidValue,
                       QStringLiteral("\"%1\" is no id of %2.").arg(text, entity.name), {}, entity.id().name);
    }
    return canonical;
}

QList<Error> validateRecord(const EntityType &entity, const Record &record)
{
    QList<Error> errors;
    for (int index = 0; index < entity.columns.size(); ++index) {
        if (index == entity.idColumn)
            continue;
        const Expected<> valid = validateValue(entity.columns[index], record.values.value(index));
        if (!valid)
            errors.append(valid.error());
    }
    return errors;
}

} // namespace desk
