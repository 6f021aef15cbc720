// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/SqlSession.h"

namespace desk {

// A database's own UUID, kept in catalog_meta and drawn when it is set up: events and consumer groups are named by
// it. Part of a store; on the session's thread.
class DatabaseIdentity
{
public:
    explicit DatabaseIdentity(SqlSession &session) : m_session(session) { }

    // As it was last read; empty before.
    [[nodiscard]] const QString &id() const { return m_id; }
    // Draws it if a SQLite database has none yet.
    [[nodiscard]] Expected<> read();
    // Draws another one, in one transaction, and returns it. InUse while another program has the database open.
    [[nodiscard]] Expected<QString> renew();

private:
    [[nodiscard]] Expected<> renewOnPostgreSql(const QString &id);
    [[nodiscard]] Expected<> renewOnSqlite(const QString &id);
    [[nodiscard]] Expected<> write(const QString &id);

    SqlSession &m_session;
    QString m_id;
};

} // namespace desk
