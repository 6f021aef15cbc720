// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/StatusTexts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace desk {

namespace {

struct StatusTexts {
    Q_DECLARE_TR_FUNCTIONS(StatusTexts)
};

QString counted(qint64 count)
{
    return QLocale().toString(count);
}

qint64 refusedCount(const PublishingState &publishing)
{
    return std::count_if(publishing.refused.cbegin(), publishing.refused.cend(),
                         [](const RefusedEvent &event) { return !event.isHeldBack; });
}

} // namespace

StatusText databaseStatus(const DatabaseSettings &settings, StoreClient::State state, const Error &error)
{
    const QString name = settings.toText();
    switch (state) {
    case StoreClient::State::Connecting:
        return {StatusTone::Busy, StatusTexts::tr("%1: connecting").arg(name),
                StatusTexts::tr("Opening the database.")};
    case StoreClient::State::Away:
        return {StatusTone::Bad, StatusTexts::tr("%1: away").arg(name),
                StatusTexts::tr("%1 Click to try again now.").arg(error.sentence)};
    case StoreClient::State::Ready:
        break;
    }
    return {StatusTone::Good, name,
            settings.kind == DatabaseKind::Sqlite
                ? StatusTexts::tr("Connected to the SQLite database %1.").arg(settings.path)
                : StatusTexts::tr("Connected to PostgreSQL: %1.").arg(name)};
}

StatusText brokerStatus(const BrokerSettings &settings, const RelayStatus &relay)
{
    if (!settings.isConfigured()) {
        return {
            StatusTone::Idle, StatusTexts::tr("no broker"),
            StatusTexts::tr("This workspace names no broker. Changes are saved, and wait to be published.")};
    }
    if (settings.readOnly) {
        return {
            StatusTone::Idle, StatusTexts::tr("%1: only read").arg(settings.bootstrapServers),
            StatusTexts::tr("This workspace only reads from its brokers: nothing is sent, created, changed "
                            "or deleted there.")};
    }
    const QString name = settings.embedded ? StatusTexts::tr("in-process broker") : settings.bootstrapServers;
    if (relay.state == RelayStatus::State::BrokerAway)
        return {StatusTone::Bad, StatusTexts::tr("%1: away").arg(name), relay.reason};
    if (settings.embedded) {
        return {StatusTone::Good, name,
                StatusTexts::tr("Events go to a broker inside this program; nothing leaves this computer.")};
    }
    if (relay.state == RelayStatus::State::Running || relay.state == RelayStatus::State::RegistryAway)
        return {StatusTone::Good, name,
                StatusTexts::tr("Connected to the brokers %1.").arg(settings.bootstrapServers)};
    return {StatusTone::Idle, name,
            StatusTexts::tr("The brokers %1; nothing is sent to them now.").arg(settings.bootstrapServers)};
}

StatusText relayStatusText(bool isRelaying, const RelayStatus &relay, const PublishingState &publishing)
{
    if (!isRelaying) {
        return {StatusTone::Idle, StatusTexts::tr("relay off"),
                StatusTexts::tr("This window does not publish; another relay or \"catalogctl relay\" may.")};
    }
    switch (relay.state) {
    case RelayStatus::State::Starting:
        return {StatusTone::Busy, StatusTexts::tr("relay starting"),
                StatusTexts::tr("The relay is starting.")};
    case RelayStatus::State::StandingBy:
        return {StatusTone::Idle, StatusTexts::tr("relay standing by"),
                StatusTexts::tr(
                    "Another program publishes for this database; this one takes over when it ends.")};
    case RelayStatus::State::BrokerAway:
        return {StatusTone::Bad, StatusTexts::tr("relay: broker away"), relay.reason};
    case RelayStatus::State::RegistryAway:
        return {StatusTone::Bad, StatusTexts::tr("relay: registry away"), relay.reason};
    case RelayStatus::State::DatabaseAway:
        return {StatusTone::Bad, StatusTexts::tr("relay: database away"), relay.reason};
    case RelayStatus::State::Stopped:
        return {StatusTone::Idle, StatusTexts::tr("relay stopped"),
                StatusTexts::tr("The relay has been stopped.")};
    case RelayStatus::State::Running:
        break;
    }
    if (publishing.waiting > 0) {
        return {StatusTone::Busy, StatusTexts::tr("relay %1 behind").arg(counted(publishing.waiting)),
                StatusTexts::tr("%1 saved changes are on their way to their topics.")
                    .arg(counted(publishing.waiting))};
    }
    return {StatusTone::Good, StatusTexts::tr("relay up to date"),
            StatusTexts::tr("Every saved change is on its topic. %1 events since the start.")
                .arg(counted(relay.published))};
}

