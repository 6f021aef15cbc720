// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/StreamProgress.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

namespace desk {
namespace {

const QString withoutLeader = QStringLiteral("No leader just now");

} // namespace

void PartitionBoard::add(Partition partition, const Name &name, qint64 begin, qint64 end,
                         std::optional<qint64> stop)
{
    const std::scoped_lock lock(m_mutex);
    m_partitions[partition] = {begin, end, begin, stop, begin >= end, name, end, 0, 0, 0};
}

void PartitionBoard::setWaiting(const QList<Name> &waiting)
{
    const std::scoped_lock lock(m_mutex);
    m_waiting = waiting;
}

void PartitionBoard::setLeader(Partition partition, int leader)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_partitions.find(partition);
    if (found != m_partitions.end())
        found->second.name.leader = leader;
}

void PartitionBoard::setEnd(Partition partition, qint64 end)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_partitions.find(partition);
    if (found != m_partitions.end())
        found->second.latest = std::max(found->second.latest, end);
}

void PartitionBoard::took(Partition partition, qint64 messages, qint64 bytes, qint64 largest)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_partitions.find(partition);
    if (found == m_partitions.end())
        return;
    found->second.messages += messages;
    found->second.bytes += bytes;
    found->second.largest = std::max(found->second.largest, largest);
}

std::optional<qint64> PartitionBoard::stopOf(Partition partition) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_partitions.find(partition);
    return found == m_partitions.end() ? std::nullopt : found->second.stop;
}

void PartitionBoard::reached(Partition partition, qint64 next, Met met)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_partitions.find(partition);
    if (found == m_partitions.end())
        return;
    State &state = found->second;
    state.next = std::max(state.next, next);
    state.latest = std::max(state.latest, next);
    // A message may be the last; only the broker's word says so where the end is not known from before.
    state.isAtEnd = met == Met::End || state.next == state.end;
}

StreamProgress PartitionBoard::progress() const
{
    const std::scoped_lock lock(m_mutex);
    StreamProgress progress;
    progress.partitions = int(m_partitions.size());
    progress.waiting = int(m_waiting.size());
    for (const auto &[partition, state] : m_partitions) {
        const qint64 end = state.stop ? std::min(*state.stop, state.end) : state.end;
        progress.wanted += std::max<qint64>(0, end - state.begin);
        progress.done += std::clamp<qint64>(state.next - state.begin, 0,
                                            std::max<qint64>(0, end - state.begin));
        progress.atEnd += state.isAtEnd || (state.stop && state.next >= *state.stop);
    }
    return progress;
}

QList<PartitionReading> PartitionBoard::partitions() const
{
    using State = PartitionReading::State;
    QList<PartitionReading> partitions;
    const std::scoped_lock lock(m_mutex);
    for (const auto &[partition, state] : m_partitions) {
        PartitionReading reading{state.name.topic, state.name.partition, State::Reading,    state.begin,
                                 state.next,       state.knownEnd(),     state.name.leader, {},
                                 state.messages,   state.bytes};
        if (state.stop && state.next >= *state.stop)
            reading.state = State::Complete;
        else if (state.name.leader < 0)
            reading.state = State::Waiting;
        else if (state.next >= state.latest)
            reading.state = State::AtEnd;
        if (reading.state == State::Waiting)
            reading.problem = withoutLeader;
        partitions.append(reading);
    }
    for (const Name &name : m_waiting) {
        PartitionReading reading;
        reading.topic = name.topic;
        reading.partition = name.partition;
        reading.leader = name.leader;
        reading.problem = name.leader < 0 ? withoutLeader
                                          : QStringLiteral("Broker %1 does not answer").arg(name.leader);
        partitions.append(reading);
    }
    std::sort(partitions.begin(), partitions.end(),
              [](const PartitionReading &left, const PartitionReading &right) {
                  return std::tie(left.topic, left.partition) < std::tie(right.topic, right.partition);
              });
    return partitions;
}

ReadingSample PartitionBoard::takeSample(qsizetype worst)
{
    ReadingSample sample;
    std::vector<std::pair<qint64, const Name *>> lags;
    const auto isWorse = [](const auto &left, const auto &right) {
        return std::tie(right.first, left.second->topic, left.second->partition)
            < std::tie(left.first, right.second->topic, right.second->partition);
    };
    const std::scoped_lock lock(m_mutex);
    const void *handle = nullptr; // the partitions of a topic stand together
    for (auto &[partition, state] : m_partitions) {
        if (sample.topics.isEmpty() || partition.first != handle)
            sample.topics.append({state.name.topic});
        handle = partition.first;
        const qint64 behind = std::max<qint64>(0, state.knownEnd() - state.next);
        TopicReading &topic = sample.topics.last();
        topic.messages += state.messages;
        topic.bytes += state.bytes;
        topic.largest = std::max(topic.largest, std::exchange(state.largest, 0));
        topic.behind += behind;
        if (behind > 0)
            lags.emplace_back(behind, &state.name);
    }
    const auto shown = std::min(lags.size(), size_t(std::max<qsizetype>(0, worst)));
    std::partial_sort(lags.begin(), lags.begin() + std::ptrdiff_t(shown), lags.end(), isWorse);
    for (size_t index = 0; index < shown; ++index)
        sample.worst.append({lags[index].second->topic, lags[index].second->partition, lags[index].first});
    return sample;
}

bool PartitionBoard::isStopped() const
{
    const std::scoped_lock lock(m_mutex);
    if (!m_waiting.isEmpty() || m_partitions.empty())
        return false;
    return std::all_of(m_partitions.begin(), m_partitions.end(), [](const auto &entry) {
        return entry.second.stop && entry.second.next >= *entry.second.stop;
    });
}

} // namespace desk
