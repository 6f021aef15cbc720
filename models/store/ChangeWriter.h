// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"
#include "models/store/Change.h"
#include "models/store/IdSource.h"
#include "models/store/RowWriter.h"

#include <QSet>

namespace desk {

// Writes change sets: validates, checks versions, follows references on deletion, one transaction per
// set; the journal is written by the database's triggers. On the session's thread.
class ChangeWriter
{
public:
    ChangeWriter(SqlSession &session, const SqlDialect &dialect, const EntityCatalog &catalog,
                 const ClosedEntities &closed);

    [[nodiscard]] Expected<QList<AppliedChange>> apply(const ChangeSet &changes);

private:
    using Applied = QList<AppliedChange>;

    [[nodiscard]] Expected<> setSessionWriter(const ChangeSet &changes);
    [[nodiscard]] Expected<> setTransactionWriter(const ChangeSet &changes);
    [[nodiscard]] Expected<> setClientSequence(const ChangeSet &changes, qsizetype index);
    [[nodiscard]] Expected<> resetWriter();
    [[nodiscard]] Expected<bool> isReplay(const ChangeSet &changes);

    [[nodiscard]] Expected<> write(const Change &change, OnConflict onConflict, Applied &applied);
    [[nodiscard]] Expected<> add(const Change &change, Applied &applied);
    [[nodiscard]] Expected<> update(const Change &change, OnConflict onConflict, Applied &applied);
    [[nodiscard]] Expected<> remove(const Change &change, Applied &applied);
    [[nodiscard]] Expected<> checkReferences(const Applied &applied);

    [[nodiscard]] Expected<qint64> lastVersion(const EntityType &entity, const RecordId &id);
    [[nodiscard]] Expected<Record> lockRecord(const Change &change);
    [[nodiscard]] Expected<> mergeFields(const Change &change, const Record &current) const;
    [[nodiscard]] Error conflict(const Change &change, const Record &current, int column);

    SqlSession &m_session;
    const SqlDialect &m_dialect;
    const EntityCatalog &m_catalog;
    const ClosedEntities &m_closed;
    RowWriter m_rows;
    IdSource m_ids;
    QStringList m_sessionWriter; // what the connection has been told
};

} // namespace desk
