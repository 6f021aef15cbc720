// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/WorkspaceSession.h"

#include "app/desk/SampleCatalog.h"
#include "kafka/TopicAdmin.h"

#include <QMutexLocker>

namespace desk {

namespace {

// Who the journal says it was: the operator's name on this computer.
QString operatorName()
{
    for (const char *variable : {"LOGNAME", "USER", "USERNAME"}) {
        if (const QString name = qEnvironmentVariable(variable); !name.isEmpty())
            return name;
    }
    return QStringLiteral("operator");
}

} // namespace

DatabaseSettings WorkspaceSession::SharedSettings::get() const
{
    const QMutexLocker lock(&mutex);
    return settings;
}

void WorkspaceSession::SharedSettings::setPassword(const QString &password)
{
    const QMutexLocker lock(&mutex);
    settings.password = password;
}

WorkspaceSession::WorkspaceSession(const Workspace &asked, Theme &theme, const QString &cacheFolder,
                                   const QString &settingsFile, QObject *parent)
    : QObject(parent)
    , m_catalog(EntityCatalog::load(asked.entityFolder, asked.decoding.sensitiveNames))
    , m_database(std::make_shared<SharedSettings>())
{
    Workspace workspace = asked;
    m_database->settings = workspace.database;
    startBroker(workspace);

    m_store = std::make_unique<StoreClient>(m_catalog, windowOpener(workspace.isSample));
    m_states = std::make_unique<RecordStates>();
    const QString author = operatorName();
    m_changes = std::make_unique<ChangeService>(*m_store, *m_states, author);
    m_images = std::make_unique<ImageLoader>(cacheFolder);
    m_services = std::make_unique<DeskServices>(DeskServices{
        *m_store, *m_states, *m_changes, theme, *m_images, m_catalog, workspace, author, settingsFile});
    // Ingest commits its offsets: that, too, would change something there.
    const bool usesTopics = workspace.brokers.isConfigured() && !workspace.brokers.readOnly
        && !m_brokerProblem;
    if (workspace.publish && usesTopics)
        m_relay = std::make_unique<RelayThread>(backgroundOpener(), workspace.brokers);
    if (workspace.ingest && usesTopics)
        m_ingest = std::make_unique<IngestThread>(backgroundOpener(), workspace.brokers);

    connect(m_store.get(), &StoreClient::publishingChanged, m_states.get(), &RecordStates::setPublishing);
    connect(m_store.get(), &StoreClient::stateChanged, this, [this](StoreClient::State state) {
        if (state == StoreClient::State::Ready)
            startBackground();
    });
}

WorkspaceSession::~WorkspaceSession() = default;

void WorkspaceSession::startBroker(Workspace &workspace)
{
    if (!workspace.brokers.embedded)
        return;
    Expected<std::unique_ptr<EmbeddedBroker>> broker = EmbeddedBroker::start(workspace.brokers.partitions);
    Expected<> ready = broker ? (*broker)->create(topicsOf(*m_catalog))
                              : Expected<>(tl::make_unexpected(broker.error()));
    if (!ready) {
        m_brokerProblem = ready.error();
        return;
    }
    m_broker = *std::move(broker);
    workspace.brokers = m_broker->settings(workspace.brokers);
}

StoreClient::Opener WorkspaceSession::windowOpener(bool isSample)
{
    // Called on the database thread, which the store client ends before this session is gone.
    return
        [this, isSample, database = m_database, catalog = m_catalog]() -> Expected<std::unique_ptr<Store>> {
            Expected<std::unique_ptr<Store>> store = openStore(database->get(), catalog);
            if (!store)
                return store;
            if (const Expected<> migrated = (*store)->migrate(); !migrated) {
                if (migrated.error().code != ErrorCode::RefusedMigration)
                    return tl::make_unexpected(migrated.error());
                // The entities that fit can be worked with all the same. (Emitted here, heard on the GUI thread.)
                Q_EMIT migrationRefused(migrated.error());
            }
            if (isSample) {
                const Expected<> filled = fillSampleCatalog(**store);
                if (!filled && filled.error().code != ErrorCode::RefusedMigration)
                    return tl::make_unexpected(filled.error());
            }
            return store;
        };
}

StoreLoop::Opener WorkspaceSession::backgroundOpener() const
{
    return [database = m_database, catalog = m_catalog] { return openStore(database->get(), catalog); };
}

void WorkspaceSession::startBackground()
{
    if (m_isBackgroundStarted)
        return;
    m_isBackgroundStarted = true; // from here on they find their own way back to a lost database
    if (m_relay) {
        connect(m_relay.get(), &RelayThread::statusChanged, this, &WorkspaceSession::followRelay);
        connect(m_changes.get(), &ChangeService::applied, m_relay.get(), &RelayThread::wake);
        m_relay->start();
    }
    if (m_ingest) {
        connect(m_ingest.get(), &IngestThread::statusChanged, this, &WorkspaceSession::followIngest);
        m_ingest->start();
    }
}

void WorkspaceSession::followRelay(const RelayStatus &status)
{
    m_states->setBrokerAway(status.state == RelayStatus::State::BrokerAway, status.reason);
    m_store->poke(); // the publishing state has moved on
    Q_EMIT relayStatusChanged();
}

void WorkspaceSession::followIngest(const IngestStatus &status)
{
    if (status.outcome.applied > 0 || status.outcome.poison > 0)
        m_store->poke(); // what came in is shown at once
    Q_EMIT ingestStatusChanged();
}

void WorkspaceSession::start()
{
    m_store->start();
}

void WorkspaceSession::setDatabasePassword(const QString &password)
{
    m_database->setPassword(password);
    m_services->workspace.database.password = password;
    m_store->reconnect();
}

RelayStatus WorkspaceSession::relayStatus() const
{
    return m_relay ? m_relay->status() : RelayStatus{};
}

} // namespace desk
