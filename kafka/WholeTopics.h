// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"
#include "models/schema/Error.h"
#include "models/transfer/TaskProgress.h"
#include "models/workspace/Workspace.h"

#include <functional>

namespace desk {

// Shows every message of these topics to the visitor, from the first there is to the last there was when it began,
// each partition's in its order. Joins no group and commits nothing; keeps nothing. Blocking. Ends early where the
// visitor answers false. NotFound for a topic that is not there, Unreachable for a broker that does not answer,
// Cancelled. Progress counts offsets.
[[nodiscard]] Expected<> readWholeTopics(const BrokerSettings &brokers, const QStringList &topics,
                                         const std::function<bool(const StreamMessage &)> &visitor,
                                         const TaskProgress &progress = {});

} // namespace desk
