// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/AdminClient.h"
#include "kafka/TopicPartition.h"

#include <QList>
#include <QMap>

namespace desk {

// Offsets of many partitions at once: one request per broker, not one per partition. Blocking; by the
// thread that uses the client.

// What librdkafka calls the logical offsets; the request behind this takes them as well as times.
constexpr qint64 BeginningOfPartition = RD_KAFKA_OFFSET_BEGINNING;
constexpr qint64 EndOfPartition = RD_KAFKA_OFFSET_END;

// Offsets by milliseconds since 1970 (of the first message that is not older; negative: none is that new), or
// by one of the above. A partition that has no answer, for want of a leader or of the right to ask, is not in
// the map. The partitions must be known to the cluster and have leaders, or the call waits for them.
[[nodiscard]] Expected<QMap<TopicPartition, qint64>> offsetsFor(AdminClient &admin,
                                                                const QList<TopicPartition> &partitions,
                                                                qint64 timestamp, int timeoutMilliseconds);

} // namespace desk
