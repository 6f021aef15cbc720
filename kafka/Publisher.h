// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"
#include "models/workspace/Workspace.h"

namespace desk {

// "Publish list" and "publish selected": writes records to the entity's list or get topic on demand.
// Blocking, on the store's thread. Returns the number of messages acknowledged. A list that would pass
// `message.max.bytes` is split over several messages.
[[nodiscard]] Expected<qint64> publishList(Store &store, const EntityType &entity, const BrokerSettings &brokers);
[[nodiscard]] Expected<qint64> publishRecords(Store &store, const EntityType &entity, const QList<RecordId> &ids,
                                              const BrokerSettings &brokers);

} // namespace desk
