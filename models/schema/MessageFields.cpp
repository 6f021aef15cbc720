// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/MessageFields.h"

#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>

#include <QByteArray>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace desk {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// The name; the number itself where this description has no name for it.
QVariant enumText(const google::protobuf::EnumDescriptor &type, int number)
{
    const auto *value = type.FindValueByNumber(number);
    return value ? QString::fromStdString(value->name()) : QString::number(number);
}

// 0.1f as 0.1, as a person typed it, not as 0.10000000149.
double asTyped(float value)
{
    if (!std::isfinite(value))
        return value;
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    double typed = value;
    std::from_chars(digits.data(), end, typed);
    return typed;
}

} // namespace

std::optional<int> enumNumber(const google::protobuf::EnumDescriptor &type, const QString &text)
{
    if (const auto *value = type.FindValueByName(text.toStdString()))
        return value->number();
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

void setScalar(Message &message, const FieldDescriptor &field, const QVariant &value)
{
    const Reflection &reflection = *message.GetReflection();
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
        if (field.type() == FieldDescriptor::TYPE_BYTES)
            reflection.SetString(&message, &field, value.toByteArray().toStdString());
        else
            reflection.SetString(&message, &field, value.toString().toStdString());
        break;
    case FieldDescriptor::CPPTYPE_INT32:
        reflection.SetInt32(&message, &field, static_cast<qint32>(value.toLongLong()));
        break;
    case FieldDescriptor::CPPTYPE_UINT32:
        reflection.SetUInt32(&message, &field, static_cast<quint32>(value.toLongLong()));
        break;
    case FieldDescriptor::CPPTYPE_INT64:
        reflection.SetInt64(&message, &field, value.toLongLong());
        break;
    case FieldDescriptor::CPPTYPE_UINT64:
        reflection.SetUInt64(&message, &field, static_cast<quint64>(value.toLongLong()));
        break;
    case FieldDescriptor::CPPTYPE_BOOL:
        reflection.SetBool(&message, &field, value.toBool());
        break;
    case FieldDescriptor::CPPTYPE_FLOAT:
        reflection.SetFloat(&message, &field, value.toFloat());
        break;
    case FieldDescriptor::CPPTYPE_DOUBLE:
        reflection.SetDouble(&message, &field, value.toDouble());
        break;
    case FieldDescriptor::CPPTYPE_ENUM:
        if (const std::optional<int> number = enumNumber(*field.enum_type(), value.toString()))
            reflection.SetEnumValue(&message, &field, *number);
        break;
    case FieldDescriptor::CPPTYPE_MESSAGE: {
        const qint64 milliseconds = value.toDateTime().toMSecsSinceEpoch();
        qint64 seconds = milliseconds / 1000;
        qint64 rest = milliseconds % 1000;
        if (rest < 0) {
            rest += 1000;
            --seconds;
        }
        Message &timestamp = *reflection.MutableMessage(&message, &field);
        const auto &type = *timestamp.GetDescriptor();
        timestamp.GetReflection()->SetInt64(
            &timestamp, type.FindFieldByNumber(google::protobuf::Timestamp::kSecondsFieldNumber), seconds);
        timestamp.GetReflection()->SetInt32(
            &timestamp, type.FindFieldByNumber(google::protobuf::Timestamp::kNanosFieldNumber),
            static_cast<qint32>(rest * 1'000'000));
        break;
    }
    }
}

