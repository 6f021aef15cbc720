// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"
#include "models/transfer/TaskProgress.h"
#include "models/workspace/Workspace.h"

#include <optional>

namespace desk {

struct PreviousOfKey {
    std::optional<StreamMessage> message; // the newest of the key before the asked one; none: there is none
    qint64 lookedAt = 0;                  // messages
};

// Looks on the broker for the message of the same key before this one in its partition: from its offset back, in pieces
// that grow, each read forwards and to its end, so that near ones are found at once. Commits nothing. Progress counts
// offsets. Blocking, on any thread but the GUI's; Cancelled, NotFound for a topic that is gone, or the broker's reason.
[[nodiscard]] Expected<PreviousOfKey> findPreviousOfKey(const BrokerSettings &brokers,
                                                        const StreamMessage &message,
                                                        const TaskProgress &progress = {});

} // namespace desk
