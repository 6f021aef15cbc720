// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/SchemaFrame.h"
#include "tests/fuzz/CodecProperties.h"
#include "tests/fuzz/Property.h"

using namespace desk;
using namespace desk::fuzz;

// The first byte chooses an entity with the protobuf encoding, the second what becomes of the rest.
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const QList<const EntityType *> types = [] {
        QList<const EntityType *> found;
        for (const auto &entity : entities()->entities()) {
            if (entity->encoding == Encoding::Protobuf)
                found.append(entity.get());
        }
        return found;
    }();
    static constexpr const char *Operations[] = {"", "add", "update", "delete", "list"};
    Input input(data, size);
    const EntityType &entity = *types[input.choice(int(types.size()))];
    const int use = input.choice(20);
    const QByteArray operation = Operations[use / 4];
    const auto verb = Verb(use / 4);
    const auto framed = [&] {
        const QByteArray payload = input.rest().toByteArray();
        return entity.framing == Framing::Plain ? payload : SchemaFrame{7}.toBytes() + payload;
    };
    switch (use % 4) {
    case 0:
        checkRecord(entity, input.rest());
        break;
    case 1:
        checkList(entity, input.rest());
        break;
    case 2:
        checkMessage(entity.topics.value(verb), operation, framed());
        break;
    case 3:
        checkIngest(entity.topics.value(verb), operation, framed());
        break;
    }
    return 0;
}