QVariant getScalar(const Message &message, const FieldDescriptor &field)
{
    const Reflection &reflection = *message.GetReflection();
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
        std::string scratch;
        const std::string &value = reflection.GetStringReference(message, &field, &scratch);
        if (field.type() == FieldDescriptor::TYPE_BYTES)
            return QByteArray::fromStdString(value);
        return QString::fromStdString(value);
    }
    case FieldDescriptor::CPPTYPE_INT32:
        return QVariant::fromValue<qint64>(reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_UINT32:
        return QVariant::fromValue<qint64>(reflection.GetUInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
        return QVariant::fromValue<qint64>(reflection.GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_UINT64:
        return QVariant::fromValue<qint64>(static_cast<qint64>(reflection.GetUInt64(message, &field)));
    case FieldDescriptor::CPPTYPE_BOOL:
        return reflection.GetBool(message, &field);
    case FieldDescriptor::CPPTYPE_FLOAT:
        return asTyped(reflection.GetFloat(message, &field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
        return reflection.GetDouble(message, &field);
    case FieldDescriptor::CPPTYPE_ENUM:
        return enumText(*field.enum_type(), reflection.GetEnumValue(message, &field));
    case FieldDescriptor::CPPTYPE_MESSAGE: {
        const Message &timestamp = reflection.GetMessage(message, &field);
        const auto &type = *timestamp.GetDescriptor();
        const qint64 seconds = timestamp.GetReflection()->GetInt64(
            timestamp, type.FindFieldByNumber(google::protobuf::Timestamp::kSecondsFieldNumber));
        const qint64 nanoseconds = timestamp.GetReflection()->GetInt32(
            timestamp, type.FindFieldByNumber(google::protobuf::Timestamp::kNanosFieldNumber));
        if (std::abs(seconds) > 253'402'300'799)
            return {};
        return QDateTime::fromMSecsSinceEpoch(seconds * 1000 + nanoseconds / 1'000'000, Qt::UTC);
    }
    }
    return {};
}

void setList(Message &message, const FieldDescriptor &field, const QVariantList &values)
{
    // One element at a time through a message of its own would be slow; reflection has a setter per type.
    const Reflection &reflection = *message.GetReflection();
    for (const QVariant &value : values) {
        switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING:
            reflection.AddString(&message, &field,
                                 field.type() == FieldDescriptor::TYPE_BYTES
                                     ? QByteArray::fromHex(value.toString().toLatin1()).toStdString()
                                     : value.toString().toStdString());
            break;
        case FieldDescriptor::CPPTYPE_INT32:
            reflection.AddInt32(&message, &field, value.toInt());
            break;
        case FieldDescriptor::CPPTYPE_UINT32:
            reflection.AddUInt32(&message, &field, value.toUInt());
            break;
        case FieldDescriptor::CPPTYPE_INT64:
            reflection.AddInt64(&message, &field, value.toLongLong());
            break;
        case FieldDescriptor::CPPTYPE_UINT64:
            reflection.AddUInt64(&message, &field, value.toULongLong());
            break;
        case FieldDescriptor::CPPTYPE_BOOL:
            reflection.AddBool(&message, &field, value.toBool());
            break;
        case FieldDescriptor::CPPTYPE_FLOAT:
            reflection.AddFloat(&message, &field, value.toFloat());
            break;
        case FieldDescriptor::CPPTYPE_DOUBLE:
            reflection.AddDouble(&message, &field, value.toDouble());
            break;
        case FieldDescriptor::CPPTYPE_ENUM:
            if (const std::optional<int> number = enumNumber(*field.enum_type(), value.toString()))
                reflection.AddEnumValue(&message, &field, *number);
            break;
        case FieldDescriptor::CPPTYPE_MESSAGE:
            break;
        }
    }
}

QVariantList getList(const Message &message, const FieldDescriptor &field)
{
    const Reflection &reflection = *message.GetReflection();
    QVariantList values;
    const int size = reflection.FieldSize(message, &field);
    values.reserve(size);
    for (int index = 0; index < size; ++index) {
        switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING:
            values.append(
                field.type() == FieldDescriptor::TYPE_BYTES ? QString::fromLatin1(
                    QByteArray::fromStdString(reflection.GetRepeatedString(message, &field, index)).toHex())
                                                            : QString::fromStdString(
                                                                reflection.GetRepeatedString(message, &field,
                                                                                             index)));
            break;
        case FieldDescriptor::CPPTYPE_INT32:
            values.append(qint64(reflection.GetRepeatedInt32(message, &field, index)));
            break;
        case FieldDescriptor::CPPTYPE_UINT32:
            values.append(qint64(reflection.GetRepeatedUInt32(message, &field, index)));
            break;
        case FieldDescriptor::CPPTYPE_INT64:
            values.append(qint64(reflection.GetRepeatedInt64(message, &field, index)));
            break;
        case FieldDescriptor::CPPTYPE_UINT64:
            values.append(qint64(reflection.GetRepeatedUInt64(message, &field, index)));
            break;
        case FieldDescriptor::CPPTYPE_BOOL:
            values.append(reflection.GetRepeatedBool(message, &field, index));
            break;
        case FieldDescriptor::CPPTYPE_FLOAT:
            values.append(asTyped(reflection.GetRepeatedFloat(message, &field, index)));
            break;
        case FieldDescriptor::CPPTYPE_DOUBLE:
            values.append(reflection.GetRepeatedDouble(message, &field, index));
            break;
        case FieldDescriptor::CPPTYPE_ENUM:
            values.append(
                enumText(*field.enum_type(), reflection.GetRepeatedEnumValue(message, &field, index)));
            break;
        case FieldDescriptor::CPPTYPE_MESSAGE:
            break;
        }
    }
    return values;
}

bool canBeKept(const FieldDescriptor &field, const QVariantList &list)
{
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_UINT64:
        return std::all_of(list.begin(), list.end(),
                           [](const QVariant &value) { return value.toLongLong() >= 0; });
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
        return std::all_of(list.begin(), list.end(),
                           [](const QVariant &value) { return std::isfinite(value.toDouble()); });
    default:
        return true;
    }
}

void setFloating(Message &message, const FieldDescriptor &field, double value)
{
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_FLOAT)
        message.GetReflection()->SetFloat(&message, &field, static_cast<float>(value));
    else
        message.GetReflection()->SetDouble(&message, &field, value);
}

std::optional<Decimal> getFloating(const Message &message, const FieldDescriptor &field)
{
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_FLOAT)
        return Decimal::fromFloat(message.GetReflection()->GetFloat(message, &field));
    return Decimal::fromDouble(message.GetReflection()->GetDouble(message, &field));
}

} // namespace desk
