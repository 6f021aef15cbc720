// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/RelayNumbers.h"

#include "app/ctl/MetricsText.h"

#include <algorithm>

namespace desk::ctl {

using State = RelayStatus::State;

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

void RelayNumbers::setStatus(const RelayStatus &status)
{
    const std::scoped_lock lock(m_mutex);
    m_status = status;
}

RelayStatus RelayNumbers::status() const
{
    const std::scoped_lock lock(m_mutex);
    return m_status;
}

bool RelayNumbers::isReady() const
{
    // Without the registry, events that need none are published all the same.
    const State state = status().state;
    return state == State::Running || state == State::RegistryAway || state == State::StandingBy;
}

QString RelayNumbers::stateText() const
{
    return relayStateText(status().state);
}

Expected<> RelayNumbers::look(Store &store)
{
    const Expected<PublishingState> publishing = store.publishingState();
    if (!publishing)
        return tl::make_unexpected(publishing.error());
    Journal seen;
    if (publishing->head > publishing->cursor) {
        const Expected<QList<JournalEntry>> first = store.readJournal(publishing->cursor, 1);
        if (!first)
            return tl::make_unexpected(first.error());
        if (!first->isEmpty()) // a clock that was set back makes nothing younger than now
            seen.oldestWaitingSeconds = std::max(
                0.0, double(first->constFirst().at.msecsTo(QDateTime::currentDateTimeUtc())) / 1000);
    }
    seen.head = publishing->head;
    seen.cursor = publishing->cursor;
    seen.lag = publishing->waiting;
    seen.heldBack = std::count_if(publishing->refused.cbegin(), publishing->refused.cend(),
                                  [](const RefusedEvent &event) { return event.isHeldBack; });
    seen.refused = publishing->refused.size() - seen.heldBack;
    const std::scoped_lock lock(m_mutex);
    m_journal = seen;
    return {};
}

void RelayNumbers::forgetDatabase()
{
    const std::scoped_lock lock(m_mutex);
    m_journal.reset();
}

QByteArray RelayNumbers::toText(double upSeconds) const
{
    RelayStatus status;
    std::optional<Journal> journal;
    {
        const std::scoped_lock lock(m_mutex);
        status = m_status;
        journal = m_journal;
    }
    MetricsText text;
    text.counter("catalog_relay_published_events_total", "Events acknowledged by the broker.",
                 status.published);
    text.counter("catalog_relay_refused_events_total", "Events refused for good.", status.refused);
    text.begin("catalog_relay_state", MetricsText::Kind::Gauge, "1 for the state the relay is in.");
    for (const State state : {State::Starting, State::StandingBy, State::Running, State::BrokerAway,
                              State::RegistryAway, State::DatabaseAway, State::Stopped})
        text.add("catalog_relay_state", "state", relayStateText(state), state == status.state);
    text.seconds("catalog_relay_uptime_seconds", "Seconds since this program began.", upSeconds);
    text.gauge("catalog_relay_database_up", "1 while the database answers.", journal.has_value());
    if (!journal)
        return text.bytes();
    text.gauge("catalog_journal_head_position", "Position of the newest journal entry.", journal->head);
    text.gauge("catalog_relay_cursor_position", "Everything up to here is published or in the refused list.",
               journal->cursor);
    text.gauge("catalog_relay_lag_events", "Journal entries after the cursor.", journal->lag);
    text.seconds("catalog_relay_oldest_waiting_seconds",
                 "Age of the oldest entry after the cursor; 0 if there is none.",
                 journal->oldestWaitingSeconds);
    text.gauge("catalog_relay_refused_events", "Refused events that wait for the operator.",
               journal->refused);
    text.gauge("catalog_relay_held_back_events", "Events that wait behind those, or to be tried again.",
               journal->heldBack);
    return text.bytes();
}

} // namespace desk::ctl
