// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/HttpServer.h"
#include "app/ctl/Session.h"

#include <QThread>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace desk::ctl {

// What a service tells those who watch it. Owned by the service; asked from the monitor's threads while the
// service goes on, so each function may be called from any thread. None may block but look().
class ServiceNumbers
{
public:
    virtual ~ServiceNumbers() = default;

    // Does what it is there for, which may be to stand by.
    [[nodiscard]] virtual bool isReady() const = 0;
    // The state in words, as its lines say it.
    [[nodiscard]] virtual QString stateText() const = 0;
    // The answer to /metrics.
    [[nodiscard]] virtual QByteArray toText(double upSeconds) const = 0;
    // Takes from the database what only that knows. On a thread of its own, with a store of its own.
    [[nodiscard]] virtual Expected<> look(Store &store) = 0;
    // What look() found is no longer known.
    virtual void forgetDatabase() = 0;
};

// Lets others watch a service: /metrics and /ready over HTTP. Answers come from memory, on a thread of their
// own; the database is looked at by another thread with a connection of its own, so that neither the service nor
// a slow database delays an answer. Made and ended on the main thread; the numbers outlive it.
class ServiceMonitor
{
public:
    explicit ServiceMonitor(ServiceNumbers &numbers);
    ~ServiceMonitor();
    ServiceMonitor(const ServiceMonitor &) = delete;
    ServiceMonitor &operator=(const ServiceMonitor &) = delete;

    // Port 0: any that is free. Returns the port.
    [[nodiscard]] Expected<quint16> listen(const QHostAddress &address, quint16 port);
    // From then on the database is watched; once is enough.
    void watch(const DatabaseSettings &database, std::shared_ptr<const EntityCatalog> catalog);

private:
    [[nodiscard]] HttpAnswer answer(const QByteArray &path) const;
    void look(const std::stop_token &stop, const DatabaseSettings &database,
              const std::shared_ptr<const EntityCatalog> &catalog);

    ServiceNumbers &m_numbers;
    std::chrono::steady_clock::time_point m_begun = std::chrono::steady_clock::now();
    QThread m_thread;
    HttpServer *m_server = nullptr; // on m_thread, deleted when it finishes
    std::mutex m_mutex;
    std::condition_variable_any m_ended;
    Store *m_store = nullptr; // on the watching thread's stack
    std::jthread m_watcher;
};

// --metrics-port and --metrics-address.
[[nodiscard]] QList<Option> monitorOptions();
// What is wrong with their values, or empty.
[[nodiscard]] QString monitorMisuse(const Session &session);
// Listens where the options say, and prints where that is. Null without --metrics-port.
[[nodiscard]] Expected<std::unique_ptr<ServiceMonitor>> startMonitor(Session &session,
                                                                     ServiceNumbers &numbers);

} // namespace desk::ctl
