// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"
#include "models/store/ClosedEntities.h"
#include "models/store/RecordQuery.h"
#include "models/store/SqlDialect.h"

namespace desk {

// Builds the SELECT for a question about records and reads its rows. Every value is bound, none is
// pasted. References are joined, so that rows carry the names they show.
class RecordSelect
{
public:
    RecordSelect(const EntityCatalog &catalog, const ClosedEntities &closed, const SqlDialect &dialect,
                 const EntityType &entity);

    struct Statement {
        QString sql;
        QVariantList values;
    };
    [[nodiscard]] Statement page(const PageRequest &request) const;
    [[nodiscard]] Statement all(const RecordQuery &query) const;
    [[nodiscard]] Statement count(const RecordQuery &query) const;
    [[nodiscard]] Statement byIds(const QList<RecordId> &ids) const;

    [[nodiscard]] RecordRow readRow(const SqlResult &result) const;

private:
    [[nodiscard]] QString columnsAndTables() const;
    [[nodiscard]] QString joins(bool onlyNeeded, const RecordQuery &query) const;
    [[nodiscard]] QStringList conditions(const RecordQuery &query, QVariantList &values) const;
    [[nodiscard]] QString condition(const ColumnFilter &filter, QVariantList &values) const;
    [[nodiscard]] QString order(const RecordQuery &query) const;
    [[nodiscard]] QString anchorCondition(const PageRequest &request, QVariantList &values) const;
    [[nodiscard]] QString sortExpression(const RecordQuery &query) const;
    [[nodiscard]] QString source(int column) const; // t.name
    [[nodiscard]] QString label(int column) const;  // what a reference shows: rN.display
    [[nodiscard]] bool isNamed(int column) const;   // a reference to an entity that can be read

    const EntityCatalog &m_catalog;
    const ClosedEntities &m_closed;
    const SqlDialect &m_dialect;
    const EntityType &m_entity;
};

} // namespace desk
