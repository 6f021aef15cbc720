// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <optional>

namespace desk::ctl {

// Picks what a service prints of what it is told ten times a second: every change of its state or of the reason,
// and otherwise a line a minute while its numbers change. One thread.
template <typename Status>
class StatusLines
{
public:
    explicit StatusLines(std::function<void(const Status &)> print) : m_print(std::move(print)) { }

    void tell(const Status &status)
    {
        const auto now = std::chrono::steady_clock::now();
        const bool isNews = !m_printed || status.state != m_printed->state
            || status.reason != m_printed->reason;
        if (!isNews && (status == *m_printed || now - m_printedAt < std::chrono::minutes(1)))
            return;
        m_print(status);
        m_printed = status;
        m_printedAt = now;
    }

private:
    std::function<void(const Status &)> m_print;
    std::optional<Status> m_printed;
    std::chrono::steady_clock::time_point m_printedAt;
};

} // namespace desk::ctl
