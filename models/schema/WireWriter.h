// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Record.h"

#include <optional>
#include <string>
#include <vector>

namespace desk {

// Writes records of one entity as protobuf bytes, the same as through a message but without one: reflection
// takes several times as long, and a relay does this for every event. Only for entities whose columns are plain
// fields of the message itself; see RecordCodec for the others. The entity must outlive it. One thread.
class WireWriter
{
public:
    // Empty if the entity has a column that this cannot write.
    [[nodiscard]] static std::optional<WireWriter> forEntity(const EntityType &entity);

    [[nodiscard]] QByteArray write(const Record &record);

private:
    struct Field {
        const google::protobuf::FieldDescriptor *descriptor = nullptr;
        int column = 0;
    };
    void writeField(const google::protobuf::FieldDescriptor &field, const Column &column,
                    const QVariant &value);

    const EntityType *m_entity = nullptr;
    std::vector<Field> m_fields; // by number
    std::string m_bytes;         // kept, so that it need not grow for each record
};

} // namespace desk
