// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/StreamProgress.h"

#include <algorithm>

namespace desk {

void PartitionBoard::add(Partition partition, qint64 begin, qint64 end, std::optional<qint64> stop)
{
    const std::scoped_lock lock(m_mutex);
    m_partitions[partition] = {begin, end, begin, stop, begin >= end};
}

void PartitionBoard::setWaiting(int count)
{
    const std::scoped_lock lock(m_mutex);
    m_waiting = count;
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
    // A message may be the last; only the broker's word says so where the end is not known from before.
    state.isAtEnd = met == Met::End || state.next == state.end;
}

StreamProgress PartitionBoard::progress() const
{
    const std::scoped_lock lock(m_mutex);
    StreamProgress progress;
    progress.partitions = int(m_partitions.size());
    progress.waiting = m_waiting;
    for (const auto &[partition, state] : m_partitions) {
        const qint64 end = state.stop ? std::min(*state.stop, state.end) : state.end;
        progress.wanted += std::max<qint64>(0, end - state.begin);
        progress.done += std::clamp<qint64>(state.next - state.begin, 0,
                                            std::max<qint64>(0, end - state.begin));
        progress.atEnd += state.isAtEnd || (state.stop && state.next >= *state.stop);
    }
    return progress;
}

bool PartitionBoard::isStopped() const
{
    const std::scoped_lock lock(m_mutex);
    if (m_waiting > 0 || m_partitions.empty())
        return false;
    return std::all_of(m_partitions.begin(), m_partitions.end(), [](const auto &entry) {
        return entry.second.stop && entry.second.next >= *entry.second.stop;
    });
}

} // namespace desk
