// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/AdminClient.h"

#include "kafka/AdminOutcome.h"
#include "kafka/BrokerErrors.h"
#include "kafka/BrokerHealth.h"

#include <chrono>

namespace desk {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

struct OptionsDeleter {
    void operator()(rd_kafka_AdminOptions_t *options) const { rd_kafka_AdminOptions_destroy(options); }
};
using Options = std::unique_ptr<rd_kafka_AdminOptions_t, OptionsDeleter>;

// Whether the broker may take its time to carry the request out, and should be told how long.
bool isCarriedOut(rd_kafka_admin_op_t operation)
{
    return operation == RD_KAFKA_ADMIN_OP_CREATETOPICS || operation == RD_KAFKA_ADMIN_OP_DELETETOPICS
        || operation == RD_KAFKA_ADMIN_OP_CREATEPARTITIONS || operation == RD_KAFKA_ADMIN_OP_DELETERECORDS;
}

bool isSilence(rd_kafka_resp_err_t code)
{
    return code == RD_KAFKA_RESP_ERR__TIMED_OUT || code == RD_KAFKA_RESP_ERR__TRANSPORT
        || code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || code == RD_KAFKA_RESP_ERR__WAIT_COORD;
}

} // namespace

Expected<> mayAdminister(const BrokerSettings &brokers)
{
    if (Expected<> allowed = mayWriteTo(brokers); !allowed)
        return allowed;
    if (brokers.embedded)
        return failure(ErrorCode::NotSupported,
                       QStringLiteral("The broker inside the program cannot do this; a Kafka cluster can."));
    return {};
}

AdminClient::AdminClient(const BrokerSettings &settings)
    : m_settings(settings)
    , m_client(openClient(RD_KAFKA_PRODUCER, settings,
                          // Where a partition ends is the same for everybody, open transactions included.
                          {.preferred = {{"isolation.level", "read_uncommitted"}}, .required = {}},
                          [](rd_kafka_conf_t *configuration) {
                              rd_kafka_conf_set_events(configuration, RD_KAFKA_EVENT_ERROR);
                          }))
{
    if (m_client)
        m_events.reset(rd_kafka_queue_get_main(m_client->get()));
}

void AdminClient::forgetEvents()
{
    while (const EventHandle event{rd_kafka_queue_poll(m_events.get(), 0)}) {
    }
}

Error AdminClient::failed(rd_kafka_resp_err_t code, const QString &reason)
{
    if (code == RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE || code == RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION)
        return {ErrorCode::NotSupported,
                m_settings.embedded ? QStringLiteral("The broker inside the program does not tell this.")
                                    : QStringLiteral("The broker is too old to be asked this."),
                reason,
                {}};
    if (!isSilence(code))
        return brokerError(code, m_settings, reason);
    BrokerHealth health(m_settings);
    while (const EventHandle event{rd_kafka_queue_poll(m_events.get(), 0)})
        health.reported(rd_kafka_event_error(event.get()),
                        QString::fromUtf8(rd_kafka_event_error_string(event.get())));
    health.unanswered(code);
    return health.isAway() ? health.error() : brokerError(code, m_settings);
}

Expected<EventHandle> AdminClient::ask(rd_kafka_admin_op_t operation, int timeoutMilliseconds,
                                       const Send &send)
{
    return std::move(askAll(operation, timeoutMilliseconds, {send}).front());
}

std::vector<Expected<EventHandle>> AdminClient::askAll(rd_kafka_admin_op_t operation, int timeoutMilliseconds,
                                                       const std::vector<Send> &requests)
{
    std::vector<Expected<EventHandle>> answers;
    answers.reserve(requests.size());
    if (!m_client) {
        for (size_t index = 0; index < requests.size(); ++index)
            answers.emplace_back(tl::make_unexpected(m_client.error()));
        return answers;
    }
    forgetEvents();
    const QueueHandle queue(rd_kafka_queue_new(m_client->get()));
    std::vector<Options> options;
    for (size_t index = 0; index < requests.size(); ++index) {
        Options &mine = options.emplace_back(rd_kafka_AdminOptions_new(m_client->get(), operation));
        rd_kafka_AdminOptions_set_request_timeout(mine.get(), timeoutMilliseconds, nullptr, 0);
        if (isCarriedOut(operation))
            rd_kafka_AdminOptions_set_operation_timeout(mine.get(), timeoutMilliseconds, nullptr, 0);
        rd_kafka_AdminOptions_set_opaque(mine.get(), reinterpret_cast<void *>(index));
        requests[index](mine.get(), queue.get());
    }

    std::vector<EventHandle> events(requests.size());
    size_t waiting = requests.size();
    // The library answers every request by its timeout; what it needs to do so is added.
    const auto deadline = Clock::now() + std::chrono::milliseconds(timeoutMilliseconds) + 2s;
    while (waiting > 0 && Clock::now() < deadline) {
        EventHandle event(rd_kafka_queue_poll(queue.get(), 100));
        if (!event)
            continue;
        const auto index = reinterpret_cast<size_t>(rd_kafka_event_opaque(event.get()));
        if (index < events.size() && !events[index]) {
            events[index] = std::move(event);
            --waiting;
        }
    }
    for (EventHandle &event : events) {
        const auto code = event ? rd_kafka_event_error(event.get()) : RD_KAFKA_RESP_ERR__TIMED_OUT;
        if (code)
            answers.emplace_back(tl::make_unexpected(failed(
                code, event ? QString::fromUtf8(rd_kafka_event_error_string(event.get())) : QString())));
        else
            answers.emplace_back(std::move(event));
    }
    return answers;
}

} // namespace desk
