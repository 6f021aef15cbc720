// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/KafkaClient.h"

#include <functional>
#include <vector>

namespace desk {

// A client for the requests that administer a cluster: asks, waits, and makes an Error of what went wrong. Owned
// by the class whose questions it asks. Blocking, each call bounded by its timeout; one thread at a time, and
// not the GUI's.
class AdminClient
{
public:
    explicit AdminClient(const BrokerSettings &settings);

    [[nodiscard]] const BrokerSettings &settings() const { return m_settings; }
    // Null if the settings cannot be used; refusal() says why.
    [[nodiscard]] rd_kafka_t *client() const { return m_client ? m_client->get() : nullptr; }
    [[nodiscard]] Error refusal() const { return m_client ? Error{} : m_client.error(); }

    using Send = std::function<void(const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *answers)>;
    // One request; the answer as an event of its kind, not an error.
    [[nodiscard]] Expected<EventHandle> ask(rd_kafka_admin_op_t operation, int timeoutMilliseconds,
                                            const Send &send);
    // Several of one kind on their way at once; the answers in their order.
    [[nodiscard]] std::vector<Expected<EventHandle>> askAll(rd_kafka_admin_op_t operation,
                                                            int timeoutMilliseconds,
                                                            const std::vector<Send> &requests);

    // Before a call outside of ask(): what the client said until now is no answer to it.
    void forgetEvents();
    // Why a call outside of ask() failed.
    [[nodiscard]] Error failed(rd_kafka_resp_err_t code, const QString &reason = {});

private:
    BrokerSettings m_settings;
    Expected<ClientHandle> m_client;
    QueueHandle m_events; // errors the client reports by itself: they know why an answer is missing
};

} // namespace desk
