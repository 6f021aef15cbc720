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
    // Newest first.
    [[nodiscard]] Expected<QList<Disclosure>> list(int limit);

private:
    SqlSession &m_session;
};

} // namespace desk
