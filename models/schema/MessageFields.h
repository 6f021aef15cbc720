// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Decimal.h"

#include <QVariantList>

#include <optional>

namespace google::protobuf {
class EnumDescriptor;
class FieldDescriptor;
class Message;
} // namespace google::protobuf

namespace desk {

// The fields of a protobuf message as the values of columns, one field at a time, by reflection. Whether a
// value may be kept is not asked here, save where said. Any thread.

// Timestamps are messages of their own; other messages have no value. An enumeration is the name of its value,
// and the number itself where the description has no name for it.
void setScalar(google::protobuf::Message &message, const google::protobuf::FieldDescriptor &field,
               const QVariant &value);
[[nodiscard]] QVariant getScalar(const google::protobuf::Message &message,
                                 const google::protobuf::FieldDescriptor &field);

// The number of what getScalar() says of an enumeration. Who wrote a number without a name knows more than this
// description does.
[[nodiscard]] std::optional<int> enumNumber(const google::protobuf::EnumDescriptor &type,
                                            const QString &text);

// Of repeated fields; bytes in hexadecimal.
void setList(google::protobuf::Message &message, const google::protobuf::FieldDescriptor &field,
             const QVariantList &values);
[[nodiscard]] QVariantList getList(const google::protobuf::Message &message,
                                   const google::protobuf::FieldDescriptor &field);
// As for single values: no infinities, nothing past the largest signed whole number.
[[nodiscard]] bool canBeKept(const google::protobuf::FieldDescriptor &field, const QVariantList &list);

// Decimals on float and double fields.
void setFloating(google::protobuf::Message &message, const google::protobuf::FieldDescriptor &field,
                 double value);
[[nodiscard]] std::optional<Decimal> getFloating(const google::protobuf::Message &message,
                                                 const google::protobuf::FieldDescriptor &field);

} // namespace desk
