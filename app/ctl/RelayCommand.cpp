// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/RelayMonitor.h"
#include "app/ctl/RetryPause.h"
#include "app/ctl/Session.h"
#include "app/ctl/StopSignals.h"
#include "kafka/Relay.h"

#include <chrono>

namespace desk::ctl {
namespace {

using State = RelayStatus::State;
using namespace std::chrono_literals;

// How long what is on its way is waited for after SIGTERM.
constexpr int drainMilliseconds = 10'000;

// Prints what the relay says: every change of state, and otherwise a line a minute while events flow.
class StatusPrinter
{
public:
    explicit StatusPrinter(Output &output) : m_output(output) { }

    void operator()(const RelayStatus &status)
    {
        const auto now = std::chrono::steady_clock::now();
        const bool isNews = !m_hasPrinted || status.state != m_last.state || status.reason != m_last.reason;
        if (!isNews && (status == m_last || now - m_printedAt < 60s))
            return;
        // Running: it holds the lock, and the broker has answered.
        QString text = QStringLiteral("%1%2: %3 published, %4 refused")
                           .arg(status.state == State::Running ? QStringLiteral("ready, ") : QString(),
                                relayStateText(status.state))
                           .arg(status.published)
                           .arg(status.refused);
        if (status.state == State::StandingBy)
            text += QStringLiteral(". Another program publishes this database's changes.");
        if (!status.reason.isEmpty())
            text += QStringLiteral(". ") + status.reason;
        m_output.result(text, toJson(status));
        m_output.flush();
        m_last = status;
        m_hasPrinted = true;
        m_printedAt = now;
    }

    static QJsonObject toJson(const RelayStatus &status)
    {
        QJsonObject json{
            {QStringLiteral("state"), relayStateText(status.state)},
            {QStringLiteral("ready"), status.state == State::Running},
            {QStringLiteral("published"), status.published},
            {QStringLiteral("refused"), status.refused},
            {QStringLiteral("cursor"), status.cursor},
        };
        if (!status.reason.isEmpty())
            json.insert(QStringLiteral("reason"), status.reason);
        return json;
    }

private:
    Output &m_output;
    RelayStatus m_last;
    bool m_hasPrinted = false;
    std::chrono::steady_clock::time_point m_printedAt;
};

ExitCode runOnce(Session &session, const BrokerSettings &brokers)
{
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());
    const Expected<RelayStatus> status = Relay(**store, brokers).runOnce();
    if (!status)
        return session.fail(status.error());
    session.output().result(
        QStringLiteral("%1 published, %2 refused.").arg(status->published).arg(status->refused),
        StatusPrinter::toJson(*status));
    if (status->refused == 0)
        return ExitCode::Done;
    if (const Expected<QList<RefusedEvent>> refused = (*store)->refusedEvents()) {
        for (const RefusedEvent &event : *refused)
            session.output().problem(QStringLiteral("%1 %2: %3").arg(event.entity, event.id, event.reason));
    }
    return ExitCode::Failed;
}

ExitCode runOn(Session &session, const BrokerSettings &brokers, RelayMonitor *monitor,
               const std::stop_token &stop)
{
    StatusPrinter print(session.output());
    RelayStatus last;
    const auto tell = [&](const RelayStatus &status) {
        last = status;
        print(status);
        if (monitor)
            monitor->setStatus(status);
    };
    RelayOptions options;
    options.drainMilliseconds = drainMilliseconds;
    bool hasOpened = false;
    for (int attempt = 0; !stop.stop_requested(); ++attempt) {
        const Expected<Store *> store = session.reopenStore();
        Expected<> ran;
        if (store) {
            attempt = 0;
            hasOpened = true;
            if (monitor)
                monitor->watch(session.workspace().database, session.catalog());
            // Each relay counts from nought; the numbers told go on.
            const RelayStatus before = last;
            ran = Relay(
                      **store, brokers,
                      [&](RelayStatus status) {
                          status.published += before.published;
                          status.refused += before.refused;
                          tell(status);
                      },
                      options)
                      .run(stop);
        } else {
            ran = tl::make_unexpected(store.error());
        }
        if (ran)
            return ExitCode::Done;
        // Where nothing could ever be opened, more than its server's absence is for the operator to mend.
        if (hasOpened ? !mayPass(ran.error()) : ran.error().code != ErrorCode::Unreachable)
            return session.fail(ran.error());
        RelayStatus away = last;
        away.state = State::DatabaseAway;
        away.reason = ran.error().sentence;
        tell(away);
        if (!waitBeforeRetry(attempt, stop))
            break;
    }
    return ExitCode::Done;
}

// Null without --metrics-port.
Expected<std::unique_ptr<RelayMonitor>> startMonitor(Session &session, const QHostAddress &address)
{
    if (!session.isSet("metrics-port"))
        return std::unique_ptr<RelayMonitor>();
    auto monitor = std::make_unique<RelayMonitor>();
    const Expected<quint16> port = monitor->listen(address,
                                                   quint16(*wholeNumber(session.value("metrics-port"), 0)));
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

ExitCode relay(Session &session)
{
    if (session.workspace().brokers.embedded)
        return session.misuse(withinWindowOnly);
    if (session.workspace().isSample)
        return session.misuse(sampleIsForTryingOut);
    const QHostAddress address(session.isSet("metrics-address") ? session.value("metrics-address")
                                                                : QStringLiteral("127.0.0.1"));
    if (address.isNull())
        return session.misuse(QStringLiteral("--metrics-address needs an IP address."));
    if (session.isSet("metrics-port")) {
        const std::optional<qint64> port = wholeNumber(session.value("metrics-port"), 0);
        if (!port || *port > 65'535)
            return session.misuse(QStringLiteral("--metrics-port needs a number from 0 to 65535."));
    }
    if (session.isSet("once")) {
        const Expected<BrokerSettings> brokers = session.brokers();
        return brokers ? runOnce(session, *brokers) : session.fail(brokers.error());
    }
    const StopSignals stopSignals; // before the brokers' threads begin
    const Expected<BrokerSettings> brokers = session.brokers();
    if (!brokers)
        return session.fail(brokers.error());
    const Expected<std::unique_ptr<RelayMonitor>> monitor = startMonitor(session, address);
    if (!monitor)
        return session.fail(monitor.error());
    return runOn(session, *brokers, monitor->get(), stopSignals.token());
}

} // namespace

Command relayCommand()
{
    return {
        QStringLiteral("relay"),
        {},
        QStringLiteral("Publish committed changes to the topics."),
        QStringLiteral("Runs until SIGTERM or SIGINT and waits for a database or broker that is away. "
                       "One relay works at a\n"
                       "time per database; others stand by and take over when it ends. Prints \"ready\" "
                       "once it publishes\n(with --json \"ready\": true), and \"standing by\" otherwise. "
                       "When stopped it waits up to ten seconds for\nwhat is on its way.\n\n"
                       "--metrics-port serves /metrics (Prometheus) and /ready (200 while it publishes or "
                       "stands by, else 503)."),
        {{QStringLiteral("once"), {}, QStringLiteral("publish what is there, then end")},
         {QStringLiteral("metrics-port"), QStringLiteral("N"),
          QStringLiteral("serve numbers over HTTP; 0: any free port, which is printed")},
         {QStringLiteral("metrics-address"), QStringLiteral("IP"),
          QStringLiteral("where to serve them (default: 127.0.0.1)")}},
        0,
        0,
        relay};
}

} // namespace desk::ctl
