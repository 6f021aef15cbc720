// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/RelayWindow.h"

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
    m_lanes.clear();
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

bool RelayWindow::Lane::hasClaimed(const Item &item) const
{
    return item.ordering == Ordering::PerRecord ? isClaimed : claimed.contains(item.id);
}

void RelayWindow::Lane::claim(const Item &item)
{
    if (item.ordering == Ordering::PerRecord)
        isClaimed = true;
    else
        claimed.insert(item.id);
}

void RelayWindow::Lane::unclaim(const Item &item)
{
    isClaimed = false;
    claimed.remove(item.id);
}

// A whole entity has the lane without an id.
const RecordId &RelayWindow::laneOf(const Item &item)
{
    static const RecordId wholeEntity;
    return item.ordering == Ordering::PerRecord ? item.id : wholeEntity;
}

QHash<RecordId, RelayWindow::Lane> &RelayWindow::lanesOf(const Item &item)
{
    if (m_lastLanes < m_lanes.size() && m_lanes[m_lastLanes].entity == item.entity)
        return m_lanes[m_lastLanes].lanes;
    for (m_lastLanes = 0; m_lastLanes < m_lanes.size(); ++m_lastLanes) {
        if (m_lanes[m_lastLanes].entity == item.entity)
            return m_lanes[m_lastLanes].lanes;
    }
    m_lanes.push_back({item.entity, {}});
    return m_lanes.back().lanes;
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
    Lane &lane = lanesOf(item)[laneOf(item)];
    if (lane.firstWaiting) {
        lane.lastWaiting->behind = &item;
        lane.lastWaiting = &item;
    } else if (lane.hasClaimed(item)) {
        lane.firstWaiting = lane.lastWaiting = &item;
    } else {
        lane.claim(item);
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
    QHash<RecordId, Lane> &lanes = lanesOf(done);
    const auto found = lanes.find(laneOf(done));
    if (found == lanes.end())
        return;
    Lane &lane = *found;
    lane.unclaim(done);
    while (Item *item = lane.firstWaiting) {
        if (isHeldBack(item->entity, item->id)) {
            hold(*item);
        } else if (!lane.hasClaimed(*item)) {
            lane.claim(*item);
            m_ready.push_back(item);
        } else {
            return;
        }
        lane.firstWaiting = item->behind;
    }
    if (!lane.isClaimed && lane.claimed.isEmpty())
        lanes.erase(found);
}

void RelayWindow::rewind()
{
    m_ready.clear();
    m_parked.clear();
    m_lanes.clear();
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
