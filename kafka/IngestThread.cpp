// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/IngestThread.h"

namespace desk {

struct IngestThread::Data {
    BrokerSettings brokers;
    IngestOptions options;
    IngestThread *owner = nullptr;

    IngestStatus last; // on the loop's thread
    std::unique_ptr<StoreLoop> loop;

    void report(const IngestStatus &status)
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

Expected<> IngestThread::Data::run(Store &store, const std::stop_token &stop)
{
    // Each counts from nought; the numbers told go on.
    const IngestStatus before = last;
    return Ingest(store, brokers, options,
                  [&](IngestStatus status) {
                      status.outcome += before.outcome;
                      status.skipped += before.skipped;
                      report(status);
                  })
        .run(stop);
}

void IngestThread::Data::reportAway(const Error &error)
{
    IngestStatus away = last;
    away.state = error.code == ErrorCode::Unreachable ? IngestStatus::State::DatabaseAway
                                                      : IngestStatus::State::Halted;
    away.reason = error.sentence;
    report(away);
}

IngestThread::IngestThread(StoreLoop::Opener opener, const BrokerSettings &brokers, QObject *parent,
                           const IngestOptions &options)
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

IngestThread::~IngestThread() = default;

void IngestThread::start()
{
    m_data->loop->start();
}

} // namespace desk
