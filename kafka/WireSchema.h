// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityType.h"

namespace desk {

// A schema as it is registered, and the message in it that a payload is. A value.
struct WireSchema {
    QString plural; // of the entity, for sentences
    QString subject;
    QString text; // one self-contained .proto file
    QList<int> messageIndexes;
};

// The schema of an entity's events of one verb, for the subject "<topic>-value". The text is made from the
// descriptor: the entity's file without the catalog's options, and with the messages it imports written
// behind its own (google's own files are still imported; every registry has them). One text needs one
// request and can be read by itself; references would need a subject per import, registered in order, and
// names for subjects that nobody else agreed to. Bytes on the wire are the same either way.
// A list message is written behind the rest where the topic carries lists. BadSchema if the entity's file
// cannot be written down as one. Any thread.
[[nodiscard]] Expected<WireSchema> wireSchema(const EntityType &entity, Verb verb);

} // namespace desk
