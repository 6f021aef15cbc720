// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/KafkaClient.h"

#include <chrono>

namespace desk {

// Says whether a client's brokers are away, and why. librdkafka reports "all brokers down" also for a
// broker that merely closed an idle connection, and reports nothing for one that has gone silent, so
// neither is taken at its word: a question that goes unanswered settles it. One thread.
class BrokerHealth
{
public:
    explicit BrokerHealth(const BrokerSettings &settings) : m_settings(settings) { }

    // An error the client reported by itself.
    void reported(rd_kafka_resp_err_t code, const QString &reason);
    // The broker has answered something.
    void answered();
    // A question was not answered in time.
    void unanswered(rd_kafka_resp_err_t code);
    // Asks for metadata, blocking up to the timeout, and notes the answer.
    bool probe(rd_kafka_t *client, int timeoutMilliseconds);

    [[nodiscard]] bool isSuspect() const { return m_isSuspect; }
    [[nodiscard]] bool isAway() const { return m_isAway; }
    [[nodiscard]] const Error &error() const { return m_error; }

private:
    using Clock = std::chrono::steady_clock;

    BrokerSettings m_settings;
    bool m_isSuspect = false; // reported down, not asked yet
    bool m_isAway = false;
    Clock::time_point m_silentSince; // epoch: not silent
    rd_kafka_resp_err_t m_code = RD_KAFKA_RESP_ERR_NO_ERROR;
    QString m_reason;
    Error m_error;
};

} // namespace desk
