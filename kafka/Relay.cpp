// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/Relay.h"

#include "kafka/RelayEngine.h"

namespace desk {

using namespace std::chrono_literals;

struct Relay::Data {
    using Clock = std::chrono::steady_clock;

    Store &store;
    BrokerSettings brokers;
    RelayOptions options;
    StatusCallback callback;
    RelayWaker waker;
    RelayStatus status;
    RelayStatus reported;
    Clock::time_point lastReport;
    std::unique_ptr<RelayEngine> engine;

    void report()
    {
        if (!callback || status == reported)
            return;
        const bool isUrgent = status.state != reported.state || status.reason != reported.reason || !engine
            || engine->isIdle(); // the next chance to say it may be a while off
        const auto now = Clock::now();
        if (!isUrgent && now - lastReport < 100ms)
            return;
        lastReport = now;
        reported = status;
        callback(status);
    }

    // True if there is an engine with the lock.
    Expected<bool> ensureEngine()
    {
        if (engine)
            return true;
        const auto lock = store.lockRelay();
        if (!lock)
            return tl::make_unexpected(lock.error());
        if (!lock->isHeld) {
            status.state = RelayStatus::State::StandingBy;
            status.reason = lock->obstacle;
            return false;
        }
        auto made = std::make_unique<RelayEngine>(store, brokers, options, waker, status);
        if (auto begun = made->begin(); !begun)
            return tl::make_unexpected(begun.error());
        engine = std::move(made);
        return true;
    }

    // The relay that holds the lock is at work: see how far it has come.
    Expected<bool> othersReached(std::optional<qint64> &target)
    {
        if (!target) {
            const auto head = store.journalHead();
            if (!head)
                return tl::make_unexpected(head.error());
            target = *head;
        }
        const auto cursor = store.relayCursor();
        if (!cursor)
            return tl::make_unexpected(cursor.error());
        status.cursor = *cursor;
        return *cursor >= *target;
    }
};

Relay::Relay(Store &store, const BrokerSettings &brokers, StatusCallback status, const RelayOptions &options)
    : m_data(new Data{store, brokers, options, std::move(status), {}, {}, {}, {}, {}})
{ }

Relay::~Relay() = default;

Expected<RelayStatus> Relay::runOnce(int timeoutMilliseconds)
{
    Data &data = *m_data;
    const auto deadline = Data::Clock::now() + std::chrono::milliseconds(timeoutMilliseconds);
    std::optional<qint64> othersTarget;
    while (true) {
        const auto isReady = data.ensureEngine();
        if (!isReady)
            return tl::make_unexpected(isReady.error());
        bool isDone = false;
        if (*isReady) {
            if (auto stepped = data.engine->step({}); !stepped) {
                data.engine.reset();
                return tl::make_unexpected(stepped.error());
            }
            isDone = data.engine->head() && data.status.cursor >= *data.engine->head()
                && data.engine->isIdle();
            if (const auto error = data.engine->hopeless()) {
                data.engine.reset();
                return tl::make_unexpected(*error);
            }
            if (!data.engine->obstacle().isEmpty() && data.engine->isIdle()) {
                const QString obstacle = data.engine->obstacle();
                data.report();
                data.engine.reset();
                return failure(ErrorCode::UnknownEntity, obstacle);
            }
        } else {
            const auto reached = data.othersReached(othersTarget);
            if (!reached)
                return tl::make_unexpected(reached.error());
            isDone = *reached;
            if (!isDone)
                data.waker.wait(200ms);
        }
        data.report();
        if (isDone)
            break;
        if (Data::Clock::now() > deadline) {
            const QString reason = data.status.state == RelayStatus::State::BrokerAway
                    || data.status.state == RelayStatus::State::RegistryAway
                ? data.status.reason
                : data.status.state == RelayStatus::State::StandingBy
                ? QStringLiteral("Another program publishes this database's changes and is not done yet.")
                : QStringLiteral("The broker has not acknowledged everything in time.");
            data.engine.reset();
            return failure(ErrorCode::Unreachable, reason);
        }
    }
    data.engine.reset();
    RelayStatus result = data.status;
    result.state = RelayStatus::State::Stopped;
    return result;
}

Expected<> Relay::run(std::stop_token stop)
{
    Data &data = *m_data;
    const std::stop_callback wakeToStop(stop, [&data] { data.waker.wake(); });
    while (!stop.stop_requested()) {
        const auto isReady = data.ensureEngine();
        if (!isReady)
            return tl::make_unexpected(isReady.error());
        if (*isReady) {
            if (auto stepped = data.engine->step(stop); !stepped) {
                data.engine.reset(); // its events were counted on; the next run reads them again
                return stepped;
            }
        } else {
            data.waker.wait(1s);
            static_cast<void>(data.waker.takeWoken());
        }
        data.report();
    }
    // Without this the next relay would send again what the broker is about to acknowledge.
    Expected<> drained;
    if (data.engine && data.options.drainMilliseconds > 0)
        drained = data.engine->drain(std::chrono::milliseconds(data.options.drainMilliseconds));
    data.engine.reset();
    data.status.state = RelayStatus::State::Stopped;
    data.status.reason.clear();
    data.report();
    return drained;
}

void Relay::wake()
{
    m_data->waker.wake();
}

} // namespace desk
