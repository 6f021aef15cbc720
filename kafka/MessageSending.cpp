// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageSending.h"

#include "kafka/BrokerErrors.h"
#include "kafka/Producer.h"
#include "kafka/TopicCreation.h"

#include <QHash>

#include <chrono>
#include <thread>

namespace desk {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr qint64 MostInFlight = 10'000;
constexpr qint64 PollEvery = 64; // messages, when there is no pause between them
constexpr auto ReportEvery = 200ms;
constexpr auto PatienceAfterCancel = 2s;

class Sending
{
public:
    Sending(const BrokerSettings &brokers, const MessageSource &source, const SendOptions &options,
            const SendProgress &progress, const std::stop_token &stop)
        : m_brokers(brokers)
        , m_source(source)
        , m_options(options)
        , m_progress(progress)
        , m_stop(stop)
    { }

    Expected<SendReport> run()
    {
        auto producer = Producer::create(m_brokers);
        if (!producer)
            return tl::make_unexpected(producer.error());
        m_producer = *std::move(producer);
        if (const Expected<> learned = learnTopics(); !learned)
            return tl::make_unexpected(learned.error());
        m_began = m_lastAnswer = m_lastReport = Clock::now();
        while (!m_isOver && (!m_isAll || m_inFlight > 0))
            step();
        if (m_progress)
            m_progress(m_report);
        return m_report;
    }

private:
    // In pieces, so that it can be told to stop.
    Expected<> learnTopics()
    {
        const auto deadline = Clock::now() + std::chrono::milliseconds(m_options.timeoutMilliseconds);
        while (true) {
            const auto metadata = fetchClusterMetadata(m_producer->client(), 500);
            if (metadata) {
                const rd_kafka_metadata_t &all = **metadata;
                for (int index = 0; index < all.topic_cnt; ++index)
                    m_partitions.insert(QString::fromUtf8(all.topics[index].topic),
                                        all.topics[index].partition_cnt);
                return {};
            }
            poll(0);
            if (m_stop.stop_requested())
                return failure(ErrorCode::Cancelled, QStringLiteral("Sending was cancelled."));
            if (Clock::now() > deadline || m_producer->health().isSuspect())
                return tl::make_unexpected(awayError(metadata.error()));
        }
    }

    Error awayError(rd_kafka_resp_err_t code)
    {
        m_producer->health().unanswered(code);
        return m_producer->health().isAway() ? m_producer->health().error() : brokerError(code, m_brokers);
    }

    void step()
    {
        const auto now = Clock::now();
        if (m_stop.stop_requested() && !m_isAll) {
            m_isAll = true;
            m_report.isCancelled = true;
            m_cancelled = now;
        }
        if (m_inFlight == 0)
            m_lastAnswer = now;
        if (m_report.isCancelled && now - m_cancelled > PatienceAfterCancel)
            m_isOver = true;
        else if (m_producer->fatalError())
            end(*m_producer->fatalError());
        else if (now - m_lastAnswer > std::chrono::milliseconds(m_options.timeoutMilliseconds))
            end(awayError(RD_KAFKA_RESP_ERR__TIMED_OUT));
        else if (!m_isAll && m_inFlight < MostInFlight && m_taken < due(now))
            sendNext();
        else
            poll(m_isAll || m_inFlight >= MostInFlight ? 100 : pause(now));
        if (m_progress && now - m_lastReport > ReportEvery) {
            m_lastReport = now;
            m_progress(m_report);
        }
    }

    // How many there should be by now.
    [[nodiscard]] qint64 due(Clock::time_point now) const
    {
        if (m_options.perSecond <= 0)
            return std::numeric_limits<qint64>::max();
        return 1 + qint64(std::chrono::duration<double>(now - m_began).count() * m_options.perSecond);
    }

    // Milliseconds until the next one.
    [[nodiscard]] int pause(Clock::time_point now) const
    {
        const double at = double(m_taken) / m_options.perSecond;
        const double left = at - std::chrono::duration<double>(now - m_began).count();
        return std::clamp(int(left * 1000), 1, 100);
    }

    void end(const Error &error)
    {
        m_report.stopped = error;
        m_isOver = true;
    }

