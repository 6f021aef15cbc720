// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/Masking.h"

#include "kafka/PayloadText.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

namespace desk {
namespace {

bool passesLuhn(QStringView digits)
{
    int sum = 0;
    bool isDoubled = false;
    for (auto digit = digits.crbegin(); digit != digits.crend(); ++digit) {
        int value = digit->digitValue();
        if (isDoubled)
            value = value > 4 ? 2 * value - 9 : 2 * value;
        sum += value;
        isDoubled = !isDoubled;
    }
    return sum % 10 == 0;
}

} // namespace

bool Masking::isSensitive(const google::protobuf::FieldDescriptor &field) const
{
    if (m_mode == Mode::Clear)
        return false;
    const auto known = m_fields.constFind(&field);
    if (known != m_fields.constEnd())
        return *known;
    const bool isIt = m_names.isSensitive(field);
    m_fields.insert(&field, isIt);
    return isIt;
}

bool Masking::isSensitive(const Column &column) const
{
    return (column.sensitive && m_mode == Mode::Masked)
        || std::any_of(
               column.path.cbegin(), column.path.cend(),
               [this](const google::protobuf::FieldDescriptor *field) { return isSensitive(*field); });
}

bool Masking::isSensitive(QStringView name) const
{
    return m_mode == Mode::Masked && m_names.matches(name);
}

bool Masking::looksSensitive(QStringView text) const
{
    constexpr qsizetype Shortest = 14;
    constexpr qsizetype Longest = 19;
    constexpr qsizetype WithDividers = 2 * Longest;
    if (m_mode == Mode::Clear || text.size() < Shortest || text.size() > WithDividers)
        return false;
    QString digits;
    for (const QChar character : text) {
        if (character >= u'0' && character <= u'9')
            digits += character;
        else if (character != u' ' && character != u'-')
            return false;
    }
    return digits.size() >= Shortest && digits.size() <= Longest && digits[0] >= u'3' && digits[0] <= u'6'
        && passesLuhn(digits);
}

QStringList Masking::fieldNames(const Column &column)
{
    QStringList names{column.name};
    for (const google::protobuf::FieldDescriptor *field : {column.field(), column.approximation}) {
        if (field)
            names += {QString::fromStdString(field->name()), QString::fromStdString(field->json_name())};
    }
    return names;
}

QString Masking::headerText(const MessageHeader &header) const
{
    constexpr qsizetype Shown = 2000;
    if (isSensitive(QString::fromUtf8(header.name)))
        return MaskedValue.toString();
    const auto text = textOfBytes(QByteArrayView(header.value).first(std::min(header.value.size(), Shown)));
    return text ? *text : shortHex(header.value, Shown / 3);
}

} // namespace desk
