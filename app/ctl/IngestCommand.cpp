// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/RetryPause.h"
#include "app/ctl/Session.h"
#include "app/ctl/StopSignals.h"
#include "kafka/Ingest.h"

#include <chrono>

namespace desk::ctl {
namespace {

using State = IngestStatus::State;
using namespace std::chrono_literals;

QString stateText(State state)
{
    switch (state) {
    case State::Starting:
        return QStringLiteral("starting");
    case State::NoTopics:
        return QStringLiteral("no topics yet");
    case State::Running:
        return QStringLiteral("running");
    case State::BrokerAway:
        return QStringLiteral("broker away");
    case State::DatabaseAway:
        return QStringLiteral("database away");
    case State::Halted:
        return QStringLiteral("halted");
    case State::Stopped:
        break;
    }
    return QStringLiteral("stopped");
}

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
    QJsonObject json{{QStringLiteral("state"), stateText(status.state)},
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

ExitCode runOn(Session &session, const BrokerSettings &brokers, const std::stop_token &stop)
{
    IngestStatus last;
    auto printedAt = std::chrono::steady_clock::time_point();
    // Every change of state, and otherwise a line a minute while messages come.
    const auto tell = [&](const IngestStatus &status) {
        const bool isNews = status.state != last.state || status.reason != last.reason;
        const auto now = std::chrono::steady_clock::now();
        const bool isOld = now - printedAt >= 60s && !(status == last);
        last = status;
        if (!isNews && !isOld)
            return;
        printedAt = now;
        // Running: the broker has handed out partitions, perhaps none to this process.
        QString text = QStringLiteral("%1%2: %3")
                           .arg(status.state == State::Running ? QStringLiteral("ready, ") : QString(),
                                stateText(status.state), countsText(status));
        if (!status.reason.isEmpty())
            text += QStringLiteral(". ") + status.reason;
        session.output().result(text, toJson(status));
        session.output().flush();
    };
    bool hasOpened = false;
    for (int attempt = 0; !stop.stop_requested(); ++attempt) {
        const Expected<Store *> store = session.reopenStore();
        Expected<> ran;
        if (store) {
            attempt = 0;
            hasOpened = true;
            const IngestStatus before = last; // each run counts from nought; the numbers told go on
            ran = Ingest(**store, brokers, optionsOf(session), [&](IngestStatus status) {
                      status.outcome += before.outcome;
                      status.skipped += before.skipped;
                      tell(status);
                  }).run(stop);
        } else {
            ran = tl::make_unexpected(store.error());
        }
        if (ran)
            return ExitCode::Done;
        // Where nothing could ever be opened, more than its server's absence is for the operator to mend.
        if (hasOpened ? !mayPass(ran.error()) : ran.error().code != ErrorCode::Unreachable)
            return session.fail(ran.error());
        IngestStatus away = last;
        away.state = State::DatabaseAway;
        away.reason = ran.error().sentence;
        tell(away);
        if (!waitBeforeRetry(attempt, stop))
            break;
    }
    return ExitCode::Done;
}

ExitCode ingest(Session &session)
{
    if (session.isSet("from") && session.value("from") != QLatin1String("beginning")
        && session.value("from") != QLatin1String("end"))
        return session.misuse(QStringLiteral("--from takes \"beginning\" or \"end\"."));
    if (session.isSet("forget"))
        return forget(session);
    if (session.workspace().brokers.embedded)
        return session.misuse(QStringLiteral(
            "The in-process broker lives in the window; there is nothing to read here. Name brokers."));
    if (session.workspace().isSample)
        return session.misuse(sampleIsForTryingOut);
    if (session.isSet("once")) {
        const Expected<BrokerSettings> brokers = session.brokers();
        return brokers ? runOnce(session, *brokers) : session.fail(brokers.error());
    }
    const StopSignals stopSignals; // before the brokers' threads begin
    const Expected<BrokerSettings> brokers = session.brokers();
    if (!brokers)
        return session.fail(brokers.error());
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
                       "partitions."),
        {{QStringLiteral("once"), {}, QStringLiteral("take in what is there, then end")},
         {QStringLiteral("group"), QStringLiteral("NAME"), QStringLiteral("the consumer group")},
         {QStringLiteral("from"), QStringLiteral("PLACE"),
          QStringLiteral("where partitions begin that were never read: beginning (default) or end")},
         {QStringLiteral("forget"), QStringLiteral("TOPIC"),
          QStringLiteral("only forget how far this topic was read; end the others of the group first")}},
        0,
        0,
        ingest};
}

} // namespace desk::ctl
