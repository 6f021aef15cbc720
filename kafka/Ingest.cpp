// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/Ingest.h"

#include "kafka/GroupConsumer.h"
#include "kafka/IngestDecoder.h"
#include "kafka/TopicAdmin.h"

#include <chrono>
#include <thread>

namespace desk {

using namespace std::chrono_literals;

namespace {

constexpr auto LookForTopicsAgain = 5s;
constexpr int PollMilliseconds = 200;
constexpr int ProbeMilliseconds = 700;
constexpr int ConflictsInARow = 10; // with other writers, before it is told

template <typename Visit>
void forEachHeader(const rd_kafka_message_t &message, Visit visit)
{
    rd_kafka_headers_t *headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    const char *name = nullptr;
    const void *value = nullptr;
    size_t size = 0;
    for (size_t index = 0;
         rd_kafka_header_get_all(headers, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++index)
        visit(QByteArrayView(name), QByteArrayView(static_cast<const char *>(value), qsizetype(size)));
}

std::optional<QByteArrayView> bytesOf(const void *bytes, size_t size)
{
    return bytes ? std::optional(QByteArrayView(static_cast<const char *>(bytes), qsizetype(size)))
                 : std::nullopt;
}

QDateTime timeOf(const rd_kafka_message_t &message)
{
    rd_kafka_timestamp_type_t type{};
    const qint64 at = rd_kafka_message_timestamp(&message, &type);
    return at < 0 ? QDateTime() : QDateTime::fromMSecsSinceEpoch(at, Qt::UTC);
}

IncomingMessage incomingOf(const rd_kafka_message_t &message, const QString &topic)
{
    IncomingMessage incoming;
    incoming.topic = topic;
    incoming.partition = message.partition;
    incoming.offset = message.offset;
    incoming.at = timeOf(message);
    incoming.key = bytesOf(message.key, message.key_len);
    incoming.value = bytesOf(message.payload, message.len);
    forEachHeader(message, [&incoming](QByteArrayView name, QByteArrayView value) {
        incoming.takeHeader(name, value);
    });
    return incoming;
}

TopicMessage copyOf(const rd_kafka_message_t &message)
{
    TopicMessage copy;
    copy.topic = QString::fromUtf8(rd_kafka_topic_name(message.rkt));
    copy.partition = message.partition;
    copy.offset = message.offset;
    copy.at = timeOf(message);
    if (const auto key = bytesOf(message.key, message.key_len))
        copy.key = key->toByteArray();
    if (const auto value = bytesOf(message.payload, message.len))
        copy.value = value->toByteArray();
    forEachHeader(message, [&copy](QByteArrayView name, QByteArrayView value) {
        copy.headers.append({name.toByteArray(), value.toByteArray()});
    });
    return copy;
}

} // namespace

struct Ingest::Data {
    using Clock = std::chrono::steady_clock;

    Data(Store &readInto, const BrokerSettings &from, const IngestOptions &how, StatusCallback tell)
        : store(readInto)
        , brokers(from)
        , options(how)
        , callback(std::move(tell))
        , decoder(readInto.catalog(), readInto.databaseId())
    { }

    Store &store;
    BrokerSettings brokers;
    IngestOptions options;
    StatusCallback callback;
    IngestDecoder decoder;
    QStringList wanted; // topics, in the order in which their messages are best applied
    IngestStatus status;
    IngestStatus reported;
    Clock::time_point lastReport;
    std::unique_ptr<TopicAdmin> admin;
    std::unique_ptr<GroupConsumer> consumer;
    QStringList subscribed;
    Clock::time_point lastLook;
    Clock::time_point lastProbe;

    void report(bool isUrgent = false)
    {
        if (!callback || status == reported)
            return;
        const auto now = Clock::now();
        if (!isUrgent && status.state == reported.state && status.reason == reported.reason
            && now - lastReport < 100ms)
            return;
        lastReport = now;
        reported = status;
        callback(status);
    }

    void setState(IngestStatus::State state, const QString &reason = {})
    {
        status.state = state;
        status.reason = reason;
    }

