// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/StoreClient.h"

#include "models/store/StoreWorker.h"

namespace desk {

StoreClient::StoreClient(std::shared_ptr<const EntityCatalog> catalog, Opener opener, QObject *parent)
    : QObject(parent)
    , m_catalog(std::move(catalog))
    , m_worker(new StoreWorker(std::move(opener)))
    , m_error{ErrorCode::Unreachable, QStringLiteral("Still connecting to the database."), {}, {}}
{
    m_thread.setObjectName(QStringLiteral("database"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &StoreWorker::stateChanged, this, [this](State state, const Error &error) {
        m_error = error;
        m_state = state;
        Q_EMIT stateChanged(state);
    });
    connect(m_worker, &StoreWorker::journalChanged, this, &StoreClient::journalChanged);
    connect(m_worker, &StoreWorker::everythingChanged, this, &StoreClient::everythingChanged);
    connect(m_worker, &StoreWorker::publishingChanged, this, [this](const PublishingState &state) {
        m_publishing = state;
        Q_EMIT publishingChanged(state);
    });
}

StoreClient::~StoreClient()
{
    if (!m_thread.isRunning()) { // never started
        delete m_worker;
        return;
    }
    m_thread.quit();
    m_thread.wait();
}

void StoreClient::start()
{
    m_thread.start();
    QMetaObject::invokeMethod(m_worker, &StoreWorker::start, Qt::QueuedConnection);
}

void StoreClient::reconnect()
{
    QMetaObject::invokeMethod(m_worker, &StoreWorker::reconnect, Qt::QueuedConnection);
}

void StoreClient::poke()
{
    QMetaObject::invokeMethod(m_worker, &StoreWorker::follow, Qt::QueuedConnection);
}

void StoreClient::post(Job job)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, job = std::move(job)] { worker->run(job); }, Qt::QueuedConnection);
}

QFuture<Expected<QList<RecordRow>>> StoreClient::fetchPageAsync(const PageRequest &request)
{
    return run([request](Store &store) { return store.fetchPage(request); });
}

QFuture<Expected<qint64>> StoreClient::countAsync(const RecordQuery &query)
{
    return run([query](Store &store) { return store.count(query); });
}

QFuture<Expected<RecordRow>> StoreClient::fetchAsync(const EntityType &entity, const RecordId &id)
{
    return run([&entity, id](Store &store) { return store.fetch(entity, id); });
}

QFuture<Expected<QList<RecordRow>>> StoreClient::fetchManyAsync(const EntityType &entity,
                                                                const QList<RecordId> &ids)
{
    return run([&entity, ids](Store &store) { return store.fetchMany(entity, ids); });
}

QFuture<Expected<QList<ReferenceChoice>>> StoreClient::findChoicesAsync(const EntityType &entity,
                                                                        const QString &text, int limit)
{
    return run([&entity, text, limit](Store &store) { return store.findChoices(entity, text, limit); });
}

QFuture<Expected<QList<JournalEntry>>> StoreClient::historyAsync(const QString &entity, const RecordId &id,
                                                                 int limit)
{
    return run([entity, id, limit](Store &store) { return store.history(entity, id, limit); });
}

QFuture<Expected<QList<AppliedChange>>> StoreClient::applyAsync(const ChangeSet &changes)
{
    QFuture<Expected<QList<AppliedChange>>> applied = run(
        [changes](Store &store) { return store.apply(changes); });
    poke(); // right behind it, in the same queue
    return applied;
}

} // namespace desk
