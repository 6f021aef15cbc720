// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/RelayWindow.h"

#include <utility>

namespace desk {

namespace {

void setRefused(RelayWindow::Item &item, const QString &reason, bool isHeldBack)
{
    item.refused = std::make_unique<const RefusedEvent>(RefusedEvent{
        item.position, item.entity, item.id, reason, isHeldBack, QDateTime::currentDateTimeUtc()});
}

} // namespace

void RelayWindow::setHeldBack(const QList<RefusedEvent> &refused)
{
    m_heldBack.clear();
    for (const RefusedEvent &event : refused)
        m_heldBack.insert({event.entity, event.id});
}

void RelayWindow::clear()
{
    m_ready.clear();
    m_parked.clear();
    m_claimed.clear();
    m_entityLanes.clear();
    m_items.clear();
    m_bytes = 0;
    m_unsettled = 0;
    m_inFlight = 0;
}

void RelayWindow::add(const JournalEntry &entry, Event event, Ordering ordering)
{
    Item &item = m_items.emplace_back();
    item.position = entry.position;
    item.entity = entry.entity;
    item.id = entry.id;
    item.ordering = ordering;
    item.event = std::move(event);
    ++m_unsettled;
    m_bytes += item.event.bytes();
    enqueue(item);
}

void RelayWindow::addRefused(const JournalEntry &entry, const QString &reason)
{
    Item &item = m_items.emplace_back();
    item.position = entry.position;
    item.entity = entry.entity;
    item.id = entry.id;
    ++m_unsettled;
    if (isHeldBack(entry.entity, entry.id)) {
        hold(item);
        return;
    }
    settle(item);
    setRefused(item, reason, false);
    m_heldBack.insert({entry.entity, entry.id});
}

void RelayWindow::addSkipped(const JournalEntry &entry)
{
    Item &item = m_items.emplace_back();
    item.position = entry.position;
    item.isSettled = true;
}

RelayWindow::Item *RelayWindow::ClaimedRecords::find(const Item &item) const
{
    Item *claimed = m_buckets[bucketOf(item)];
    while (claimed
           && (claimed->hash != item.hash || claimed->id != item.id || claimed->entity != item.entity))
        claimed = claimed->besides;
    return claimed;
}

void RelayWindow::ClaimedRecords::insert(Item &item)
{
    item.besides = std::exchange(m_buckets[bucketOf(item)], &item);
}

void RelayWindow::ClaimedRecords::remove(const Item &item)
{
    Item **link = &m_buckets[bucketOf(item)];
    while (*link && *link != &item)
        link = &(*link)->besides;
    if (*link)
        *link = item.besides;
}

bool RelayWindow::isHeldBack(const QString &entity, const RecordId &id) const
{
    return !m_heldBack.isEmpty() && m_heldBack.contains({entity, id});
}

void RelayWindow::enqueue(Item &item)
{
    if (isHeldBack(item.entity, item.id)) {
        hold(item);
        return;
    }
    item.behind = nullptr;
    item.last = nullptr;
    if (item.ordering == Ordering::PerRecord)
        enqueueBehindRecord(item);
    else
        enqueueBehindEntity(item);
}

void RelayWindow::enqueueBehindRecord(Item &item)
{
    item.hash = qHash(item.id, QHashSeed::globalSeed());
    if (Item *first = m_claimed.find(item)) {
        (first->last ? first->last->behind : first->behind) = &item;
        first->last = &item;
        return;
    }
    m_claimed.insert(item);
    m_ready.push_back(&item);
}

void RelayWindow::enqueueBehindEntity(Item &item)
{
    EntityLane &lane = m_entityLanes[item.entity];
    if (lane.firstWaiting) {
        lane.lastWaiting->behind = &item;
        lane.lastWaiting = &item;
    } else if (lane.claimed.contains(item.id)) {
        lane.firstWaiting = lane.lastWaiting = &item;
    } else {
        lane.claimed.insert(item.id);
        m_ready.push_back(&item);
    }
}

void RelayWindow::sent(Item &item)
{
    Q_ASSERT(!m_ready.empty() && m_ready.front() == &item);
    m_ready.pop_front();
    item.isSent = true;
    ++m_inFlight;
}

void RelayWindow::delivered(Item &item)
{
    settle(item);
    release(item);
}

void RelayWindow::refuse(Item &item, const QString &reason)
{
    if (!item.isSent) {
        Q_ASSERT(!m_ready.empty() && m_ready.front() == &item);
        m_ready.pop_front();
    }
    settle(item);
    setRefused(item, reason, false);
    m_heldBack.insert({item.entity, item.id});
    release(item);
}

void RelayWindow::park(Item &item)
{
    Q_ASSERT(!m_ready.empty() && m_ready.front() == &item);
    m_ready.pop_front();
    item.isParked = true;
    m_parked[item.event.schema].push_back(&item);
}

void RelayWindow::unpark(const Schema &schema)
{
    const std::deque<Item *> items = m_parked.take(schema);
    for (Item *item : items)
        item->isParked = false;
    m_ready.insert(m_ready.begin(), items.begin(), items.end());
}

qsizetype RelayWindow::parked() const
{
    qsizetype count = 0;
    for (const std::deque<Item *> &items : m_parked)
        count += qsizetype(items.size());
    return count;
}

void RelayWindow::frame(Item &item, qint32 schemaId)
{
    m_bytes -= item.event.bytes();
    item.event.addFrame(schemaId);
    m_bytes += item.event.bytes();
}

void RelayWindow::settle(Item &item)
{
    if (item.isSent)
        --m_inFlight;
    m_bytes -= item.event.bytes();
    item.isSent = false;
    item.isSettled = true;
    --m_unsettled;
    item.event = {};
}

void RelayWindow::hold(Item &item)
{
    settle(item);
    setRefused(item, QStringLiteral("An earlier event of this record was refused."), true);
}

void RelayWindow::release(const Item &done)
{
    if (done.ordering == Ordering::PerRecord)
        releaseRecord(done);
    else
        releaseEntity(done);
}

void RelayWindow::releaseRecord(const Item &done)
{
    m_claimed.remove(done);
    for (Item *item = done.behind; item; item = item->behind) {
        if (isHeldBack(item->entity, item->id)) {
            hold(*item);
            continue;
        }
        item->last = item->behind ? done.last : nullptr;
        m_claimed.insert(*item);
        m_ready.push_back(item);
        return;
    }
}

void RelayWindow::releaseEntity(const Item &done)
{
    EntityLane &lane = m_entityLanes[done.entity];
    lane.claimed.remove(done.id);
    while (Item *item = lane.firstWaiting) {
        if (isHeldBack(item->entity, item->id)) {
            hold(*item);
        } else if (!lane.claimed.contains(item->id)) {
            lane.claimed.insert(item->id);
            m_ready.push_back(item);
        } else {
            return;
        }
        lane.firstWaiting = item->behind;
    }
}

void RelayWindow::rewind()
{
    m_ready.clear();
    m_parked.clear();
    m_claimed.clear();
    m_entityLanes.clear();
    m_inFlight = 0;
    for (Item &item : m_items) {
        if (item.isSettled)
            continue;
        item.isSent = false;
        item.isParked = false;
        enqueue(item);
    }
}

std::optional<RelayWindow::Settled> RelayWindow::takeSettled()
{
    if (m_items.empty() || !m_items.front().isSettled)
        return {};
    Settled settled;
    while (!m_items.empty() && m_items.front().isSettled) {
        const Item &item = m_items.front();
        settled.cursor = item.position;
        if (item.refused) {
            settled.refused.append(*item.refused);
        } else {
            settled.positions.append(item.position);
            settled.published += !item.entity.isEmpty();
        }
        m_items.pop_front();
    }
    return settled;
}

const RelayWindow::Item *RelayWindow::firstUnderWay() const
{
    for (const Item &item : m_items) {
        if (!item.isSettled && !item.isParked)
            return &item;
    }
    return nullptr;
}

} // namespace desk