    // False if there is nothing to read, with the state that says why.
    Expected<bool> lookForTopics();
    Expected<> openConsumer();
    // Where reading goes on; negative: at the beginning.
    Expected<std::map<GroupConsumer::Place, qint64>> positionsOf(
        const std::vector<GroupConsumer::Place> &places);
    Expected<> step(int timeoutMilliseconds);
    Expected<> take(const std::vector<MessageHandle> &messages);
    Expected<IngestOutcome> takeBatch(const IngestBatch &batch);
    void watchHealth();
};

Expected<bool> Ingest::Data::lookForTopics()
{
    const auto now = Clock::now();
    if (!subscribed.isEmpty() && (subscribed.size() == wanted.size() || now - lastLook < LookForTopicsAgain))
        return true;
    lastLook = now;
    if (!admin)
        admin = std::make_unique<TopicAdmin>(brokers);
    const Expected<ClusterInfo> cluster = admin->cluster();
    if (!cluster) {
        setState(IngestStatus::State::BrokerAway, cluster.error().sentence);
        return !subscribed.isEmpty();
    }
    QStringList there;
    for (const TopicInfo &topic : cluster->topics)
        there.append(topic.name);
    QStringList topics;
    for (const QString &topic : std::as_const(wanted)) {
        if (there.contains(topic))
            topics.append(topic);
    }
    if (topics.isEmpty()) {
        setState(IngestStatus::State::NoTopics);
        return false;
    }
    if (topics == subscribed)
        return true;
    if (const Expected<> opened = openConsumer(); !opened)
        return tl::make_unexpected(opened.error());
    if (const Expected<> done = consumer->subscribe(topics); !done)
        return tl::make_unexpected(done.error());
    subscribed = topics;
    return true;
}

Expected<> Ingest::Data::openConsumer()
{
    if (consumer)
        return {};
    Expected<std::unique_ptr<GroupConsumer>> opened = GroupConsumer::open(
        brokers, options.consumerGroup,
        [this](const std::vector<GroupConsumer::Place> &places) { return positionsOf(places); });
    if (!opened)
        return tl::make_unexpected(opened.error());
    consumer = *std::move(opened);
    return {};
}

Expected<std::map<GroupConsumer::Place, qint64>> Ingest::Data::positionsOf(
    const std::vector<GroupConsumer::Place> &places)
{
    const auto stored = store.ingest().positions(options.consumerGroup);
    if (!stored)
        return tl::make_unexpected(stored.error());
    std::map<GroupConsumer::Place, qint64> positions;
    for (const PartitionPosition &position : *stored)
        positions.insert({{position.topic, position.partition}, position.next});
    if (options.fromBeginning) {
        for (const GroupConsumer::Place &place : places)
            positions.insert({place, -1});
        return positions;
    }
    // Where reading begins at the end is kept at once: what comes before the first message is read would
    // otherwise be passed over by the process that reads on.
    IngestBatch begun{options.consumerGroup, {}, {}, {}};
    for (const GroupConsumer::Place &place : places) {
        if (positions.contains(place))
            continue;
        const Expected<qint64> end = consumer->endOf(place);
        if (!end)
            return tl::make_unexpected(end.error());
        positions.insert({place, *end});
        begun.positions.append({place.first, place.second, *end});
    }
    const Expected<IngestOutcome> kept = takeBatch(begun);
    return kept ? Expected<std::map<GroupConsumer::Place, qint64>>(positions)
                : tl::make_unexpected(kept.error());
}

Expected<> Ingest::Data::step(int timeoutMilliseconds)
{
    const std::vector<MessageHandle> messages = consumer->poll(options.batchMessages, options.batchBytes,
                                                               timeoutMilliseconds);
    if (!messages.empty()) {
        if (const Expected<> taken = take(messages); !taken)
            return taken;
    }
    if (consumer->problem())
        return tl::make_unexpected(*consumer->problem());
    watchHealth();
    status.lag = consumer->lag();
    return {};
}

Expected<> Ingest::Data::take(const std::vector<MessageHandle> &messages)
{
    // Topics in their best order; within a topic as they came.
    QHash<const rd_kafka_topic_t *, QString> names;
    QHash<QString, int> rank;
    for (int index = 0; index < wanted.size(); ++index)
        rank.insert(wanted[index], index);
    std::vector<std::pair<int, const rd_kafka_message_t *>> ordered;
    ordered.reserve(messages.size());
    for (const MessageHandle &message : messages) {
        QString &name = names[message->rkt];
        if (name.isNull())
            name = QString::fromUtf8(rd_kafka_topic_name(message->rkt));
        ordered.emplace_back(rank.value(name, int(wanted.size())), message.get());
    }
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const auto &left, const auto &right) { return left.first < right.first; });

    IngestBatch batch;
    batch.consumerGroup = options.consumerGroup;
    std::vector<const rd_kafka_message_t *> sources;
    std::map<std::pair<QString, int>, qint64> next;
    qint64 skipped = 0;
    for (const auto &[place, message] : ordered) {
        const QString &topic = names[message->rkt];
        qint64 &position = next[{topic, message->partition}];
        position = std::max<qint64>(position, message->offset + 1);
        std::optional<IngestMessage> decoded = decoder.decode(incomingOf(*message, topic));
        if (!decoded) {
            ++skipped;
            continue;
        }
        batch.messages.append(*std::move(decoded));
        sources.push_back(message);
    }
    for (const auto &[place, offset] : next)
        batch.positions.append({place.first, place.second, offset});
    batch.source = [&sources](qsizetype index) { return copyOf(*sources[size_t(index)]); };
    const Expected<IngestOutcome> outcome = takeBatch(batch);
    if (!outcome)
        return tl::make_unexpected(outcome.error());
    status.outcome += *outcome;
    status.skipped += skipped;
    setState(IngestStatus::State::Running);
    for (const auto &[place, offset] : next)
        consumer->tellBroker(place, offset);
    return {};
}

