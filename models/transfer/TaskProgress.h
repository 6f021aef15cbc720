// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <functional>
#include <stop_token>

namespace desk {

// What slow work tells whoever started it, and how it is told to end early. The callback runs on the
// worker's thread, a few times a second at most; the stop token may be used from any thread. A value.
struct TaskProgress {
    // How much is done, in a unit of the task's own; total 0: not known beforehand.
    std::function<void(qint64 done, qint64 total)> report;
    std::stop_token stop;

    void operator()(qint64 done, qint64 total) const
    {
        if (report)
            report(done, total);
    }
    [[nodiscard]] bool isCancelled() const { return stop.stop_requested(); }
};

} // namespace desk
