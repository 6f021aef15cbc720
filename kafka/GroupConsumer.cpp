// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/GroupConsumer.h"

#include "kafka/BrokerErrors.h"

#include <QDeadlineTimer>
#include <QThread>

namespace desk {
namespace {

GroupConsumer::Place placeOf(const rd_kafka_message_t &message)
{
    return {QString::fromUtf8(rd_kafka_topic_name(message.rkt)), message.partition};
}

} // namespace

GroupConsumer::GroupConsumer(const BrokerSettings &settings, PositionLookup positions)
    : m_positions(std::move(positions))
    , m_health(settings)
{ }

Expected<std::unique_ptr<GroupConsumer>> GroupConsumer::open(const BrokerSettings &settings,
                                                             const QString &group, PositionLookup positions)
{
    std::unique_ptr<GroupConsumer> consumer(new GroupConsumer(settings, std::move(positions)));
    ClientProperties properties;
    properties.preferred = {{QStringLiteral("session.timeout.ms"), QStringLiteral("10000")},
                            {QStringLiteral("queued.max.messages.kbytes"), QStringLiteral("16384")}};
    properties.required = {{QStringLiteral("group.id"), group},
                           {QStringLiteral("enable.auto.commit"), QStringLiteral("false")},
                           {QStringLiteral("enable.auto.offset.store"), QStringLiteral("false")},
                           {QStringLiteral("enable.partition.eof"), QStringLiteral("true")},
                           {QStringLiteral("isolation.level"), QStringLiteral("read_committed")},
                           // A position the topic does not have is for a human: see sort().
                           {QStringLiteral("auto.offset.reset"), QStringLiteral("error")}};
    Expected<ClientHandle> client = openClient(
        RD_KAFKA_CONSUMER, settings, properties, [&consumer](rd_kafka_conf_t *configuration) {
            rd_kafka_conf_set_opaque(configuration, consumer.get());
            rd_kafka_conf_set_rebalance_cb(configuration, &GroupConsumer::rebalance);
            rd_kafka_conf_set_error_cb(configuration, &GroupConsumer::noteError);
        });
    if (!client)
        return tl::make_unexpected(client.error());
    consumer->m_client = *std::move(client);
    rd_kafka_poll_set_consumer(consumer->m_client.get());
    return consumer;
}

GroupConsumer::~GroupConsumer()
{
    if (m_client)
        rd_kafka_consumer_close(m_client.get());
}

Expected<> GroupConsumer::subscribe(const QStringList &topics)
{
    const PartitionListHandle list(rd_kafka_topic_partition_list_new(int(topics.size())));
    for (const QString &topic : topics)
        rd_kafka_topic_partition_list_add(list.get(), topic.toUtf8().constData(), RD_KAFKA_PARTITION_UA);
    const rd_kafka_resp_err_t code = rd_kafka_subscribe(m_client.get(), list.get());
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
        return {};
    return failure(ErrorCode::Broker, QString::fromUtf8(rd_kafka_err2str(code)));
}

void GroupConsumer::rebalance(rd_kafka_t *client, rd_kafka_resp_err_t code,
                              rd_kafka_topic_partition_list_t *partitions, void *opaque)
{
    auto &self = *static_cast<GroupConsumer *>(opaque);
    if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
        self.assign(partitions);
        return;
    }
    self.m_reading.clear();
    self.m_isAssigned = false;
    rd_kafka_assign(client, nullptr);
}

void GroupConsumer::assign(rd_kafka_topic_partition_list_t *partitions)
{
    m_reading.clear();
    std::vector<Place> places;
    for (int index = 0; index < partitions->cnt; ++index)
        places.emplace_back(QString::fromUtf8(partitions->elems[index].topic),
                            partitions->elems[index].partition);
    const auto positions = m_positions(places);
    if (!positions) {
        m_problem = positions.error();
        rd_kafka_assign(m_client.get(), nullptr);
        return;
    }
    for (int index = 0; index < partitions->cnt; ++index) {
        const qint64 next = positions->at(places[size_t(index)]);
        partitions->elems[index].offset = next >= 0 ? next : RD_KAFKA_OFFSET_BEGINNING;
        m_reading.insert({places[size_t(index)], {next, false}});
    }
    rd_kafka_assign(m_client.get(), partitions);
    m_isAssigned = true;
    m_health.answered();
}

