// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"
#include "models/workspace/Workspace.h"

namespace desk {

// "Publish list" and "publish selected": writes records to the entity's list or get topic on demand.
// Blocking, on the store's thread. Returns the number of messages acknowledged. A list is split over
// several messages of at most MaximumListBytes, so that a broker with the usual limit takes them. A topic
// that is missing is created. Unreachable if the broker does not acknowledge in time; where events are framed, the
// registry's errors too (registryError()).
constexpr qsizetype MaximumListBytes = 900'000;

[[nodiscard]] Expected<qint64> publishList(Store &store, const EntityType &entity,
                                           const BrokerSettings &brokers, int timeoutMilliseconds = 30'000);
[[nodiscard]] Expected<qint64> publishRecords(Store &store, const EntityType &entity,
                                              const QList<RecordId> &ids, const BrokerSettings &brokers,
                                              int timeoutMilliseconds = 30'000);

} // namespace desk
