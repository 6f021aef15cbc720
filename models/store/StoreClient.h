// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThread>

#include <functional>
#include <memory>

namespace desk {

class StoreWorker;

// The window's way to the store. Owns the database thread and, on it, the store; opens it, opens it again
// with growing pauses when the connection is lost, and follows the journal. Lives on the GUI thread; no call
// blocks. Futures finish on the database thread: attach with .then(context, …) to be called on the
// context's thread. While the database is away every call finishes at once with Unreachable.
class StoreClient : public QObject
{
    Q_OBJECT

public:
    enum class State { Connecting, Ready, Away };
    Q_ENUM(State)

    // The opener is called on the database thread: opens and migrates.
    using Opener = std::function<Expected<std::unique_ptr<Store>>()>;

    StoreClient(std::shared_ptr<const EntityCatalog> catalog, Opener opener, QObject *parent = nullptr);
    // Lets the call that runs finish, drops the rest, ends the thread.
    ~StoreClient() override;

    void start();
    // Try again now instead of waiting out the pause.
    void reconnect();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const Error &error() const { return m_error; } // why it is away
    [[nodiscard]] const EntityCatalog &catalog() const { return *m_catalog; }
    [[nodiscard]] std::shared_ptr<const EntityCatalog> sharedCatalog() const { return m_catalog; }
    [[nodiscard]] const PublishingState &publishingState() const { return m_publishing; }

    // Runs a call on the database thread. `work` must hold only values.
    template <typename Work>
    [[nodiscard]] auto run(Work work) -> QFuture<std::invoke_result_t<Work, Store &>>;

    [[nodiscard]] QFuture<Expected<QList<RecordRow>>> fetchPageAsync(const PageRequest &request);
    [[nodiscard]] QFuture<Expected<qint64>> countAsync(const RecordQuery &query);
    [[nodiscard]] QFuture<Expected<RecordRow>> fetchAsync(const EntityType &entity, const RecordId &id);
    [[nodiscard]] QFuture<Expected<QList<RecordRow>>> fetchManyAsync(const EntityType &entity,
                                                                     const QList<RecordId> &ids);
    [[nodiscard]] QFuture<Expected<QList<ReferenceChoice>>> findChoicesAsync(const EntityType &entity,
                                                                             const QString &text, int limit);
    [[nodiscard]] QFuture<Expected<QList<JournalEntry>>> historyAsync(const QString &entity,
                                                                      const RecordId &id, int limit);
    // Also wakes followers of the journal at once.
    [[nodiscard]] QFuture<Expected<QList<AppliedChange>>> applyAsync(const ChangeSet &changes);

    // Look at the journal and the publishing state now (the relay has moved on).
    void poke();

Q_SIGNALS:
    void stateChanged(desk::StoreClient::State state);
    // Changes by anyone, in journal order, in batches; also this program's own.
    void journalChanged(const QList<desk::JournalEntry> &entries);
    // More happened than can be listed: ask again for everything shown.
    void everythingChanged();
    void publishingChanged(const desk::PublishingState &state);

private:
    using Job = std::function<void(Store *, const Error &)>; // null store: away, and why
    void post(Job job);

    std::shared_ptr<const EntityCatalog> m_catalog;
    QThread m_thread;
    StoreWorker *m_worker; // on m_thread, deleted when it finishes
    State m_state = State::Connecting;
    Error m_error;
    PublishingState m_publishing;
};

template <typename Work>
auto StoreClient::run(Work work) -> QFuture<std::invoke_result_t<Work, Store &>>
{
    using Result = std::invoke_result_t<Work, Store &>;
    auto promise = std::make_shared<QPromise<Result>>();
    QFuture<Result> future = promise->future();
    promise->start();
    post([promise, work = std::move(work)](Store *store, const Error &away) mutable {
        if (store)
            promise->addResult(work(*store));
        else
            promise->addResult(Result(tl::make_unexpected(away)));
        promise->finish();
    });
    return future;
}

} // namespace desk

Q_DECLARE_METATYPE(desk::PublishingState)
