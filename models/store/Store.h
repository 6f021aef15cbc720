// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"
#include "models/store/Change.h"
#include "models/store/Disclosure.h"
#include "models/store/JournalUpkeep.h"
#include "models/store/Ingest.h"
#include "models/store/RecordQuery.h"
#include "models/workspace/Workspace.h"

#include <algorithm>
#include <functional>
#include <memory>

namespace desk {

// An event the broker refused for good, or one that waits behind such an event of the same record.
struct RefusedEvent {
    qint64 position = 0;
    QString entity;
    RecordId id;
    QString reason;
    bool isHeldBack = false; // not refused itself: an earlier event of its record was
    QDateTime at;

    friend bool operator==(const RefusedEvent &, const RefusedEvent &) = default;
};

// How far the journal has been published.
struct PublishingState {
    qint64 head = 0;    // position of the newest journal entry
    qint64 cursor = 0;  // everything up to here is published or in the refused list
    qint64 waiting = 0; // entries after the cursor that the relay will publish
    // Records with unpublished entries, at most MaximumListed of them, as (entity, id).
    QList<std::pair<QString, RecordId>> waitingRecords;
    QList<RefusedEvent> refused;
    qint64 poison = 0; // messages from topics that could not be applied

    static constexpr int MaximumListed = 1000;
};

// Whether this store may publish.
struct RelayLock {
    bool isHeld = false; // by this store; otherwise by another program
    // Why the other one keeps it though it hangs, with what to do: a sentence, or empty.
    QString obstacle;

    friend bool operator==(const RelayLock &, const RelayLock &) = default;
};

// Where records live: one interface on PostgreSQL and SQLite. Lives on one thread, calls block; see
// StoreClient for the window's side. Every change is journaled in its own transaction. A call that
// fails has changed nothing. Unreachable means the connection is gone: make a new store.
class Store
{
public:
    virtual ~Store() = default;

    [[nodiscard]] virtual const EntityCatalog &catalog() const = 0;
    // The database's own UUID, the same for everyone who opens it. Empty before the first migrate().
    [[nodiscard]] virtual QString databaseId() const = 0;
    // Gives the database another id, which it returns: after going back to an older state, when positions that
    // were published before are given out again, and events are named by id and position. InUse while any other
    // program has the database open, for those go on under the old one.
    [[nodiscard]] virtual Expected<QString> renewDatabaseId() = 0;

    // Creates or grows tables, views, triggers and journal to fit the catalog; safe to repeat and to run
    // from several programs at once. RefusedMigration, with what to do, where data would be lost; the
    // entities that fit are usable all the same, the others are closed: every call about them answers with
    // what migrate() said of them.
    [[nodiscard]] virtual Expected<> migrate() = 0;
    // RefusedMigration if the entity is closed.
    [[nodiscard]] virtual Expected<> checkOpen(const EntityType &entity) const
    {
        Q_UNUSED(entity)
        return {};
    }

    // Records. An unknown id is NotFound.
    [[nodiscard]] virtual Expected<QList<RecordRow>> fetchPage(const PageRequest &request) = 0;
    [[nodiscard]] virtual Expected<qint64> count(const RecordQuery &query) = 0;
    [[nodiscard]] virtual Expected<RecordRow> fetch(const EntityType &entity, const RecordId &id) = 0;
    // The ones that exist, in any order.
    [[nodiscard]] virtual Expected<QList<RecordRow>> fetchMany(const EntityType &entity,
                                                               const QList<RecordId> &ids)
        = 0;
    // Every row of the query in order, one at a time, in constant memory; stops when the visitor says false.
    [[nodiscard]] virtual Expected<> forEach(const RecordQuery &query,
                                             const std::function<bool(const RecordRow &)> &visit)
        = 0;
    // Choices whose name contains the text (or whose id is the text), by name.
    [[nodiscard]] virtual Expected<QList<ReferenceChoice>> findChoices(const EntityType &entity,
                                                                       const QString &text, int limit)
        = 0;
    // Records whose display column is exactly this text; more than one is possible.
    [[nodiscard]] virtual Expected<QList<RecordId>> findByName(const EntityType &entity, const QString &name)
        = 0;

    // Validates and writes all changes in one transaction, or none. InvalidValue (field set), Conflict,
    // InUse, NotFound. A set whose clientId and clientSequence are known already returns an empty list.
    [[nodiscard]] virtual Expected<QList<AppliedChange>> apply(const ChangeSet &changes) = 0;

