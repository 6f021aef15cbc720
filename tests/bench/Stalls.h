// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QMetaObject>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>
#include <vector>

namespace desk::bench {

// How long the GUI thread takes to answer: another thread asks it every two milliseconds, as an operator's key or
// mouse would, one question at a time. Made, started and stopped on the GUI thread.
class StallMeter
{
public:
    ~StallMeter() { stop(); }

    void start()
    {
        m_asker = std::jthread([this](const std::stop_token &stop) { ask(stop); });
    }
    void stop()
    {
        if (!m_asker.joinable())
            return;
        m_asker.request_stop();
        m_asker.join();
        QCoreApplication::sendPostedEvents(&m_target);
    }

    [[nodiscard]] size_t count() const { return m_delays.size(); }
    // Milliseconds within which this share of the questions was answered; 1: the longest.
    [[nodiscard]] double quantile(double share) const
    {
        if (m_delays.empty())
            return 0;
        std::vector<double> sorted = m_delays;
        std::sort(sorted.begin(), sorted.end());
        const auto rank = static_cast<size_t>(std::ceil(share * double(sorted.size())));
        return sorted[std::min(sorted.size(), std::max<size_t>(1, rank)) - 1];
    }

private:
    using Clock = std::chrono::steady_clock;

    // On the asker's thread.
    void ask(const std::stop_token &stop)
    {
        while (!stop.stop_requested()) {
            if (!m_isAsked.exchange(true)) {
                QMetaObject::invokeMethod(
                    &m_target,
                    [this, asked = Clock::now()] {
                        m_delays.push_back(
                            std::chrono::duration<double, std::milli>(Clock::now() - asked).count());
                        m_isAsked = false;
                    },
                    Qt::QueuedConnection);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }

    QObject m_target;
    std::vector<double> m_delays;
    std::atomic<bool> m_isAsked = false;
    std::jthread m_asker;
};

} // namespace desk::bench
