// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/EventEncoder.h"
#include "models/store/Store.h"

#include <QHash>
#include <QSet>

#include <deque>
#include <vector>

namespace desk {

// The stretch of the journal that the relay is working on: what may be sent next, what is on its way, what
// is settled, and how far the cursor may move. Keeps two promises: of one record at most one event is on
// its way, and a record whose event was refused sends no later one. Events of one key leave in the order of
// the journal; other events may overtake one that waits. Knows neither store nor broker. One thread.
class RelayWindow
{
public:
    using Schema = std::shared_ptr<const WireSchema>;

    // `PerEntity`: the event's key is not the record's id, so the whole entity leaves in order.
    enum class Ordering { PerRecord, PerEntity };

    struct Item {
        qint64 position = 0;
        QString entity;
        RecordId id;
        Ordering ordering = Ordering::PerRecord;
        Event event;
        Item *behind = nullptr;  // the next one that waits in the same lane
        Item *last = nullptr;    // of a record that is claimed: the last one that waits behind it
        Item *besides = nullptr; // the next record that is claimed, of the same bucket
        size_t hash = 0;         // of the id
        bool isSettled = false;
        bool isSent = false;
        bool isParked = false;
        std::unique_ptr<const RefusedEvent> refused;
    };

    // Records with events in the refused list from before.
    void setHeldBack(const QList<RefusedEvent> &refused);
    // This record is held back no more. Only while the window holds none of its events.
    void letGo(const QString &entity, const RecordId &id) { m_heldBack.remove({entity, id}); }
    void clear();

    // Positions are added in order.
    void add(const JournalEntry &entry, Event event, Ordering ordering);
    void addRefused(const JournalEntry &entry, const QString &reason);
    void addSkipped(const JournalEntry &entry); // nothing to publish

    // The next item to send, or null. Stays the next until it is marked sent.
    [[nodiscard]] Item *next() const { return m_ready.empty() ? nullptr : m_ready.front(); }
    void sent(Item &item);
    void delivered(Item &item);
    void refuse(Item &item, const QString &reason);
    // The next item waits for its schema's id, and with it all later ones of that schema; others go on.
    void park(Item &item);
    // The parked ones of this schema come next, in order.
    void unpark(const Schema &schema);
    [[nodiscard]] bool isParked(const Schema &schema) const { return m_parked.contains(schema); }
    [[nodiscard]] QList<Schema> parkedSchemas() const { return m_parked.keys(); }
    [[nodiscard]] qsizetype parked() const;
    // Something may be sent or is on its way.
    [[nodiscard]] bool isBusy() const { return !m_ready.empty() || m_inFlight > 0; }
    // The item's event gets its frame.
    void frame(Item &item, qint32 schemaId);
    // Nothing is on its way any more: everything unsettled is to be sent again, in order.
    void rewind();

    // Takes the settled items off the front. Empty if there are none.
    struct Settled {
        qint64 cursor = 0;
        qint64 published = 0;
        QList<qint64> positions; // of those that are not refused
        QList<RefusedEvent> refused;
    };
    [[nodiscard]] std::optional<Settled> takeSettled();

    [[nodiscard]] qsizetype size() const { return qsizetype(m_items.size()); }
    [[nodiscard]] qsizetype bytes() const { return m_bytes; } // of events that are not settled
    [[nodiscard]] int inFlight() const { return m_inFlight; }
    [[nodiscard]] bool isFrontSettled() const { return !m_items.empty() && m_items.front().isSettled; }
    [[nodiscard]] bool isAllSettled() const { return m_unsettled == 0; }
    // The first that is neither settled nor parked, or null.
    [[nodiscard]] const Item *firstUnderWay() const;

private:
    using RecordKey = std::pair<QString, RecordId>;
    // The records of which an item is ready, parked or on its way, by that item: a hash table whose chains go through
    // the items, so that a record that comes and goes allocates nothing.
    class ClaimedRecords
    {
    public:
        [[nodiscard]] Item *find(const Item &item) const;
        void insert(Item &item);
        void remove(const Item &item);
        void clear() { m_buckets.assign(m_buckets.size(), nullptr); }

    private:
        [[nodiscard]] size_t bucketOf(const Item &item) const { return item.hash % m_buckets.size(); }

        std::vector<Item *> m_buckets = std::vector<Item *>(
            16384); // a power of two, above what is usually on its way
    };
    // Of an entity that leaves in order as a whole.
    struct EntityLane {
        Item *firstWaiting = nullptr;
        Item *lastWaiting = nullptr;
        QSet<RecordId> claimed;
    };

    [[nodiscard]] bool isHeldBack(const QString &entity, const RecordId &id) const;
    void enqueue(Item &item);
    void enqueueBehindRecord(Item &item);
    void enqueueBehindEntity(Item &item);
    void settle(Item &item);
    void release(const Item &item);
    void releaseRecord(const Item &item);
    void releaseEntity(const Item &item);
    void hold(Item &item);

    std::deque<Item> m_items; // in order of position; references stay valid
    std::deque<Item *> m_ready;
    QHash<Schema, std::deque<Item *>> m_parked;
    ClaimedRecords m_claimed;
    QHash<QString, EntityLane> m_entityLanes;
    QSet<RecordKey> m_heldBack;
    qsizetype m_bytes = 0;
    qsizetype m_unsettled = 0;
    int m_inFlight = 0;
};

} // namespace desk
