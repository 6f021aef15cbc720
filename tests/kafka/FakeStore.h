// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"

#include <atomic>
#include <QSet>

#include <memory>
#include <mutex>

namespace desk {

// What several FakeStores share, as programs share a database. Any thread.
struct FakeDatabase {
    std::mutex mutex;
    QString id = QStringLiteral("7c1b4d2e-58a0-4f0e-9b4a-0e6f6d7a1c11");
    QList<JournalEntry> journal;
    qint64 cursor = 0;
    QList<qint64> cursorsWritten;
    QList<RefusedEvent> refused;
    qint64 decisions = 0;
    const void *lockHolder = nullptr;
    QString lockObstacle;        // why it keeps the lock though it hangs
    bool isAway = false;         // every call fails with Unreachable
    bool failsToAdvance = false; // advanceRelay() does, once something is to be noted
    bool isFull = false;         // nothing can be written
    std::atomic<int> reads = 0;  // tests look without the lock

    qint64 add(const QString &entity, const RecordId &id_, Operation operation, std::optional<Record> before,
               std::optional<Record> after, Origin origin = Origin::Desk)
    {
        const std::scoped_lock lock(mutex);
        JournalEntry entry;
        entry.position = journal.isEmpty() ? 1 : journal.last().position + 1;
        entry.sequence = entry.position;
        entry.entity = entity;
        entry.id = id_;
        entry.operation = operation;
        entry.version = 1;
        for (const JournalEntry &earlier : journal)
            entry.version += earlier.entity == entity && earlier.id == id_;
        entry.author = QStringLiteral("ada");
        entry.origin = origin;
        entry.at = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
        entry.before = std::move(before);
        entry.after = std::move(after);
        journal.append(entry);
        return entry.position;
    }
    qint64 head()
    {
        const std::scoped_lock lock(mutex);
        return journal.isEmpty() ? 0 : journal.last().position;
    }
    qint64 currentCursor()
    {
        const std::scoped_lock lock(mutex);
        return cursor;
    }
    QList<RefusedEvent> currentRefused()
    {
        const std::scoped_lock lock(mutex);
        return refused;
    }
};

// A Store in memory with a journal that tests write by hand: enough for the relay and the publisher. Fails
// when its database is told to.
class FakeStore : public Store
{
public:
    FakeStore(std::shared_ptr<FakeDatabase> database, std::shared_ptr<const EntityCatalog> catalog)
        : m_database(std::move(database))
        , m_catalog(std::move(catalog))
    { }
    ~FakeStore() override
    {
        const std::scoped_lock lock(m_database->mutex);
        if (m_database->lockHolder == this)
            m_database->lockHolder = nullptr;
    }

    QList<Record> records; // what forEach() and fetchMany() know, of any entity

    const EntityCatalog &catalog() const override { return *m_catalog; }
    QString databaseId() const override { return m_database->id; }
    Expected<> migrate() override { return {}; }

    Expected<QList<RecordRow>> fetchPage(const PageRequest &) override { return notHere(); }
    Expected<qint64> count(const RecordQuery &) override { return records.size(); }
    Expected<RecordRow> fetch(const EntityType &, const RecordId &) override { return notHere(); }
    Expected<QList<RecordRow>> fetchMany(const EntityType &, const QList<RecordId> &ids) override
    {
        QList<RecordRow> rows;
        for (const Record &record : records) {
            if (ids.contains(record.id))
                rows.append({record, {}});
        }
        return rows;
    }
    Expected<> forEach(const RecordQuery &, const std::function<bool(const RecordRow &)> &visit) override
    {
        for (const Record &record : records) {
            if (!visit({record, {}}))
                break;
        }
        return {};
    }
    Expected<QList<ReferenceChoice>> findChoices(const EntityType &, const QString &, int) override
    {
        return notHere();
    }
    Expected<QList<RecordId>> findByName(const EntityType &, const QString &) override { return notHere(); }
    Expected<QList<AppliedChange>> apply(const ChangeSet &) override { return notHere(); }

    Expected<QList<JournalEntry>> readJournal(qint64 afterPosition, int limit) override
    {
        const std::scoped_lock lock(m_database->mutex);
        if (m_database->isAway)
            return away();
        ++m_database->reads;
        QList<JournalEntry> entries;
        for (const JournalEntry &entry : m_database->journal) {
            if (entry.position > afterPosition && entries.size() < limit)
                entries.append(entry);
        }
        return entries;
    }
    Expected<qint64> journalHead() override { return m_database->head(); }
    Expected<QList<JournalEntry>> history(const QString &, const RecordId &, int) override
    {
        return notHere();
    }

