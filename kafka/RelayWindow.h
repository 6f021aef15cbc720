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
        Item *behind = nullptr; // the next one that waits in the same lane
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
    // One of a record alone is made and gone again with each event, so it allocates nothing of its own.
    struct Lane {
        Item *firstWaiting = nullptr;
        Item *lastWaiting = nullptr;
        bool isClaimed = false; // PerRecord: an item of it is ready or on its way
        QSet<RecordId> claimed; // PerEntity: the records of which one is

        [[nodiscard]] bool hasClaimed(const Item &item) const;
        void claim(const Item &item);
        void unclaim(const Item &item);
    };

    // Those of an entity's records; by themselves, because most events are of the entity of the one before.
    struct EntityLanes {
        QString entity;
        QHash<RecordId, Lane> lanes;
    };

    [[nodiscard]] static const RecordId &laneOf(const Item &item);
    [[nodiscard]] QHash<RecordId, Lane> &lanesOf(const Item &item);
    [[nodiscard]] bool isHeldBack(const QString &entity, const RecordId &id) const;
    void enqueue(Item &item);
    void settle(Item &item);
    void release(const Item &item);
    void hold(Item &item);

    std::deque<Item> m_items; // in order of position; references stay valid
    std::deque<Item *> m_ready;
    QHash<Schema, std::deque<Item *>> m_parked;
    std::vector<EntityLanes> m_lanes;
    size_t m_lastLanes = 0; // that were asked for
    QSet<RecordKey> m_heldBack;
    qsizetype m_bytes = 0;
    qsizetype m_unsettled = 0;
    int m_inFlight = 0;
};

} // namespace desk
