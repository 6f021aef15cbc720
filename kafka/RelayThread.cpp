// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/Relay.h"
#include "models/store/StoreLoop.h"

#include <mutex>

namespace desk {

struct RelayThread::Data {
    BrokerSettings brokers;
    RelayOptions options;
    RelayThread *owner = nullptr;

    RelayStatus last; // on the loop's thread
    std::mutex mutex;
    Relay *relay = nullptr; // on the loop's stack while it runs
    std::unique_ptr<StoreLoop> loop;

    void report(const RelayStatus &status)
    {
        last = status;
        QMetaObject::invokeMethod(
            owner,
            [owner = owner, status] {
                owner->m_status = status;
                Q_EMIT owner->statusChanged(status);
            },
            Qt::QueuedConnection);
    }

    [[nodiscard]] Expected<> run(Store &store, const std::stop_token &stop);
    void reportAway(const Error &error);
};

Expected<> RelayThread::Data::run(Store &store, const std::stop_token &stop)
{
    // Each relay counts from nought; the numbers told go on.
    const RelayStatus before = last;
    Relay worker(
        store, brokers,
        [&](RelayStatus status) {
            status.published += before.published;
            status.refused += before.refused;
            report(status);
        },
        options);
    {
        const std::scoped_lock lock(mutex);
        relay = &worker;
    }
    Expected<> result = worker.run(stop);
    const std::scoped_lock lock(mutex);
    relay = nullptr;
    return result;
}

void RelayThread::Data::reportAway(const Error &error)
{
    RelayStatus away = last;
    away.state = RelayStatus::State::DatabaseAway;
    away.reason = error.sentence;
    report(away);
}

RelayThread::RelayThread(Opener opener, const BrokerSettings &brokers, QObject *parent,
                         const RelayOptions &options)
    : QObject(parent)
    , m_data(std::make_unique<Data>())
{
    m_data->brokers = brokers;
    m_data->options = options;
    m_data->owner = this;
    m_data->loop = std::make_unique<StoreLoop>(
        std::move(opener),
        [data = m_data.get()](Store &store, const std::stop_token &stop) { return data->run(store, stop); },
        [data = m_data.get()](const Error &error) { data->reportAway(error); });
}

RelayThread::~RelayThread() = default;

void RelayThread::start()
{
    m_data->loop->start();
}

void RelayThread::wake()
{
    const std::scoped_lock lock(m_data->mutex);
    if (m_data->relay)
        m_data->relay->wake();
    m_data->loop->wake();
}

} // namespace desk
