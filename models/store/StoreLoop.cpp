// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/StoreLoop.h"

#include <QRandomGenerator>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace desk {

using namespace std::chrono_literals;

struct StoreLoop::Data {
    Opener opener;
    Work work;
    Away away;

    std::mutex mutex;
    std::condition_variable changed;
    bool isWoken = false;
    bool isStopping = false;
    Store *store = nullptr; // on the thread's stack while the work runs
    std::jthread thread;

    void run(const std::stop_token &stop);
    [[nodiscard]] Expected<> runOnce(const std::stop_token &stop);
};

void StoreLoop::Data::run(const std::stop_token &stop)
{
    constexpr std::chrono::milliseconds ShortestPause = 500ms;
    constexpr std::chrono::milliseconds LongestPause = 10s;
    std::chrono::milliseconds pause = ShortestPause;
    while (!stop.stop_requested()) {
        const auto begun = std::chrono::steady_clock::now();
        const Expected<> result = runOnce(stop);
        if (result || stop.stop_requested())
            break;
        away(result.error());
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

Expected<> StoreLoop::Data::runOnce(const std::stop_token &stop)
{
    const auto opened = opener();
    if (!opened)
        return tl::make_unexpected(opened.error());
    {
        const std::scoped_lock lock(mutex);
        store = opened->get();
    }
    Expected<> result = work(**opened, stop);
    const std::scoped_lock lock(mutex);
    store = nullptr;
    return result;
}

StoreLoop::StoreLoop(Opener opener, Work work, Away away) : m_data(std::make_unique<Data>())
{
    m_data->opener = std::move(opener);
    m_data->work = std::move(work);
    m_data->away = std::move(away);
}

StoreLoop::~StoreLoop()
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

void StoreLoop::start()
{
    if (!m_data->thread.joinable())
        m_data->thread = std::jthread(
            [data = m_data.get()](const std::stop_token &stop) { data->run(stop); });
}

void StoreLoop::wake()
{
    const std::scoped_lock lock(m_data->mutex);
    m_data->isWoken = true;
    m_data->changed.notify_all();
}

} // namespace desk
