// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"

#include <atomic>

namespace desk {

// A store whose database goes away when a test says so: every call then fails with Unreachable, as it does
// when a server stops. Owns the real one. The flag may be set on any thread.
class AwayStore : public Store
{
public:
    AwayStore(std::unique_ptr<Store> store, std::atomic<bool> &isAway)
        : m_store(std::move(store))
        , m_isAway(isAway)
    { }

    static Error error()
    {
        return {ErrorCode::Unreachable, QStringLiteral("The server is being repaired."), {}, {}};
    }

    const EntityCatalog &catalog() const override { return m_store->catalog(); }
    QString databaseId() const override { return m_store->databaseId(); }
    Expected<> migrate() override
    {
        return guard([&] { return m_store->migrate(); });
    }
    Expected<QList<RecordRow>> fetchPage(const PageRequest &request) override
    {
        return guard([&] { return m_store->fetchPage(request); });
    }
    Expected<qint64> count(const RecordQuery &query) override
    {
        return guard([&] { return m_store->count(query); });
    }
    Expected<RecordRow> fetch(const EntityType &entity, const RecordId &id) override
    {
        return guard([&] { return m_store->fetch(entity, id); });
    }
    Expected<QList<RecordRow>> fetchMany(const EntityType &entity, const QList<RecordId> &ids) override
    {
        return guard([&] { return m_store->fetchMany(entity, ids); });
    }
    Expected<> forEach(const RecordQuery &query, const std::function<bool(const RecordRow &)> &visit) override
    {
        return guard([&] { return m_store->forEach(query, visit); });
    }
    Expected<QList<ReferenceChoice>> findChoices(const EntityType &entity, const QString &text,
                                                 int limit) override
    {
        return guard([&] { return m_store->findChoices(entity, text, limit); });
    }
    Expected<QList<RecordId>> findByName(const EntityType &entity, const QString &name) override
    {
        return guard([&] { return m_store->findByName(entity, name); });
    }
    Expected<QList<AppliedChange>> apply(const ChangeSet &changes) override
    {
        return guard([&] { return m_store->apply(changes); });
    }
    Expected<QList<JournalEntry>> readJournal(qint64 afterPosition, int limit) override
    {
        return guard([&] { return m_store->readJournal(afterPosition, limit); });
    }
    Expected<qint64> journalHead() override
    {
        return guard([&] { return m_store->journalHead(); });
    }
    Expected<QList<JournalEntry>> history(const QString &entity, const RecordId &id, int limit) override
    {
        return guard([&] { return m_store->history(entity, id, limit); });
    }
    Expected<QString> renewDatabaseId() override
    {
        return guard([&] { return m_store->renewDatabaseId(); });
    }
    Expected<RelayLock> lockRelay() override
    {
        return guard([&] { return m_store->lockRelay(); });
    }
    Expected<qint64> relayCursor() override
    {
        return guard([&] { return m_store->relayCursor(); });
    }
    Expected<> advanceRelay(qint64 cursor, const QList<RefusedEvent> &refused) override
    {
        return guard([&] { return m_store->advanceRelay(cursor, refused); });
    }
    Expected<QList<RefusedEvent>> refusedEvents() override
    {
        return guard([&] { return m_store->refusedEvents(); });
    }
    Expected<PublishingState> publishingState() override
    {
        return guard([&] { return m_store->publishingState(); });
    }
    Expected<qint64> retryRefused(const QList<qint64> &positions, const QString &author) override
    {
        return guard([&] { return m_store->retryRefused(positions, author); });
    }
    Expected<qint64> dropRefused(const QList<qint64> &positions, const QString &author) override
    {
        return guard([&] { return m_store->dropRefused(positions, author); });
    }
    Expected<qint64> lastDecision() override
    {
        return guard([&] { return m_store->lastDecision(); });
    }
    Expected<QList<RefusedEvent>> releasedEvents(int limit) override
    {
        return guard([&] { return m_store->releasedEvents(limit); });
    }
    Expected<> settleReleased(const QList<qint64> &done, const QList<RefusedEvent> &refused) override
    {
        return guard([&] { return m_store->settleReleased(done, refused); });
    }
    Expected<QList<JournalEntry>> journalEntries(const QList<qint64> &positions) override
    {
        return guard([&] { return m_store->journalEntries(positions); });
    }
    Expected<JournalStatus> journalStatus() override
    {
        return guard([&] { return m_store->journalStatus(); });
    }
    Expected<PrunePlan> planPrune(const JournalRetention &retention) override
    {
        return guard([&] { return m_store->planPrune(retention); });
    }
    Expected<qint64> pruneJournal(qint64 throughPosition, int limit) override
    {
        return guard([&] { return m_store->pruneJournal(throughPosition, limit); });
    }
    Expected<> registerWorkingCopy(const QString &id, const QString &label, qint64 position) override
    {
        return guard([&] { return m_store->registerWorkingCopy(id, label, position); });
    }
    Expected<> forgetWorkingCopy(const QString &id) override
    {
        return guard([&] { return m_store->forgetWorkingCopy(id); });
    }
    IngestStore &ingest() override { return m_store->ingest(); }
    void cancel() override { m_store->cancel(); }

private:
    template <typename Call>
    auto guard(Call call) -> std::invoke_result_t<Call>
    {
        if (m_isAway)
            return tl::make_unexpected(error());
        return call();
    }

    std::unique_ptr<Store> m_store;
    std::atomic<bool> &m_isAway;
};

} // namespace desk
