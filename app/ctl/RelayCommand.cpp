// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Session.h"
#include "app/ctl/StopSignals.h"
#include "kafka/Relay.h"

#include <QRandomGenerator>

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace desk::ctl {
namespace {

using State = RelayStatus::State;
using namespace std::chrono_literals;

QString stateText(State state)
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
        QString text = QStringLiteral("%1: %2 published, %3 refused")
                           .arg(stateText(status.state))
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
            {QStringLiteral("state"), stateText(status.state)},
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

// A pause that grows, with a share of chance so that many relays do not return at one moment. False: the
// wait was ended by the stop request.
bool waitBeforeRetry(int attempt, const std::stop_token &stop)
{
    const auto most = std::min(30'000, 500 << std::min(attempt, 6));
    const auto pause = std::chrono::milliseconds(most / 2
                                                 + QRandomGenerator::global()->bounded(most / 2 + 1));
    std::mutex mutex;
    std::condition_variable_any ended;
    std::unique_lock lock(mutex);
    ended.wait_for(lock, stop, pause, [] { return false; });
    return !stop.stop_requested();
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
        StatusPrinter::toJson(*status));
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
    StatusPrinter print(session.output());
    for (int attempt = 0; !stop.stop_requested(); ++attempt) {
        const Expected<Store *> store = session.reopenStore();
        Expected<> ran;
        if (store) {
            attempt = 0;
            ran = Relay(**store, brokers, std::ref(print)).run(stop);
        } else {
            ran = tl::make_unexpected(store.error());
        }
        if (ran)
            return ExitCode::Done;
        if (ran.error().code != ErrorCode::Unreachable)
            return session.fail(ran.error());
        RelayStatus away;
        away.state = State::DatabaseAway;
        away.reason = ran.error().sentence;
        print(away);
        if (!waitBeforeRetry(attempt, stop))
            break;
    }
    return ExitCode::Done;
}

ExitCode relay(Session &session)
{
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

Command relayCommand()
{
    return {QStringLiteral("relay"),
            {},
            QStringLiteral("Publish committed changes to the topics."),
            QStringLiteral("Runs until SIGTERM or SIGINT and waits for a database or broker that is away. "
                           "One relay works at a\n"
                           "time per database; others stand by."),
            {{QStringLiteral("once"), {}, QStringLiteral("publish what is there, then end")}},
            0,
            0,
            relay};
}

} // namespace desk::ctl
