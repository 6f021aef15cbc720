// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/PreviousOfKey.h"

#include "kafka/BrokerErrors.h"
#include "kafka/ConsumedMessage.h"
#include "kafka/FetchQueue.h"
#include "kafka/KafkaClient.h"

#include <algorithm>
#include <chrono>

namespace desk {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int AskMilliseconds = 10'000;
constexpr auto Patience = 30s;      // without any message
constexpr qint64 FirstPiece = 1000; // offsets
constexpr qint64 LargestPiece = 256'000;
constexpr qint64 ReportEvery = 1000;

// Ends reading of the partition before its queue goes.
class Started
{
public:
    Started(rd_kafka_topic_t *topic, qint32 partition) : m_topic(topic), m_partition(partition) { }
    ~Started() { rd_kafka_consume_stop(m_topic, m_partition); }
    Started(const Started &) = delete;
    Started &operator=(const Started &) = delete;

private:
    rd_kafka_topic_t *m_topic;
    qint32 m_partition;
};

class Search
{
public:
    Search(const BrokerSettings &brokers, const StreamMessage &asked, const TaskProgress &progress)
        : m_brokers(brokers)
        , m_asked(asked)
        , m_name(asked.topic.toUtf8())
        , m_progress(progress)
    { }

    Expected<PreviousOfKey> run()
    {
        if (const Expected<> opened = open(); !opened)
            return tl::make_unexpected(opened.error());
        int64_t low = 0;
        int64_t high = 0;
        const auto error = rd_kafka_query_watermark_offsets(m_client.get(), m_name.constData(),
                                                            m_asked.partition, &low, &high, AskMilliseconds);
        if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
            return tl::make_unexpected(brokerError(error, m_brokers));
        m_from = std::min<qint64>(m_asked.offset, high);
        m_low = low;
        qint64 end = m_from;
        for (qint64 size = FirstPiece; end > low && !m_found.message;
             size = std::min(4 * size, LargestPiece)) {
            const qint64 begin = std::max<qint64>(low, end - size);
            if (const Expected<> read = readPiece(begin, end); !read)
                return tl::make_unexpected(read.error());
            end = begin;
        }
        return m_found;
    }

private:
    Expected<> open()
    {
        ClientProperties properties{
            .preferred = FetchQueue::properties(),
            .required = {{"enable.auto.commit", "false"}, {"enable.partition.eof", "true"}}};
        properties.preferred.insert({{"fetch.wait.max.ms", "50"}, {"auto.offset.reset", "earliest"}});
        auto client = openClient(RD_KAFKA_CONSUMER, m_brokers, properties);
        if (!client)
            return tl::make_unexpected(client.error());
        m_client = *std::move(client);
        m_topic.reset(rd_kafka_topic_new(m_client.get(), m_name.constData(), nullptr));
        const auto metadata = fetchMetadata(m_client.get(), m_topic.get(), AskMilliseconds);
        if (!metadata)
            return tl::make_unexpected(brokerError(metadata.error(), m_brokers));
        for (int index = 0; index < (*metadata)->topic_cnt; ++index) {
            const auto &topic = (*metadata)->topics[index];
            for (int part = 0; part < topic.partition_cnt; ++part) {
                if (m_name == topic.topic && topic.partitions[part].id == m_asked.partition) {
                    m_leader = topic.partitions[part].leader;
                    return {};
                }
            }
        }
        return failure(ErrorCode::NotFound,
                       QStringLiteral("There is no partition %1 of the topic “%2” any more.")
                           .arg(m_asked.partition)
                           .arg(m_asked.topic));
    }

    // Of the key's messages in [begin, end) the last is the one.
    Expected<> readPiece(qint64 begin, qint64 end)
    {
        // A queue of its own: what the piece before has fetched beyond its end stays behind.
        const QueueHandle queue(rd_kafka_queue_new(m_client.get()));
        if (rd_kafka_consume_start_queue(m_topic.get(), m_asked.partition, begin, queue.get()) != 0)
            return tl::make_unexpected(brokerError(rd_kafka_last_error(), m_brokers));
        const Started started(m_topic.get(), m_asked.partition);
        FetchQueue fetching(m_client.get(), queue.get());
        fetching.setLeader(m_name, m_asked.partition, m_leader);
        auto last = Clock::now();
        while (true) {
            if (m_progress.isCancelled())
                return failure(ErrorCode::Cancelled, QStringLiteral("The search was cancelled."));
            const ConsumedHandle message(rd_kafka_consume_queue(queue.get(), 100));
            if (!message) {
                if (Clock::now() - last > Patience)
                    return tl::make_unexpected(brokerError(RD_KAFKA_RESP_ERR__TIMED_OUT, m_brokers));
                continue;
            }
            last = Clock::now();
            if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
                return {};
            if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
                return tl::make_unexpected(brokerError(
                    message->err, m_brokers, QString::fromUtf8(rd_kafka_message_errstr(message.get()))));
            if (fetching.took(1, qint64(message->len + message->key_len)))
                fetching.wake(AskMilliseconds);
            if (message->offset < end)
                take(*message, m_from - end + message->offset - begin);
            if (message->offset + 1 >= end)
                return {};
        }
    }

    void take(const rd_kafka_message_t &message, qint64 passed)
    {
        const QByteArrayView key(static_cast<const char *>(message.key), qsizetype(message.key_len));
        if (message.key && key == m_asked.key)
            m_found.message = copyOfConsumed(message);
        if (++m_found.lookedAt % ReportEvery == 0)
            m_progress(passed, m_from - m_low);
    }

    const BrokerSettings &m_brokers;
    const StreamMessage &m_asked;
    const QByteArray m_name;
    const TaskProgress &m_progress;
    ClientHandle m_client;
    TopicHandle m_topic;
    int m_leader = -1;
    qint64 m_from = 0;
    qint64 m_low = 0;
    PreviousOfKey m_found;
};

} // namespace

Expected<PreviousOfKey> findPreviousOfKey(const BrokerSettings &brokers, const StreamMessage &message,
                                          const TaskProgress &progress)
{
    return Search(brokers, message, progress).run();
}

} // namespace desk
