// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"
#include "models/store/ClosedEntities.h"
#include "models/store/RecordQuery.h"
#include "models/store/SqlDialect.h"

#include <functional>

namespace desk {

// Answers questions about records; see Store for what each call promises. On the session's thread.
class RecordReader
{
public:
    RecordReader(SqlSession &session, const SqlDialect &dialect, const EntityCatalog &catalog,
                 const ClosedEntities &closed);

    [[nodiscard]] Expected<QList<RecordRow>> fetchPage(const PageRequest &request);
    [[nodiscard]] Expected<qint64> count(const RecordQuery &query);
    [[nodiscard]] Expected<RecordRow> fetch(const EntityType &entity, const RecordId &id);
    [[nodiscard]] Expected<QList<RecordRow>> fetchMany(const EntityType &entity, const QList<RecordId> &ids);
    [[nodiscard]] Expected<> forEach(const RecordQuery &query,
                                     const std::function<bool(const RecordRow &)> &visit);
    [[nodiscard]] Expected<QList<ReferenceChoice>> findChoices(const EntityType &entity, const QString &text,
                                                               int limit);
    [[nodiscard]] Expected<QList<RecordId>> findByName(const EntityType &entity, const QString &name);

private:
    SqlSession &m_session;
    const SqlDialect &m_dialect;
    const EntityCatalog &m_catalog;
    const ClosedEntities &m_closed;
};

} // namespace desk
