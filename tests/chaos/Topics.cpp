// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/Topics.h"

#include <QDeadlineTimer>

#include <librdkafka/rdkafka.h>

#include <array>

namespace desk::chaos {
namespace {

constexpr int AnswerMilliseconds = 30'000;

struct Deleter {
    void operator()(rd_kafka_t *client) const { rd_kafka_destroy(client); }
    void operator()(rd_kafka_topic_t *topic) const { rd_kafka_topic_destroy(topic); }
    void operator()(rd_kafka_queue_t *queue) const { rd_kafka_queue_destroy(queue); }
    void operator()(rd_kafka_message_t *message) const { rd_kafka_message_destroy(message); }
    void operator()(rd_kafka_event_t *event) const { rd_kafka_event_destroy(event); }
    void operator()(rd_kafka_NewTopic_t *topic) const { rd_kafka_NewTopic_destroy(topic); }
    void operator()(rd_kafka_DeleteTopic_t *topic) const { rd_kafka_DeleteTopic_destroy(topic); }
    void operator()(rd_kafka_ConfigResource_t *resource) const { rd_kafka_ConfigResource_destroy(resource); }
    void operator()(const rd_kafka_metadata_t *metadata) const { rd_kafka_metadata_destroy(metadata); }
};
template <typename T>
using Handle = std::unique_ptr<T, Deleter>;

rd_kafka_t *makeClient(rd_kafka_type_t type, const QString &brokers,
                       const QMap<QByteArray, QByteArray> &more = {})
{
    std::array<char, 512> reason{};
    rd_kafka_conf_t *configuration = rd_kafka_conf_new();
    QMap<QByteArray, QByteArray> settings{
        {"bootstrap.servers", brokers.toUtf8()}, {"reconnect.backoff.max.ms", "1000"}, {"log_level", "2"}};
    settings.insert(more);
    for (auto setting = settings.cbegin(); setting != settings.cend(); ++setting)
        rd_kafka_conf_set(configuration, setting.key().constData(), setting->constData(), reason.data(),
                          reason.size());
    rd_kafka_t *client = rd_kafka_new(type, configuration, reason.data(), reason.size());
    if (!client)
        qFatal("%s", reason.data());
    return client;
}

// Waits for the answer to an administrator's request and ends the test if it is an error.
void await(rd_kafka_queue_t *queue, const char *what)
{
    const Handle<rd_kafka_event_t> event(rd_kafka_queue_poll(queue, AnswerMilliseconds));
    if (!event || rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR)
        qFatal("%s: %s", what, event ? rd_kafka_event_error_string(event.get()) : "no answer");
    size_t count = 0;
    const rd_kafka_topic_result_t **results = nullptr;
    if (const auto *created = rd_kafka_event_CreateTopics_result(event.get()))
        results = rd_kafka_CreateTopics_result_topics(created, &count);
    else if (const auto *removed = rd_kafka_event_DeleteTopics_result(event.get()))
        results = rd_kafka_DeleteTopics_result_topics(removed, &count);
    if (count == 1 && rd_kafka_topic_result_error(results[0]) != RD_KAFKA_RESP_ERR_NO_ERROR)
        qFatal("%s: %s", what, rd_kafka_topic_result_error_string(results[0]));
}

QList<int> partitionsOf(rd_kafka_t *client, rd_kafka_topic_t *topic)
{
    const rd_kafka_metadata_t *metadata = nullptr;
    if (rd_kafka_metadata(client, 0, topic, &metadata, AnswerMilliseconds) != RD_KAFKA_RESP_ERR_NO_ERROR)
        qFatal("The broker does not say what partitions %s has.", rd_kafka_topic_name(topic));
    const Handle<const rd_kafka_metadata_t> handle(metadata);
    QList<int> partitions;
    for (int index = 0; index < metadata->topics[0].partition_cnt; ++index)
        partitions.append(metadata->topics[0].partitions[index].id);
    return partitions;
}

Message messageOf(const rd_kafka_message_t &source)
{
    Message message;
    message.topic = QString::fromUtf8(rd_kafka_topic_name(source.rkt));
    message.partition = source.partition;
    message.offset = source.offset;
    rd_kafka_timestamp_type_t type{};
    const qint64 at = rd_kafka_message_timestamp(&source, &type);
    if (type == RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME)
        message.appendedAt = at;
    if (source.key)
        message.key = QByteArray(static_cast<const char *>(source.key), qsizetype(source.key_len));
    if (source.payload)
        message.value = QByteArray(static_cast<const char *>(source.payload), qsizetype(source.len));
    rd_kafka_headers_t *headers = nullptr;
    const char *name = nullptr;
    const void *value = nullptr;
    size_t size = 0;
    if (rd_kafka_message_headers(&source, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return message;
    for (size_t index = 0;
         rd_kafka_header_get_all(headers, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++index)
        message.headers.insert(name, QByteArray(static_cast<const char *>(value), qsizetype(size)));
    return message;
}

QMap<int, qint64> endsOf(rd_kafka_t *client, rd_kafka_topic_t *topic)
{
    QMap<int, qint64> ends;
    for (const int partition : partitionsOf(client, topic)) {
        int64_t low = 0;
        int64_t high = 0;
        const QDeadlineTimer deadline(AnswerMilliseconds);
        while (rd_kafka_query_watermark_offsets(client, rd_kafka_topic_name(topic), partition, &low, &high,
                                                5'000)
               != RD_KAFKA_RESP_ERR_NO_ERROR) {
            if (deadline.hasExpired())
                qFatal("The broker does not say where %s ends.", rd_kafka_topic_name(topic));
        }
        ends.insert(partition, high);
    }
    return ends;
}

} // namespace

void Topics::create(const QString &topic, int partitions, const QMap<QString, QString> &settings) const
{
    const Handle<rd_kafka_t> client(makeClient(RD_KAFKA_PRODUCER, m_brokers));
    const Handle<rd_kafka_queue_t> queue(rd_kafka_queue_new(client.get()));
    const Handle<rd_kafka_NewTopic_t> wanted(
        rd_kafka_NewTopic_new(topic.toUtf8().constData(), partitions, 1, nullptr, 0));
    for (auto setting = settings.cbegin(); setting != settings.cend(); ++setting)
        rd_kafka_NewTopic_set_config(wanted.get(), setting.key().toUtf8().constData(),
                                     setting->toUtf8().constData());
    rd_kafka_NewTopic_t *list = wanted.get();
    rd_kafka_CreateTopics(client.get(), &list, 1, nullptr, queue.get());
    await(queue.get(), "Creating a topic");
}

void Topics::remove(const QString &topic) const
{
    const Handle<rd_kafka_t> client(makeClient(RD_KAFKA_PRODUCER, m_brokers));
    const Handle<rd_kafka_queue_t> queue(rd_kafka_queue_new(client.get()));
    const Handle<rd_kafka_DeleteTopic_t> unwanted(rd_kafka_DeleteTopic_new(topic.toUtf8().constData()));
    rd_kafka_DeleteTopic_t *list = unwanted.get();
    rd_kafka_DeleteTopics(client.get(), &list, 1, nullptr, queue.get());
    await(queue.get(), "Deleting a topic");
}

void Topics::setLargestMessage(const QString &topic, int bytes) const
{
    const Handle<rd_kafka_t> client(makeClient(RD_KAFKA_PRODUCER, m_brokers));
    const Handle<rd_kafka_queue_t> queue(rd_kafka_queue_new(client.get()));
    const Handle<rd_kafka_ConfigResource_t> resource(
        rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.toUtf8().constData()));
    rd_kafka_ConfigResource_set_config(resource.get(), "max.message.bytes",
                                       QByteArray::number(bytes).constData());
    rd_kafka_ConfigResource_t *list = resource.get();
    rd_kafka_AlterConfigs(client.get(), &list, 1, nullptr, queue.get());
    await(queue.get(), "Changing a topic");
}

QMap<int, qint64> Topics::ends(const QString &name) const
{
    const Handle<rd_kafka_t> client(makeClient(RD_KAFKA_CONSUMER, m_brokers));
    const Handle<rd_kafka_topic_t> topic(
        rd_kafka_topic_new(client.get(), name.toUtf8().constData(), nullptr));
    return endsOf(client.get(), topic.get());
}

QList<Message> Topics::read(const QString &name) const
{
    const Handle<rd_kafka_t> client(makeClient(
        RD_KAFKA_CONSUMER, m_brokers, {{"fetch.wait.max.ms", "20"}, {"enable.partition.eof", "true"}}));
    const Handle<rd_kafka_topic_t> topic(
        rd_kafka_topic_new(client.get(), name.toUtf8().constData(), nullptr));
    const QMap<int, qint64> ends = endsOf(client.get(), topic.get());
    QList<Message> messages;
    for (auto end = ends.cbegin(); end != ends.cend(); ++end) {
        rd_kafka_consume_start(topic.get(), end.key(), RD_KAFKA_OFFSET_BEGINNING);
        const QDeadlineTimer deadline(10 * AnswerMilliseconds);
        qint64 next = 0;
        while (next < *end) {
            if (deadline.hasExpired())
                qFatal("%s cannot be read to its end.", qPrintable(name));
            const Handle<rd_kafka_message_t> message(rd_kafka_consume(topic.get(), end.key(), 1'000));
            if (message && message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
                next = message->offset;
            if (!message || message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
                continue;
            next = message->offset + 1;
            messages.append(messageOf(*message));
        }
        rd_kafka_consume_stop(topic.get(), end.key());
    }
    return messages;
}

void TopicWriter::ClientDeleter::operator()(rd_kafka_s *client) const
{
    rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_destroy(client);
}

TopicWriter::TopicWriter(const QString &brokers)
    : m_client(makeClient(RD_KAFKA_PRODUCER, brokers,
                          {{"enable.idempotence", "true"}, {"linger.ms", "5"}, {"message.timeout.ms", "0"}}))
{ }

TopicWriter::~TopicWriter() = default;

void TopicWriter::send(const QString &topic, const QByteArray &key, const std::optional<QByteArray> &contents,
                       qint64 at)
{
    const QByteArray name = topic.toUtf8();
    void *const bytes = contents ? const_cast<char *>(contents->constData()) : nullptr; // copied
    const size_t size = contents ? size_t(contents->size()) : 0;
    while (true) {
        const auto code = rd_kafka_producev(
            m_client.get(), RD_KAFKA_V_TOPIC(name.constData()), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
            RD_KAFKA_V_KEY(key.constData(), size_t(key.size())), RD_KAFKA_V_VALUE(bytes, size),
            RD_KAFKA_V_TIMESTAMP(at), RD_KAFKA_V_END);
        rd_kafka_poll(m_client.get(), 0);
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
            return;
        if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL)
            qFatal("%s: %s", name.constData(), rd_kafka_err2str(code));
        rd_kafka_poll(m_client.get(), 100);
    }
}

bool TopicWriter::flush(int seconds)
{
    return rd_kafka_flush(m_client.get(), seconds * 1000) == RD_KAFKA_RESP_ERR_NO_ERROR;
}

} // namespace desk::chaos
