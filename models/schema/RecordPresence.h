// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Record.h"

#include <QBitArray>
#include <QByteArrayView>

namespace google::protobuf {
class Message;
}

namespace desk {

// What a message really said of a record, by column. proto3 cannot tell a zero or an empty text from a field
// that is not there, unless the field is `optional`: both count as not there.
struct RecordPresence {
    QBitArray present;
    QBitArray approximated; // only the field that approximates the column was there
};

[[nodiscard]] RecordPresence presenceIn(const EntityType &entity, const google::protobuf::Message &message);
// Of a JSON object; none if it is no object. A null counts as there.
[[nodiscard]] RecordPresence presenceIn(const EntityType &entity, QByteArrayView json);

} // namespace desk
