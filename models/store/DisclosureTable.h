// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Disclosure.h"
#include "models/store/SqlSession.h"

namespace desk {

// Who had what shown (table catalog_disclosure): it only grows. On the session's thread.
class DisclosureTable
{
public:
    explicit DisclosureTable(SqlSession &session) : m_session(session) { }

    // In a transaction of its own.
    [[nodiscard]] Expected<> add(const Disclosure &disclosure);
    // Newest first, those before that number; 0: the newest of all.
    [[nodiscard]] Expected<QList<Disclosure>> list(int limit, qint64 before);

private:
    SqlSession &m_session;
};

} // namespace desk
