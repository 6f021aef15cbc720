// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"

#include <stop_token>

namespace desk::ctl {

// Whether a database that was open once may be so again by waiting: its server comes back, its disk gets room,
// another program is done.
[[nodiscard]] bool mayPass(const Error &error);

// Waits before the next attempt, the longer the more there were, with a share of chance so that many programs
// do not return at one moment; half a minute at most. False: the wait was ended by the stop request.
[[nodiscard]] bool waitBeforeRetry(int attempt, const std::stop_token &stop);

} // namespace desk::ctl
