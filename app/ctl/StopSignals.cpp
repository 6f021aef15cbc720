// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/StopSignals.h"

#include <time.h>

namespace desk::ctl {
namespace {

sigset_t stopSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

StopSignals::StopSignals()
{
    const sigset_t signals = stopSignals();
    pthread_sigmask(SIG_BLOCK, &signals, &m_before);
    m_watcher = std::jthread([this](const std::stop_token &end) { watch(end); });
}

StopSignals::~StopSignals()
{
    m_watcher.request_stop();
    m_watcher.join();
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

// On the watcher's thread. Stop callbacks run here, not in a signal handler, so they may do anything.
void StopSignals::watch(const std::stop_token &end)
{
    const sigset_t signals = stopSignals();
    const timespec pause{0, 100'000'000};
    while (!end.stop_requested()) {
        const int signal = sigtimedwait(&signals, nullptr, &pause);
        if (signal < 0)
            continue;
        if (!m_source.request_stop()) {
            ::signal(signal, SIG_DFL);
            pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
            raise(signal);
        }
    }
}

} // namespace desk::ctl
