// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/WireCursor.h"

#include <QVarLengthArray>
#include <QtEndian>

namespace desk {
namespace {

constexpr int MaximumNumber = 536'870'911;
constexpr qsizetype DeepestGroups = 100; // as protobuf's own parser
constexpr int GroupEnd = 4;

} // namespace

std::optional<quint64> WireCursor::readVarint(QByteArrayView bytes, qsizetype &at)
{
    constexpr int Longest = 10;
    quint64 value = 0;
    for (int index = 0; index < Longest && at < bytes.size(); ++index) {
        const auto byte = quint8(bytes[at++]);
        if (index == Longest - 1 && byte > 1)
            return {};
        value |= quint64(byte & 0x7f) << (7 * index);
        if (byte < 0x80)
            return value;
    }
    return {};
}

bool WireCursor::next(Field &field)
{
    if (m_isBroken || m_at >= m_bytes.size())
        return false;
    const qsizetype before = m_at;
    m_isBroken = !read(field);
    if (m_isBroken)
        m_at = before;
    return !m_isBroken;
}

bool WireCursor::read(Field &field)
{
    const auto tag = readVarint(m_bytes, m_at);
    if (!tag || *tag >> 3 == 0 || *tag >> 3 > quint64(MaximumNumber))
        return false;
    const int type = int(*tag & 7);
    if (type == GroupEnd || type > int(Type::Fixed32))
        return false;
    field.number = int(*tag >> 3);
    field.type = Type(type);
    field.begin = m_at;
    if (!(field.type == Type::Group ? readGroup(field) : readValue(field)))
        return false;
    field.end = m_at;
    return true;
}

bool WireCursor::readValue(Field &field)
{
    const auto readFixed = [&](auto zero) {
        if (m_bytes.size() - m_at < qsizetype(sizeof(zero)))
            return false;
        field.value = qFromLittleEndian<decltype(zero)>(m_bytes.data() + m_at);
        m_at += qsizetype(sizeof(zero));
        return true;
    };
    if (field.type == Type::Fixed64)
        return readFixed(quint64(0));
    if (field.type == Type::Fixed32)
        return readFixed(quint32(0));
    const auto value = readVarint(m_bytes, m_at);
    if (!value)
        return false;
    field.value = *value;
    if (field.type == Type::Varint)
        return true;
    if (*value > quint64(m_bytes.size() - m_at))
        return false;
    field.contentAt = m_at;
    field.content = m_bytes.sliced(m_at, qsizetype(*value));
    m_at += qsizetype(*value);
    return true;
}

// Over groups within the group without recursion, and without going over them again for each.
bool WireCursor::readGroup(Field &field)
{
    QVarLengthArray<int, 16> open{field.number};
    field.contentAt = m_at;
    while (!open.isEmpty()) {
        const qsizetype before = m_at;
        const auto tag = readVarint(m_bytes, m_at);
        if (!tag || *tag >> 3 == 0 || *tag >> 3 > quint64(MaximumNumber))
            return false;
        const int number = int(*tag >> 3);
        const int type = int(*tag & 7);
        if (type == GroupEnd) {
            if (open.back() != number)
                return false;
            open.removeLast();
            field.content = m_bytes.sliced(field.contentAt, before - field.contentAt);
        } else if (type == int(Type::Group)) {
            if (open.size() >= DeepestGroups)
                return false;
            open.append(number);
        } else {
            Field within;
            within.type = Type(type);
            if (type > int(Type::Fixed32) || !readValue(within))
                return false;
        }
    }
    return true;
}

} // namespace desk