    Expected<QString> renewDatabaseId() override { return notHere(); }
    Expected<RelayLock> lockRelay() override
    {
        const std::scoped_lock lock(m_database->mutex);
        if (m_database->isAway)
            return away();
        if (!m_database->lockHolder)
            m_database->lockHolder = this;
        const bool isHeld = m_database->lockHolder == this;
        return RelayLock{isHeld, isHeld ? QString() : m_database->lockObstacle};
    }
    Expected<qint64> relayCursor() override
    {
        const std::scoped_lock lock(m_database->mutex);
        if (m_database->isAway)
            return away();
        return m_database->cursor;
    }
    Expected<> advanceRelay(qint64 cursor, const QList<RefusedEvent> &refused) override
    {
        const std::scoped_lock lock(m_database->mutex);
        const bool isNews = cursor != m_database->cursor || !refused.isEmpty();
        if (m_database->isAway || (m_database->failsToAdvance && isNews))
            return away();
        if (m_database->isFull)
            return failure(ErrorCode::InputOutput, QStringLiteral("The disk is full."));
        m_database->cursor = cursor;
        m_database->cursorsWritten.append(cursor);
        m_database->refused.append(refused);
        return {};
    }
    Expected<QList<RefusedEvent>> refusedEvents() override { return m_database->currentRefused(); }
    Expected<PublishingState> publishingState() override { return notHere(); }
    // The operator's decisions, by the rule of RefusedList.
    Expected<qint64> retryRefused(const QList<qint64> &positions, const QString &) override
    {
        const std::scoped_lock lock(m_database->mutex);
        for (RefusedEvent &event : m_database->refused)
            event.isHeldBack = event.isHeldBack || positions.contains(event.position);
        ++m_database->decisions;
        return positions.size();
    }
    Expected<qint64> dropRefused(const QList<qint64> &positions, const QString &) override
    {
        const std::scoped_lock lock(m_database->mutex);
        m_database->refused.removeIf(
            [&](const RefusedEvent &event) { return positions.contains(event.position); });
        ++m_database->decisions;
        return positions.size();
    }
    Expected<qint64> lastDecision() override
    {
        const std::scoped_lock lock(m_database->mutex);
        if (m_database->isAway)
            return away();
        return m_database->decisions;
    }
    Expected<QList<RefusedEvent>> releasedEvents(int limit) override
    {
        const std::scoped_lock lock(m_database->mutex);
        QList<RefusedEvent> released;
        QSet<QString> blocked;
        for (const RefusedEvent &event : std::as_const(m_database->refused)) {
            const QString record = event.entity + u'/' + event.id;
            if (!event.isHeldBack)
                blocked.insert(record);
            else if (!blocked.contains(record) && released.size() < limit)
                released.append(event);
        }
        return released;
    }
    Expected<> settleReleased(const QList<qint64> &done, const QList<RefusedEvent> &refused) override
    {
        const std::scoped_lock lock(m_database->mutex);
        if (m_database->isAway || m_database->failsToAdvance)
            return away();
        m_database->refused.removeIf(
            [&](const RefusedEvent &event) { return done.contains(event.position); });
        for (const RefusedEvent &again : refused) {
            for (RefusedEvent &event : m_database->refused) {
                if (event.position == again.position && !again.isHeldBack)
                    event = again;
            }
        }
        return {};
    }
    Expected<QList<JournalEntry>> journalEntries(const QList<qint64> &positions) override
    {
        const std::scoped_lock lock(m_database->mutex);
        QList<JournalEntry> entries;
        for (const JournalEntry &entry : std::as_const(m_database->journal)) {
            if (positions.contains(entry.position))
                entries.append(entry);
        }
        return entries;
    }
    Expected<JournalStatus> journalStatus() override { return notHere(); }
    Expected<PrunePlan> planPrune(const JournalRetention &) override { return notHere(); }
    Expected<qint64> pruneJournal(qint64, int) override { return notHere(); }
    Expected<> registerWorkingCopy(const QString &, const QString &, qint64) override { return notHere(); }
    Expected<> forgetWorkingCopy(const QString &) override { return notHere(); }
    IngestStore &ingest() override { qFatal("no topics are read into this store"); }
    void cancel() override { }

private:
    static tl::unexpected<Error> away()
    {
        return failure(ErrorCode::Unreachable, QStringLiteral("The database cannot be reached."));
    }
    static tl::unexpected<Error> notHere()
    {
        return failure(ErrorCode::NotSupported, QStringLiteral("Not in this fake."));
    }

    std::shared_ptr<FakeDatabase> m_database;
    std::shared_ptr<const EntityCatalog> m_catalog;
};

} // namespace desk
