// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"
#include "kafka/Producer.h"

namespace desk {

// Writes messages for tests and waits until the broker has them.
class TopicWriter
{
public:
    explicit TopicWriter(const BrokerSettings &brokers) : m_producer(*Producer::create(brokers)) { }

    void write(const QString &topic, const QByteArray &key, const QByteArray &value,
               const QList<MessageHeader> &headers = {{"operation", "add"}})
    {
        Event event{.topic = topic, .hasKey = true, .key = key, .payload = value};
        for (const MessageHeader &header : headers)
            event.headers.append(header.name, header.value);
        if (m_producer->send(event, nullptr) == RD_KAFKA_RESP_ERR_NO_ERROR)
            ++m_waiting;
    }
    // True when everything written is acknowledged.
    bool flush(int timeoutMilliseconds = 10'000)
    {
        for (int waited = 0; m_waiting > 0 && waited < timeoutMilliseconds; waited += 50) {
            m_producer->poll(50, [this](const Producer::Delivery &delivery) {
                if (delivery.error == RD_KAFKA_RESP_ERR_NO_ERROR)
                    --m_waiting;
            });
        }
        return m_waiting == 0;
    }

private:
    std::unique_ptr<Producer> m_producer;
    int m_waiting = 0;
};

} // namespace desk