    void sendNext()
    {
        const auto next = m_source();
        if (!next) {
            m_report.stopped = next.error();
            m_isAll = true;
            return;
        }
        if (!*next) {
            m_isAll = true;
            return;
        }
        const OutgoingMessage &message = **next;
        const qint64 index = m_taken++;
        ++m_report.sent;
        if (const QString problem = placeProblem(message); !problem.isEmpty()) {
            fail(index, message.topic, problem);
            return;
        }
        Event event;
        event.topic = message.topic;
        event.partition = message.partition;
        event.hasKey = message.hasKey;
        event.hasValue = message.hasValue;
        event.key = message.key;
        event.payload = message.value;
        for (const MessageHeader &header : message.headers)
            event.headers.append(header.name, header.value);
        const Waiting waiting{message.topic, event.bytes()};
        const auto code = sendEvent(event, index);
        if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
            fail(index, message.topic, refusalSentence(code, message.topic, event.bytes()));
            return;
        }
        m_waiting.insert(index, waiting);
        ++m_inFlight;
        if (index % PollEvery == 0)
            poll(0);
    }

    rd_kafka_resp_err_t sendEvent(const Event &event, qint64 index)
    {
        // Fewer are under way than the library's queue holds, unless they are large.
        while (true) {
            const auto code = m_producer->send(event, reinterpret_cast<void *>(index + 1));
            if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL || m_stop.stop_requested())
                return code;
            poll(100);
        }
    }

    QString placeProblem(const OutgoingMessage &message)
    {
        auto partitions = m_partitions.constFind(message.topic);
        if (partitions == m_partitions.cend() && m_options.missingTopics == MissingTopics::Create) {
            const auto created = createMissingTopics(m_producer->client(), m_brokers, {message.topic},
                                                     m_options.timeoutMilliseconds,
                                                     [this] { return m_stop.stop_requested(); });
            if (!created)
                return brokerError(created.error(), m_brokers).sentence;
            if (!created->refused.empty())
                return brokerError(created->refused.begin()->second, m_brokers).sentence;
            partitions = m_partitions.insert(message.topic, m_brokers.partitions);
        }
        if (partitions == m_partitions.cend())
            return QStringLiteral("There is no topic “%1”. Choose another, or create it on the page Topics.")
                .arg(message.topic);
        if (message.partition >= *partitions)
            return QStringLiteral("The topic %1 has %2 partitions, counted from 0; there is no partition %3.")
                .arg(message.topic)
                .arg(*partitions)
                .arg(message.partition);
        return {};
    }

    void fail(qint64 index, const QString &topic, const QString &reason)
    {
        ++m_report.failed;
        if (m_report.failures.size() < SendReport::MostFailures)
            m_report.failures.append({index, topic, reason});
    }

    void poll(int milliseconds)
    {
        m_producer->poll(milliseconds, [this](const Producer::Delivery &delivery) {
            const qint64 index = reinterpret_cast<qint64>(delivery.tag) - 1;
            const Waiting waiting = m_waiting.take(index);
            --m_inFlight;
            m_lastAnswer = Clock::now();
            if (delivery.error != RD_KAFKA_RESP_ERR_NO_ERROR) {
                fail(index, waiting.topic, refusalSentence(delivery.error, waiting.topic, waiting.bytes));
                return;
            }
            ++m_report.acknowledged;
            m_report.topic = waiting.topic;
            m_report.partition = delivery.partition;
            m_report.offset = delivery.offset;
        });
    }

    struct Waiting {
        QString topic;
        qsizetype bytes = 0;
    };

    const BrokerSettings &m_brokers;
    const MessageSource &m_source;
    const SendOptions &m_options;
    const SendProgress &m_progress;
    const std::stop_token &m_stop;
    std::unique_ptr<Producer> m_producer;
    QHash<QString, int> m_partitions; // of each topic there is
    QHash<qint64, Waiting> m_waiting; // for an answer
    SendReport m_report;
    qint64 m_taken = 0; // from the source
    qint64 m_inFlight = 0;
    bool m_isAll = false;  // nothing more is taken from the source
    bool m_isOver = false; // nor waited for
    Clock::time_point m_began;
    Clock::time_point m_lastAnswer;
    Clock::time_point m_lastReport;
    Clock::time_point m_cancelled;
};

} // namespace

Expected<SendReport> sendMessages(const BrokerSettings &brokers, const MessageSource &source,
                                  const SendOptions &options, const SendProgress &progress,
                                  const std::stop_token &stop)
{
    return Sending(brokers, source, options, progress, stop).run();
}

} // namespace desk
