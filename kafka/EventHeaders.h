// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <algorithm>
#include <cstring>

namespace desk {

// A message's headers in their order, all in one piece of memory: a relay makes seven for every event, and
// keeping each by itself would cost more than the event. A value.
class EventHeaders
{
public:
    void reserve(qsizetype bytes) { m_bytes.reserve(bytes); }

    void append(QByteArrayView name, QByteArrayView value)
    {
        std::copy(value.begin(), value.end(), appendUninitialised(name, value.size()));
    }
    // For a value that is written in place: room for that many bytes, valid until the next call.
    [[nodiscard]] char *appendUninitialised(QByteArrayView name, qsizetype valueBytes)
    {
        const Lengths lengths{quint32(name.size()), quint32(valueBytes)};
        const qsizetype begin = m_bytes.size();
        m_bytes.resize(begin + qsizetype(sizeof lengths) + name.size() + valueBytes);
        char *to = m_bytes.data() + begin;
        std::memcpy(to, &lengths, sizeof lengths);
        ++m_count;
        return std::copy(name.begin(), name.end(), to + sizeof lengths);
    }

    [[nodiscard]] int count() const { return m_count; }

    // visit(QByteArrayView name, QByteArrayView value)
    template <typename Visit>
    void forEach(Visit visit) const
    {
        for (const char *from = m_bytes.constData(), *end = from + m_bytes.size(); from < end;) {
            Lengths lengths;
            std::memcpy(&lengths, from, sizeof lengths);
            from += sizeof lengths;
            visit(QByteArrayView(from, lengths.name), QByteArrayView(from + lengths.name, lengths.value));
            from += lengths.name + lengths.value;
        }
    }

    friend bool operator==(const EventHeaders &, const EventHeaders &) = default;

private:
    struct Lengths {
        quint32 name = 0;
        quint32 value = 0;
    };

    QByteArray m_bytes;
    int m_count = 0;
};

} // namespace desk
