// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/WholeTopics.h"

#include "kafka/BrokerErrors.h"
#include "kafka/ConsumedMessage.h"
#include "kafka/FetchQueue.h"
#include "kafka/KafkaClient.h"

#include <chrono>
#include <map>

namespace desk {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int AskMilliseconds = 10'000;
constexpr auto Patience = 30s; // without any message
constexpr qint64 ReportEvery = 1000;

class Reading
{
public:
    Reading(const BrokerSettings &brokers, const TaskProgress &progress)
        : m_brokers(brokers)
        , m_progress(progress)
    { }
    ~Reading()
    {
        for (const auto &[topic, partitions] : m_ends) {
            for (const auto &[partition, end] : partitions)
                rd_kafka_consume_stop(topic, partition);
        }
    }

    Expected<> start(const QStringList &names)
    {
        ClientProperties properties{
            .preferred = FetchQueue::properties(),
            .required = {{"enable.auto.commit", "false"}, {"enable.partition.eof", "true"}}};
        properties.preferred.insert({{"fetch.wait.max.ms", "50"}, {"auto.offset.reset", "earliest"}});
        auto client = openClient(RD_KAFKA_CONSUMER, m_brokers, properties);
        if (!client)
            return tl::make_unexpected(client.error());
        m_client = *std::move(client);
        m_queue.reset(rd_kafka_queue_new(m_client.get()));
        m_fetching.emplace(m_client.get(), m_queue.get());
        const auto metadata = fetchClusterMetadata(m_client.get(), AskMilliseconds);
        if (!metadata)
            return tl::make_unexpected(brokerError(metadata.error(), m_brokers));
        for (const QString &name : names) {
            if (const Expected<> started = startTopic(name, **metadata); !started)
                return started;
        }
        return {};
    }

    Expected<> read(const std::function<bool(const StreamMessage &)> &visitor)
    {
        auto last = Clock::now();
        while (m_open > 0) {
            if (m_progress.isCancelled())
                return failure(ErrorCode::Cancelled, QStringLiteral("Reading was cancelled."));
            const ConsumedHandle message(rd_kafka_consume_queue(m_queue.get(), 100));
            if (!message) {
                if (Clock::now() - last > Patience)
                    return tl::make_unexpected(brokerError(RD_KAFKA_RESP_ERR__TIMED_OUT, m_brokers));
                continue;
            }
            last = Clock::now();
            if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR
                && message->err != RD_KAFKA_RESP_ERR__PARTITION_EOF)
                return tl::make_unexpected(brokerError(
                    message->err, m_brokers, QString::fromUtf8(rd_kafka_message_errstr(message.get()))));
            noteFetched(*message);
            if (!take(*message, visitor))
                return {};
        }
        m_progress(m_total, m_total);
        return {};
    }

private:
    Expected<> startTopic(const QString &name, const rd_kafka_metadata_t &metadata)
    {
        const rd_kafka_metadata_topic_t *found = nullptr;
        for (int index = 0; index < metadata.topic_cnt; ++index) {
            if (name == QString::fromUtf8(metadata.topics[index].topic))
                found = &metadata.topics[index];
        }
        if (!found)
            return failure(ErrorCode::NotFound, QStringLiteral("There is no topic “%1”.").arg(name));
        m_topics.emplace_back(rd_kafka_topic_new(m_client.get(), found->topic, nullptr));
        rd_kafka_topic_t *topic = m_topics.back().get();
        for (int index = 0; index < found->partition_cnt; ++index) {
            const qint32 partition = found->partitions[index].id;
            int64_t low = 0;
            int64_t high = 0;
            const auto asked = rd_kafka_query_watermark_offsets(m_client.get(), found->topic, partition, &low,
                                                                &high, AskMilliseconds);
            if (asked != RD_KAFKA_RESP_ERR_NO_ERROR)
                return tl::make_unexpected(brokerError(asked, m_brokers));
            if (low >= high)
                continue;
            m_fetching->setLeader(found->topic, partition, found->partitions[index].leader);
            rd_kafka_consume_start_queue(topic, partition, low, m_queue.get());
            m_ends[topic][partition] = high;
            m_total += high - low;
            ++m_open;
        }
        return {};
    }

    void noteFetched(const rd_kafka_message_t &message)
    {
        constexpr size_t LookEvery = 256; // messages: looking takes the queue's lock
        m_fetchedBytes += qint64(message.len + message.key_len);
        if (++m_fetched < LookEvery)
            return;
        if (m_fetching->took(m_fetched, m_fetchedBytes))
            m_fetching->wake(AskMilliseconds);
        m_fetched = 0;
        m_fetchedBytes = 0;
    }

    bool take(const rd_kafka_message_t &message, const std::function<bool(const StreamMessage &)> &visitor)
    {
        qint64 &end = m_ends[message.rkt][message.partition];
        if (end < 0) // came behind the last one
            return true;
        const bool isMessage = message.err == RD_KAFKA_RESP_ERR_NO_ERROR;
        if (isMessage && message.offset < end) {
            if (!visitor(copyOfConsumed(message)))
                return false;
            if (++m_done % ReportEvery == 0)
                m_progress(m_done, m_total);
        }
        // The end may be a mark that no reader sees.
        if (!isMessage || message.offset + 1 >= end) {
            end = -1;
            --m_open;
        }
        return true;
    }

    const BrokerSettings &m_brokers;
    const TaskProgress &m_progress;
    ClientHandle m_client;
    QueueHandle m_queue;
    std::optional<FetchQueue> m_fetching;
    size_t m_fetched = 0; // since the queue was looked at
    qint64 m_fetchedBytes = 0;
    std::vector<TopicHandle> m_topics;
    std::map<rd_kafka_topic_t *, std::map<qint32, qint64>> m_ends; // -1: read to it
    qint64 m_open = 0;                                             // partitions
    qint64 m_total = 0;
    qint64 m_done = 0;
};

} // namespace

Expected<> readWholeTopics(const BrokerSettings &brokers, const QStringList &topics,
                           const std::function<bool(const StreamMessage &)> &visitor,
                           const TaskProgress &progress)
{
    Reading reading(brokers, progress);
    if (const Expected<> started = reading.start(topics); !started)
        return started;
    return reading.read(visitor);
}

} // namespace desk
