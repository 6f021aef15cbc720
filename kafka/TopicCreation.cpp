// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/TopicCreation.h"

#include <array>
#include <chrono>
#include <vector>

namespace desk {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

struct NewTopicDeleter {
    void operator()(rd_kafka_NewTopic_t *topic) const { rd_kafka_NewTopic_destroy(topic); }
};
struct OptionsDeleter {
    void operator()(rd_kafka_AdminOptions_t *options) const { rd_kafka_AdminOptions_destroy(options); }
};

int millisecondsUntil(Clock::time_point deadline)
{
    return int(std::max<qint64>(
        1, std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count()));
}

// One question per topic: for a single topic (the usual case) this is cheaper than a list of thousands, and
// it is what makes the embedded broker create it.
tl::expected<bool, rd_kafka_resp_err_t> exists(rd_kafka_t *client, const QString &name,
                                               Clock::time_point deadline,
                                               const std::function<bool()> &isCancelled,
                                               TopicOutcome &outcome)
{
    constexpr int LongestWait = 700; // between two looks at isCancelled, in milliseconds
    const TopicHandle topic(rd_kafka_topic_new(client, name.toUtf8().constData(), nullptr));
    if (!topic) {
        outcome.refused[name] = RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION;
        return true;
    }
    auto metadata = fetchMetadata(client, topic.get(), std::min(LongestWait, millisecondsUntil(deadline)));
    while (!metadata && Clock::now() < deadline && !(isCancelled && isCancelled()))
        metadata = fetchMetadata(client, topic.get(), std::min(LongestWait, millisecondsUntil(deadline)));
    if (!metadata)
        return tl::make_unexpected(metadata.error());
    if ((*metadata)->topic_cnt < 1)
        return false;
    const auto &found = (*metadata)->topics[0];
    switch (found.err) {
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
        outcome.refused[name] = found.err;
        return true;
    default:
        return found.partition_cnt > 0;
    }
}

} // namespace

tl::expected<TopicOutcome, rd_kafka_resp_err_t> createMissingTopics(rd_kafka_t *client,
                                                                    const BrokerSettings &settings,
                                                                    const QStringList &topics,
                                                                    int timeoutMilliseconds,
                                                                    const std::function<bool()> &isCancelled)
{
    const auto deadline = Clock::now() + std::chrono::milliseconds(timeoutMilliseconds);
    TopicOutcome outcome;
    std::vector<std::unique_ptr<rd_kafka_NewTopic_t, NewTopicDeleter>> missing;
    std::vector<rd_kafka_NewTopic_t *> request;
    for (const QString &name : topics) {
        const auto there = exists(client, name, deadline, isCancelled, outcome);
        if (!there)
            return tl::make_unexpected(there.error());
        if (*there)
            continue;
        std::array<char, 256> reason{};
        missing.emplace_back(rd_kafka_NewTopic_new(name.toUtf8().constData(), settings.partitions,
                                                   settings.replicas, reason.data(), reason.size()));
        if (missing.back()) {
            request.push_back(missing.back().get());
        } else {
            outcome.refused[name] = RD_KAFKA_RESP_ERR_INVALID_PARTITIONS;
            outcome.reasons[name] = QString::fromUtf8(reason.data());
        }
    }
    if (request.empty())
        return outcome;

    const std::unique_ptr<rd_kafka_AdminOptions_t, OptionsDeleter> options(
        rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_CREATETOPICS));
    rd_kafka_AdminOptions_set_request_timeout(options.get(), millisecondsUntil(deadline), nullptr, 0);
    // Answer when every broker knows the topics, so that the first message does not have to wait for it.
    rd_kafka_AdminOptions_set_operation_timeout(options.get(), millisecondsUntil(deadline), nullptr, 0);
    const QueueHandle queue(rd_kafka_queue_new(client));
    rd_kafka_CreateTopics(client, request.data(), request.size(), options.get(), queue.get());
    EventHandle event;
    while (!event) {
        if ((isCancelled && isCancelled()) || Clock::now() > deadline + 1s)
            return tl::make_unexpected(RD_KAFKA_RESP_ERR__TIMED_OUT);
        event.reset(rd_kafka_queue_poll(queue.get(), 100));
    }
    if (const auto error = rd_kafka_event_error(event.get()))
        return tl::make_unexpected(error);

    size_t count = 0;
    const rd_kafka_topic_result_t **results = rd_kafka_CreateTopics_result_topics(
        rd_kafka_event_CreateTopics_result(event.get()), &count);
    for (size_t index = 0; index < count; ++index) {
        const auto error = rd_kafka_topic_result_error(results[index]);
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR || error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
            continue;
        const QString name = QString::fromUtf8(rd_kafka_topic_result_name(results[index]));
        outcome.refused[name] = error;
        outcome.reasons[name] = QString::fromUtf8(rd_kafka_topic_result_error_string(results[index]));
    }
    return outcome;
}

} // namespace desk
