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
    // How much is fetched ahead at most; one fetch may go beyond it.
    struct Limits {
        qint64 messages = 200'000;
        qint64 bytes = 24 * 1024 * 1024; // of keys and values
    };
    // For openClient().
    [[nodiscard]] static QMap<QString, QString> properties(const Limits &limits);
    [[nodiscard]] static QMap<QString, QString> properties() { return properties(Limits()); }

    // Both outlive this. The limits are those that the client was opened with.
    FetchQueue(rd_kafka_t *client, rd_kafka_queue_t *queue, const Limits &limits)
        : m_client(client)
        , m_queue(queue)
        , m_limits(limits)
    { }
    FetchQueue(rd_kafka_t *client, rd_kafka_queue_t *queue) : FetchQueue(client, queue, Limits()) { }

    // After each batch of so many messages with so many bytes. True when wake() is due.
    [[nodiscard]] bool took(size_t messages, qint64 bytes);

    // Of each leader one partition is enough. -1: none just now.
    void setLeader(const QByteArray &topic, int partition, int leader);
    // Blocks up to the timeout; what the leaders answer does not matter.
    void wake(int timeoutMilliseconds) const;

private:
    [[nodiscard]] bool isFilled(double share, double bytesOfOne) const;

    rd_kafka_t *m_client;
    rd_kafka_queue_t *m_queue;
    Limits m_limits;
    std::map<int, std::pair<QByteArray, int>> m_leaders; // a topic and partition of each
    bool m_wasFull = false;
};

} // namespace desk
