// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/IngestNumbers.h"
#include "app/ctl/ServiceLoop.h"
#include "app/ctl/StatusLines.h"
#include "app/ctl/StopSignals.h"

namespace desk::ctl {
namespace {

using State = IngestStatus::State;

QString countsText(const IngestStatus &status)
{
    return QStringLiteral("%1 applied, %2 unchanged, %3 outdated, %4 of our own, %5 kept as poison")
        .arg(status.outcome.applied)
        .arg(status.outcome.unchanged)
        .arg(status.outcome.outdated)
        .arg(status.skipped)
        .arg(status.outcome.poison);
}

QJsonObject toJson(const IngestStatus &status)
{
    QJsonObject json{{QStringLiteral("state"), ingestStateText(status.state)},
                     {QStringLiteral("ready"), status.state == State::Running},
                     {QStringLiteral("applied"), status.outcome.applied},
                     {QStringLiteral("unchanged"), status.outcome.unchanged},
                     {QStringLiteral("outdated"), status.outcome.outdated},
                     {QStringLiteral("repeated"), status.outcome.repeated},
                     {QStringLiteral("skipped"), status.skipped},
                     {QStringLiteral("poison"), status.outcome.poison},
                     {QStringLiteral("lag"), status.lag}};
    if (!status.reason.isEmpty())
        json.insert(QStringLiteral("reason"), status.reason);
    return json;
}

IngestOptions optionsOf(const Session &session)
{
    IngestOptions options;
    options.consumerGroup = session.value("group");
    options.fromBeginning = session.value("from") != QLatin1String("end");
    return options;
}

ExitCode forget(Session &session)
{
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());
    const QString group = session.isSet("group") ? session.value("group")
                                                 : Ingest::groupOf((*store)->databaseId());
    if (const Expected<> forgotten = (*store)->ingest().forgetPositions(group, session.value("forget"));
        !forgotten)
        return session.fail(forgotten.error());
    session.output().result(QStringLiteral("The topic will be read as if for the first time."),
                            {{QStringLiteral("forgotten"), session.value("forget")}});
    return ExitCode::Done;
}

ExitCode runOnce(Session &session, const BrokerSettings &brokers)
{
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());
    const Expected<IngestStatus> status = Ingest(**store, brokers, optionsOf(session)).runOnce();
    if (!status)
        return session.fail(status.error());
    session.output().result(countsText(*status) + u'.', toJson(*status));
    if (status->outcome.poison == 0)
        return ExitCode::Done;
    session.output().problem(QStringLiteral("%1 messages could not be applied: catalogctl poison lists them.")
                                 .arg(status->outcome.poison));
    return ExitCode::Failed;
}

void print(Output &output, const IngestStatus &status)
{
    // Running: the broker has handed out partitions, perhaps none to this process.
    QString text = QStringLiteral("%1%2: %3")
                       .arg(status.state == State::Running ? QStringLiteral("ready, ") : QString(),
                            ingestStateText(status.state), countsText(status));
    if (!status.reason.isEmpty())
        text += QStringLiteral(". ") + status.reason;
    output.result(text, toJson(status));
    output.flush();
}

ExitCode runOn(Session &session, const BrokerSettings &brokers, const std::stop_token &stop)
{
    IngestNumbers numbers;
    const Expected<std::unique_ptr<ServiceMonitor>> monitor = startMonitor(session, numbers);
    if (!monitor)
        return session.fail(monitor.error());
    StatusLines<IngestStatus> lines([&](const IngestStatus &status) { print(session.output(), status); });
    IngestStatus last;
    const auto tell = [&](const IngestStatus &status) {
        last = status;
        lines.tell(status);
        numbers.setStatus(status);
    };
    const auto work = [&](Store &store) {
        if (*monitor)
            (*monitor)->watch(session.workspace().database, session.catalog());
        const IngestStatus before = last; // each run counts from nought; the numbers told go on
        const auto tellSum = [&](IngestStatus status) {
            status.outcome += before.outcome;
            status.skipped += before.skipped;
            tell(status);
        };
        return Ingest(store, brokers, optionsOf(session), tellSum).run(stop);
    };
    const auto away = [&](const Error &error) {
        IngestStatus status = last;
        status.state = State::DatabaseAway;
        status.reason = error.sentence;
        tell(status);
    };
    return runService(session, {work, away}, stop);
}

ExitCode ingest(Session &session)
{
    if (session.isSet("from") && session.value("from") != QLatin1String("beginning")
        && session.value("from") != QLatin1String("end"))
        return session.misuse(QStringLiteral("--from takes \"beginning\" or \"end\"."));
    if (const QString misuse = monitorMisuse(session); !misuse.isEmpty())
        return session.misuse(misuse);
    if (session.isSet("forget"))
        return forget(session);
    if (session.workspace().brokers.embedded)
        return session.misuse(QStringLiteral(
            "The in-process broker lives in the window; there is nothing to read here. Name brokers."));
    if (session.workspace().isSample)
        return session.misuse(sampleIsForTryingOut);
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

Command ingestCommand()
{
    return {
        QStringLiteral("ingest"),
        {},
        QStringLiteral("Apply what other programs write to the topics."),
        QStringLiteral("Runs until SIGTERM or SIGINT. Each message takes effect once; this database's own "
                       "events are passed\n"
                       "over; what cannot be applied is kept: see catalogctl poison. Several share the "
                       "partitions.\n\n"
                       "--metrics-port serves /metrics (Prometheus) and /ready (200 while it takes in what "
                       "comes, else 503)."),
        QList<Option>{
            {QStringLiteral("once"), {}, QStringLiteral("take in what is there, then end")},
            {QStringLiteral("group"), QStringLiteral("NAME"), QStringLiteral("the consumer group")},
            {QStringLiteral("from"), QStringLiteral("PLACE"),
             QStringLiteral("where partitions begin that were never read: beginning (default) or end")},
            {QStringLiteral("forget"), QStringLiteral("TOPIC"),
             QStringLiteral("only forget how far this topic was read; end the others of the group first")}}
            + monitorOptions(),
        0,
        0,
        ingest,
        Command::Runs::AsService};
}

} // namespace desk::ctl
