// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCryptographicHash>
#include <QUuid>

namespace desk {

// The ids of a database's events: UUIDs of version 5 (RFC 4122, section 4.3) made of the database's id and the
// position, so that an event that is repeated repeats its id. The same as QUuid::createUuidV5(), without allocating
// for each. One thread.
class EventIds
{
public:
    static constexpr int TextBytes = 36;

    explicit EventIds(const QUuid &database);

    // Writes TextBytes characters, without braces.
    void write(qint64 position, char *text) const;

private:
    QByteArray m_database; // its 16 bytes
    mutable QCryptographicHash m_hash{QCryptographicHash::Sha1};
};

} // namespace desk
