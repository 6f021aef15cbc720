// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/FilterCondition.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/wire_format_lite.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

namespace desk {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;

bool isMet(FilterOperator comparison, std::partial_ordering order)
{
    switch (comparison) {
    case FilterOperator::Equal:
    case FilterOperator::In:
        return order == 0;
    case FilterOperator::NotEqual:
    case FilterOperator::NotIn:
        return order != 0;
    case FilterOperator::Less:
        return order < 0;
    case FilterOperator::LessOrEqual:
        return order <= 0;
    case FilterOperator::Greater:
        return order > 0;
    case FilterOperator::GreaterOrEqual:
        return order >= 0;
    case FilterOperator::Holds:
    case FilterOperator::HoldsNot:
    case FilterOperator::Exists:
    case FilterOperator::ExistsNot:
        break;
    }
    return false;
}

// A google.protobuf.Timestamp, in milliseconds; what is below one is cut off.
std::optional<qint64> millisecondsOf(QByteArrayView timestamp)
{
    WireBytes wire(timestamp);
    WireBytes::Field field;
    qint64 seconds = 0;
    qint32 nanoseconds = 0;
    while (!wire.atEnd()) {
        if (!wire.take(field))
            return {};
        if (field.type == WireBytes::Type::Varint && field.number == 1)
            seconds = qint64(field.bits);
        if (field.type == WireBytes::Type::Varint && field.number == 2)
            nanoseconds = qint32(field.bits);
    }
    constexpr qint64 Most = 100'000'000'000'000; // far past the year 9999
    return seconds > -Most && seconds < Most ? std::optional(seconds * 1000 + nanoseconds / 1'000'000)
                                             : std::nullopt;
}

bool isTimestamp(const FieldDescriptor &field)
{
    return field.message_type()
        && field.message_type()->well_known_type() == Descriptor::WELLKNOWNTYPE_TIMESTAMP;
}

} // namespace

FilterCondition::FilterCondition(const FilterNode &node)
    : m_subject(node.subject)
    , m_comparison(node.comparison)
    , m_values(node.values)
{
    if (m_subject.kind == FilterSubject::Kind::Header)
        m_headerName = m_subject.path.first().toUtf8();
    if (m_comparison == FilterOperator::Holds || m_comparison == FilterOperator::HoldsNot)
        m_matcher = std::make_unique<TextMatcher>(node.pattern);
}

template <typename Compare>
bool FilterCondition::holds(Compare compare) const
{
    if (m_comparison == FilterOperator::NotIn)
        return std::all_of(m_values.cbegin(), m_values.cend(),
                           [&](const FilterValue &value) { return isMet(m_comparison, compare(value)); });
    return std::any_of(m_values.cbegin(), m_values.cend(),
                       [&](const FilterValue &value) { return isMet(m_comparison, compare(value)); });
}

bool FilterCondition::holdsForText(QByteArrayView text) const
{
    if (m_matcher)
        return holdsForMatch(m_matcher->isIn(text));
    return holds([text](const FilterValue &value) { return value.compareText(text); });
}

bool FilterCondition::holdsForNumber(QByteArrayView digits) const
{
    if (m_matcher)
        return holdsForMatch(m_matcher->isIn(digits));
    return holds([digits](const FilterValue &value) { return value.compareNumber(digits); });
}

bool FilterCondition::holdsForInteger(qint64 number) const
{
    return holds([number](const FilterValue &value) { return value.compareInteger(number); });
}

bool FilterCondition::holdsForTime(qint64 milliseconds) const
{
    return holds([milliseconds](const FilterValue &value) { return value.compareTime(milliseconds); });
}

bool FilterCondition::holdsForEnumeration(int number, const FieldDescriptor &field) const
{
    const auto *const named = field.enum_type()->FindValueByNumber(number);
    return holds([&](const FilterValue &value) {
        if (value.number() || !named)
            return value.compareInteger(number);
        return value.compareText(QByteArrayView(named->name()));
    });
}

bool FilterCondition::isTextOfWireIn(const WireValue &value, const FieldDescriptor &field) const
{
    std::array<char, 64> digits;
    const auto isIn = [&](auto number) {
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
        return m_matcher->isIn(QByteArrayView(digits.data(), end - digits.data()));
    };
    switch (field.type()) {
    case FieldDescriptor::TYPE_STRING:
    case FieldDescriptor::TYPE_BYTES:
        return m_matcher->isIn(value.bytes);
    case FieldDescriptor::TYPE_ENUM: {
        const auto *const named = field.enum_type()->FindValueByNumber(int(value.bits));
        return named ? m_matcher->isIn(QByteArrayView(named->name())) : isIn(int(value.bits));
    }
    case FieldDescriptor::TYPE_BOOL:
        return m_matcher->isIn(value.bits ? QByteArrayView("true") : QByteArrayView("false"));
    case FieldDescriptor::TYPE_INT32:
    case FieldDescriptor::TYPE_SFIXED32:
        return isIn(qint32(value.bits));
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_SFIXED64:
        return isIn(qint64(value.bits));
    case FieldDescriptor::TYPE_SINT32:
        return isIn(WireFormatLite::ZigZagDecode32(quint32(value.bits)));
    case FieldDescriptor::TYPE_SINT64:
        return isIn(qint64(WireFormatLite::ZigZagDecode64(value.bits)));
    case FieldDescriptor::TYPE_UINT32:
    case FieldDescriptor::TYPE_FIXED32:
        return isIn(quint32(value.bits));
    case FieldDescriptor::TYPE_UINT64:
    case FieldDescriptor::TYPE_FIXED64:
        return isIn(value.bits);
    case FieldDescriptor::TYPE_FLOAT:
        return isIn(std::bit_cast<float>(quint32(value.bits)));
    case FieldDescriptor::TYPE_DOUBLE:
        return isIn(std::bit_cast<double>(value.bits));
    case FieldDescriptor::TYPE_MESSAGE:
    case FieldDescriptor::TYPE_GROUP:
        break;
    }
    return false;
}

