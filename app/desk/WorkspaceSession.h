// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/EmbeddedBroker.h"
#include "kafka/IngestThread.h"
#include "kafka/Relay.h"
#include "ui/records/ImageLoader.h"
#include "ui/shell/DeskServices.h"

#include <QMutex>
#include <QObject>

#include <memory>

namespace desk {

// One open workspace: its entities, database, brokers, relay and images, started in the order in which they
// need each other and ended in the opposite one. Pages get its services(); the session outlives them. Lives
// on the GUI thread; nothing blocks but the destructor, which waits for the call that runs on each thread.
class WorkspaceSession : public QObject
{
    Q_OBJECT

public:
    // `settingsFile`: for what the pages remember; empty: nothing is.
    WorkspaceSession(const Workspace &workspace, Theme &theme, const QString &cacheFolder,
                     const QString &settingsFile = {}, QObject *parent = nullptr);
    ~WorkspaceSession() override;

    void start();
    // After Unauthorised: tries again with this one, and keeps it in memory.
    void setDatabasePassword(const QString &password);

    [[nodiscard]] DeskServices &services() { return *m_services; }
    [[nodiscard]] const Workspace &workspace() const { return m_services->workspace; }
    [[nodiscard]] StoreClient &store() { return *m_store; }
    [[nodiscard]] ChangeService &changes() { return *m_changes; }
    [[nodiscard]] RelayStatus relayStatus() const;
    [[nodiscard]] bool isRelaying() const { return m_relay != nullptr; }
    [[nodiscard]] IngestStatus ingestStatus() const { return m_ingest ? m_ingest->status() : IngestStatus{}; }
    [[nodiscard]] bool isIngesting() const { return m_ingest != nullptr; }
    // What is wrong without being fatal: entity files, the in-process broker.
    [[nodiscard]] const QList<SchemaProblem> &entityProblems() const { return m_catalog->problems(); }
    [[nodiscard]] const std::optional<Error> &brokerProblem() const { return m_brokerProblem; }

Q_SIGNALS:
    void relayStatusChanged();
    void ingestStatusChanged();
    // The tables of some entities could not be made to fit: the rest works.
    void migrationRefused(const desk::Error &error);

private:
    // The database's settings, shared with the openers on their threads.
    struct SharedSettings {
        mutable QMutex mutex;
        DatabaseSettings settings;

        [[nodiscard]] DatabaseSettings get() const;
        void setPassword(const QString &password);
    };

    [[nodiscard]] StoreClient::Opener windowOpener(bool isSample);
    [[nodiscard]] StoreLoop::Opener backgroundOpener() const;
    void startBroker(Workspace &workspace);
    void startBackground();
    void followRelay(const RelayStatus &status);
    void followIngest(const IngestStatus &status);

    // Members end in the opposite order of their lines, which is the shutdown: first ingest and relay (they write
    // to the database and the brokers), then what the pages were lent, the database thread, and last the broker
    // inside the program, which must outlive every client of it. The pages and the live stream are gone
    // before: the window is destroyed before its session.
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::shared_ptr<SharedSettings> m_database;
    std::optional<Error> m_brokerProblem;
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::unique_ptr<StoreClient> m_store;
    std::unique_ptr<RecordStates> m_states;
    std::unique_ptr<ChangeService> m_changes;
    std::unique_ptr<ImageLoader> m_images;
    std::unique_ptr<DeskServices> m_services;
    std::unique_ptr<RelayThread> m_relay;
    std::unique_ptr<IngestThread> m_ingest;
    bool m_isBackgroundStarted = false;
};

} // namespace desk
