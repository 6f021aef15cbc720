// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"
#include "models/workspace/Workspace.h"

#include <librdkafka/rdkafka.h>

namespace desk {

// What librdkafka's error codes mean to an operator and to a relay. Any thread.

// A sentence, and the library's own words as detail. `reason` is what the library said with the code.
[[nodiscard]] Error brokerError(rd_kafka_resp_err_t code, const BrokerSettings &settings,
                                const QString &reason = {});

// What becomes of an event whose delivery failed with this code.
enum class DeliveryFailure {
    Refused,      // for good: the event or the right to write it is the reason
    TopicMissing, // create the topic, then again
    TryAgain,     // everything else
};
[[nodiscard]] DeliveryFailure deliveryFailure(rd_kafka_resp_err_t code);

// Why an event was refused, in a sentence.
[[nodiscard]] QString refusalSentence(rd_kafka_resp_err_t code, const QString &topic, qsizetype bytes);

} // namespace desk
