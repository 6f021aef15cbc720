// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"
#include "models/store/Change.h"
#include "models/store/ClosedEntities.h"
#include "models/store/SqlDialect.h"

#include <QHash>

namespace desk {

// Writes rows of the entities' tables in the caller's transaction: versions count up, deletions take or
// clear what refers to them. Who may write what over whom is the caller's to know. What was done is appended
// to `applied`. On the session's thread.
class RowWriter
{
public:
    // A deletion that would take more records with it is refused.
    static constexpr int MaximumCascade = 10'000;

    // What a deletion does about references that forbid it.
    enum class Forbidden { Refuse, Ignore };

    RowWriter(SqlSession &session, const SqlDialect &dialect, const EntityCatalog &catalog,
              const ClosedEntities &closed);

    // Rows where the column has this value, at most `limit`, locked until the end of the transaction.
    [[nodiscard]] Expected<QList<Record>> lockRows(const EntityType &entity, const QString &column,
                                                   const QVariant &value, int limit);
    // Those of these records that there are, locked in the order of their ids.
    [[nodiscard]] Expected<QHash<RecordId, Record>> lockMany(const EntityType &entity,
                                                             const QList<RecordId> &ids);
    // `inserted` is false if the id is taken.
    [[nodiscard]] Expected<> insertRow(const EntityType &entity, const Record &record, bool &inserted);
    // Conflict if the row has moved on since `before`; nothing to do if nothing differs.
    [[nodiscard]] Expected<> updateRow(const EntityType &entity, const Record &before, const Record &wanted,
                                       QList<AppliedChange> &applied);
    // The row, and what the references to it say. InUse with a sentence where one forbids it.
    [[nodiscard]] Expected<> remove(const EntityType &entity, const Record &record,
                                    QList<AppliedChange> &applied, Forbidden forbidden = Forbidden::Refuse);

private:
    [[nodiscard]] QStringList selectedColumns(const EntityType &entity) const;
    [[nodiscard]] Record readRow(const EntityType &entity, const SqlResult &row) const;
    [[nodiscard]] Expected<> removeRow(const EntityType &entity, const Record &record,
                                       QList<AppliedChange> &applied);
    [[nodiscard]] Expected<> followReference(const EntityType &holder, int column, const EntityType &target,
                                             const Record &removed, QList<AppliedChange> &applied,
                                             Forbidden forbidden);

    SqlSession &m_session;
    const SqlDialect &m_dialect;
    const EntityCatalog &m_catalog;
    const ClosedEntities &m_closed;
};

} // namespace desk