StatusText outboxStatus(const PublishingState &publishing)
{
    const qint64 refused = refusedCount(publishing);
    const qint64 heldBack = publishing.refused.size() - refused;
    const qint64 waiting = publishing.waiting + heldBack;
    QStringList parts;
    if (waiting > 0)
        parts.append(StatusTexts::tr("%1 waiting").arg(counted(waiting)));
    if (refused > 0)
        parts.append(StatusTexts::tr("%1 refused").arg(counted(refused)));
    if (parts.isEmpty())
        return {};
    return {refused > 0 ? StatusTone::Bad : StatusTone::Busy, parts.join(QStringLiteral(" · ")),
            StatusTexts::tr("Saved changes that are not published yet. Click to see them and why.")};
}

StatusText ingestStatusText(bool isIngesting, const IngestStatus &ingest)
{
    if (!isIngesting)
        return {};
    switch (ingest.state) {
    case IngestStatus::State::Starting:
        return {StatusTone::Busy, StatusTexts::tr("ingest starting"),
                StatusTexts::tr("Asking the brokers for the entities' topics.")};
    case IngestStatus::State::NoTopics:
        return {StatusTone::Idle, StatusTexts::tr("ingest: no topics yet"),
                StatusTexts::tr("None of the entities' topics is on the brokers yet; it looks again.")};
    case IngestStatus::State::BrokerAway:
        return {StatusTone::Bad, StatusTexts::tr("ingest: broker away"), ingest.reason};
    case IngestStatus::State::DatabaseAway:
        return {StatusTone::Bad, StatusTexts::tr("ingest: database away"), ingest.reason};
    case IngestStatus::State::Halted:
        return {StatusTone::Bad, StatusTexts::tr("ingest halted"), ingest.reason};
    case IngestStatus::State::Stopped:
        return {StatusTone::Idle, StatusTexts::tr("ingest stopped"),
                StatusTexts::tr("No messages are taken in.")};
    case IngestStatus::State::Running:
        break;
    }
    if (ingest.lag > 0) {
        return {StatusTone::Busy, StatusTexts::tr("ingest %1 behind").arg(counted(ingest.lag)),
                StatusTexts::tr("%1 messages are still to be taken in.").arg(counted(ingest.lag))};
    }
    return {StatusTone::Good, StatusTexts::tr("ingest up to date"),
            StatusTexts::tr("What other programs wrote to the topics is in the catalog. %1 messages changed "
                            "something since the start.")
                .arg(counted(ingest.outcome.applied))};
}

StatusText poisonStatus(const PublishingState &state)
{
    if (state.poison == 0)
        return {};
    return {StatusTone::Bad, StatusTexts::tr("%1 poison").arg(counted(state.poison)),
            StatusTexts::tr("Messages from topics that could not be applied. Click to see them and why.")};
}

StatusText workspaceStatus(const Workspace &workspace)
{
    if (workspace.isSample) {
        return {StatusTone::Idle, StatusTexts::tr("%1 · no server needed").arg(workspace.name),
                StatusTexts::tr(
                    "The sample workspace keeps its records in a SQLite file and its events in this program. "
                    "Click to open a workspace of your own.")};
    }
    return {StatusTone::Idle, workspace.name,
            StatusTexts::tr("The open workspace. Click to choose another.")};
}

} // namespace desk
