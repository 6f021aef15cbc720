// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/wire_format_lite.h>

#include <string>

namespace desk {

// The pieces that protobuf payloads are made of (https://protobuf.dev/programming-guides/encoding), appended to
// a string, for writers that go without a message. Any thread.

// The tag, as it stands before the field's value.
[[nodiscard]] inline quint32 tagOf(const google::protobuf::FieldDescriptor &field)
{
    using google::protobuf::internal::WireFormatLite;
    return WireFormatLite::MakeTag(
        field.number(),
        WireFormatLite::WireTypeForFieldType(static_cast<WireFormatLite::FieldType>(field.type())));
}

inline void appendVarint(std::string &bytes, quint64 number)
{
    while (number >= 0x80) {
        bytes += char(number | 0x80);
        number >>= 7;
    }
    bytes += char(number);
}

// Little end first.
template <typename Number>
void appendFixed(std::string &bytes, Number number)
{
    for (size_t index = 0; index < sizeof number; ++index)
        bytes += char(number >> (8 * index));
}

} // namespace desk
