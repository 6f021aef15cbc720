// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/filter/FilterMasking.h"
#include "kafka/filter/JsonFields.h"
#include "kafka/filter/WireFields.h"
#include "models/schema/EntityType.h"

namespace desk {

// Where the fields that a filter names lie in the values of one topic: a column of the topic's entity, else a
// field of its message, else a member of JSON. Made once per topic and thread; the entity and the descriptors
// outlive it.
class FilterFields
{
public:
    // One field and, for an exact number that older services do not write, the one that comes near.
    struct Use {
        const google::protobuf::FieldDescriptor *field = nullptr; // null: not a field of this message
        const google::protobuf::FieldDescriptor *nearField = nullptr;
        int wireSlot = -1;
        int nearWireSlot = -1;
        int jsonSlot = -1;
        int nearJsonSlot = -1;
        bool isDecimal = false;
        bool isMasked = false;
    };

    // Either may be null.
    FilterFields(const EntityType *entity, const google::protobuf::Descriptor *message,
                 const FilterMasking &masking);

    [[nodiscard]] Use use(const QStringList &path);
    [[nodiscard]] WireFields &wire() { return m_wire; }
    [[nodiscard]] JsonFields &json() { return m_json; }

private:
    [[nodiscard]] WireFields::Path pathOf(const QStringList &names) const;
    [[nodiscard]] static JsonFields::Path jsonPath(const WireFields::Path &path);

    const EntityType *m_entity;
    const google::protobuf::Descriptor *m_message;
    QStringList m_sensitiveNames; // of the entity's columns, by every name they have in a message
    const FilterMasking &m_masking;
    WireFields m_wire;
    JsonFields m_json;
};

} // namespace desk
