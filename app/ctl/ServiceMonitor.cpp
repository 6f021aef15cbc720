// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/ServiceMonitor.h"

namespace desk::ctl {

using namespace std::chrono_literals;

namespace {

QHostAddress addressOf(const Session &session)
{
    return QHostAddress(session.isSet("metrics-address") ? session.value("metrics-address")
                                                         : QStringLiteral("127.0.0.1"));
}

std::optional<quint16> portOf(const Session &session)
{
    const std::optional<qint64> port = wholeNumber(session.value("metrics-port"), 0);
    return port && *port <= 65'535 ? std::optional(quint16(*port)) : std::nullopt;
}

} // namespace

ServiceMonitor::ServiceMonitor(ServiceNumbers &numbers) : m_numbers(numbers)
{
    m_thread.setObjectName(QStringLiteral("metrics"));
}

ServiceMonitor::~ServiceMonitor()
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

Expected<quint16> ServiceMonitor::listen(const QHostAddress &address, quint16 port)
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

HttpAnswer ServiceMonitor::answer(const QByteArray &path) const
{
    if (path == "/metrics") {
        const double upSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begun)
                                     .count();
        return {200, "text/plain; version=0.0.4; charset=utf-8", m_numbers.toText(upSeconds)};
    }
    if (path == "/ready")
        return {m_numbers.isReady() ? 200 : 503, HttpAnswer().type, m_numbers.stateText().toUtf8() + '\n'};
    return {404, {}, {}};
}

void ServiceMonitor::watch(const DatabaseSettings &database, std::shared_ptr<const EntityCatalog> catalog)
{
    if (m_watcher.joinable())
        return;
    m_watcher = std::jthread([this, database, catalog = std::move(catalog)](const std::stop_token &stop) {
        look(stop, database, catalog);
    });
}

// On the watcher's thread.
void ServiceMonitor::look(const std::stop_token &stop, const DatabaseSettings &database,
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
        const bool isSeen = store && m_numbers.look(*store);
        lock.lock();
        m_store = nullptr;
        if (!isSeen) {
            m_numbers.forgetDatabase();
            store.reset(); // its connection may be gone
        }
        m_ended.wait_for(lock, stop, isSeen ? 1s : 3s, [] { return false; });
    }
}

QList<Option> monitorOptions()
{
    return {{QStringLiteral("metrics-port"), QStringLiteral("N"),
             QStringLiteral("serve numbers over HTTP; 0: any free port, which is printed")},
            {QStringLiteral("metrics-address"), QStringLiteral("IP"),
             QStringLiteral("where to serve them (default: 127.0.0.1)")}};
}

QString monitorMisuse(const Session &session)
{
    if (addressOf(session).isNull())
        return QStringLiteral("--metrics-address needs an IP address.");
    if (session.isSet("metrics-port") && !portOf(session))
        return QStringLiteral("--metrics-port needs a number from 0 to 65535.");
    return {};
}

Expected<std::unique_ptr<ServiceMonitor>> startMonitor(Session &session, ServiceNumbers &numbers)
{
    const std::optional<quint16> wanted = portOf(session);
    if (!wanted)
        return std::unique_ptr<ServiceMonitor>();
    const QHostAddress address = addressOf(session);
    auto monitor = std::make_unique<ServiceMonitor>(numbers);
    const Expected<quint16> port = monitor->listen(address, *wanted);
    if (!port)
        return tl::make_unexpected(port.error());
    const QString host = address.protocol() == QAbstractSocket::IPv6Protocol
        ? QStringLiteral("[%1]").arg(address.toString())
        : address.toString();
    const QString url = QStringLiteral("http://%1:%2/metrics").arg(host).arg(*port);
    session.output().result(QStringLiteral("metrics: ") + url, {{QStringLiteral("metrics"), url}});
    session.output().flush();
    return monitor;
}

} // namespace desk::ctl
