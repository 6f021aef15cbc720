// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/RecordValidator.h"

#include "models/schema/ColumnText.h"

#include <google/protobuf/descriptor.h>

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
    if (const Expected<> valid = validateValue(entity.id(), *value); !valid)
        return tl::make_unexpected(valid.error());
    const QString canonical = textOf(entity.id(), *value);
    if (canonical.isEmpty() || (!entity.hasTextId() && value->toLongLong() <= 0)) {
        return failure(ErrorCode::InvalidValue,
                       QStringLiteral("\"%1\" is no id of %2.").arg(text, entity.name), {}, entity.id().name);
    }
    return canonical;
}

Expected<> validateChoice(const EntityType &entity, const QVariantList &values, int column)
{
    const Column &chosen = entity.columns[column];
    const auto *choice = chosen.field()->real_containing_oneof();
    if (!choice || !values.value(column).isValid())
        return {};
    for (int other = 0; other < entity.columns.size(); ++other) {
        const Column &rival = entity.columns[other];
        if (other == column || !values.value(other).isValid()
            || rival.field()->real_containing_oneof() != choice
            || rival.path.first(rival.path.size() - 1) != chosen.path.first(chosen.path.size() - 1))
            continue;
        return failure(ErrorCode::InvalidValue,
                       QStringLiteral("%1: only one of this and %2 can have a value; empty the other.")
                           .arg(chosen.label, rival.label),
                       {}, chosen.name);
    }
    return {};
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
        else if (const Expected<> alone = validateChoice(entity, record.values, index); !alone)
            errors.append(alone.error());
    }
    return errors;
}

} // namespace desk
