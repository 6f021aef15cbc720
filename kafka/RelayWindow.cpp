// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/RelayWindow.h"

namespace desk {

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
    m_inFlight = 0;
}

void RelayWindow::add(const JournalEntry &entry, Event event, Ordering ordering)
{
    Item &item = m_items.emplace_back();
    item.position = entry.position;
    item.entity = entry.entity;
    item.id = entry.id;
    item.lane = ordering == Ordering::PerEntity ? entry.entity : entry.entity + QChar(u'\0') + entry.id;
    item.event = std::move(event);
    m_bytes += item.event.bytes();
    enqueue(item);
}

void RelayWindow::addRefused(const JournalEntry &entry, const QString &reason)
{
    Item &item = m_items.emplace_back();
    item.position = entry.position;
    item.entity = entry.entity;
    item.id = entry.id;
    if (m_heldBack.contains({entry.entity, entry.id})) {
        hold(item);
        return;
    }
    item.refused = RefusedEvent{entry.position, entry.entity, entry.id,
                                reason,         false,        QDateTime::currentDateTimeUtc()};
    item.isSettled = true;
    m_heldBack.insert({entry.entity, entry.id});
}

void RelayWindow::addSkipped(const JournalEntry &entry)
{
    Item &item = m_items.emplace_back();
    item.position = entry.position;
    item.isSettled = true;
}

void RelayWindow::enqueue(Item &item)
{
    if (m_heldBack.contains({item.entity, item.id})) {
        hold(item);
        return;
    }
    Lane &lane = m_lanes[item.lane];
    if (!lane.waiting.empty() || lane.claimed.contains(item.id)) {
        lane.waiting.push_back(&item);
        return;
    }
    lane.claimed.insert(item.id);
    m_ready.push_back(&item);
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
    release(item.lane, item.id);
}

void RelayWindow::refuse(Item &item, const QString &reason)
{
    if (!item.isSent) {
        Q_ASSERT(!m_ready.empty() && m_ready.front() == &item);
        m_ready.pop_front();
    }
    settle(item);
    item.refused = RefusedEvent{item.position, item.entity, item.id,
                                reason,        false,       QDateTime::currentDateTimeUtc()};
    m_heldBack.insert({item.entity, item.id});
    release(item.lane, item.id);
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
    item.event = {};
}

void RelayWindow::hold(Item &item)
{
    settle(item);
    item.refused = RefusedEvent{item.position, item.entity,
                                item.id,       QStringLiteral("An earlier event of this record was refused."),
                                true,          QDateTime::currentDateTimeUtc()};
}

void RelayWindow::release(const QString &name, const RecordId &id)
{
    const auto found = m_lanes.find(name);
    if (found == m_lanes.end())
        return;
    Lane &lane = found->second;
    lane.claimed.remove(id);
    while (!lane.waiting.empty()) {
        Item *item = lane.waiting.front();
        if (m_heldBack.contains({item->entity, item->id})) {
            hold(*item);
        } else if (!lane.claimed.contains(item->id)) {
            lane.claimed.insert(item->id);
            m_ready.push_back(item);
        } else {
            return;
        }
        lane.waiting.pop_front();
    }
    if (lane.claimed.isEmpty())
        m_lanes.erase(found);
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

qint64 RelayWindow::settledInFront() const
{
    constexpr qint64 Enough = 1000;
    qint64 count = 0;
    for (const Item &item : m_items) {
        if (!item.isSettled || count == Enough)
            break;
        ++count;
    }
    return count;
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
