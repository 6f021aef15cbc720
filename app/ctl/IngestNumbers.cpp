// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/IngestNumbers.h"

#include "app/ctl/MetricsText.h"

namespace desk::ctl {

using State = IngestStatus::State;

QString ingestStateText(State state)
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

void IngestNumbers::setStatus(const IngestStatus &status)
{
    const std::scoped_lock lock(m_mutex);
    m_status = status;
}

IngestStatus IngestNumbers::status() const
{
    const std::scoped_lock lock(m_mutex);
    return m_status;
}

bool IngestNumbers::isReady() const
{
    // Before anybody has written to a topic there is nothing to read, and nothing amiss.
    const State state = status().state;
    return state == State::Running || state == State::NoTopics;
}

QString IngestNumbers::stateText() const
{
    return ingestStateText(status().state);
}

Expected<> IngestNumbers::look(Store &store)
{
    const Expected<qint64> poison = store.ingest().poisonCount();
    if (!poison)
        return tl::make_unexpected(poison.error());
    const std::scoped_lock lock(m_mutex);
    m_poison = *poison;
    return {};
}

void IngestNumbers::forgetDatabase()
{
    const std::scoped_lock lock(m_mutex);
    m_poison.reset();
}

QByteArray IngestNumbers::toText(double upSeconds) const
{
    IngestStatus status;
    std::optional<qint64> poison;
    {
        const std::scoped_lock lock(m_mutex);
        status = m_status;
        poison = m_poison;
    }
    constexpr auto messages = "catalog_ingest_messages_total";
    MetricsText text;
    text.begin(messages, MetricsText::Kind::Counter,
               "Messages read from the topics, by what became of them.");
    for (const auto &[outcome, number] :
         {std::pair("applied", status.outcome.applied), std::pair("unchanged", status.outcome.unchanged),
          std::pair("outdated", status.outcome.outdated), std::pair("repeated", status.outcome.repeated),
          std::pair("skipped", status.skipped), std::pair("poison", status.outcome.poison)})
        text.add(messages, "outcome", QString::fromLatin1(outcome), number);
    text.gauge("catalog_ingest_lag_messages",
               "Messages not taken in yet, of the partitions this program reads.", status.lag);
    text.begin("catalog_ingest_state", MetricsText::Kind::Gauge, "1 for the state the ingest is in.");
    for (const State state : {State::Starting, State::NoTopics, State::Running, State::BrokerAway,
                              State::DatabaseAway, State::Halted, State::Stopped})
        text.add("catalog_ingest_state", "state", ingestStateText(state), state == status.state);
    text.seconds("catalog_ingest_uptime_seconds", "Seconds since this program began.", upSeconds);
    text.gauge("catalog_ingest_database_up", "1 while the database answers.", poison.has_value());
    if (poison)
        text.gauge("catalog_ingest_poison_messages",
                   "Messages in the poison list, which wait for the operator.", *poison);
    return text.bytes();
}

} // namespace desk::ctl
