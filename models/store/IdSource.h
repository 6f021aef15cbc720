// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Record.h"
#include "models/store/SqlDialect.h"

#include <QHash>
#include <QQueue>

namespace desk {

// Ids for new records, reserved from the database in blocks (hi/lo): an id once handed out here is handed
// out nowhere else. Entities with text ids get UUIDs. On the session's thread.
class IdSource
{
public:
    static constexpr int LargestBlock = 256;

    IdSource(SqlSession &session, const SqlDialect &dialect) : m_session(session), m_dialect(dialect) { }

    [[nodiscard]] Expected<RecordId> next(const EntityType &entity);
    // The transaction was rolled back: on SQLite, with it went what was reserved.
    void rolledBack();

private:
    struct Block {
        QQueue<qint64> ids;
        int size = 1; // of the next block: doubles, so that a single edit wastes nothing
    };
    [[nodiscard]] Expected<> reserve(const EntityType &entity, Block &block);
    [[nodiscard]] Expected<> reserveFromSequence(const EntityType &entity, Block &block);
    [[nodiscard]] Expected<> reserveFromTable(const EntityType &entity, Block &block);

    SqlSession &m_session;
    const SqlDialect &m_dialect;
    QHash<QString, Block> m_blocks;
};

} // namespace desk
