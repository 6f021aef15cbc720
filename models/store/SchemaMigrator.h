// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"
#include "models/store/ClosedEntities.h"
#include "models/store/ColumnNotes.h"
#include "models/store/SqlDialect.h"

namespace desk {

// Makes a database fit the catalog: the journal's tables, one table per entity with its triggers, the
// views for older services. Adds what is missing, widens what can be widened without loss, refuses the
// rest. One run at a time per database. On the session's thread.
class SchemaMigrator
{
public:
    SchemaMigrator(SqlSession &session, const SqlDialect &dialect, const EntityCatalog &catalog);

    // RefusedMigration lists every entity that could not be fitted, a line each; those are closed, the others
    // are done.
    [[nodiscard]] Expected<> migrate(ClosedEntities &closed);
    // Closes the entities that the database holds in another form than described. Changes nothing; for those
    // who do not migrate.
    [[nodiscard]] Expected<> findRetyped(ClosedEntities &closed);

private:
    [[nodiscard]] Expected<> migrateBase();
    [[nodiscard]] Expected<> checkForeignTables();
    [[nodiscard]] Expected<> migrateEntity(const EntityType &entity);
    [[nodiscard]] Expected<> changeEntity(const EntityType &entity);
    [[nodiscard]] Expected<QString> growTable(const EntityType &entity,
                                              const QList<ExistingColumn> &existing) const;
    [[nodiscard]] QString growColumn(const EntityType &entity, const ExistingColumn &existing,
                                     QString &script) const;
    [[nodiscard]] Expected<bool> isCurrent(const EntityType &entity, const QString &fingerprint);
    [[nodiscard]] QString fingerprint(const EntityType &entity) const;

    SqlSession &m_session;
    const SqlDialect &m_dialect;
    const EntityCatalog &m_catalog;
    ColumnNotes m_notes;
};

} // namespace desk
