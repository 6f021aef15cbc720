// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EventIds.h"

#include <array>
#include <charconv>
#include <cstring>

namespace desk {

EventIds::EventIds(const QUuid &database) : m_database(database.toRfc4122()) { }

void EventIds::write(qint64 position, char *text) const
{
    std::array<char, 24> digits;
    const char *end = std::to_chars(digits.data(), digits.data() + digits.size(), position).ptr;
    m_hash.reset();
    m_hash.addData(m_database);
    m_hash.addData(QByteArrayView(digits.data(), end));
    std::array<quint8, 16> id;
    std::memcpy(id.data(), m_hash.resultView().data(), id.size());
    id[6] = (id[6] & 0x0F) | 0x50; // version 5
    id[8] = (id[8] & 0x3F) | 0x80; // the variant of the RFC
    constexpr char Hex[] = "0123456789abcdef";
    for (size_t index = 0; index < id.size(); ++index) {
        if (index == 4 || index == 6 || index == 8 || index == 10)
            *text++ = '-';
        *text++ = Hex[id[index] >> 4];
        *text++ = Hex[id[index] & 0x0F];
    }
}

} // namespace desk
