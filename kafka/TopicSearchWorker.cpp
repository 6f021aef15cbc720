// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/TopicSearchWorker.h"

#include "kafka/BrokerErrors.h"
#include "kafka/ConsumedMessage.h"
#include "kafka/FetchQueue.h"
#include "kafka/ThreadPriority.h"

#include <algorithm>
#include <array>

namespace desk {

using namespace std::chrono_literals;

namespace {

constexpr size_t BatchMessages = 4096;
constexpr int BatchMilliseconds = 5; // how long a batch is collected once it has a first message
constexpr auto PatienceForLeaders = 10s;

Expected<ClientHandle> openConsumer(const BrokerSettings &brokers)
{
    ClientProperties properties{
        .preferred = {
            {"fetch.error.backoff.ms", "100"},
            // The embedded broker answers an empty fetch only when this time is over.
            {"fetch.wait.max.ms", brokers.embedded ? "50" : "500"},
            {"auto.offset.reset", "earliest"}, // rows that retention took while the search was on its way
        },
        .required = {
            {"enable.auto.commit", "false"},
            {"enable.partition.eof", "true"}, // ends that compaction and transactions leave no message at
        },
    };
    properties.preferred.insert(FetchQueue::properties());
    return openClient(RD_KAFKA_CONSUMER, brokers, properties, [](rd_kafka_conf_t *configuration) {
        rd_kafka_conf_set_events(configuration, RD_KAFKA_EVENT_ERROR);
        standBehindWindow(configuration);
    });
}

void drainEvents(rd_kafka_queue_t *events, BrokerHealth &health)
{
    while (const EventHandle event{rd_kafka_queue_poll(events, 0)})
        health.reported(rd_kafka_event_error(event.get()),
                        QString::fromUtf8(rd_kafka_event_error_string(event.get())));
}

} // namespace

TopicSearchWorker::TopicSearchWorker(const BrokerSettings &brokers, const TopicSearchRequest &request,
                                     std::unique_ptr<MessageFilter> filter,
                                     std::shared_ptr<MessageLog> matches)
    : m_brokers(brokers)
    , m_request(request)
    , m_filter(std::move(filter))
    , m_matches(std::move(matches))
    , m_pattern(request.pattern)
{
    m_request.topics.removeDuplicates();
}

TopicSearchWorker::~TopicSearchWorker() = default;

void TopicSearchWorker::start()
{
    m_thread = std::thread([self = shared_from_this()] {
        standBehindWindow();
        self->run();
        const std::scoped_lock lock(self->m_mutex);
        self->m_hasEnded = true;
        self->m_changed.notify_all();
    });
}

void TopicSearchWorker::requestStop()
{
    const std::scoped_lock lock(m_mutex);
    m_isStopping = true;
    m_changed.notify_all();
}

bool TopicSearchWorker::hasEnded() const
{
    const std::scoped_lock lock(m_mutex);
    return m_hasEnded;
}

void TopicSearchWorker::stop()
{
    requestStop();
    std::unique_lock lock(m_mutex);
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

TopicSearchWorker::Told TopicSearchWorker::told() const
{
    const std::scoped_lock lock(m_mutex);
    return m_told;
}

void TopicSearchWorker::tell(TopicSearch::State state, const Error &error)
{
    m_progress.filterProblem = m_filter->problem();
    if (m_progress.filterProblem.isEmpty())
        m_progress.filterProblem = MessageFilter::partlySeenSentence(m_filter->partlySeen());
    m_lastTold = std::chrono::steady_clock::now();
    const std::scoped_lock lock(m_mutex);
    m_told = {state, error, m_progress};
}

// Telling copies what is known of each partition, and there may be thousands.
void TopicSearchWorker::tellNowAndThen()
{
    if (std::chrono::steady_clock::now() - m_lastTold > 50ms)
        tell(TopicSearch::State::Running);
}

bool TopicSearchWorker::isStopping() const
{
    const std::scoped_lock lock(m_mutex);
    return m_isStopping;
}

bool TopicSearchWorker::waitFor(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    return !m_changed.wait_for(lock, time, [this] { return m_isStopping; });
}

bool TopicSearchWorker::isDone() const
{
    return std::all_of(m_progress.partitions.cbegin(), m_progress.partitions.cend(),
                       [](const Partition &partition) { return partition.isDone; });
}

void TopicSearchWorker::run()
{
    auto opened = openConsumer(m_brokers);
    if (!opened) {
        tell(TopicSearch::State::Failed, opened.error());
        return;
    }
    const ClientHandle client = std::move(*opened);
    const QueueHandle events(rd_kafka_queue_get_main(client.get()));
    const QueueHandle queue(rd_kafka_queue_new(client.get()));
    BrokerHealth health(m_brokers);
    for (const QString &name : std::as_const(m_request.topics))
        addTopic(client.get(), name);
    drainEvents(events.get(), health);
    if (find(client.get(), health)) {
        startPartitions(queue.get());
        read(client.get(), queue.get(), health);
        stopPartitions();
    }
    drainEvents(events.get(), health);
    m_topics.clear(); // before their client
}

// False if there is nothing to read; that has been told then.
bool TopicSearchWorker::find(rd_kafka_t *client, BrokerHealth &health)
{
    const auto deadline = std::chrono::steady_clock::now() + PatienceForLeaders;
    while (!isStopping()) {
        rd_kafka_resp_err_t error = findPartitions(client);
        if (!error && m_progress.partitions.isEmpty()) {
            tell(TopicSearch::State::Failed, {ErrorCode::NotFound, nothingToSearch(), {}, {}});
            return false;
        }
        if (!error)
            error = findOffsets(client);
        if (!error) {
            health.answered();
            // A partition without a leader just now may get one.
            const bool isPatient = std::chrono::steady_clock::now() < deadline;
            const bool isKnown = std::none_of(m_progress.partitions.cbegin(), m_progress.partitions.cend(),
                                              [](const Partition &partition) { return partition.end < 0; });
            if (isKnown || !isPatient)
                return true;
            tell(TopicSearch::State::Running);
        } else if (error == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED
                   || error == RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION) {
            tell(TopicSearch::State::Failed, brokerError(error, m_brokers));
            return false;
        } else {
            health.unanswered(error);
            if (health.isAway())
                tell(TopicSearch::State::Away, health.error());
        }
        if (!waitFor(200ms))
            break;
    }
    return false;
}

void TopicSearchWorker::startPartitions(rd_kafka_queue_t *queue)
{
    for (const Topic &topic : m_topics) {
        for (const auto &[id, place] : topic.partitions) {
            Partition &partition = m_progress.partitions[qsizetype(place)];
            if (partition.end < 0) {
                partition.begin = partition.next = partition.end = 0;
                partition.isDone = true;
                partition.problem = QStringLiteral(
                                        "Partition %1 of %2 has no leader just now and was not searched.")
                                        .arg(id)
                                        .arg(topic.name);
            } else if (partition.begin >= partition.end) {
                partition.isDone = true;
            } else if (rd_kafka_consume_start_queue(topic.handle.get(), id, partition.begin, queue) != 0) {
                partition.isDone = true;
                partition.problem = QStringLiteral("Partition %1 of %2 cannot be read: %3")
                                        .arg(id)
                                        .arg(topic.name,
                                             brokerError(rd_kafka_last_error(), m_brokers).sentence);
            }
        }
    }
    tell(TopicSearch::State::Running);
}

void TopicSearchWorker::noteLeaders(FetchQueue &fetching) const
{
    for (const Topic &topic : m_topics) {
        for (const auto &[partition, leader] : topic.leaders)
            fetching.setLeader(topic.name.toUtf8(), partition, leader);
    }
}

void TopicSearchWorker::stopPartitions()
{
    for (const Topic &topic : m_topics) {
        for (const auto &[id, place] : topic.partitions) {
            if (!m_progress.partitions[qsizetype(place)].isDone)
                rd_kafka_consume_stop(topic.handle.get(), id);
        }
    }
}

void TopicSearchWorker::read(rd_kafka_t *client, rd_kafka_queue_t *queue, BrokerHealth &health)
{
    std::array<rd_kafka_message_t *, BatchMessages> messages{};
    FetchQueue fetching(client, queue);
    noteLeaders(fetching);
    auto lastMessage = std::chrono::steady_clock::now();
    while (!isDone() && !isFull() && !isStopping()) {
        messages[0] = rd_kafka_consume_queue(queue, 200);
        if (!messages[0]) {
            if (std::chrono::steady_clock::now() - lastMessage < 2s)
                continue;
            const bool isThere = health.probe(client, AskingMilliseconds);
            tell(!isThere && health.isAway() ? TopicSearch::State::Away : TopicSearch::State::Running,
                 isThere ? Error() : health.error());
            continue;
        }
        lastMessage = std::chrono::steady_clock::now();
        const auto more = rd_kafka_consume_batch_queue(queue, BatchMilliseconds, messages.data() + 1,
                                                       messages.size() - 1);
        const std::span<rd_kafka_message_t *const> batch(messages.data(),
                                                         1 + size_t(std::max<ssize_t>(0, more)));
        take(batch);
        qint64 bytes = 0;
        for (rd_kafka_message_t *message : batch) {
            bytes += qint64(message->len + message->key_len);
            rd_kafka_message_destroy(message);
        }
        if (fetching.took(batch.size(), bytes))
            fetching.wake(AskingMilliseconds);
        tellNowAndThen();
    }
    if (!isStopping())
        tell(isDone() ? TopicSearch::State::Finished : TopicSearch::State::Full);
}

TopicSearchWorker::Topic *TopicSearchWorker::topicOf(rd_kafka_topic_t *handle)
{
    const auto known = m_byHandle.find(handle);
    if (known != m_byHandle.end())
        return known->second;
    for (Topic &topic : m_topics) {
        if (qstrcmp(rd_kafka_topic_name(topic.handle.get()), rd_kafka_topic_name(handle)) == 0)
            return m_byHandle.emplace(handle, &topic).first->second;
    }
    return nullptr;
}

void TopicSearchWorker::take(std::span<rd_kafka_message_t *const> messages)
{
    for (const rd_kafka_message_t *message : messages) {
        Topic *const topic = message->rkt ? topicOf(message->rkt) : nullptr;
        const auto place = topic ? topic->partitions.find(message->partition)
                                 : std::map<qint32, size_t>::iterator();
        if (!topic || place == topic->partitions.end())
            continue;
        Partition &partition = m_progress.partitions[qsizetype(place->second)];
        if (partition.isDone || isFull())
            continue; // what was on its way
        if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
            finish(*topic, partition);
        } else if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
            finish(*topic, partition,
                   QStringLiteral("Partition %1 of %2 was read up to offset %3: %4")
                       .arg(message->partition)
                       .arg(topic->name)
                       .arg(partition.next)
                       .arg(brokerError(message->err, m_brokers).sentence));
        } else {
            lookAt(*message, *topic, partition);
            if (message->offset + 1 >= partition.end)
                finish(*topic, partition);
        }
    }
}

void TopicSearchWorker::lookAt(const rd_kafka_message_t &message, const Topic &topic, Partition &partition)
{
    if (message.offset >= partition.end)
        return; // beyond what is looked at
    partition.next = message.offset + 1;
    m_headers.clear();
    MessageView view = viewOfConsumed(message, topic.id, m_headers);
    view.headers = m_headers;
    if (view.timestamp < m_notBefore || view.timestamp >= m_notFrom)
        return;
    ++m_progress.lookedAt;
    if (!m_filter->matches(view))
        return;
    const std::scoped_lock lock(m_mutex);
    if (m_isStopping)
        return;
    m_matches->append(std::span<const MessageView>(&view, 1));
    ++m_progress.found;
}

void TopicSearchWorker::finish(const Topic &topic, Partition &partition, const QString &problem)
{
    partition.isDone = true;
    partition.problem = problem;
    rd_kafka_consume_stop(topic.handle.get(), partition.partition);
}

} // namespace desk
