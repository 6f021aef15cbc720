// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/Producer.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace desk {

// Ends the waits of a relay from other threads.
class RelayWaker
{
public:
    void wake();
    // Sleeps until woken or the time is over.
    void wait(std::chrono::milliseconds time);
    // True once after each wake().
    [[nodiscard]] bool takeWoken();
    // The producer whose poll() a wake() is to end, or null.
    void setProducer(Producer *producer);

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isWoken = false;
    Producer *m_producer = nullptr;
};

} // namespace desk
