// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/RelayWaker.h"

#include <utility>

namespace desk {

void RelayWaker::wake()
{
    const std::scoped_lock lock(m_mutex);
    m_isWoken = true;
    if (m_producer)
        m_producer->wake();
    m_changed.notify_all();
}

void RelayWaker::wait(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, time, [this] { return m_isWoken; });
}

bool RelayWaker::takeWoken()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_isWoken, false);
}

void RelayWaker::setProducer(Producer *producer)
{
    const std::scoped_lock lock(m_mutex);
    m_producer = producer;
}

} // namespace desk
