// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/History.h"

#include <atomic>
#include <memory>

struct rd_kafka_s;

namespace desk::chaos {

// Topics as a program that is not ours sees them, with librdkafka and nothing of ours over it. Every failure
// ends the test. Test thread.
class Topics
{
public:
    explicit Topics(const QString &brokers) : m_brokers(brokers) { }

    void create(const QString &topic, int partitions, const QMap<QString, QString> &settings = {}) const;
    void remove(const QString &topic) const;
    void setLargestMessage(const QString &topic, int bytes) const;
    // Everything from the beginning to the end it has now; nothing if there is no such topic.
    [[nodiscard]] QList<Message> read(const QString &topic) const;
    // The offset behind the last message, by partition; empty if there is no such topic.
    [[nodiscard]] QMap<int, qint64> ends(const QString &topic) const;

private:
    QString m_brokers;
};

// Another program that writes to topics: idempotent, acks=all. One thread.
class TopicWriter
{
public:
    explicit TopicWriter(const QString &brokers);
    ~TopicWriter();

    // No value: a deletion. `at` is the message's own time in milliseconds, 0: now.
    void send(const QString &topic, const QByteArray &key, const std::optional<QByteArray> &value,
              qint64 at = 0);
    // True once the broker has everything.
    [[nodiscard]] bool flush(int seconds);

private:
    struct ClientDeleter {
        void operator()(rd_kafka_s *client) const;
    };
    std::unique_ptr<rd_kafka_s, ClientDeleter> m_client;
};

} // namespace desk::chaos
