// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/RelayMonitor.h"

#include <algorithm>

namespace desk::ctl {

using State = RelayStatus::State;
using namespace std::chrono_literals;

QString relayStateText(State state)
{
    switch (state) {
    case State::Starting:
        return QStringLiteral("starting");
    case State::StandingBy:
        return QStringLiteral("standing by");
    case State::Running:
        return QStringLiteral("running");
    case State::BrokerAway:
        return QStringLiteral("broker away");
    case State::RegistryAway:
        return QStringLiteral("registry away");
    case State::DatabaseAway:
        return QStringLiteral("database away");
    case State::Stopped:
        break;
    }
    return QStringLiteral("stopped");
}

bool RelayNumbers::isReady() const
{
    // Without the registry, events that need none are published all the same.
    return status.state == State::Running || status.state == State::RegistryAway
        || status.state == State::StandingBy;
}

QByteArray RelayNumbers::toText() const
{
    QByteArray text;
    const auto begin = [&text](const char *name, const char *type, const char *help) {
        text += QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    };
    const auto add = [&](const char *name, const char *type, const char *help, const QByteArray &value) {
        begin(name, type, help);
        text += QByteArray(name) + ' ' + value + '\n';
    };
    const auto whole = [](qint64 number) { return QByteArray::number(number); };
    const auto seconds = [](double number) { return QByteArray::number(number, 'f', 3); };

    add("catalog_relay_published_events_total", "counter", "Events acknowledged by the broker.",
        whole(status.published));
    add("catalog_relay_refused_events_total", "counter", "Events refused for good.", whole(status.refused));
    begin("catalog_relay_state", "gauge", "1 for the state the relay is in.");
    for (const State state : {State::Starting, State::StandingBy, State::Running, State::BrokerAway,
                              State::RegistryAway, State::DatabaseAway, State::Stopped})
        text += "catalog_relay_state{state=\"" + relayStateText(state).replace(u' ', u'_').toLatin1() + "\"} "
            + (state == status.state ? "1" : "0") + '\n';
    add("catalog_relay_uptime_seconds", "gauge", "Seconds since this program began.", seconds(upSeconds));
    add("catalog_relay_database_up", "gauge", "1 while the database answers.", whole(hasJournal));
    if (!hasJournal)
        return text;
    add("catalog_journal_head_position", "gauge", "Position of the newest journal entry.", whole(head));
    add("catalog_relay_cursor_position", "gauge",
        "Everything up to here is published or in the refused list.", whole(cursor));
    add("catalog_relay_lag_events", "gauge", "Journal entries after the cursor.", whole(lag));
    add("catalog_relay_oldest_waiting_seconds", "gauge",
        "Age of the oldest entry after the cursor; 0 if there is none.", seconds(oldestWaitingSeconds));
    add("catalog_relay_refused_events", "gauge", "Refused events that wait for the operator.",
        whole(refused));
    add("catalog_relay_held_back_events", "gauge", "Events that wait behind those, or to be tried again.",
        whole(heldBack));
    return text;
}

RelayMonitor::RelayMonitor()
{
    m_thread.setObjectName(QStringLiteral("metrics"));
}

RelayMonitor::~RelayMonitor()
{
    m_watcher.request_stop();
    {
        const std::scoped_lock lock(m_mutex);
        if (m_store)
            m_store->cancel();
    }
    if (m_watcher.joinable())
        m_watcher.join();
    m_thread.quit();
    m_thread.wait();
}

Expected<quint16> RelayMonitor::listen(const QHostAddress &address, quint16 port)
{
    m_server = new HttpServer([this](const QByteArray &path) { return answer(path); });
    m_server->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
    m_thread.start();
    quint16 listening = 0;
    QString problem;
    QMetaObject::invokeMethod(
        m_server,
        [&] {
            if (m_server->listen(address, port))
                listening = m_server->serverPort();
            else
                problem = m_server->errorString();
        },
        Qt::BlockingQueuedConnection);
    if (listening == 0) {
        return failure(ErrorCode::Unreachable,
                       QStringLiteral("Metrics cannot be served on %1 port %2: %3.")
                           .arg(address.toString())
                           .arg(port)
                           .arg(problem));
    }
    return listening;
}

HttpAnswer RelayMonitor::answer(const QByteArray &path)
{
    RelayNumbers numbers;
    {
        const std::scoped_lock lock(m_mutex);
        numbers = m_numbers;
    }
    numbers.upSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begun).count();
    if (path == "/metrics")
        return {200, "text/plain; version=0.0.4; charset=utf-8", numbers.toText()};
    if (path == "/ready")
        return {numbers.isReady() ? 200 : 503, HttpAnswer().type,
                relayStateText(numbers.status.state).toUtf8() + '\n'};
    return {404, {}, {}};
}

void RelayMonitor::setStatus(const RelayStatus &status)
{
    const std::scoped_lock lock(m_mutex);
    m_numbers.status = status;
}

void RelayMonitor::watch(const DatabaseSettings &database, std::shared_ptr<const EntityCatalog> catalog)
{
    if (m_watcher.joinable())
        return;
    m_watcher = std::jthread([this, database, catalog = std::move(catalog)](const std::stop_token &stop) {
        look(stop, database, catalog);
    });
}

// On the watcher's thread.
void RelayMonitor::look(const std::stop_token &stop, const DatabaseSettings &database,
                        const std::shared_ptr<const EntityCatalog> &catalog)
{
    std::unique_ptr<Store> store;
    while (!stop.stop_requested()) {
        if (!store) {
            if (auto opened = openStore(database, catalog))
                store = *std::move(opened);
        }
        std::unique_lock lock(m_mutex);
        m_store = store.get();
        lock.unlock();
        const bool isSeen = store && lookOnce(*store);
        lock.lock();
        m_store = nullptr;
        m_numbers.hasJournal = isSeen;
        if (!isSeen)
            store.reset(); // its connection may be gone
        m_ended.wait_for(lock, stop, isSeen ? 1s : 3s, [] { return false; });
    }
}

Expected<> RelayMonitor::lookOnce(Store &store)
{
    const Expected<PublishingState> publishing = store.publishingState();
    if (!publishing)
        return tl::make_unexpected(publishing.error());
    double oldest = 0;
    if (publishing->head > publishing->cursor) {
        const Expected<QList<JournalEntry>> first = store.readJournal(publishing->cursor, 1);
        if (!first)
            return tl::make_unexpected(first.error());
        if (!first->isEmpty()) // a clock that was set back makes nothing younger than now
            oldest = std::max(0.0,
                              double(first->constFirst().at.msecsTo(QDateTime::currentDateTimeUtc())) / 1000);
    }
    const qint64 heldBack = std::count_if(publishing->refused.cbegin(), publishing->refused.cend(),
                                          [](const RefusedEvent &event) { return event.isHeldBack; });
    const std::scoped_lock lock(m_mutex);
    m_numbers.head = publishing->head;
    m_numbers.cursor = publishing->cursor;
    m_numbers.lag = publishing->waiting;
    m_numbers.heldBack = heldBack;
    m_numbers.refused = publishing->refused.size() - heldBack;
    m_numbers.oldestWaitingSeconds = oldest;
    return {};
}

} // namespace desk::ctl
