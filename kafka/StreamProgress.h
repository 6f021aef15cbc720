// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <algorithm>
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
    // Everything has been read that was there when reading began.
    [[nodiscard]] bool isCaughtUp() const { return waiting == 0 && done >= wanted; }
    // Of what was wanted, rounded down: 100 means all.
    [[nodiscard]] int percent() const { return wanted > 0 ? int(done * 100 / wanted) : 100; }
    friend bool operator==(const StreamProgress &, const StreamProgress &) = default;
};

// One partition of a reading. A value.
struct PartitionReading {
    enum class State {
        Waiting, // not read yet, or without a leader; see `problem`
        Reading,
        AtEnd,
        Complete, // has come to where reading was to end
    };
    QString topic;
    int partition = 0;
    State state = State::Waiting;
    qint64 first = -1;    // offset at which reading began; -1: not known yet, as the next two
    qint64 position = -1; // of the message to be read next
    qint64 end = -1;      // one past the last there is, as far as is known
    int leader = -1;      // number of the broker; -1: none just now
    QString problem;      // why nothing is read, or empty
    qint64 messages = 0;  // taken into the log
    qint64 bytes = 0;     // keys and values of those

    [[nodiscard]] qint64 behind() const { return end > position ? end - position : 0; } // in offsets
    friend bool operator==(const PartitionReading &, const PartitionReading &) = default;
};

// What one topic of a reading has come to. A value.
struct TopicReading {
    QString topic;
    qint64 messages = 0; // taken into the log since reading began, as are the bytes of their keys and values
    qint64 bytes = 0;
    qint64 largest = 0; // bytes of the largest message since it was looked last
    qint64 behind = 0;  // in offsets, over its partitions

    friend bool operator==(const TopicReading &, const TopicReading &) = default;
};

struct PartitionLag {
    QString topic;
    int partition = 0;
    qint64 behind = 0; // in offsets

    friend bool operator==(const PartitionLag &, const PartitionLag &) = default;
};

// One look at a reading, for charts. A value.
struct ReadingSample {
    QList<TopicReading> topics; // in no order
    QList<PartitionLag>
        worst; // the partitions that are furthest behind, those first; none that has nothing before it
};

// The partitions of one reading: where each began, where its end was, how far it has come. The partitions are found
// by one thread and read by another, which is the busy one: it takes a lock once for a batch. Any thread.
class PartitionBoard
{
public:
    using Partition = std::pair<const void *, int>; // librdkafka's topic handle, for comparing only; number

    struct Name {
        QString topic;
        int partition = 0;
        int leader = -1;
    };
    // Before it is set going. Messages from `stop` on are not wanted.
    void add(Partition partition, const Name &name, qint64 begin, qint64 end, std::optional<qint64> stop);
    void setWaiting(const QList<Name> &waiting);
    // What has been heard since of one that is read.
    void setLeader(Partition partition, int leader);
    void setEnd(Partition partition, qint64 end);

    // Where the partition is to end, or no value. For the reading thread, which remembers it.
    [[nodiscard]] std::optional<qint64> stopOf(Partition partition) const;
    // Everything before this offset has been read; or the partition's end has been met there.
    enum class Met { Message, End };
    void reached(Partition partition, qint64 next, Met met);
    // Of what was reached, this went into the log.
    void took(Partition partition, qint64 messages, qint64 bytes, qint64 largest);

    [[nodiscard]] StreamProgress progress() const;
    // By topic and number.
    [[nodiscard]] QList<PartitionReading> partitions() const;
    // Costs one step per partition. For one who looks again and again: what is the largest message begins anew with
    // each call.
    [[nodiscard]] ReadingSample takeSample(qsizetype worst);
    // Every partition that has a stop has come to it, and there is at least one.
    [[nodiscard]] bool isStopped() const;

private:
    struct State {
        qint64 begin = 0;
        qint64 end = 0; // when reading began
        qint64 next = 0;
        std::optional<qint64> stop;
        bool isAtEnd = false;
        Name name;
        qint64 latest = 0; // the end by now
        qint64 messages = 0;
        qint64 bytes = 0;
        qint64 largest = 0; // since the last sample

        [[nodiscard]] qint64 knownEnd() const { return stop ? std::min(*stop, latest) : latest; }
    };

    mutable std::mutex m_mutex;
    std::map<Partition, State> m_partitions;
    QList<Name> m_waiting;
};

} // namespace desk
