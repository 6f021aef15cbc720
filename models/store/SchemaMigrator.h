// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"
#include "models/store/SqlDialect.h"

namespace desk {

// Makes a database fit the catalog: the journal's tables, one table per entity with its triggers, the
// views for older services. Adds what is missing, widens what can be widened without loss, refuses the
// rest. One run at a time per database. On the session's thread.
class SchemaMigrator
{
public:
    SchemaMigrator(SqlSession &session, const SqlDialect &dialect, const EntityCatalog &catalog);

    // RefusedMigration lists every entity that could not be fitted; the others are done.
    [[nodiscard]] Expected<> migrate();

private:
    [[nodiscard]] Expected<> migrateBase();
    [[nodiscard]] Expected<> migrateEntity(const EntityType &entity);
    [[nodiscard]] Expected<QString> growTable(const EntityType &entity,
                                              const QList<ExistingColumn> &existing) const;
    [[nodiscard]] Expected<bool> isCurrent(const EntityType &entity, const QString &fingerprint);
    [[nodiscard]] QString fingerprint(const EntityType &entity) const;

    SqlSession &m_session;
    const SqlDialect &m_dialect;
    const EntityCatalog &m_catalog;
};

} // namespace desk
