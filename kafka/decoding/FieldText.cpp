// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/FieldText.h"

#include "kafka/decoding/NumberText.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/wire_format_lite.h>

#include <bit>

namespace desk {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using Kind = DecodedNode::Kind;

QString text(const std::string &bytes)
{
    return QString::fromStdString(bytes);
}

template <typename Float>
void setFloat(DecodedNode &node, Float number)
{
    setLeaf(node, std::isfinite(number) ? Kind::Number : Kind::Text, numberText(number));
}

} // namespace

QString typeName(const FieldDescriptor &field)
{
    if (field.type() == FieldDescriptor::TYPE_MESSAGE || field.type() == FieldDescriptor::TYPE_GROUP)
        return text(field.message_type()->full_name());
    if (field.type() == FieldDescriptor::TYPE_ENUM)
        return text(field.enum_type()->full_name());
    return QString::fromLatin1(field.type_name());
}

WireCursor::Type wireTypeOf(const FieldDescriptor &field)
{
    return WireCursor::Type(
        WireFormatLite::WireTypeForFieldType(static_cast<WireFormatLite::FieldType>(field.type())));
}

void setLeaf(DecodedNode &node, Kind kind, const QString &text)
{
    node.kind = kind;
    node.text = text;
}

void setNumber(DecodedNode &node, const FieldDescriptor &field, quint64 value)
{
    const auto number = [&](auto value) { setLeaf(node, Kind::Number, QString::number(value)); };
    switch (field.type()) {
    case FieldDescriptor::TYPE_DOUBLE:
        return setFloat(node, std::bit_cast<double>(value));
    case FieldDescriptor::TYPE_FLOAT:
        return setFloat(node, std::bit_cast<float>(quint32(value)));
    case FieldDescriptor::TYPE_BOOL:
        return setLeaf(node, Kind::Boolean, value ? QStringLiteral("true") : QStringLiteral("false"));
    case FieldDescriptor::TYPE_ENUM: {
        const EnumValueDescriptor *named = field.enum_type()->FindValueByNumber(int(qint32(value)));
        return named ? setLeaf(node, Kind::Text, text(named->name())) : number(qint32(value));
    }
    case FieldDescriptor::TYPE_SINT32:
        return number(WireFormatLite::ZigZagDecode32(quint32(value)));
    case FieldDescriptor::TYPE_SINT64:
        return number(qint64(WireFormatLite::ZigZagDecode64(value)));
    case FieldDescriptor::TYPE_INT32:
    case FieldDescriptor::TYPE_SFIXED32:
        return number(qint32(value));
    case FieldDescriptor::TYPE_UINT32:
    case FieldDescriptor::TYPE_FIXED32:
        return number(quint32(value));
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_SFIXED64:
        return number(qint64(value));
    default:
        return number(value);
    }
}

QString defaultText(const FieldDescriptor &field)
{
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
        return QStringLiteral("false");
    case FieldDescriptor::CPPTYPE_ENUM:
        return text(field.default_value_enum()->name());
    case FieldDescriptor::CPPTYPE_STRING:
        return {};
    default:
        return QStringLiteral("0");
    }
}

Kind kindOf(const FieldDescriptor &field)
{
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
        return Kind::Boolean;
    case FieldDescriptor::CPPTYPE_ENUM:
    case FieldDescriptor::CPPTYPE_STRING:
        return Kind::Text;
    case FieldDescriptor::CPPTYPE_MESSAGE:
        return Kind::Object;
    default:
        return Kind::Number;
    }
}

void describeField(DecodedNode &node, const FieldDescriptor &field)
{
    node.name = text(field.name());
    node.type = typeName(field);
    node.number = field.number();
}

} // namespace desk
