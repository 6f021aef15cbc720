// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/ChangeWriter.h"
#include "models/store/DatabaseIdentity.h"
#include "models/store/DisclosureTable.h"
#include "models/store/JournalPruner.h"
#include "models/store/RecordReader.h"
#include "models/store/RefusedList.h"
#include "models/store/RelayTables.h"
#include "models/store/SqlIngest.h"
#include "models/store/SqlJournal.h"
#include "models/store/Store.h"

namespace desk {

// The Store on a SQL connection: hands each call to the class that does it. See Store.
class SqlStore : public Store
{
public:
    SqlStore(std::unique_ptr<SqlSession> session, const DatabaseSettings &settings,
             std::shared_ptr<const EntityCatalog> catalog);

    const EntityCatalog &catalog() const override { return *m_catalog; }
    QString databaseId() const override { return m_identity.id(); }
    Expected<QString> renewDatabaseId() override { return m_identity.renew(); }
    Expected<> migrate() override;
    Expected<> checkOpen(const EntityType &entity) const override { return m_closed.check(entity); }

    Expected<QList<RecordRow>> fetchPage(const PageRequest &request) override
    {
        return ifOpen(*request.query.entity, [&] { return m_reader.fetchPage(request); });
    }
    Expected<qint64> count(const RecordQuery &query) override
    {
        return ifOpen(*query.entity, [&] { return m_reader.count(query); });
    }
    Expected<RecordRow> fetch(const EntityType &entity, const RecordId &id) override
    {
        return ifOpen(entity, [&] { return m_reader.fetch(entity, id); });
    }
    Expected<QList<RecordRow>> fetchMany(const EntityType &entity, const QList<RecordId> &ids) override
    {
        return ifOpen(entity, [&] { return m_reader.fetchMany(entity, ids); });
    }
    Expected<> forEach(const RecordQuery &query, const std::function<bool(const RecordRow &)> &visit) override
    {
        return ifOpen(*query.entity, [&] { return m_reader.forEach(query, visit); });
    }
    Expected<QList<ReferenceChoice>> findChoices(const EntityType &entity, const QString &text,
                                                 int limit) override
    {
        return ifOpen(entity, [&] { return m_reader.findChoices(entity, text, limit); });
    }
    Expected<QList<RecordId>> findByName(const EntityType &entity, const QString &name) override
    {
        return ifOpen(entity, [&] { return m_reader.findByName(entity, name); });
    }

    Expected<QList<AppliedChange>> apply(const ChangeSet &changes) override
    {
        return m_writer.apply(changes);
    }

    Expected<QList<JournalEntry>> readJournal(qint64 afterPosition, int limit) override
    {
        return m_journal.read(afterPosition, limit);
    }
    Expected<int> readToPublish(qint64 afterPosition, int limit, const JournalVisitor &visit) override
    {
        return m_journal.readToPublish(afterPosition, limit, visit);
    }
    Expected<qint64> journalHead() override { return m_journal.head(); }
    Expected<QList<JournalEntry>> history(const QString &entity, const RecordId &id, int limit) override
    {
        const EntityType *known = m_catalog->find(entity);
        const auto read = [&] { return m_journal.history(entity, id, limit); };
        return known ? ifOpen(*known, read) : read();
    }

    Expected<RelayLock> lockRelay() override { return m_relay.lock(); }
    Expected<qint64> relayCursor() override { return m_relay.cursor(); }
    Expected<> advanceRelay(qint64 cursor, const QList<RefusedEvent> &refused) override
    {
        return m_relay.advance(cursor, refused);
    }
    Expected<QList<RefusedEvent>> refusedEvents() override { return m_refused.all(); }
    Expected<PublishingState> publishingState() override;

    Expected<qint64> retryRefused(const QList<qint64> &positions, const QString &author) override
    {
        return m_refused.retry(positions, author);
    }
    Expected<qint64> dropRefused(const QList<qint64> &positions, const QString &author) override
    {
        return m_refused.drop(positions, author);
    }
    Expected<qint64> lastDecision() override { return m_refused.lastDecision(); }
    Expected<QList<RefusedEvent>> releasedEvents(int limit) override { return m_refused.released(limit); }
    Expected<> settleReleased(const QList<qint64> &done, const QList<RefusedEvent> &refused) override
    {
        return m_refused.settle(done, refused);
    }
    Expected<QList<JournalEntry>> journalEntries(const QList<qint64> &positions) override
    {
        return m_journal.entries(positions);
    }

    Expected<JournalStatus> journalStatus() override;
    Expected<PrunePlan> planPrune(const JournalRetention &retention) override;
    Expected<qint64> pruneJournal(qint64 throughPosition, int limit) override
    {
        return m_pruner.prune(throughPosition, limit);
    }
    Expected<> registerWorkingCopy(const QString &id, const QString &label, qint64 position) override
    {
        return m_pruner.registerWorkingCopy(id, label, position);
    }
    Expected<> forgetWorkingCopy(const QString &id) override { return m_pruner.forgetWorkingCopy(id); }
    Expected<> recordDisclosure(const Disclosure &disclosure) override
    {
        return m_disclosures.add(disclosure);
    }
    Expected<QList<Disclosure>> disclosures(int limit, qint64 before) override
    {
        return m_disclosures.list(limit, before);
    }
    IngestStore &ingest() override { return m_ingest; }

    // Reads the id of a database that is set up already, and which entities it holds in another form than
    // described; nothing otherwise.
    [[nodiscard]] Expected<> lookAround();

    void cancel() override { m_session->cancel(); }

private:
    template <typename Call>
    [[nodiscard]] auto ifOpen(const EntityType &entity, Call call) const -> std::invoke_result_t<Call>
    {
        if (const Expected<> open = m_closed.check(entity); !open)
            return tl::make_unexpected(open.error());
        return call();
    }

    std::unique_ptr<SqlSession> m_session;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<const SqlDialect> m_dialect;
    ClosedEntities m_closed;
    RecordReader m_reader;
    ChangeWriter m_writer;
    SqlJournal m_journal;
    RelayTables m_relay;
    RefusedList m_refused;
    JournalPruner m_pruner;
    DisclosureTable m_disclosures;
    SqlIngest m_ingest;
    DatabaseIdentity m_identity;
};

} // namespace desk
