// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/SendTask.h"

#include <QThread>

#include <mutex>

namespace desk {

struct SendTask::State {
    std::stop_source stop;
    std::mutex mutex; // guards what follows
    SendTask *owner = nullptr;
    SendReport report;
    bool isFinished = false;
    bool isToldAlready = false; // the owner will look

    // On the sending thread.
    static void tell(const std::shared_ptr<State> &state, const SendReport &report, bool isFinished)
    {
        const std::lock_guard lock(state->mutex);
        state->report = report;
        state->isFinished = isFinished;
        if (!state->owner || state->isToldAlready)
            return;
        state->isToldAlready = true;
        QMetaObject::invokeMethod(
            state->owner, [owner = state->owner, state] { owner->take(state); }, Qt::QueuedConnection);
    }
};

SendTask::SendTask(const BrokerSettings &brokers, QObject *parent) : QObject(parent), m_brokers(brokers) { }

SendTask::~SendTask()
{
    forget();
}

void SendTask::forget()
{
    if (!m_state)
        return;
    m_state->stop.request_stop();
    const std::lock_guard lock(m_state->mutex);
    m_state->owner = nullptr;
}

void SendTask::start(MessageSource source, const SendOptions &options)
{
    Q_ASSERT(!m_state);
    m_report = {};
    m_state = std::make_shared<State>();
    m_state->owner = this;
    // It ends by itself, and after this object if need be.
    QThread *thread = QThread::create(
        [state = m_state, brokers = m_brokers, source = std::move(source), options] {
            const auto report = sendMessages(
                brokers, source, options,
                [&state](const SendReport &counts) { State::tell(state, counts, false); },
                state->stop.get_token());
            SendReport last;
            if (report)
                last = *report;
            else
                last.stopped = report.error();
            State::tell(state, last, true);
        });
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
}

void SendTask::cancel()
{
    if (m_state)
        m_state->stop.request_stop();
}

void SendTask::take(const std::shared_ptr<State> &state)
{
    bool isFinished = false;
    {
        const std::lock_guard lock(state->mutex);
        state->isToldAlready = false;
        m_report = state->report;
        isFinished = state->isFinished;
    }
    if (!isFinished) {
        Q_EMIT progressed();
        return;
    }
    m_state.reset();
    Q_EMIT progressed();
    Q_EMIT finished();
}

} // namespace desk