Expected<IngestOutcome> Ingest::Data::takeBatch(const IngestBatch &batch)
{
    for (int attempt = 1;; ++attempt) {
        Expected<IngestOutcome> outcome = store.ingest().take(batch);
        if (outcome || outcome.error().code != ErrorCode::Conflict || attempt >= ConflictsInARow)
            return outcome;
        std::this_thread::sleep_for(20ms * attempt);
    }
}

void Ingest::Data::watchHealth()
{
    BrokerHealth &health = consumer->health();
    const auto now = Clock::now();
    if ((health.isSuspect() || health.isAway()) && now - lastProbe >= 1s) {
        lastProbe = now;
        health.probe(consumer->client(), ProbeMilliseconds);
    }
    if (health.isAway())
        setState(IngestStatus::State::BrokerAway, health.error().sentence);
    else if (consumer->isAssigned())
        setState(IngestStatus::State::Running);
}

Ingest::Ingest(Store &store, const BrokerSettings &brokers, const IngestOptions &options,
               StatusCallback status)
    : m_data(std::make_unique<Data>(store, brokers, options, std::move(status)))
{
    if (m_data->options.consumerGroup.isEmpty())
        m_data->options.consumerGroup = groupOf(store.databaseId());
    m_data->wanted = m_data->decoder.topics();
}

Ingest::~Ingest() = default;

QString Ingest::groupOf(const QString &databaseId)
{
    return QStringLiteral("catalog-desk-") + databaseId.left(8);
}

Expected<IngestStatus> Ingest::runOnce(int timeoutMilliseconds)
{
    Data &data = *m_data;
    auto deadline = Data::Clock::now() + std::chrono::milliseconds(timeoutMilliseconds);
    while (true) {
        const Expected<bool> isReady = data.lookForTopics();
        if (!isReady)
            return tl::make_unexpected(isReady.error());
        if (data.status.state == IngestStatus::State::NoTopics)
            break;
        const IngestOutcome before = data.status.outcome;
        if (*isReady) {
            if (const Expected<> stepped = data.step(PollMilliseconds); !stepped)
                return tl::make_unexpected(stepped.error());
            data.report();
            if (data.consumer->isAtEnd())
                break;
        } else {
            std::this_thread::sleep_for(200ms);
        }
        if (!(data.status.outcome == before))
            deadline = Data::Clock::now() + std::chrono::milliseconds(timeoutMilliseconds);
        if (Data::Clock::now() > deadline) {
            return failure(ErrorCode::Unreachable,
                           data.status.reason.isEmpty()
                               ? QStringLiteral("The broker has not handed out any partition in time.")
                               : data.status.reason);
        }
    }
    data.consumer.reset();
    data.setState(IngestStatus::State::Stopped);
    data.report(true);
    return data.status;
}

Expected<> Ingest::run(const std::stop_token &stop)
{
    Data &data = *m_data;
    while (!stop.stop_requested()) {
        const Expected<bool> isReady = data.lookForTopics();
        Expected<> done = isReady ? Expected<>() : tl::make_unexpected(isReady.error());
        if (isReady && *isReady)
            done = data.step(PollMilliseconds);
        else if (isReady)
            std::this_thread::sleep_for(500ms);
        if (!done) {
            data.consumer.reset(); // what it has read ahead is read again
            data.subscribed.clear();
            return done;
        }
        data.report();
    }
    data.consumer.reset();
    data.setState(IngestStatus::State::Stopped);
    data.report(true);
    return {};
}

Expected<IngestOutcome> retryPoison(Store &store, const QList<PoisonMessage> &messages)
{
    IngestDecoder decoder(store.catalog(), store.databaseId());
    IngestBatch batch;
    for (const PoisonMessage &poison : messages) {
        std::optional<IngestMessage> decoded = decoder.decode(IncomingMessage::of(poison.message));
        if (!decoded) {
            decoded = IngestMessage{poison.message.topic,
                                    poison.message.partition,
                                    poison.message.offset,
                                    poison.message.at,
                                    0,
                                    failure(ErrorCode::UnknownEntity,
                                            QStringLiteral("No entity described here reads the topic %1.")
                                                .arg(poison.message.topic))};
        }
        decoded->poisonId = poison.id;
        batch.messages.append(*std::move(decoded));
    }
    batch.source = [&messages](qsizetype index) { return messages[index].message; };
    return store.ingest().take(batch);
}

} // namespace desk
