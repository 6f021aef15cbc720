// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/BrokerHealth.h"
#include "kafka/EventEncoder.h"

#include <functional>
#include <optional>
#include <unordered_map>

namespace desk {

// An idempotent producer with acks=all that never gives an event up for time: as long as the broker is
// away its events wait here, in order. Deliveries are handed out by poll(). One thread, except wake().
class Producer
{
public:
    struct Delivery {
        void *tag = nullptr; // what send() was given
        rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
        qint32 partition = -1; // where it is now, unless it failed
        qint64 offset = -1;
    };

    // `batchBytes` bounds what one request carries; an event that is larger travels alone.
    [[nodiscard]] static Expected<std::unique_ptr<Producer>> create(const BrokerSettings &settings,
                                                                    int batchBytes = DefaultBatchBytes);
    // Forgets what is not acknowledged.
    ~Producer();
    Producer(const Producer &) = delete;
    Producer &operator=(const Producer &) = delete;

    // Takes the event (copied) for delivery. __QUEUE_FULL: poll first. Other codes refuse this event.
    [[nodiscard]] rd_kafka_resp_err_t send(const Event &event, void *tag);
    // Waits for something to happen and hands out every delivery there is by then.
    void poll(int timeoutMilliseconds, const std::function<void(const Delivery &)> &delivered);
    // Ends a poll() that waits, or the next one. Any thread.
    void wake();

    [[nodiscard]] rd_kafka_t *client() const { return m_client.get(); }
    [[nodiscard]] BrokerHealth &health() { return m_health; }
    // Idempotence cannot be kept up by this producer: make a new one and send again.
    [[nodiscard]] const std::optional<Error> &fatalError() const { return m_fatalError; }

    static constexpr int DefaultBatchBytes = 1'000'000;

private:
    Producer(const BrokerSettings &settings, ClientHandle client);
    [[nodiscard]] rd_kafka_topic_t *topic(const QString &name);
    void noteError(rd_kafka_event_t *event);

    BrokerSettings m_settings;
    ClientHandle m_client;
    QueueHandle m_queue; // goes before its client, as do the topics
    std::unordered_map<QString, TopicHandle> m_topics;
    BrokerHealth m_health;
    std::optional<Error> m_fatalError;
};

} // namespace desk
