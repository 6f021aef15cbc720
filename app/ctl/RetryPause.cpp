// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/RetryPause.h"

#include <QRandomGenerator>

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace desk::ctl {

bool mayPass(const Error &error)
{
    return error.code == ErrorCode::Unreachable || error.code == ErrorCode::InputOutput
        || error.code == ErrorCode::Conflict;
}

bool waitBeforeRetry(int attempt, const std::stop_token &stop)
{
    const auto most = std::min(30'000, 500 << std::min(attempt, 6));
    const auto pause = std::chrono::milliseconds(most / 2
                                                 + QRandomGenerator::global()->bounded(most / 2 + 1));
    std::mutex mutex;
    std::condition_variable_any ended;
    std::unique_lock lock(mutex);
    ended.wait_for(lock, stop, pause, [] { return false; });
    return !stop.stop_requested();
}

} // namespace desk::ctl
