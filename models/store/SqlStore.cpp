// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/SqlStore.h"

#include "models/store/SchemaMigrator.h"

namespace desk {

SqlStore::SqlStore(std::unique_ptr<SqlSession> session, const DatabaseSettings &settings,
                   std::shared_ptr<const EntityCatalog> catalog)
    : m_session(std::move(session))
    , m_catalog(std::move(catalog))
    , m_dialect(SqlDialect::forKind(settings.kind))
    , m_reader(*m_session, *m_dialect, *m_catalog, m_closed)
    , m_writer(*m_session, *m_dialect, *m_catalog, m_closed)
    , m_journal(*m_session, *m_catalog, m_closed)
    , m_relay(*m_session, settings.path + QStringLiteral(".relay-lock"))
    , m_refused(*m_session)
    , m_pruner(*m_session)
    , m_disclosures(*m_session)
    , m_ingest(*m_session, *m_dialect, *m_catalog, m_closed)
    , m_identity(*m_session)
{ }

Expected<> SqlStore::migrate()
{
    const Expected<> migrated = SchemaMigrator(*m_session, *m_dialect, *m_catalog).migrate(m_closed);
    if (!migrated && migrated.error().code != ErrorCode::RefusedMigration)
        return migrated;
    if (const Expected<> read = m_identity.read(); !read)
        return read;
    return migrated;
}

// A relay opens a database that the window or `catalogctl migrate` has set up, and names events by its id.
Expected<> SqlStore::lookAround()
{
    const Expected<QList<ExistingColumn>> meta = m_dialect->existingColumns(*m_session,
                                                                            QStringLiteral("catalog_meta"));
    if (!meta)
        return tl::make_unexpected(meta.error());
    if (meta->isEmpty())
        return {};
    if (const Expected<> found = SchemaMigrator(*m_session, *m_dialect, *m_catalog).findRetyped(m_closed);
        !found)
        return found;
    return m_identity.read();
}

Expected<PublishingState> SqlStore::publishingState()
{
    const Expected<qint64> head = m_journal.head();
    if (!head)
        return tl::make_unexpected(head.error());
    Expected<QList<RefusedEvent>> refused = m_refused.all();
    if (!refused)
        return tl::make_unexpected(refused.error());
    Expected<PublishingState> state = m_relay.publishingState(*head, *std::move(refused));
    if (!state)
        return state;
    const Expected<qint64> poison = m_ingest.poisonCount();
    if (!poison)
        return tl::make_unexpected(poison.error());
    state->poison = *poison;
    return state;
}

Expected<JournalStatus> SqlStore::journalStatus()
{
    const Expected<qint64> head = m_journal.head();
    if (!head)
        return tl::make_unexpected(head.error());
    return m_pruner.status(*head);
}

Expected<PrunePlan> SqlStore::planPrune(const JournalRetention &retention)
{
    const Expected<qint64> head = m_journal.head();
    if (!head)
        return tl::make_unexpected(head.error());
    return m_pruner.plan(*head, retention);
}

Expected<std::unique_ptr<Store>> openStore(const DatabaseSettings &settings,
                                           std::shared_ptr<const EntityCatalog> catalog)
{
    Expected<std::unique_ptr<SqlSession>> session = SqlSession::open(settings);
    if (!session)
        return tl::make_unexpected(session.error());
    auto store = std::make_unique<SqlStore>(*std::move(session), settings, std::move(catalog));
    if (const Expected<> known = store->lookAround(); !known)
        return tl::make_unexpected(known.error());
    return store;
}

} // namespace desk