void GroupConsumer::noteError(rd_kafka_t *, int code, const char *reason, void *opaque)
{
    static_cast<GroupConsumer *>(opaque)->m_health.reported(rd_kafka_resp_err_t(code),
                                                            QString::fromUtf8(reason));
}

std::vector<MessageHandle> GroupConsumer::poll(int most, qsizetype mostBytes, int timeoutMilliseconds)
{
    std::vector<MessageHandle> messages;
    qsizetype bytes = 0;
    int timeout = timeoutMilliseconds;
    while (int(messages.size()) < most && bytes < mostBytes) {
        MessageHandle message(rd_kafka_consumer_poll(m_client.get(), timeout));
        if (!message)
            break;
        bytes += qsizetype(message->len + message->key_len);
        sort(std::move(message), messages);
        timeout = 0;
    }
    return messages;
}

void GroupConsumer::sort(MessageHandle message, std::vector<MessageHandle> &messages)
{
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        // What was fetched for an assignment that is over is not ours to take.
        const auto reading = m_reading.find(placeOf(*message));
        if (reading == m_reading.end() || message->offset < reading->second.next)
            return;
        reading->second = {message->offset + 1, false};
        messages.push_back(std::move(message));
    } else if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        if (const auto reading = m_reading.find(placeOf(*message)); reading != m_reading.end())
            reading->second.isAtEnd = true;
        m_health.answered();
    } else if (message->err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET) {
        const auto place = placeOf(*message);
        m_problem = Error{
            ErrorCode::Broker,
            QStringLiteral("The topic %1 no longer holds message %2 of partition %3, where reading "
                           "was to go on: it was deleted by age, or the topic was made anew. To go "
                           "on with what is there: catalogctl ingest --forget %1.")
                .arg(place.first)
                .arg(m_reading[place].next)
                .arg(place.second),
            QString::fromUtf8(rd_kafka_message_errstr(message.get())),
            {}};
    } else {
        m_health.reported(message->err, QString::fromUtf8(rd_kafka_message_errstr(message.get())));
    }
}

void GroupConsumer::tellBroker(const Place &place, qint64 next)
{
    const PartitionListHandle list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), place.first.toUtf8().constData(), place.second)->offset
        = next;
    rd_kafka_commit(m_client.get(), list.get(), 1); // whether it arrives does not matter here
}

Expected<qint64> GroupConsumer::endOf(const Place &place, int timeoutMilliseconds) const
{
    int64_t low = 0;
    int64_t high = 0;
    // A topic that has just been made has no leader for a moment.
    rd_kafka_resp_err_t code{};
    const QDeadlineTimer deadline(timeoutMilliseconds);
    while (true) {
        code = rd_kafka_query_watermark_offsets(m_client.get(), place.first.toUtf8().constData(),
                                                place.second, &low, &high, timeoutMilliseconds);
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR || deadline.hasExpired())
            break;
        QThread::msleep(100);
    }
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
        return high;
    return failure(ErrorCode::Unreachable,
                   QStringLiteral("The end of partition %1 of %2 could not be asked for: %3.")
                       .arg(place.second)
                       .arg(place.first, QString::fromUtf8(rd_kafka_err2str(code))));
}

bool GroupConsumer::isAtEnd() const
{
    return m_isAssigned && std::all_of(m_reading.cbegin(), m_reading.cend(), [](const auto &reading) {
               return reading.second.isAtEnd;
           });
}

qint64 GroupConsumer::lag() const
{
    qint64 lag = 0;
    for (const auto &[place, reading] : m_reading) {
        int64_t low = 0;
        int64_t high = 0;
        if (reading.next >= 0
            && rd_kafka_get_watermark_offsets(m_client.get(), place.first.toUtf8().constData(), place.second,
                                              &low, &high)
                == RD_KAFKA_RESP_ERR_NO_ERROR
            && high >= 0)
            lag += std::max<qint64>(0, high - std::max<qint64>(low, reading.next));
    }
    return lag;
}

} // namespace desk
