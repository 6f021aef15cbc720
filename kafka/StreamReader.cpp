// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/StreamReader.h"

#include "kafka/BrokerErrors.h"
#include "kafka/BrokerHealth.h"
#include "kafka/FetchQueue.h"
#include "kafka/ThreadPriority.h"

#include <array>

namespace desk {

using namespace std::chrono_literals;

namespace {

constexpr int AskingMilliseconds = 700;
constexpr auto LookForPartitionsAgain = 3s;
constexpr auto AskForEndsAgain = 3s; // during a pause
constexpr auto PatienceForAll = 2s;
constexpr size_t BatchMessages = 4096;
constexpr int BatchMilliseconds = 1;       // how long a batch is collected once it has a first message
constexpr qint64 BatchBytes = 1024 * 1024; // appended under one lock

Expected<ClientHandle> openConsumer(const BrokerSettings &brokers)
{
    ClientProperties properties{
        .preferred = {
            {"fetch.error.backoff.ms", "100"},
            // The embedded broker answers an empty fetch only when this time is over.
            {"fetch.wait.max.ms", brokers.embedded ? "50" : "500"},
            {"auto.offset.reset", "earliest"}, // a topic that was made anew, or rows that retention took
        },
        .required = {
            {"enable.auto.commit", "false"},
            {"enable.partition.eof", "true"},
        },
    };
    properties.preferred.insert(FetchQueue::properties());
    return openClient(RD_KAFKA_CONSUMER, brokers, properties, [](rd_kafka_conf_t *configuration) {
        rd_kafka_conf_set_events(configuration, RD_KAFKA_EVENT_ERROR);
        standBehindWindow(configuration);
    });
}

} // namespace

StreamReader::StreamReader(const BrokerSettings &brokers, std::shared_ptr<MessageLog> log,
                           const StreamRequest &request, Report report)
    : m_brokers(brokers)
    , m_log(std::move(log))
    , m_request(request)
    , m_report(std::move(report))
{ }

StreamReader::~StreamReader() = default;

void StreamReader::start()
{
    m_thread = std::thread([self = shared_from_this()] {
        self->lookAfter();
        const std::scoped_lock lock(self->m_mutex);
        self->m_hasEnded = true;
        self->m_changed.notify_all();
    });
}

void StreamReader::stop()
{
    std::unique_lock lock(m_mutex);
    m_isStopping = true;
    m_changed.notify_all();
    m_changed.wait_for(lock, 900ms, [this] { return m_hasEnded; });
    if (!m_thread.joinable())
        return;
    const bool hasEnded = m_hasEnded;
    lock.unlock();
    if (hasEnded)
        m_thread.join();
    else
        m_thread.detach(); // it holds on to this object until it is done
}

void StreamReader::setPaused(bool isPaused)
{
    const std::scoped_lock lock(m_mutex);
    m_isPaused = isPaused;
    m_changed.notify_all();
}

bool StreamReader::waitFor(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, time, [this] { return m_isStopping || m_isLow; });
    return !m_isStopping;
}

bool StreamReader::takeLow()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_isLow, false);
}

bool StreamReader::isPaused()
{
    const std::scoped_lock lock(m_mutex);
    return m_isPaused;
}

void StreamReader::say(StreamSession::State state, const Error &error)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_isStopping)
        m_report(state, error);
}

void StreamReader::drainEvents(rd_kafka_queue_t *events, BrokerHealth &health)
{
    while (const EventHandle event{rd_kafka_queue_poll(events, 0)})
        health.reported(rd_kafka_event_error(event.get()),
                        QString::fromUtf8(rd_kafka_event_error_string(event.get())));
}

void StreamReader::lookAfter()
{
    auto opened = openConsumer(m_brokers);
    if (!opened) {
        say(StreamSession::State::Away, opened.error());
        return;
    }
    const ClientHandle client = std::move(*opened);
    const QueueHandle events(rd_kafka_queue_get_main(client.get()));
    const QueueHandle queue(rd_kafka_queue_new(client.get()));
    FetchQueue fetching(client.get(), queue.get());
    StreamPartitions partitions(client.get(), queue.get(), m_board, fetching, m_request, m_brokers.embedded);
    m_notBefore = partitions.notBefore();
    m_notFrom = partitions.notFrom();
    std::thread reading([this, &queue, &fetching] { read(queue.get(), fetching); });
    lookAfterPartitions(events.get(), partitions, fetching);
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopping = true; // also when everything has been read
        m_changed.notify_all();
    }
    reading.join();
}

