// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/ServiceLoop.h"

#include <QRandomGenerator>

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace desk::ctl {
namespace {

// Whether a database may be there again by waiting: its server comes back, its disk gets room, another program is
// done. A file that was there before may be mounted again.
bool mayPass(const Error &error, bool hasOpened)
{
    return error.code == ErrorCode::Unreachable || error.code == ErrorCode::InputOutput
        || error.code == ErrorCode::Conflict || (hasOpened && error.code == ErrorCode::NoAccess);
}

// Waits before the next attempt, the longer the more there were, with a share of chance so that many programs
// do not return at one moment. False: the wait was ended by the stop request.
bool waitBeforeRetry(int attempt, const std::stop_token &stop)
{
    constexpr int longestMilliseconds = 30'000;
    const int most = std::min(longestMilliseconds, 500 << std::min(attempt, 6));
    const auto pause = std::chrono::milliseconds(most / 2
                                                 + QRandomGenerator::global()->bounded(most / 2 + 1));
    std::mutex mutex;
    std::condition_variable_any ended;
    std::unique_lock lock(mutex);
    ended.wait_for(lock, stop, pause, [] { return false; });
    return !stop.stop_requested();
}

} // namespace

ExitCode runService(Session &session, const ServiceWork &work, const std::stop_token &stop)
{
    bool hasOpened = false;
    int attempt = 0;
    while (!stop.stop_requested()) {
        const Expected<Store *> store = session.reopenStore();
        if (store) {
            attempt = 0;
            hasOpened = true;
        }
        const Expected<> ran = store ? work.run(**store) : tl::make_unexpected(store.error());
        if (ran)
            break;
        if (!mayPass(ran.error(), hasOpened))
            return hasOpened ? session.fail(ran.error()) : session.failToStart(ran.error());
        work.away(ran.error());
        if (!waitBeforeRetry(attempt++, stop))
            break;
    }
    return ExitCode::Done;
}

} // namespace desk::ctl
