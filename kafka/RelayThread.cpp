// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/KafkaClient.h"
#include "kafka/Relay.h"

#include <QRandomGenerator>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace desk {

using namespace std::chrono_literals;

struct RelayThread::Data {
    Opener opener;
    BrokerSettings brokers;
    RelayOptions options;
    RelayThread *owner = nullptr;

    std::mutex mutex;
    std::condition_variable changed;
    bool isWoken = false;
    bool isStopping = false;
    Relay *relay = nullptr; // on the thread's stack while it runs
    Store *store = nullptr;
    std::jthread thread;

    void report(const RelayStatus &status)
    {
        QMetaObject::invokeMethod(
            owner,
            [owner = owner, status] {
                owner->m_status = status;
                Q_EMIT owner->statusChanged(status);
            },
            Qt::QueuedConnection);
    }

    void work(const std::stop_token &stop);
    [[nodiscard]] Expected<> relayOnce(const std::stop_token &stop, RelayStatus &last);
};

void RelayThread::Data::work(const std::stop_token &stop)
{
    constexpr std::chrono::milliseconds ShortestPause = 500ms;
    constexpr std::chrono::milliseconds LongestPause = 10s;
    std::chrono::milliseconds pause = ShortestPause;
    RelayStatus last;
    while (!stop.stop_requested()) {
        const auto begun = std::chrono::steady_clock::now();
        const auto result = relayOnce(stop, last);
        if (result || stop.stop_requested())
            break;
        last.state = RelayStatus::State::DatabaseAway;
        last.reason = result.error().sentence;
        report(last);
        if (std::chrono::steady_clock::now() - begun > LongestPause)
            pause = ShortestPause; // it had worked for a while
        const auto jitter = std::chrono::milliseconds(
            QRandomGenerator::global()->bounded(int(pause.count() / 2)));
        std::unique_lock lock(mutex);
        changed.wait_for(lock, pause / 2 + jitter, [this] { return isWoken || isStopping; });
        isWoken = false;
        pause = std::min(pause * 2, LongestPause);
    }
}

Expected<> RelayThread::Data::relayOnce(const std::stop_token &stop, RelayStatus &last)
{
    auto opened = opener();
    if (!opened)
        return tl::make_unexpected(opened.error());
    const qint64 publishedBefore = last.published;
    const qint64 refusedBefore = last.refused;
    Relay worker(
        **opened, brokers,
        [&](RelayStatus status) {
            status.published += publishedBefore;
            status.refused += refusedBefore;
            last = status;
            report(status);
        },
        options);
    {
        const std::scoped_lock lock(mutex);
        relay = &worker;
        store = opened->get();
    }
    auto result = worker.run(stop);
    const std::scoped_lock lock(mutex);
    relay = nullptr;
    store = nullptr;
    return result;
}

RelayThread::RelayThread(Opener opener, const BrokerSettings &brokers, QObject *parent,
                         const RelayOptions &options)
    : QObject(parent)
    , m_data(std::make_unique<Data>())
{
    m_data->opener = std::move(opener);
    m_data->brokers = brokers;
    m_data->options = options;
    m_data->owner = this;
}

RelayThread::~RelayThread()
{
    if (!m_data->thread.joinable())
        return;
    m_data->thread.request_stop();
    {
        const std::scoped_lock lock(m_data->mutex);
        m_data->isStopping = true;
        if (m_data->store)
            m_data->store->cancel();
        m_data->changed.notify_all();
    }
    m_data->thread.join();
}

void RelayThread::start()
{
    if (m_data->thread.joinable())
        return;
    m_data->thread = std::jthread([data = m_data.get()](const std::stop_token &stop) { data->work(stop); });
}

void RelayThread::wake()
{
    const std::scoped_lock lock(m_data->mutex);
    m_data->isWoken = true;
    if (m_data->relay)
        m_data->relay->wake();
    m_data->changed.notify_all();
}

} // namespace desk
