// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityType.h"

#include <QByteArray>

namespace google::protobuf {
class Descriptor;
} // namespace google::protobuf

namespace desk {

// A message that was made anew from the fields of another one, with what the description knows nothing of in the
// original: a newer service's fields, or members of a JSON object. At any depth, as long as the message that holds them
// is still there. What is described stays as it is in `made`. Both take any bytes; where either is no such message,
// `made` comes back as it is. Any thread.
[[nodiscard]] QByteArray withUnknownFields(const QByteArray &made, QByteArrayView original,
                                           const google::protobuf::Descriptor &message);
// The same for a record's payload (without a frame), in the encoding of its entity.
[[nodiscard]] QByteArray withUnknownFields(const QByteArray &made, QByteArrayView original,
                                           const EntityType &entity);

} // namespace desk
