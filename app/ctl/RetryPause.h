// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

namespace desk::ctl {

// Waits before the next attempt, the longer the more there were, with a share of chance so that many programs
// do not return at one moment; half a minute at most. False: the wait was ended by the stop request.
[[nodiscard]] bool waitBeforeRetry(int attempt, const std::stop_token &stop);

} // namespace desk::ctl
