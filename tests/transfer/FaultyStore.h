// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"

namespace desk {

// A store that passes every call on to another one, except that apply() fails when the test wants it to,
// and counts its calls. One thread.
class FaultyStore : public Store
{
public:
    explicit FaultyStore(Store &store) : m_store(store) { }

    // What apply() is to fail with; empty: it is passed on.
    std::function<std::optional<Error>(const ChangeSet &)> fault;
    int applied = 0;

    Expected<QList<AppliedChange>> apply(const ChangeSet &changes) override
    {
        ++applied;
        if (const std::optional<Error> error = fault ? fault(changes) : std::nullopt)
            return tl::make_unexpected(*error);
        return m_store.apply(changes);
    }

    const EntityCatalog &catalog() const override { return m_store.catalog(); }
    QString databaseId() const override { return m_store.databaseId(); }
    Expected<> migrate() override { return m_store.migrate(); }
    Expected<QList<RecordRow>> fetchPage(const PageRequest &request) override
    {
        return m_store.fetchPage(request);
    }
    Expected<qint64> count(const RecordQuery &query) override { return m_store.count(query); }
    Expected<RecordRow> fetch(const EntityType &entity, const RecordId &id) override
    {
        return m_store.fetch(entity, id);
    }
    Expected<QList<RecordRow>> fetchMany(const EntityType &entity, const QList<RecordId> &ids) override
    {
        return m_store.fetchMany(entity, ids);
    }
    Expected<> forEach(const RecordQuery &query, const std::function<bool(const RecordRow &)> &visit) override
    {
        return m_store.forEach(query, visit);
    }
    Expected<QList<ReferenceChoice>> findChoices(const EntityType &entity, const QString &text,
                                                 int limit) override
    {
        return m_store.findChoices(entity, text, limit);
    }
    Expected<QList<RecordId>> findByName(const EntityType &entity, const QString &name) override
    {
        return m_store.findByName(entity, name);
    }
    Expected<QList<JournalEntry>> readJournal(qint64 after, int limit) override
    {
        return m_store.readJournal(after, limit);
    }
    Expected<qint64> journalHead() override { return m_store.journalHead(); }
    Expected<QList<JournalEntry>> history(const QString &entity, const RecordId &id, int limit) override
    {
        return m_store.history(entity, id, limit);
    }
    Expected<bool> lockRelay() override { return m_store.lockRelay(); }
    Expected<qint64> relayCursor() override { return m_store.relayCursor(); }
    Expected<> advanceRelay(qint64 cursor, const QList<RefusedEvent> &refused) override
    {
        return m_store.advanceRelay(cursor, refused);
    }
    Expected<QList<RefusedEvent>> refusedEvents() override { return m_store.refusedEvents(); }
    Expected<PublishingState> publishingState() override { return m_store.publishingState(); }
    void cancel() override { m_store.cancel(); }

private:
    Store &m_store;
};

} // namespace desk
