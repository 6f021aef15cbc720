// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/FetchQueue.h"

namespace desk {

namespace {

constexpr size_t MostMessages = 200'000;
constexpr qint64 MostBytes = 24 * 1024 * 1024;
constexpr int FirstWithShortBackoff = 0x02020000; // librdkafka's number of its 2.2

// By count, or by bytes if the rest is like what was just taken. The client's own reckoning cannot be asked for.
bool isFilled(size_t waiting, qint64 bytesOfOne, double share)
{
    return double(waiting) >= share * double(MostMessages)
        || double(waiting) * double(bytesOfOne) >= share * double(MostBytes);
}

} // namespace

QMap<QString, QString> FetchQueue::properties()
{
    QMap<QString, QString> properties{
        {QStringLiteral("queued.min.messages"), QString::number(MostMessages)},
        {QStringLiteral("queued.max.messages.kbytes"), QString::number(MostBytes / 1024)}};
    if (rd_kafka_version() >= FirstWithShortBackoff)
        properties.insert(QStringLiteral("fetch.queue.backoff.ms"), QStringLiteral("10"));
    return properties;
}

bool FetchQueue::took(size_t messages, qint64 bytes)
{
    constexpr double Full = 0.8; // a fetch is only asked for below the limit, and brings many at once
    constexpr double Low = 0.4;
    if (messages == 0)
        return false;
    const size_t waiting = rd_kafka_queue_length(m_queue);
    const qint64 bytesOfOne = bytes / qint64(messages);
    if (!m_wasFull) {
        m_wasFull = isFilled(waiting, bytesOfOne, Full);
        return false;
    }
    m_wasFull = isFilled(waiting, bytesOfOne, Low);
    return !m_wasFull;
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
