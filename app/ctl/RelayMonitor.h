// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/HttpServer.h"
#include "kafka/Relay.h"
#include "models/store/Store.h"

#include <QThread>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace desk::ctl {

// What /metrics tells, in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats,
// version 0.0.4). The journal's numbers are left out while the database does not answer. A value.
struct RelayNumbers {
    RelayStatus status;
    double upSeconds = 0;
    bool hasJournal = false;
    qint64 head = 0;
    qint64 cursor = 0;
    qint64 lag = 0;
    qint64 refused = 0;  // in the list now
    qint64 heldBack = 0; // behind those
    double oldestWaitingSeconds = 0;

    [[nodiscard]] QByteArray toText() const;
    // Does its work, or stands by for the one that does.
    [[nodiscard]] bool isReady() const;
};

[[nodiscard]] QString relayStateText(RelayStatus::State state);

// Lets others watch a relay: /metrics and /ready over HTTP. Answers come from memory, on a thread of their
// own; the journal is looked at by another thread with a connection of its own, so that neither the relay nor
// a slow database delays an answer. Made and ended on the main thread.
class RelayMonitor
{
public:
    RelayMonitor();
    ~RelayMonitor();
    RelayMonitor(const RelayMonitor &) = delete;
    RelayMonitor &operator=(const RelayMonitor &) = delete;

    // Port 0: any that is free. Returns the port.
    [[nodiscard]] Expected<quint16> listen(const QHostAddress &address, quint16 port);
    // From then on the journal is watched.
    void watch(const DatabaseSettings &database, std::shared_ptr<const EntityCatalog> catalog);
    void setStatus(const RelayStatus &status);

private:
    [[nodiscard]] HttpAnswer answer(const QByteArray &path);
    void look(const std::stop_token &stop, const DatabaseSettings &database,
              const std::shared_ptr<const EntityCatalog> &catalog);
    [[nodiscard]] Expected<> lookOnce(Store &store);

    std::mutex m_mutex;
    std::condition_variable_any m_ended;
    RelayNumbers m_numbers;
    Store *m_store = nullptr; // on the watching thread's stack
    std::chrono::steady_clock::time_point m_begun = std::chrono::steady_clock::now();
    QThread m_thread;
    HttpServer *m_server = nullptr; // on m_thread, deleted when it finishes
    std::jthread m_watcher;
};

} // namespace desk::ctl
