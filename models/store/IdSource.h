// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Record.h"
#include "models/store/SqlSession.h"

#include <QHash>
#include <QQueue>
#include <QSet>

namespace desk {

// Ids for new records, reserved from the database in blocks (hi/lo): an id once handed out here is handed
// out nowhere else. At the end of the id's range the gaps below are used. Entities with text ids get UUIDs.
// On the session's thread.
class IdSource
{
public:
    static constexpr int LargestBlock = 256;

    explicit IdSource(SqlSession &session) : m_session(session) { }

    [[nodiscard]] Expected<RecordId> next(const EntityType &entity);
    // What next() gives is taken by others: go on behind it where ids are free.
    [[nodiscard]] Expected<> skipTaken(const EntityType &entity, const RecordId &taken);
    // Ids of this entity may have belonged to records that were deleted.
    [[nodiscard]] bool givesUsedIds(const EntityType &entity) const { return m_inGaps.contains(entity.name); }
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

    struct Run {
        qint64 first = 0;
        qint64 last = 0;
    };
    // The first free ids from `from` on; from 1 on if there are none. InvalidValue if all are taken.
    [[nodiscard]] Expected<Run> findGap(const EntityType &entity, qint64 from);

    SqlSession &m_session;
    QHash<QString, Block> m_blocks;
    QSet<QString> m_inGaps;
};

} // namespace desk
