// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/DecodedNode.h"
#include "kafka/decoding/Masking.h"

#include <QByteArrayView>

#include <optional>

namespace google::protobuf {
class Descriptor;
}

namespace desk {

// google's well-known types as what they mean: a Timestamp as a time, a Duration in seconds, a wrapper as its
// value, a FieldMask as its paths, a Struct as the JSON it stands for. Any thread.

// How much of a well-known message is sensitive: a Struct can hold a member by a sensitive name.
struct WellKnownValue {
    DecodedNode node; // kind, type, text and children
    bool holdsSensitive = false;
};
// Empty: the message is none of them (Any among those), or the bytes are not one.
[[nodiscard]] std::optional<WellKnownValue> readWellKnown(const google::protobuf::Descriptor &descriptor,
                                                          QByteArrayView bytes, const Masking &masking);

} // namespace desk
