// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/KafkaClient.h"

#include <QStringList>

#include <functional>
#include <map>

namespace desk {

// What became of topics that were asked for.
struct TopicOutcome {
    std::map<QString, rd_kafka_resp_err_t> refused; // by topic; the others are there now
    std::map<QString, QString> reasons;             // the broker's words for the refused ones
};

// Makes sure that the topics are there, on a client of the caller's: asks first, because a user who may
// write need not be allowed to create. "Already exists" is no error. Fails as a whole, with the code, when
// the broker does not answer. Blocks up to the timeout, or until `isCancelled` says so.
[[nodiscard]] tl::expected<TopicOutcome, rd_kafka_resp_err_t> createMissingTopics(
    rd_kafka_t *client, const BrokerSettings &settings, const QStringList &topics, int timeoutMilliseconds,
    const std::function<bool()> &isCancelled = {});

} // namespace desk
