// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"

#include <QByteArrayView>

#include <optional>

namespace google::protobuf {
class FileDescriptorProto;
}

namespace desk {

// What in a .proto file goes past the limits of ProtoFiles, if anything does. Any thread.

// Of the text, before it is parsed: nesting and the length of words.
[[nodiscard]] std::optional<SchemaProblem> textPastLimits(const QString &file, QByteArrayView text);
// Of what was parsed, before descriptors are made of it.
[[nodiscard]] std::optional<SchemaProblem> filePastLimits(const google::protobuf::FileDescriptorProto &file);

} // namespace desk
