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

constexpr int AskingMilliseconds = 1000;
constexpr size_t BatchMessages = 4096;
constexpr int BatchMilliseconds = 5; // how long a batch is collected once it has a first message
constexpr qint64 Unresolved = -1001; // no offset and none of librdkafka's logical ones
constexpr auto PatienceForLeaders = 10s;

struct MessageDeleter {
    void operator()(rd_kafka_message_t *message) const { rd_kafka_message_destroy(message); }
};

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

void TopicSearchWorker::addTopic(rd_kafka_t *client, const QString &name)
{
    TopicHandle handle(rd_kafka_topic_new(client, name.toUtf8().constData(), nullptr));
    if (handle)
        m_topics.push_back({std::move(handle), name, m_matches->topicId(name), {}, {}});
}

QString TopicSearchWorker::nothingToSearch() const
{
    const bool isThere = std::any_of(m_topics.cbegin(), m_topics.cend(),
                                     [](const Topic &topic) { return topic.isThere; });
    if (isThere)
        return QStringLiteral("None of the topics has one of the partitions that were asked for.");
    QStringList names = m_request.topics;
    if (!m_pattern.isEmpty())
        names.append(QStringLiteral("like %1").arg(m_request.pattern));
    return QStringLiteral("There is no topic %1 to search.").arg(names.join(u", "));
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

rd_kafka_resp_err_t TopicSearchWorker::findPartitions(rd_kafka_t *client)
{
    if (m_topics.empty() && m_pattern.isEmpty())
        return RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION;
    const auto metadata = m_pattern.isEmpty() ? fetchMetadata(client, nullptr, AskingMilliseconds)
                                              : fetchClusterMetadata(client, AskingMilliseconds);
    if (!metadata)
        return metadata.error();
    for (int index = 0; index < (*metadata)->topic_cnt; ++index) {
        const QByteArray name((*metadata)->topics[index].topic);
        const bool isKnown = std::any_of(m_topics.cbegin(), m_topics.cend(), [&](const Topic &topic) {
            return name == rd_kafka_topic_name(topic.handle.get());
        });
        if (!isKnown && m_pattern.matches(name))
            addTopic(client, QString::fromUtf8(name));
    }
    m_progress.partitions.clear();
    rd_kafka_resp_err_t refusal = RD_KAFKA_RESP_ERR_NO_ERROR;
    for (Topic &topic : m_topics) {
        topic.partitions.clear();
        topic.leaders.clear();
        topic.isThere = false;
        for (int index = 0; index < (*metadata)->topic_cnt; ++index) {
            const auto &answer = (*metadata)->topics[index];
            if (qstrcmp(rd_kafka_topic_name(topic.handle.get()), answer.topic) != 0)
                continue;
            if (answer.err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED
                || answer.err == RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION)
                refusal = answer.err;
            topic.isThere = answer.partition_cnt > 0;
            for (int part = 0; part < answer.partition_cnt; ++part) {
                const QList<int> &wanted = m_request.partitions;
                if (!wanted.isEmpty() && !wanted.contains(answer.partitions[part].id))
                    continue;
                topic.partitions[answer.partitions[part].id] = size_t(m_progress.partitions.size());
                topic.leaders[answer.partitions[part].id] = answer.partitions[part].leader;
                m_progress.partitions.append(Partition{
                    .topic = topic.name, .partition = answer.partitions[part].id, .end = Unresolved});
            }
        }
    }
    return refusal;
}

rd_kafka_resp_err_t TopicSearchWorker::offsetsFor(rd_kafka_t *client, qint64 timestamp,
                                                  std::vector<qint64> &offsets) const
{
    const auto &partitions = m_progress.partitions;
    const PartitionListHandle list(rd_kafka_topic_partition_list_new(int(partitions.size())));
    for (const Partition &partition : partitions)
        rd_kafka_topic_partition_list_add(list.get(), partition.topic.toUtf8().constData(),
                                          partition.partition)
            ->offset
            = timestamp;
    // The request behind this takes the two logical offsets as well as times: one question per broker.
    const auto error = rd_kafka_offsets_for_times(client, list.get(), AskingMilliseconds);
    offsets.assign(size_t(partitions.size()), Unresolved);
    for (qsizetype index = 0; index < partitions.size(); ++index) {
        const auto *found = rd_kafka_topic_partition_list_find(
            list.get(), partitions[index].topic.toUtf8().constData(), partitions[index].partition);
        if (found && found->err == RD_KAFKA_RESP_ERR_NO_ERROR && error == RD_KAFKA_RESP_ERR_NO_ERROR)
            offsets[size_t(index)] = found->offset;
    }
    return error;
}

rd_kafka_resp_err_t TopicSearchWorker::findOffsets(rd_kafka_t *client)
{
    const auto milliseconds = [](const QDateTime &time) {
        return std::max<qint64>(0, time.toMSecsSinceEpoch());
    };
    Offsets offsets;
    auto error = offsetsFor(client, RD_KAFKA_OFFSET_BEGINNING, offsets.begins);
    if (!error)
        error = offsetsFor(client, RD_KAFKA_OFFSET_END, offsets.ends);
    // The embedded broker finds no offset by time: what is out of it is passed over instead.
    if (m_request.start.kind == StreamStart::Kind::Time) {
        m_notBefore = milliseconds(m_request.start.time);
        if (!error && !m_brokers.embedded)
            error = offsetsFor(client, m_notBefore, offsets.starts);
    }
    if (m_request.end.kind == StreamEnd::Kind::Time) {
        m_notFrom = milliseconds(m_request.end.time);
        if (!error && !m_brokers.embedded)
            error = offsetsFor(client, m_notFrom, offsets.stops);
    }
    if (!error)
        place(offsets);
    return error;
}

void TopicSearchWorker::place(const Offsets &offsets)
{
    const auto isResolved = [](const std::vector<qint64> &found, size_t place) {
        return found.empty() || found[place] != Unresolved;
    };
    for (qsizetype index = 0; index < m_progress.partitions.size(); ++index) {
        const auto place = size_t(index);
        const bool isKnown = isResolved(offsets.begins, place) && isResolved(offsets.ends, place)
            && isResolved(offsets.starts, place) && isResolved(offsets.stops, place);
        if (!isKnown)
            continue;
        Partition &partition = m_progress.partitions[index];
        partition.begin = beginOf(place, offsets);
        partition.end = std::max(partition.begin, endOf(place, offsets));
        partition.next = partition.begin;
    }
}

qint64 TopicSearchWorker::beginOf(size_t place, const Offsets &offsets) const
{
    const qint64 begin = offsets.begins[place];
    const qint64 end = std::max(begin, offsets.ends[place]);
    const StreamStart &start = m_request.start;
    switch (start.kind) {
    case StreamStart::Kind::Beginning:
        break;
    case StreamStart::Kind::End:
        return end;
    case StreamStart::Kind::LastMessages:
        return std::max(begin, end - start.count);
    case StreamStart::Kind::Offset:
        return std::clamp(start.offset, begin, end);
    case StreamStart::Kind::Time:
        if (!offsets.starts.empty()) // negative: nothing that new
            return offsets.starts[place] < 0 ? end : offsets.starts[place];
        break;
    }
    return begin;
}

qint64 TopicSearchWorker::endOf(size_t place, const Offsets &offsets) const
{
    const qint64 end = offsets.ends[place];
    if (m_request.end.kind == StreamEnd::Kind::Offset)
        return std::min(m_request.end.offset, end);
    if (!offsets.stops.empty() && offsets.stops[place] >= 0) // negative: nothing that late
        return std::min(offsets.stops[place], end);
    return end;
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
            MessageDeleter()(message);
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
