// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/RelayNumbers.h"
#include "app/ctl/ServiceLoop.h"
#include "app/ctl/StatusLines.h"
#include "app/ctl/StopSignals.h"

namespace desk::ctl {
namespace {

using State = RelayStatus::State;

// How long what is on its way is waited for after SIGTERM.
constexpr int drainMilliseconds = 10'000;

QJsonObject toJson(const RelayStatus &status)
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

void print(Output &output, const RelayStatus &status)
{
    // Running: it holds the lock, and the broker has answered.
    QString text = QStringLiteral("%1%2: %3 published, %4 refused")
                       .arg(status.state == State::Running ? QStringLiteral("ready, ") : QString(),
                            relayStateText(status.state))
                       .arg(status.published)
                       .arg(status.refused);
    if (status.state == State::StandingBy)
        text += QStringLiteral(". Another program publishes this database's changes.");
    if (!status.reason.isEmpty())
        text += (text.endsWith(u'.') ? QStringLiteral(" ") : QStringLiteral(". ")) + status.reason;
    output.result(text, toJson(status));
    output.flush();
}

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
        toJson(*status));
    if (status->refused == 0)
        return ExitCode::Done;
    if (const Expected<QList<RefusedEvent>> refused = (*store)->refusedEvents()) {
        for (const RefusedEvent &event : *refused)
            session.output().problem(QStringLiteral("%1 %2: %3").arg(event.entity, event.id, event.reason));
    }
    return ExitCode::Failed;
}

ExitCode runOn(Session &session, const BrokerSettings &brokers, const std::stop_token &stop)
{
    RelayNumbers numbers;
    const Expected<std::unique_ptr<ServiceMonitor>> monitor = startMonitor(session, numbers);
    if (!monitor)
        return session.fail(monitor.error());
    StatusLines<RelayStatus> lines([&](const RelayStatus &status) { print(session.output(), status); });
    RelayStatus last;
    const auto tell = [&](const RelayStatus &status) {
        last = status;
        lines.tell(status);
        numbers.setStatus(status);
    };
    RelayOptions options;
    options.drainMilliseconds = drainMilliseconds;
    const auto work = [&](Store &store) {
        if (*monitor)
            (*monitor)->watch(session.workspace().database, session.catalog());
        // Each relay counts from nought; the numbers told go on.
        const RelayStatus before = last;
        const auto tellSum = [&](RelayStatus status) {
            status.published += before.published;
            status.refused += before.refused;
            tell(status);
        };
        return Relay(store, brokers, tellSum, options).run(stop);
    };
    const auto away = [&](const Error &error) {
        RelayStatus status = last;
        status.state = State::DatabaseAway;
        status.reason = error.sentence;
        tell(status);
    };
    return runService(session, {work, away}, stop);
}

ExitCode relay(Session &session)
{
    if (session.workspace().brokers.embedded)
        return session.misuse(withinWindowOnly);
    if (session.workspace().isSample)
        return session.misuse(sampleIsForTryingOut);
    if (const QString misuse = monitorMisuse(session); !misuse.isEmpty())
        return session.misuse(misuse);
    if (session.isSet("once")) {
        const Expected<BrokerSettings> brokers = session.writableBrokers();
        return brokers ? runOnce(session, *brokers) : session.fail(brokers.error());
    }
    const StopSignals stopSignals; // before the brokers' threads begin
    const Expected<BrokerSettings> brokers = session.writableBrokers();
    if (!brokers)
        return session.failToStart(brokers.error());
    return runOn(session, *brokers, stopSignals.token());
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
        QList<Option>{{QStringLiteral("once"), {}, QStringLiteral("publish what is there, then end")}}
            + monitorOptions(),
        0,
        0,
        relay,
        Command::Runs::AsService};
}

} // namespace desk::ctl