    // Journal. Stamps positions, then reads entries after `position`, oldest first.
    [[nodiscard]] virtual Expected<QList<JournalEntry>> readJournal(qint64 afterPosition, int limit) = 0;
    // The same for the relay, which reads on and on: one entry at a time, with the one record that is published,
    // which may stand in `image`. Stops when the visitor says false. Returns how many entries there were,
    // visited or not; if as many as the limit, the next ones are looked for on ahead.
    [[nodiscard]] virtual Expected<int> readToPublish(qint64 afterPosition, int limit,
                                                      const JournalVisitor &visit)
    {
        const Expected<QList<JournalEntry>> entries = readJournal(afterPosition, limit);
        if (!entries)
            return tl::make_unexpected(entries.error());
        static_cast<void>(std::all_of(entries->cbegin(), entries->cend(), visit));
        return int(entries->size());
    }
    [[nodiscard]] virtual Expected<qint64> journalHead() = 0;
    // Newest entries first: all (empty entity), an entity's, or a record's.
    [[nodiscard]] virtual Expected<QList<JournalEntry>> history(const QString &entity, const RecordId &id,
                                                                int limit)
        = 0;

    // Relay. Takes the database's relay lock, or says that another program has it; it is given up with the
    // connection. From a program that hangs it is taken away, so whoever holds it has to call the store at
    // least every twenty seconds (RelayTables says how that is seen).
    [[nodiscard]] virtual Expected<RelayLock> lockRelay() = 0;
    [[nodiscard]] virtual Expected<qint64> relayCursor() = 0;
    // Moves the cursor and adds refused events in one transaction.
    [[nodiscard]] virtual Expected<> advanceRelay(qint64 cursor, const QList<RefusedEvent> &refused) = 0;
    [[nodiscard]] virtual Expected<QList<RefusedEvent>> refusedEvents() = 0;
    [[nodiscard]] virtual Expected<PublishingState> publishingState() = 0;

    // Refused events. The operator decides; the relay acts on it, in this program or another. Both return
    // how many events were decided on, or fail and decide nothing.
    // Tries again the refused events at these positions, and then those held back behind them. A position
    // that is held back stands for the refused one before it. NotFound.
    [[nodiscard]] virtual Expected<qint64> retryRefused(const QList<qint64> &positions, const QString &author)
        = 0;
    // Gives up the refused events at these positions for good (who and when is kept in relay_decision) and
    // lets those behind them go. NotFound; InvalidValue for one that is not refused itself.
    [[nodiscard]] virtual Expected<qint64> dropRefused(const QList<qint64> &positions, const QString &author)
        = 0;
    // The newest decision's number, 0 before the first: by it the relay sees that there is a new one.
    [[nodiscard]] virtual Expected<qint64> lastDecision() = 0;
    // Events of the list that nothing holds back any more, at most `limit`, by position.
    [[nodiscard]] virtual Expected<QList<RefusedEvent>> releasedEvents(int limit) = 0;
    // What became of released events: those done leave the list, those refused again stay with the new
    // reason (held-back ones are not touched). The holder of the relay lock only.
    [[nodiscard]] virtual Expected<> settleReleased(const QList<qint64> &done,
                                                    const QList<RefusedEvent> &refused)
        = 0;
    // The entries at these positions that are still there, in order.
    [[nodiscard]] virtual Expected<QList<JournalEntry>> journalEntries(const QList<qint64> &positions) = 0;

    // Journal upkeep.
    [[nodiscard]] virtual Expected<JournalStatus> journalStatus() = 0;
    // What a pruning to this retention may remove now.
    [[nodiscard]] virtual Expected<PrunePlan> planPrune(const JournalRetention &retention) = 0;
    // Removes at most `limit` of the oldest entries up to the position, never past what is still needed
    // (see JournalStatus); returns how many. A short transaction each: repeat until it returns 0.
    [[nodiscard]] virtual Expected<qint64> pruneJournal(qint64 throughPosition, int limit) = 0;
    // A working copy has caught up to `position` and will ask for what comes after it.
    [[nodiscard]] virtual Expected<> registerWorkingCopy(const QString &id, const QString &label,
                                                         qint64 position)
        = 0;
    // NotFound.
    [[nodiscard]] virtual Expected<> forgetWorkingCopy(const QString &id) = 0;
    // Sensitive fields of messages that somebody had shown. Recorded before the field is shown; InvalidValue
    // without an author. A store that keeps no such list refuses.
    [[nodiscard]] virtual Expected<> recordDisclosure(const Disclosure &disclosure)
    {
        Q_UNUSED(disclosure)
        return failure(ErrorCode::NotSupported,
                       QStringLiteral("This database keeps no list of who has seen what."));
    }
    // Newest first, those before that number; 0: the newest of all.
    [[nodiscard]] virtual Expected<QList<Disclosure>> disclosures(int limit, qint64 before)
    {
        Q_UNUSED(limit)
        Q_UNUSED(before)
        return QList<Disclosure>();
    }
    // What comes from topics.
    [[nodiscard]] virtual IngestStore &ingest() = 0;

    // Makes a call that runs on this store's thread fail soon with Cancelled. Any thread.
    virtual void cancel() = 0;
};

// Opens the database; the calling thread becomes the store's. Unreachable, Unauthorised or NotFound, with
// what to do. Does not migrate.
[[nodiscard]] Expected<std::unique_ptr<Store>> openStore(const DatabaseSettings &settings,
                                                         std::shared_ptr<const EntityCatalog> catalog);

} // namespace desk
