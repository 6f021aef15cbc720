// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/KafkaClient.h"

#include <map>

namespace desk {

// What a client fetches ahead into the queue of one reader, and how to have it go on in time. When the queue is
// full, librdkafka stops fetching; before 2.2 it then looks again only when something else wakes the thread of that
// broker, or after a second (its issue 2879), which is far too late for a reader that empties the queue in a tenth
// of one. So the reader counts here what it takes; when a queue that was full runs low, a small question to every
// leader wakes those threads. took() is one thread's, setLeader() and wake() one thread's; they may be two.
class FetchQueue
{
public:
    // Both outlive this.
    FetchQueue(rd_kafka_t *client, rd_kafka_queue_t *queue) : m_client(client), m_queue(queue) { }

    // For openClient(): how much is fetched ahead.
    [[nodiscard]] static QMap<QString, QString> properties();

    // After each batch. True when wake() is due.
    [[nodiscard]] bool took(size_t messages, qint64 bytes);

    // Of each leader one partition is enough. -1: none just now.
    void setLeader(const QByteArray &topic, int partition, int leader);
    // Blocks up to the timeout; what the leaders answer does not matter.
    void wake(int timeoutMilliseconds) const;

private:
    rd_kafka_t *m_client;
    rd_kafka_queue_t *m_queue;
    std::map<int, std::pair<QByteArray, int>> m_leaders; // a topic and partition of each
    bool m_wasFull = false;
};

} // namespace desk
