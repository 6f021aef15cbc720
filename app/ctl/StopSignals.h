// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <thread>

#include <signal.h>

namespace desk::ctl {

// Turns SIGINT and SIGTERM into a stop request, so that long commands end in order: what is begun is
// finished, locks are given up. A second signal ends the process at once. Make one before any other thread
// starts (threads inherit the blocked signals), at most one at a time.
class StopSignals
{
public:
    StopSignals();
    ~StopSignals();
    StopSignals(const StopSignals &) = delete;
    StopSignals &operator=(const StopSignals &) = delete;

    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }

private:
    void watch(const std::stop_token &end);

    std::stop_source m_source;
    sigset_t m_before{};
    std::jthread m_watcher;
};

} // namespace desk::ctl
