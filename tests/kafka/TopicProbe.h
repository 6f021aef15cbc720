// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/KafkaClient.h"
#include "kafka/MessageLog.h"

#include <QElapsedTimer>

namespace desk {

inline QByteArray headerOf(const StreamMessage &message, const QByteArray &name)
{
    for (const MessageHeader &header : message.headers) {
        if (header.name == name)
            return header.value;
    }
    return {};
}

// Reads a topic with a plain client of its own, so that tests do not check our reader by our reader.
class TopicProbe
{
public:
    explicit TopicProbe(const BrokerSettings &brokers)
        : m_client(*openClient(RD_KAFKA_CONSUMER, brokers,
                               {.preferred = {{"fetch.wait.max.ms", "20"}}, .required = {}}))
        , m_queue(rd_kafka_queue_new(m_client.get()))
    { }
    ~TopicProbe()
    {
        for (const auto &[topic, partition] : m_reading)
            rd_kafka_consume_stop(topic, partition);
    }

    // From the beginning of every partition the topic has now.
    void read(const QString &name)
    {
        TopicHandle topic(rd_kafka_topic_new(m_client.get(), name.toUtf8().constData(), nullptr));
        const auto metadata = fetchMetadata(m_client.get(), topic.get(), 5000);
        if (!metadata)
            return;
        for (int index = 0; index < (*metadata)->topics[0].partition_cnt; ++index) {
            const int partition = (*metadata)->topics[0].partitions[index].id;
            rd_kafka_consume_start_queue(topic.get(), partition, RD_KAFKA_OFFSET_BEGINNING, m_queue.get());
            m_reading.push_back({topic.get(), partition});
        }
        m_topics.push_back(std::move(topic));
    }

    // What has come by the time there are `count` messages, or the time is over.
    const QList<StreamMessage> &waitFor(qsizetype count, int timeoutMilliseconds = 10'000)
    {
        QElapsedTimer timer;
        timer.start();
        while (m_messages.size() < count && !timer.hasExpired(timeoutMilliseconds))
            takeOne(100);
        return m_messages;
    }
    // As waitFor(), and then until nothing more comes for a while.
    const QList<StreamMessage> &waitForExactly(qsizetype count)
    {
        waitFor(count);
        while (takeOne(300)) {
        }
        return m_messages;
    }

private:
    bool takeOne(int milliseconds)
    {
        rd_kafka_message_t *message = rd_kafka_consume_queue(m_queue.get(), milliseconds);
        if (!message)
            return false;
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            StreamMessage taken;
            taken.topic = QString::fromUtf8(rd_kafka_topic_name(message->rkt));
            taken.partition = message->partition;
            taken.offset = message->offset;
            taken.hasKey = message->key != nullptr;
            taken.hasValue = message->payload != nullptr;
            taken.key = QByteArray(static_cast<const char *>(message->key), qsizetype(message->key_len));
            taken.value = QByteArray(static_cast<const char *>(message->payload), qsizetype(message->len));
            rd_kafka_headers_t *headers = nullptr;
            if (rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR) {
                const char *name = nullptr;
                const void *value = nullptr;
                size_t size = 0;
                for (size_t index = 0; rd_kafka_header_get_all(headers, index, &name, &value, &size)
                     == RD_KAFKA_RESP_ERR_NO_ERROR;
                     ++index)
                    taken.headers.append(
                        {name, QByteArray(static_cast<const char *>(value), qsizetype(size))});
            }
            m_messages.append(taken);
        }
        rd_kafka_message_destroy(message);
        return true;
    }

    ClientHandle m_client;
    QueueHandle m_queue;
    std::vector<TopicHandle> m_topics;
    std::vector<std::pair<rd_kafka_topic_t *, int>> m_reading;
    QList<StreamMessage> m_messages;
};

} // namespace desk