// Until the session is stopped, or everything that was asked for has been read.
void StreamReader::lookAfterPartitions(rd_kafka_queue_t *events, StreamPartitions &partitions,
                                       const FetchQueue &fetching)
{
    BrokerHealth health(m_brokers);
    bool isReading = false;
    std::chrono::milliseconds pause = 0ms;
    auto lastLook = std::chrono::steady_clock::time_point();
    auto lastEnds = lastLook;
    const auto begun = std::chrono::steady_clock::now();
    while (waitFor(pause)) {
        if (takeLow()) {
            fetching.wake(AskingMilliseconds);
            continue;
        }
        drainEvents(events, health);
        partitions.noteEnds();
        if (m_board.isStopped()) {
            say(StreamSession::State::Complete);
            return;
        }
        const auto now = std::chrono::steady_clock::now();
        if (isPaused() && now - lastEnds >= AskForEndsAgain) {
            partitions.askEnds(AskingMilliseconds);
            lastEnds = std::chrono::steady_clock::now();
        }
        const bool isDue = !isReading || health.isSuspect() || health.isAway() || !partitions.isComplete()
            || partitions.isTopicMissing() || now - lastLook >= LookForPartitionsAgain;
        pause = m_request.end.kind == StreamEnd::Kind::Never ? 1s : 100ms;
        if (!isDue)
            continue;
        lastLook = now;
        const auto error = partitions.refresh(AskingMilliseconds);
        drainEvents(events, health);
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
            health.answered();
            // One partition without a leader keeps nobody from reading the others.
            const bool isGoing = partitions.isComplete()
                || (partitions.isAnyRead() && now - begun > PatienceForAll);
            if (!isReading && isGoing)
                say(StreamSession::State::Reading);
            isReading = isReading || isGoing;
        } else if (error == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED
                   || error == RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION) {
            say(StreamSession::State::Away, brokerError(error, m_brokers));
            isReading = false;
        } else {
            health.unanswered(error);
            if (health.isAway()) {
                say(StreamSession::State::Away, health.error());
                isReading = false;
            }
        }
        if (!isReading)
            pause = 200ms;
    }
}

void StreamReader::read(rd_kafka_queue_t *queue, FetchQueue &fetching)
{
    standBehindWindow();
    std::array<rd_kafka_message_t *, BatchMessages> messages{};
    while (true) {
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_isStopping || !m_isPaused; });
            if (m_isStopping)
                return;
        }
        // Waiting for a batch would wait for a full one; so wait for one message, then take what is there.
        messages[0] = rd_kafka_consume_queue(queue, 200);
        if (!messages[0])
            continue;
        const auto more = rd_kafka_consume_batch_queue(queue, BatchMilliseconds, messages.data() + 1,
                                                       messages.size() - 1);
        const size_t count = 1 + size_t(std::max<ssize_t>(0, more));
        std::span<rd_kafka_message_t *const> rest(messages.data(), count);
        qint64 allBytes = 0;
        while (!rest.empty()) {
            size_t taken = 0;
            qint64 bytes = 0;
            for (; taken < rest.size() && bytes < BatchBytes; ++taken)
                bytes += qint64(rest[taken]->len + rest[taken]->key_len);
            take(rest.first(taken));
            rest = rest.subspan(taken);
            allBytes += bytes;
        }
        for (size_t index = 0; index < count; ++index)
            rd_kafka_message_destroy(messages[index]);
        if (fetching.took(count, allBytes)) {
            const std::scoped_lock lock(m_mutex);
            m_isLow = true;
            m_changed.notify_all();
        }
    }
}

