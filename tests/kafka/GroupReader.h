// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/KafkaClient.h"

#include <QStringList>

#include <atomic>
#include <thread>

namespace desk {

// A program that reads topics as a member of a consumer group, with a plain client of its own: polls on a thread
// until it ends, and commits what it has read when it does.
class GroupReader
{
public:
    GroupReader(const BrokerSettings &brokers, const QString &group, const QStringList &topics)
        : m_client(*openClient(RD_KAFKA_CONSUMER, brokers,
                               {.preferred = {{"auto.offset.reset", "earliest"}, {"fetch.wait.max.ms", "20"}},
                                .required = {{"group.id", group}, {"client.id", "reader-of-" + group}}}))
    {
        rd_kafka_poll_set_consumer(m_client.get());
        const PartitionListHandle list(rd_kafka_topic_partition_list_new(int(topics.size())));
        for (const QString &topic : topics)
            rd_kafka_topic_partition_list_add(list.get(), topic.toUtf8().constData(), RD_KAFKA_PARTITION_UA);
        rd_kafka_subscribe(m_client.get(), list.get());
        m_thread = std::jthread([this](const std::stop_token &stop) {
            while (!stop.stop_requested()) {
                rd_kafka_message_t *message = rd_kafka_consumer_poll(m_client.get(), 50);
                if (!message)
                    continue;
                if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR)
                    ++m_count;
                rd_kafka_message_destroy(message);
            }
            rd_kafka_commit(m_client.get(), nullptr, 0);
            rd_kafka_consumer_close(m_client.get());
        });
    }

    [[nodiscard]] int count() const { return m_count; }
    // Leaves the group.
    void end()
    {
        m_thread.request_stop();
        if (m_thread.joinable())
            m_thread.join();
    }

private:
    ClientHandle m_client;
    std::atomic<int> m_count = 0;
    std::jthread m_thread; // ends before the client
};

} // namespace desk
