// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/StreamHistory.h"

#include <algorithm>
#include <tuple>

namespace desk {
namespace {

// `into` and what came after it.
void merge(TopicReading &into, const TopicReading &later)
{
    into.messages += later.messages;
    into.bytes += later.bytes;
    into.largest = std::max(into.largest, later.largest);
    into.behind = later.behind;
}

void merge(QList<TopicReading> &into, const QList<TopicReading> &later)
{
    for (const TopicReading &topic : later) {
        const auto place = std::lower_bound(
            into.begin(), into.end(), topic.topic,
            [](const TopicReading &left, const QString &name) { return left.topic < name; });
        if (place != into.end() && place->topic == topic.topic)
            merge(*place, topic);
        else
            into.insert(place, topic);
    }
}

bool isBusier(const TopicReading &left, const TopicReading &right)
{
    return std::tie(right.messages, right.behind, left.topic)
        < std::tie(left.messages, left.behind, right.topic);
}

// Bounded, by name.
void put(QList<TopicReading> &topics)
{
    if (topics.size() > StreamHistory::MaximumTopics) {
        const auto named = topics.begin() + StreamHistory::MaximumTopics - 1;
        std::nth_element(topics.begin(), named, topics.end(), isBusier);
        TopicReading others;
        for (auto topic = named; topic != topics.end(); ++topic) {
            others.messages += topic->messages;
            others.bytes += topic->bytes;
            others.largest = std::max(others.largest, topic->largest);
            others.behind += topic->behind;
        }
        topics.erase(named, topics.end());
        topics.append(others);
    }
    std::sort(topics.begin(), topics.end(),
              [](const TopicReading &left, const TopicReading &right) { return left.topic < right.topic; });
}

} // namespace

const TopicReading *StreamHistory::Interval::find(const QString &topic) const
{
    const auto place = std::lower_bound(
        topics.begin(), topics.end(), topic,
        [](const TopicReading &left, const QString &name) { return left.topic < name; });
    return place != topics.end() && place->topic == topic ? &*place : nullptr;
}

double StreamHistory::Interval::messagesPerSecond(const TopicReading &topic) const
{
    return double(topic.messages) / seconds;
}

double StreamHistory::Interval::bytesPerSecond(const TopicReading &topic) const
{
    return double(topic.bytes) / seconds;
}

TopicReading StreamHistory::Interval::total() const
{
    TopicReading total;
    for (const TopicReading &topic : topics) {
        total.messages += topic.messages;
        total.bytes += topic.bytes;
        total.largest = std::max(total.largest, topic.largest);
        total.behind += topic.behind;
    }
    return total;
}

void StreamHistory::begin()
{
    m_before.clear();
    m_largest.clear();
    m_elapsed = 0;
}

void StreamHistory::add(qint64 now, qint64 elapsed, const QList<TopicReading> &counters)
{
    m_elapsed += std::max<qint64>(0, elapsed);
    if (m_elapsed == 0) {
        for (const TopicReading &topic : counters) {
            if (topic.largest > 0)
                m_largest[topic.topic] = std::max(m_largest.value(topic.topic), topic.largest);
        }
        return;
    }
    forget(now);
    QList<TopicReading> topics = since(counters);
    put(topics);
    m_looks.push_back({now, double(m_elapsed) / 1000.0, std::move(topics)});
    m_elapsed = 0;
    if (m_looks.size() > MaximumLooks)
        m_looks.pop_front();
}

// What the counters have gone up by. One that has gone down, or was not there, counts from zero.
QList<TopicReading> StreamHistory::since(const QList<TopicReading> &counters)
{
    QList<TopicReading> topics;
    topics.reserve(counters.size());
    QHash<QString, Counted> counted;
    for (const TopicReading &topic : counters) {
        Counted before = m_before.value(topic.topic);
        if (topic.messages < before.messages || topic.bytes < before.bytes)
            before = {};
        counted.insert(topic.topic, {topic.messages, topic.bytes});
        topics.append({topic.topic, topic.messages - before.messages, topic.bytes - before.bytes,
                       std::max(topic.largest, m_largest.value(topic.topic)), topic.behind});
    }
    m_before = std::move(counted); // a topic that is not read any more is forgotten
    m_largest.clear();
    return topics;
}

void StreamHistory::forget(qint64 now)
{
    while (!m_looks.empty() && m_looks.front().at <= now - KeptMilliseconds)
        m_looks.pop_front();
    // The computer's clock was set back: these have not come yet.
    while (!m_looks.empty() && m_looks.back().at >= now)
        m_looks.pop_back();
}

QList<StreamHistory::Interval> StreamHistory::intervals(qint64 from, qint64 to, qint64 width) const
{
    QList<Interval> intervals;
    qint64 slot = -1;
    const auto first = std::upper_bound(m_looks.begin(), m_looks.end(), from,
                                        [](qint64 time, const Interval &look) { return time < look.at; });
    for (auto look = first; look != m_looks.end() && look->at <= to; ++look) {
        const qint64 itsSlot = look->at / std::max<qint64>(1, width);
        if (intervals.isEmpty() || itsSlot != slot) {
            intervals.append(*look);
            slot = itsSlot;
            continue;
        }
        Interval &last = intervals.last();
        last.at = look->at;
        last.seconds += look->seconds;
        merge(last.topics, look->topics);
    }
    return intervals;
}

QStringList StreamHistory::busiest(const QList<Interval> &intervals)
{
    QHash<QString, TopicReading> all;
    for (const Interval &interval : intervals) {
        for (const TopicReading &topic : interval.topics) {
            if (topic.topic.isEmpty())
                continue;
            TopicReading &sum = all[topic.topic];
            sum.topic = topic.topic;
            merge(sum, topic);
        }
    }
    QList<TopicReading> ranked = all.values();
    std::sort(ranked.begin(), ranked.end(), isBusier);
    QStringList topics;
    for (const TopicReading &topic : std::as_const(ranked)) {
        if (topic.messages > 0 || topic.behind > 0)
            topics.append(topic.topic);
    }
    return topics;
}

} // namespace desk