// Messages of a partition come together, so the one before mostly tells.
StreamReader::Reading &StreamReader::readingOf(const rd_kafka_message_t &message)
{
    const PartitionBoard::Partition partition{message.rkt, message.partition};
    if (m_lastReading.second && m_lastReading.first == partition)
        return *m_lastReading.second;
    auto reading = m_reading.find(partition);
    if (reading == m_reading.end()) {
        const QString topic = QString::fromUtf8(rd_kafka_topic_name(message.rkt));
        reading = m_reading.emplace(partition, Reading{m_log->topicId(topic), m_board.stopOf(partition)})
                      .first;
    }
    m_lastReading = {partition, &reading->second};
    return reading->second;
}

void StreamReader::noteReached()
{
    for (auto &[partition, reading] : m_reading) {
        if (reading.next >= 0)
            m_board.reached(partition, reading.next, reading.met);
        if (reading.messages > 0)
            m_board.took(partition, reading.messages, reading.bytes, reading.largest);
        reading.next = -1;
        reading.messages = 0;
        reading.bytes = 0;
        reading.largest = 0;
    }
}

bool StreamReader::isWanted(const rd_kafka_message_t &message, qint64 timestamp)
{
    Reading &reading = readingOf(message);
    reading.next = message.offset + 1;
    reading.met = PartitionBoard::Met::Message;
    return !(reading.stop && message.offset >= *reading.stop)
        && (m_notBefore == 0 || timestamp >= m_notBefore) && (m_notFrom == 0 || timestamp < m_notFrom);
}

void StreamReader::take(std::span<rd_kafka_message_t *const> messages)
{
    m_views.clear();
    m_headers.clear();
    std::vector<size_t> headerCounts;
    qint64 bytes = 0;
    for (const rd_kafka_message_t *message : messages) {
        if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
            Reading &reading = readingOf(*message);
            reading.next = message->offset;
            reading.met = PartitionBoard::Met::End;
            continue;
        }
        if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
            qCInfo(kafkaLog) << "Reading a partition:" << rd_kafka_err2name(message->err);
            continue;
        }
        rd_kafka_timestamp_type_t timestampType{};
        const qint64 timestamp = rd_kafka_message_timestamp(message, &timestampType);
        if (!isWanted(*message, timestamp))
            continue;

        MessageView view;
        view.topic = readingOf(*message).topic;
        view.partition = message->partition;
        view.offset = message->offset;
        view.timestamp = timestampType == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? -1 : timestamp;
        view.hasKey = message->key != nullptr;
        view.hasValue = message->payload != nullptr;
        view.key = QByteArrayView(static_cast<const char *>(message->key), qsizetype(message->key_len));
        view.value = QByteArrayView(static_cast<const char *>(message->payload), qsizetype(message->len));

        size_t headerCount = 0;
        rd_kafka_headers_t *headers = nullptr;
        if (rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR) {
            const char *name = nullptr;
            const void *value = nullptr;
            size_t size = 0;
            while (rd_kafka_header_get_all(headers, headerCount, &name, &value, &size)
                   == RD_KAFKA_RESP_ERR_NO_ERROR) {
                m_headers.push_back({QByteArrayView(name),
                                     QByteArrayView(static_cast<const char *>(value), qsizetype(size))});
                ++headerCount;
            }
        }
        headerCounts.push_back(headerCount);
        const qint64 size = view.key.size() + view.value.size();
        bytes += size;
        Reading &reading = readingOf(*message);
        ++reading.messages;
        reading.bytes += size;
        reading.largest = std::max(reading.largest, size);
        m_views.push_back(view);
    }
    // Only now do the headers stay where they are.
    std::span<const HeaderView> rest(m_headers);
    for (size_t index = 0; index < m_views.size(); ++index) {
        m_views[index].headers = rest.first(headerCounts[index]);
        rest = rest.subspan(headerCounts[index]);
    }

    // What was fetched just before a pause is shown after it.
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_isStopping || !m_isPaused; });
    if (m_isStopping)
        return;
    m_log->append(std::span<const MessageView>(m_views));
    m_messages += qint64(m_views.size());
    m_bytes += bytes;
    noteReached(); // not before the log has them
}

} // namespace desk
