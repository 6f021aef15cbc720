// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/Relay.h"
#include "tests/kafka/FakeStore.h"

#include <mutex>
#include <thread>

namespace desk {

// A relay on a thread of its own, as the window has one, stopped at its end. Test thread.
class RunningRelay
{
public:
    RunningRelay(std::unique_ptr<Store> store, const BrokerSettings &brokers,
                 const RelayOptions &options = {})
        : m_store(std::move(store))
        , m_relay(
              *m_store, brokers,
              [this](const RelayStatus &status) {
                  const std::scoped_lock lock(m_mutex);
                  m_status = status;
              },
              options)
        , m_thread([this](const std::stop_token &stop) { static_cast<void>(m_relay.run(stop)); })
    { }
    RunningRelay(const std::shared_ptr<FakeDatabase> &database,
                 const std::shared_ptr<const EntityCatalog> &catalog, const BrokerSettings &brokers)
        : RunningRelay(std::make_unique<FakeStore>(database, catalog), brokers)
    { }
    ~RunningRelay()
    {
        m_thread.request_stop();
        m_thread.join();
    }

    void wake() { m_relay.wake(); }
    RelayStatus status()
    {
        const std::scoped_lock lock(m_mutex);
        return m_status;
    }
    RelayStatus::State state() { return status().state; }
    QString reason() { return status().reason; }

private:
    std::mutex m_mutex;
    RelayStatus m_status;
    std::unique_ptr<Store> m_store;
    Relay m_relay;
    std::jthread m_thread;
};

} // namespace desk
