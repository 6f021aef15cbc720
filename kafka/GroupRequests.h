// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/AdminClient.h"
#include "kafka/GroupAdmin.h"

#include <vector>

namespace desk {

// The requests that read consumer groups, and what the coordinators' errors mean. GroupAdmin's; blocking, by the
// thread that uses the client.

using GroupOffsets = QMap<TopicPartition, qint64>;
using GroupDescriptions = QMap<QString, Expected<GroupDetail>>;

// By group: state and members, without offsets.
[[nodiscard]] Expected<GroupDescriptions> describeGroups(AdminClient &admin, const QStringList &groups,
                                                         int timeoutMilliseconds);
// What each has committed, in the order of the groups.
[[nodiscard]] std::vector<Expected<GroupOffsets>> committedOffsets(AdminClient &admin,
                                                                   const QStringList &groups,
                                                                   int timeoutMilliseconds);

[[nodiscard]] GroupState groupStateOf(rd_kafka_consumer_group_state_t state);
// Why a group that has members cannot be changed.
[[nodiscard]] Error hasMembersError(const QString &group);
[[nodiscard]] Error groupError(AdminClient &admin, const QString &group, const rd_kafka_error_t *error);

} // namespace desk
