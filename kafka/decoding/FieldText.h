// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/DecodedNode.h"
#include "kafka/decoding/WireCursor.h"

namespace google::protobuf {
class FieldDescriptor;
}

namespace desk {

// What a field's descriptor says, as nodes and texts. Any thread.

void setLeaf(DecodedNode &node, DecodedNode::Kind kind, const QString &text);
// Name, type and number of the field.
void describeField(DecodedNode &node, const google::protobuf::FieldDescriptor &field);
// "int32", "shop.Order".
[[nodiscard]] QString typeName(const google::protobuf::FieldDescriptor &field);
[[nodiscard]] DecodedNode::Kind kindOf(const google::protobuf::FieldDescriptor &field);
// As one value of it is written, not packed.
[[nodiscard]] WireCursor::Type wireTypeOf(const google::protobuf::FieldDescriptor &field);
// Of a number, boolean or enumeration as it lies on the wire.
void setNumber(DecodedNode &node, const google::protobuf::FieldDescriptor &field, quint64 value);
// What a reader takes for a field that is not there.
[[nodiscard]] QString defaultText(const google::protobuf::FieldDescriptor &field);

} // namespace desk
