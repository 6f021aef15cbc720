// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"
#include "models/workspace/Workspace.h"

#include <QMap>

namespace desk {

// What the calls that change topics and groups have in common: who may make them, and what comes of a call
// about many of them at once. Any thread.

// NotSupported, with the reason, where topics and groups cannot be changed: the workspace is read-only, or the
// broker is the one inside the program, which knows no such requests. Calls ask it themselves; a window asks
// it before to say why an action is not there.
[[nodiscard]] Expected<> mayAdminister(const BrokerSettings &brokers);

// Of those that a call was about, the ones it was refused for; the others are done.
using Refusals = QMap<QString, Error>;

} // namespace desk
