// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/SqlDialect.h"

namespace desk {

// Inserts many records of an entity at once in the caller's transaction: by COPY on PostgreSQL. InvalidValue
// if one of them is already there or does not fit; the caller then goes back to its savepoint. On the
// session's thread.
class BulkInsert
{
public:
    BulkInsert(SqlSession &session, const SqlDialect &dialect) : m_session(session), m_dialect(dialect) { }

    [[nodiscard]] Expected<> run(const EntityType &entity, const QList<Record> &records);

private:
    [[nodiscard]] Expected<> copy(const EntityType &entity, const QList<Record> &records);

    SqlSession &m_session;
    const SqlDialect &m_dialect;
};

} // namespace desk
