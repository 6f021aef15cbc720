// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/FetchQueue.h"

#include <utility>

namespace desk {

namespace {

constexpr int FirstWithShortBackoff = 0x02020000; // librdkafka's number of its 2.2

} // namespace

QMap<QString, QString> FetchQueue::properties(const Limits &limits)
{
    QMap<QString, QString> properties{
        {QStringLiteral("queued.min.messages"), QString::number(limits.messages)},
        {QStringLiteral("queued.max.messages.kbytes"), QString::number(limits.bytes / 1024)}};
    if (rd_kafka_version() >= FirstWithShortBackoff)
        properties.insert(QStringLiteral("fetch.queue.backoff.ms"), QStringLiteral("10"));
    return properties;
}

// By count, or by bytes if the rest is like what was just taken: the client does not tell its own reckoning.
bool FetchQueue::isFilled(double share, double bytesOfOne) const
{
    const auto waiting = double(rd_kafka_queue_length(m_queue));
    return waiting >= share * double(m_limits.messages)
        || waiting * bytesOfOne >= share * double(m_limits.bytes);
}

bool FetchQueue::took(size_t messages, qint64 bytes)
{
    constexpr double Full = 0.8; // of the limit, below which alone is fetched, much at once
    constexpr double Low = 0.4;
    if (messages == 0)
        return false;
    const double bytesOfOne = double(bytes) / double(messages);
    const bool wasFull = std::exchange(m_wasFull, isFilled(m_wasFull ? Low : Full, bytesOfOne));
    return wasFull && !m_wasFull;
}

void FetchQueue::setLeader(const QByteArray &topic, int partition, int leader)
{
    if (leader >= 0)
        m_leaders.insert_or_assign(leader, std::pair(topic, partition));
}

void FetchQueue::wake(int timeoutMilliseconds) const
{
    const PartitionListHandle list(rd_kafka_topic_partition_list_new(int(m_leaders.size())));
    for (const auto &[leader, partition] : m_leaders)
        rd_kafka_topic_partition_list_add(list.get(), partition.first.constData(), partition.second)->offset
            = RD_KAFKA_OFFSET_END;
    static_cast<void>(rd_kafka_offsets_for_times(m_client, list.get(), timeoutMilliseconds));
}

} // namespace desk
