// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <optional>

namespace desk {

// Walks over the fields of a protobuf message where they lie, copying nothing. Takes any bytes: lengths are
// believed only as far as there are bytes. A value; any thread.
// https://protobuf.dev/programming-guides/encoding/
class WireCursor
{
public:
    enum class Type { Varint = 0, Fixed64 = 1, Length = 2, Group = 3, Fixed32 = 5 };

    struct Field {
        int number = 0;
        Type type = Type::Varint;
        quint64 value = 0;       // of Varint, Fixed64, Fixed32
        QByteArrayView content;  // of Length and Group
        qsizetype begin = 0;     // of all that follows the tag
        qsizetype contentAt = 0; // of Length and Group: where `content` begins
        qsizetype end = 0;       // one past the field
    };

    explicit WireCursor(QByteArrayView bytes) : m_bytes(bytes) { }

    // False at the end, and where the bytes are no field: see isBroken().
    [[nodiscard]] bool next(Field &field);
    [[nodiscard]] bool isBroken() const { return m_isBroken; }
    [[nodiscard]] qsizetype position() const { return m_at; }

    // Moves `at` past the varint; empty if it does not end or has more than 64 bits.
    [[nodiscard]] static std::optional<quint64> readVarint(QByteArrayView bytes, qsizetype &at);

private:
    [[nodiscard]] bool read(Field &field);
    [[nodiscard]] bool readGroup(Field &field);
    [[nodiscard]] bool readValue(Field &field);

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_isBroken = false;
};

} // namespace desk
