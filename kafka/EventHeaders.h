// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/EntryHeaders.h"

#include <cstring>
#include <optional>

namespace desk {

// A message's headers in their order, all in one piece of memory. A value.
class EventHeaders
{
public:
    EventHeaders() = default;
    // Those of an entry; what is appended comes behind them.
    EventHeaders(EntryHeaders entry) : m_entry(std::move(entry)) { }

    void append(QByteArrayView name, QByteArrayView value)
    {
        const Lengths lengths{quint32(name.size()), quint32(value.size())};
        m_bytes.append(reinterpret_cast<const char *>(&lengths), sizeof lengths);
        m_bytes.append(name);
        m_bytes.append(value);
        ++m_appended;
    }

    [[nodiscard]] int count() const { return m_appended + (m_entry ? EntryHeaders::Count : 0); }

    // visit(QByteArrayView name, QByteArrayView value); the views are valid during the call.
    template <typename Visit>
    void forEach(Visit visit) const
    {
        if (m_entry)
            m_entry->forEach(visit);
        for (const char *from = m_bytes.constData(), *end = from + m_bytes.size(); from < end;) {
            Lengths lengths;
            std::memcpy(&lengths, from, sizeof lengths);
            from += sizeof lengths;
            visit(QByteArrayView(from, lengths.name), QByteArrayView(from + lengths.name, lengths.value));
            from += lengths.name + lengths.value;
        }
    }

private:
    struct Lengths {
        quint32 name = 0;
        quint32 value = 0;
    };

    std::optional<EntryHeaders> m_entry;
    QByteArray m_bytes;
    int m_appended = 0;
};

} // namespace desk
