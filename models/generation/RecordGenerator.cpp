// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/generation/RecordGenerator.h"

#include "models/generation/ShopWords.h"
#include "models/generation/ValueGenerator.h"
#include "models/schema/ColumnText.h"
#include "models/schema/RecordValidator.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

namespace desk {
namespace {

constexpr int UuidLength = 36;
constexpr int EmptyPercent = 12; // of what may be empty

// Whether ids of this entity can be any text that is long enough.
bool hasFreeTextIds(const Column &id)
{
    return id.pattern.isEmpty() && id.allowed.isEmpty();
}

QDateTime someTime(Randomness &random)
{
    static const QDateTime first(QDate(2024, 1, 1), QTime(0, 0), Qt::UTC);
    constexpr qint64 Days = 700;
    return first.addSecs(random.between(0, Days * 24 * 60 * 60));
}

} // namespace

RecordGenerator::RecordGenerator(std::shared_ptr<const EntityCatalog> catalog, const EntityType &entity,
                                 GenerationChoice choice)
    : m_catalog(std::move(catalog))
    , m_entity(entity)
    , m_choice(std::move(choice))
{
    for (const Column &column : entity.columns)
        m_values.push_back(std::make_unique<ValueGenerator>(entity, column));
    findChoices();
}

RecordGenerator::~RecordGenerator() = default;

void RecordGenerator::findChoices()
{
    for (const Column &column : m_entity.columns) {
        for (qsizetype depth = 0; depth < column.path.size(); ++depth) {
            const auto *field = column.path[depth];
            const auto *oneof = field->real_containing_oneof();
            if (!oneof)
                continue;
            const auto parents = column.path.first(depth);
            auto known = std::find_if(m_choices.begin(), m_choices.end(), [&](const Choice &choice) {
                return choice.oneof == oneof && choice.parents == parents;
            });
            if (known == m_choices.end())
                known = m_choices.insert(m_choices.end(), Choice{int(depth), parents, oneof, {}, nullptr});
            if (!known->members.contains(field))
                known->members.append(field);
            if (column.required)
                known->required = field;
        }
    }
}

bool RecordGenerator::isLeftOut(const Column &column,
                                const QList<const google::protobuf::FieldDescriptor *> &chosen) const
{
    for (size_t index = 0; index < m_choices.size(); ++index) {
        const Choice &choice = m_choices[index];
        const bool isMember = column.path.size() > choice.depth
            && column.path[choice.depth]->real_containing_oneof() == choice.oneof
            && column.path.first(choice.depth) == choice.parents;
        if (isMember && column.path[choice.depth] != chosen[qsizetype(index)])
            return true;
    }
    return false;
}

// Not what records are known by, nor what their events are keyed by; nor a field of a nested message that has no way
// to say that it is empty.
bool RecordGenerator::maySkip(int index) const
{
    const Column &column = m_entity.columns[index];
    const bool saysEmpty = column.path.size() == 1 || column.field()->has_presence();
    return !column.required && saysEmpty && index != m_entity.displayColumn && index != m_entity.keyColumn;
}

QVariant RecordGenerator::idAt(const EntityType &entity, qint64 index, quint64 attempt) const
{
    const Column &id = entity.id();
    if (!entity.hasTextId()) {
        qint64 first = m_choice.firstId;
        if (id.minimum.isValid())
            first = std::max(first, id.minimum.toLongLong());
        if (id.maximum.isValid() && first > id.maximum.toLongLong())
            first = std::max<qint64>(1, id.minimum.isValid() ? id.minimum.toLongLong() : 1);
        return QVariant::fromValue(first + index);
    }
    Randomness random(Randomness::seedFor(m_choice.seed, entity.name, quint64(index)) + attempt);
    if (!hasFreeTextIds(id))
        return ValueGenerator(entity, id).value(random, {});
    const int least = id.minimumLength.value_or(0);
    if (least <= UuidLength && id.maximumLength.value_or(UuidLength) >= UuidLength)
        return ShopWords::uuid(random);
    return QString::number(m_choice.firstId + index).rightJustified(least, u'0');
}

QVariant RecordGenerator::idValue()
{
    constexpr quint64 MostAttempts = 200;
    if (!m_entity.hasTextId() || hasFreeTextIds(m_entity.id()))
        return idAt(m_entity, m_index, 0);
    for (quint64 attempt = 0; attempt < MostAttempts; ++attempt) {
        const QVariant id = idAt(m_entity, m_index, attempt);
        if (m_usedIds.contains(id.toString()))
            continue;
        m_usedIds.insert(id.toString());
        return id;
    }
    return {};
}

QVariant RecordGenerator::reference(const Column &column, Randomness &random) const
{
    const auto given = m_choice.references.constFind(column.reference);
    QVariant id;
    if (given != m_choice.references.cend()) {
        if (given->isEmpty())
            return {};
        id = random.pick(*given);
    } else {
        const EntityType *target = m_catalog->find(column.reference);
        // A record refers to one that was made before it.
        const qint64 most = target == &m_entity ? std::min(m_index, ReferredRecords) : ReferredRecords;
        if (!target || most == 0)
            return {};
        id = idAt(*target, random.between(0, most - 1), 0);
    }
    return column.type == ColumnType::Text ? QVariant(id.toString()) : QVariant::fromValue(id.toLongLong());
}

Expected<Record> RecordGenerator::next()
{
    Randomness random(Randomness::seedFor(m_choice.seed, m_entity.name + u'.', quint64(m_index)));
    const QDateTime created = someTime(random);
    QList<const google::protobuf::FieldDescriptor *> chosen;
    for (const Choice &choice : m_choices)
        chosen.append(choice.required ? choice.required : random.pick(choice.members));

    Record record;
    record.values.reserve(m_entity.columns.size());
    for (int index = 0; index < m_entity.columns.size(); ++index) {
        const Column &column = m_entity.columns[index];
        QVariant value;
        if (index == m_entity.idColumn) {
            value = idValue();
        } else if (!isLeftOut(column, chosen)) {
            const bool isEmpty = maySkip(index) && random.chance(EmptyPercent);
            if (!isEmpty || (!column.nullable && column.type != ColumnType::Text))
                value = column.isReference() ? reference(column, random)
                                             : m_values[size_t(index)]->value(random, created);
            else if (!column.nullable && column.minimumLength.value_or(0) > 0)
                value = m_values[size_t(index)]->value(random, created);
        }
        const bool isNothing = column.type == ColumnType::Text && value.toString().isEmpty();
        if (!value.isValid() || isNothing)
            value = initialValue(column);
        record.values.append(value);
    }
    record.id = textOf(m_entity.id(), record.values[m_entity.idColumn]);
    if (const Expected<> fine = checked(record); !fine)
        return tl::make_unexpected(fine.error());
    ++m_index;
    return record;
}

Expected<> RecordGenerator::checked(const Record &record) const
{
    const Column &id = m_entity.id();
    if (record.id.isEmpty() || !validateValue(id, record.values[m_entity.idColumn])) {
        return failure(
            ErrorCode::InvalidValue,
            QStringLiteral("%1: the description of its id allows no more than %2 that could be found. "
                           "Take fewer, or another first id.")
                .arg(m_entity.singular)
                .arg(m_index),
            {}, id.name);
    }
    const QList<Error> errors = validateRecord(m_entity, record);
    if (errors.isEmpty())
        return {};
    return failure(ErrorCode::InvalidValue,
                   QStringLiteral("%1: no value could be made that the description allows. %2")
                       .arg(m_entity.singular, errors.constFirst().sentence),
                   {}, errors.constFirst().field);
}

} // namespace desk
