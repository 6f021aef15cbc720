// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace desk {

// How far the reading of a StreamRequest has come. A value. What is counted are offsets, because a topic that is
// compacted or carries transactions has fewer messages than that.
struct StreamProgress {
    qint64 wanted = 0;  // from where reading began to the ends the partitions had then
    qint64 done = 0;    // of those
    int partitions = 0; // being read
    int waiting = 0;    // known, and not read yet: without a leader, or its broker does not answer
    int atEnd = 0;      // of `partitions`: everything has been read that was there when it was looked last

    [[nodiscard]] bool isAtEnd() const { return waiting == 0 && atEnd == partitions; }
    friend bool operator==(const StreamProgress &, const StreamProgress &) = default;
};

// The partitions of one reading: where each began, where its end was, how far it has come. The partitions are found
// by one thread and read by another, which is the busy one: it takes a lock once for a batch. Any thread.
class PartitionBoard
{
public:
    using Partition = std::pair<const void *, int>; // librdkafka's topic handle, for comparing only; number

    // Before it is set going. Messages from `stop` on are not wanted.
    void add(Partition partition, qint64 begin, qint64 end, std::optional<qint64> stop);
    void setWaiting(int count);

    // Where the partition is to end, or no value. For the reading thread, which remembers it.
    [[nodiscard]] std::optional<qint64> stopOf(Partition partition) const;
    // Everything before this offset has been read; or the partition's end has been met there.
    enum class Met { Message, End };
    void reached(Partition partition, qint64 next, Met met);

    [[nodiscard]] StreamProgress progress() const;
    // Every partition that has a stop has come to it, and there is at least one.
    [[nodiscard]] bool isStopped() const;

private:
    struct State {
        qint64 begin = 0;
        qint64 end = 0; // when reading began
        qint64 next = 0;
        std::optional<qint64> stop;
        bool isAtEnd = false;
    };

    mutable std::mutex m_mutex;
    std::map<Partition, State> m_partitions;
    int m_waiting = 0;
};

} // namespace desk
