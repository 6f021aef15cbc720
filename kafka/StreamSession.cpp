// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/StreamSession.h"

#include "kafka/StreamReader.h"

namespace desk {
namespace {

constexpr qsizetype KeptWorst = 10; // of a reading that has been stopped

} // namespace

StreamSession::StreamSession(const BrokerSettings &brokers, std::shared_ptr<MessageLog> log, QObject *parent)
    : QObject(parent)
    , m_brokers(brokers)
    , m_log(std::move(log))
{
    m_rateTimer.setInterval(1000);
    connect(&m_rateTimer, &QTimer::timeout, this, &StreamSession::measureRate);
}

StreamSession::~StreamSession()
{
    if (m_reader)
        m_reader->stop();
}

void StreamSession::start(const StreamRequest &request)
{
    if (m_reader)
        m_reader->stop();
    m_log->clear();
    ++m_run;
    m_isPaused = false;
    m_error = {};
    m_messagesBefore = 0;
    m_bytesBefore = 0;
    // Reports come on the reader's thread, under the lock that stop() takes: never after it.
    m_reader = std::make_shared<StreamReader>(
        m_brokers, m_log, request, [this, run = m_run](State state, const Error &error) {
            QMetaObject::invokeMethod(
                this, [this, run, state, error] { report(run, state, error); }, Qt::QueuedConnection);
        });
    setState(State::Starting);
    m_reader->start();
    m_sinceRate.start();
    m_rateTimer.start();
}

void StreamSession::stop()
{
    if (!m_reader)
        return;
    m_reader->stop();
    m_lastProgress = m_reader->progress();
    m_lastPartitions = m_reader->partitions();
    m_lastSample = m_reader->takeSample(KeptWorst);
    m_reader.reset();
    ++m_run;
    m_rateTimer.stop();
    setState(State::Stopped);
    Q_EMIT rateChanged(0, 0);
}

void StreamSession::pause()
{
    if (!m_reader || m_isPaused)
        return;
    m_isPaused = true;
    m_reader->setPaused(true);
    if (m_state == State::Reading)
        setState(State::Paused);
}

void StreamSession::resume()
{
    if (!m_reader || !m_isPaused)
        return;
    m_isPaused = false;
    m_reader->setPaused(false);
    if (m_state == State::Paused)
        setState(State::Reading);
}

StreamProgress StreamSession::progress() const
{
    return m_reader ? m_reader->progress() : m_lastProgress;
}

QList<PartitionReading> StreamSession::partitions() const
{
    return m_reader ? m_reader->partitions() : m_lastPartitions;
}

ReadingSample StreamSession::takeSample(qsizetype worst)
{
    if (m_reader)
        return m_reader->takeSample(worst);
    ReadingSample sample = m_lastSample;
    for (TopicReading &topic : m_lastSample.topics)
        topic.largest = 0;
    sample.worst = sample.worst.first(std::min(worst, sample.worst.size()));
    return sample;
}

void StreamSession::report(qint64 run, State state, const Error &error)
{
    if (run != m_run)
        return;
    m_error = error;
    const State shown = state == State::Reading && m_isPaused ? State::Paused : state;
    if (shown == State::Away && m_state == State::Away)
        Q_EMIT stateChanged(m_state); // the reason may be another
    setState(shown);
}

void StreamSession::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void StreamSession::measureRate()
{
    const qint64 messages = m_reader->messages();
    const qint64 bytes = m_reader->bytes();
    const double seconds = std::max<qint64>(1, m_sinceRate.restart()) / 1000.0;
    Q_EMIT rateChanged(double(messages - m_messagesBefore) / seconds,
                       double(bytes - m_bytesBefore) / seconds);
    m_messagesBefore = messages;
    m_bytesBefore = bytes;
}

} // namespace desk
