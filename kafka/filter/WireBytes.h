// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QtEndian>

namespace desk {

// Takes the fields of a protobuf message one after the other from where they lie. In the header, because
// a filter does this for every field of millions of messages. Takes any bytes; never reads past their end.
// https://protobuf.dev/programming-guides/encoding/
class WireBytes
{
public:
    enum class Type : quint8 {
        Varint = 0,
        Fixed64 = 1,
        Length = 2,
        GroupBegin = 3,
        GroupEnd = 4,
        Fixed32 = 5
    };

    struct Field {
        quint32 number = 0;
        Type type = Type::Varint;
        quint64 bits = 0;     // Varint, Fixed64, Fixed32
        QByteArrayView bytes; // Length
    };

    explicit WireBytes(QByteArrayView bytes) : m_at(bytes.begin()), m_end(bytes.end()) { }

    [[nodiscard]] bool atEnd() const { return m_at == m_end; }

    // A group is passed over as a whole. False if the bytes are no field.
    [[nodiscard]] bool take(Field &field)
    {
        quint64 tag = 0;
        if (!takeVarint(tag) || tag > 0xffff'ffff || (tag >> 3) == 0)
            return false;
        field.number = quint32(tag >> 3);
        field.type = Type(tag & 7);
        switch (field.type) {
        case Type::Varint:
            return takeVarint(field.bits);
        case Type::Fixed64:
            return takeFixed<quint64>(field.bits);
        case Type::Length:
            return takeLength(field.bytes);
        case Type::Fixed32:
            return takeFixed<quint32>(field.bits);
        case Type::GroupBegin:
            return skipGroup(field.number);
        case Type::GroupEnd:
            break;
        }
        return false;
    }

    [[nodiscard]] bool takeVarint(quint64 &value)
    {
        if (m_at != m_end && quint8(*m_at) < 0x80) {
            value = quint8(*m_at++);
            return true;
        }
        return takeLongVarint(value);
    }

    template <typename Fixed>
    [[nodiscard]] bool takeFixed(quint64 &value)
    {
        if (m_end - m_at < qsizetype(sizeof(Fixed)))
            return false;
        value = qFromLittleEndian<Fixed>(m_at);
        m_at += sizeof(Fixed);
        return true;
    }

private:
    [[nodiscard]] bool takeLongVarint(quint64 &value)
    {
        value = 0;
        for (int shift = 0; shift < 70 && m_at != m_end; shift += 7) {
            const quint8 byte = quint8(*m_at++);
            value |= shift < 64 ? quint64(byte & 0x7f) << shift : 0;
            if (byte < 0x80)
                return true;
        }
        return false;
    }

    [[nodiscard]] bool takeLength(QByteArrayView &bytes)
    {
        quint64 length = 0;
        if (!takeVarint(length) || length > quint64(m_end - m_at))
            return false;
        bytes = QByteArrayView(m_at, qsizetype(length));
        m_at += length;
        return true;
    }

    // Groups nest; counted, not recursed into.
    [[nodiscard]] bool skipGroup(quint32 number)
    {
        constexpr int Deepest = 100; // as protobuf's own readers
        quint32 open[Deepest] = {number};
        for (int depth = 1; depth > 0;) {
            quint64 tag = 0;
            quint64 bits = 0;
            QByteArrayView bytes;
            if (!takeVarint(tag) || tag > 0xffff'ffff || (tag >> 3) == 0)
                return false;
            bool isTaken = true;
            switch (Type(tag & 7)) {
            case Type::Varint:
                isTaken = takeVarint(bits);
                break;
            case Type::Fixed64:
                isTaken = takeFixed<quint64>(bits);
                break;
            case Type::Length:
                isTaken = takeLength(bytes);
                break;
            case Type::Fixed32:
                isTaken = takeFixed<quint32>(bits);
                break;
            case Type::GroupBegin:
                isTaken = depth < Deepest;
                if (isTaken)
                    open[depth++] = quint32(tag >> 3);
                break;
            case Type::GroupEnd:
                isTaken = open[--depth] == quint32(tag >> 3);
                break;
            default:
                isTaken = false;
            }
            if (!isTaken)
                return false;
        }
        return true;
    }

    const char *m_at;
    const char *m_end;
};

} // namespace desk
