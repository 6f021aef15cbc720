// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/generation/Randomness.h"
#include "models/schema/EntityCatalog.h"
#include "models/schema/Record.h"

#include <QHash>
#include <QSet>

#include <memory>
#include <vector>

namespace google::protobuf {
class OneofDescriptor;
}

namespace desk {

class ValueGenerator;

// How records are made. A value.
struct GenerationChoice {
    // Far from the ids that people and databases give.
    static constexpr qint64 UsualFirstId = 1'000'001;

    quint64 seed = 1;              // the same seed makes the same records
    qint64 firstId = UsualFirstId; // of whole numbers; texts follow from the seed
    // Ids that references choose from, by entity. Without any, they are of the first records that this choice makes
    // of that entity.
    QHash<QString, QList<RecordId>> references;
};

// Records of any entity by its description, one after the other, each valid: limits, patterns, allowed texts,
// references, one value of each oneof; what may be empty sometimes is. Names and prices look like a shop's, and are
// invented. Nothing depends on the day or the machine. Knows no database: that ids are free there is not its to say.
// One thread.
class RecordGenerator
{
public:
    static constexpr qint64 ReferredRecords = 100; // of each entity, where no ids are given

    // Keeps the catalog; the entity is one of it.
    RecordGenerator(std::shared_ptr<const EntityCatalog> catalog, const EntityType &entity,
                    GenerationChoice choice = {});
    ~RecordGenerator();
    RecordGenerator(const RecordGenerator &) = delete;
    RecordGenerator &operator=(const RecordGenerator &) = delete;

    [[nodiscard]] const EntityType &entity() const { return m_entity; }
    // InvalidValue with a sentence that names the column, if the description allows no value that could be found.
    [[nodiscard]] Expected<Record> next();

private:
    struct Choice {    // of a oneof
        int depth = 0; // in the path of each member
        QList<const google::protobuf::FieldDescriptor *> parents;
        const google::protobuf::OneofDescriptor *oneof = nullptr;
        QList<const google::protobuf::FieldDescriptor *> members;
        const google::protobuf::FieldDescriptor *required = nullptr;
    };

    void findChoices();
    [[nodiscard]] QVariant idValue();
    // The id of the record with this index, from 0; texts may repeat where few are allowed.
    [[nodiscard]] QVariant idAt(const EntityType &entity, qint64 index, quint64 attempt) const;
    [[nodiscard]] QVariant reference(const Column &column, Randomness &random) const;
    [[nodiscard]] bool isLeftOut(const Column &column,
                                 const QList<const google::protobuf::FieldDescriptor *> &chosen) const;
    [[nodiscard]] bool maySkip(int index) const;
    [[nodiscard]] Expected<> checked(const Record &record) const;

    std::shared_ptr<const EntityCatalog> m_catalog;
    const EntityType &m_entity;
    GenerationChoice m_choice;
    std::vector<std::unique_ptr<ValueGenerator>> m_values; // by column
    std::vector<Choice> m_choices;
    QSet<QString> m_usedIds; // where they could repeat
    qint64 m_index = 0;
};

} // namespace desk
