// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/Session.h"

#include <functional>
#include <stop_token>

namespace desk::ctl {

// What a service does with its database while it is open, and how it says that it is away. Both run on the thread
// of runService().
struct ServiceWork {
    // Ends well when it is stopped; fails when the store does.
    std::function<Expected<>(Store &store)> run;
    std::function<void(const Error &error)> away;
};

// Keeps a service of catalogctl going until it is stopped: opens the database, has the work done, and where that
// fails of something that passes (a server that is away or starting, a full disk) waits and opens it anew, at
// most half a minute later each time. What waiting does not mend ends it with a sentence: WrongSettings if the
// database could never be opened for what stands in the settings, else Failed, for the service manager to try
// again. Main thread; blocks.
[[nodiscard]] ExitCode runService(Session &session, const ServiceWork &work, const std::stop_token &stop);

} // namespace desk::ctl
