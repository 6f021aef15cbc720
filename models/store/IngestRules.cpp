// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/IngestRules.h"

#include "models/schema/ColumnText.h"
#include "models/schema/RecordValidator.h"

namespace desk {
namespace {

// A float that stands for an exact decimal says nothing new as long as the decimal comes to the same float.
bool isSameFloat(const QVariant &left, const QVariant &right)
{
    return left.isValid() && right.isValid()
        && float(left.value<Decimal>().toDouble()) == float(right.value<Decimal>().toDouble());
}

Record merged(const IngestChange &change, const Record &current)
{
    Record record = current;
    for (int column = 0; column < change.entity->columns.size(); ++column) {
        if (column == change.entity->idColumn || !change.written.testBit(column))
            continue;
        const QVariant &value = change.record.values[column];
        if (!change.imprecise.testBit(column) || !isSameFloat(value, current.values[column]))
            record.values[column] = value;
    }
    return record;
}

Record completed(const IngestChange &change)
{
    Record record = change.record;
    const Record fresh = newRecord(*change.entity);
    for (int column = 0; column < change.entity->columns.size(); ++column) {
        if (column != change.entity->idColumn && !change.written.testBit(column))
            record.values[column] = fresh.values[column];
    }
    record.version = std::max<qint64>(1, change.record.version);
    return record;
}

// Only what the message changes may stop it.
QString problemOf(const EntityType &entity, const Record &before, const Record &after)
{
    for (int column = 0; column < entity.columns.size(); ++column) {
        if (sameValue(before.values[column], after.values[column]))
            continue;
        if (const Expected<> valid = validateValue(entity.columns[column], after.values[column]); !valid)
            return valid.error().sentence;
    }
    return {};
}

QString problemOf(const EntityType &entity, const Record &record)
{
    for (int column = 0; column < entity.columns.size(); ++column) {
        if (const Expected<> valid = validateValue(entity.columns[column], record.values[column]); !valid)
            return valid.error().sentence;
    }
    return {};
}

bool isSame(const Record &left, const Record &right)
{
    for (qsizetype column = 0; column < left.values.size(); ++column) {
        if (!sameValue(left.values[column], right.values[column]))
            return false;
    }
    return true;
}

} // namespace

IngestDecision decide(const IngestChange &change, const Record *current)
{
    using Kind = IngestDecision::Kind;
    const EntityType &entity = *change.entity;
    const bool isOld = current && change.record.version > 0 && change.record.version <= current->version;
    if (change.operation == Operation::Delete) {
        if (!current)
            return {Kind::Unchanged, {}, {}};
        return {isOld ? Kind::Outdated : Kind::Delete, *current, {}};
    }
    if (!current) {
        const Record record = completed(change);
        const QString problem = problemOf(entity, record);
        return problem.isEmpty() ? IngestDecision{Kind::Insert, record, {}}
                                 : IngestDecision{Kind::Invalid, {}, problem};
    }
    const Record record = merged(change, *current);
    if (isSame(record, *current))
        return {Kind::Unchanged, *current, {}};
    if (isOld || (change.operation == Operation::Add && change.record.version == 0))
        return {Kind::Outdated, *current, {}};
    const QString problem = problemOf(entity, *current, record);
    return problem.isEmpty() ? IngestDecision{Kind::Update, record, {}}
                             : IngestDecision{Kind::Invalid, {}, problem};
}

} // namespace desk
