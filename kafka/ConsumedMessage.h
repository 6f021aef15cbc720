// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"

#include <librdkafka/rdkafka.h>

#include <memory>
#include <vector>

namespace desk {

struct ConsumedDeleter {
    void operator()(rd_kafka_message_t *message) const { rd_kafka_message_destroy(message); }
};
using ConsumedHandle = std::unique_ptr<rd_kafka_message_t, ConsumedDeleter>;

// A message of the client's queue as a view into it, good until the message is destroyed. Its headers are
// appended to `headers`; the view's own span is left to the caller, because the vector may move while more
// are read. Any thread.
[[nodiscard]] MessageView viewOfConsumed(const rd_kafka_message_t &message, quint32 topic,
                                         std::vector<HeaderView> &headers);
// A copy of all of it. Any thread.
[[nodiscard]] StreamMessage copyOfConsumed(const rd_kafka_message_t &message);

} // namespace desk