bool FilterCondition::holdsForWire(const WireValue &value, const FieldDescriptor &field, bool isDecimal) const
{
    if (m_matcher)
        return holdsForMatch(isTextOfWireIn(value, field));
    switch (field.type()) {
    case FieldDescriptor::TYPE_STRING:
        // An exact number that is not there is a nought, as everywhere.
        return isDecimal ? holdsForNumber(value.bytes.isEmpty() ? QByteArrayView("0") : value.bytes)
                         : holdsForText(value.bytes);
    case FieldDescriptor::TYPE_BYTES:
        return holdsForText(value.bytes);
    case FieldDescriptor::TYPE_ENUM:
        return holdsForEnumeration(int(value.bits), field);
    case FieldDescriptor::TYPE_BOOL:
        return holds([&](const FilterValue &mine) { return mine.compareBoolean(value.bits != 0); });
    case FieldDescriptor::TYPE_INT32:
    case FieldDescriptor::TYPE_SFIXED32:
        return holdsForInteger(qint32(value.bits));
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_SFIXED64:
        return holdsForInteger(qint64(value.bits));
    case FieldDescriptor::TYPE_SINT32:
        return holdsForInteger(WireFormatLite::ZigZagDecode32(quint32(value.bits)));
    case FieldDescriptor::TYPE_SINT64:
        return holdsForInteger(qint64(WireFormatLite::ZigZagDecode64(value.bits)));
    case FieldDescriptor::TYPE_UINT32:
    case FieldDescriptor::TYPE_FIXED32:
        return holdsForInteger(quint32(value.bits));
    case FieldDescriptor::TYPE_UINT64:
    case FieldDescriptor::TYPE_FIXED64:
        return holds([&](const FilterValue &mine) { return mine.compareUnsigned(value.bits); });
    case FieldDescriptor::TYPE_FLOAT:
        return holds([number = std::bit_cast<float>(quint32(value.bits))](const FilterValue &mine) {
            return mine.compareFloat(number);
        });
    case FieldDescriptor::TYPE_DOUBLE:
        return holds([number = std::bit_cast<double>(value.bits)](const FilterValue &mine) {
            return mine.compareDouble(number);
        });
    case FieldDescriptor::TYPE_MESSAGE:
        if (isTimestamp(field)) {
            const auto milliseconds = millisecondsOf(value.bytes);
            return milliseconds && holdsForTime(*milliseconds);
        }
        break;
    case FieldDescriptor::TYPE_GROUP:
        break;
    }
    return false;
}

bool FilterCondition::holdsForJson(const JsonValue &value, bool isDecimal) const
{
    switch (value.kind) {
    case JsonValue::Kind::Text:
        return isDecimal ? holdsForNumber(value.text) : holdsForText(value.text);
    case JsonValue::Kind::Number:
        return holdsForNumber(value.text);
    case JsonValue::Kind::True:
    case JsonValue::Kind::False: {
        const bool isTrue = value.kind == JsonValue::Kind::True;
        if (m_matcher)
            return holdsForMatch(m_matcher->isIn(isTrue ? QByteArrayView("true") : QByteArrayView("false")));
        return holds([isTrue](const FilterValue &mine) { return mine.compareBoolean(isTrue); });
    }
    case JsonValue::Kind::Null:
    case JsonValue::Kind::Nested:
        break;
    }
    return false;
}

int FilterCondition::cost() const
{
    constexpr int Expression = 100;
    const int forMatcher = m_matcher && m_matcher->isExpression() ? Expression : 0;
    switch (m_subject.kind) {
    case FilterSubject::Kind::Partition:
    case FilterSubject::Kind::Offset:
    case FilterSubject::Kind::Time:
    case FilterSubject::Kind::Size:
    case FilterSubject::Kind::Topic: // known from the last message of the topic
        return 1;
    case FilterSubject::Kind::Operation:
        return 3;
    case FilterSubject::Kind::Key:
        return 4 + forMatcher;
    case FilterSubject::Kind::Header:
    case FilterSubject::Kind::AnyHeader:
        return 8 + forMatcher;
    case FilterSubject::Kind::Field: // they share one pass
        return 10 + (m_matcher ? 2 : 0) + forMatcher;
    case FilterSubject::Kind::Value:
    case FilterSubject::Kind::AnyText:
        return 30 + forMatcher;
    }
    return 0;
}

} // namespace desk
