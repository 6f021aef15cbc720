// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/Producer.h"

#include "kafka/BrokerErrors.h"

#include <array>

namespace desk {

Producer::Producer(const BrokerSettings &settings, ClientHandle client)
    : m_settings(settings)
    , m_client(std::move(client))
    , m_queue(rd_kafka_queue_get_main(m_client.get()))
    , m_health(settings)
{ }

Expected<std::unique_ptr<Producer>> Producer::create(const BrokerSettings &settings, int batchBytes)
{
    if (const Expected<> allowed = mayWriteTo(settings); !allowed)
        return tl::make_unexpected(allowed.error());
    const ClientProperties properties{
        .preferred = {
            {"linger.ms", "2"},
            {"batch.size", QString::number(batchBytes)},
            // Whether an event is too large is for the broker to say: topics differ.
            {"message.max.bytes", "10000000"},
            {"message.timeout.ms", "0"},
            {"topic.metadata.propagation.max.ms", "10000"},
            {"compression.codec", "none"},
        },
        .required = {
            {"enable.idempotence", "true"},
            {"acks", "all"},
            {"queue.buffering.max.messages", "200000"},
        },
    };
    auto client = openClient(RD_KAFKA_PRODUCER, settings, properties, [](rd_kafka_conf_t *configuration) {
        rd_kafka_conf_set_events(configuration, RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR);
    });
    if (!client)
        return tl::make_unexpected(client.error());
    return std::unique_ptr<Producer>(new Producer(settings, std::move(*client)));
}

Producer::~Producer()
{
    rd_kafka_purge(m_client.get(),
                   RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING);
    m_topics.clear();
    m_queue.reset();
}

// Kept: looking a topic up by its name for each event would take as long as the event itself.
rd_kafka_topic_t *Producer::topic(const QString &name)
{
    TopicHandle &handle = m_topics[name];
    if (!handle)
        handle.reset(rd_kafka_topic_new(m_client.get(), name.toUtf8().constData(), nullptr));
    return handle.get();
}

rd_kafka_resp_err_t Producer::send(const Event &event, void *tag)
{
    rd_kafka_headers_t *headers = rd_kafka_headers_new(size_t(event.headers.count()));
    event.headers.forEach([headers](QByteArrayView name, QByteArrayView value) {
        rd_kafka_header_add(headers, name.data(), name.size(), value.data(), value.size());
    });
    rd_kafka_topic_t *named = topic(event.topic);
    if (!named) {
        rd_kafka_headers_destroy(headers);
        return rd_kafka_last_error();
    }

    std::array<rd_kafka_vu_t, 7> arguments{};
    size_t count = 0;
    arguments[count].vtype = RD_KAFKA_VTYPE_RKT;
    arguments[count++].u.rkt = named;
    arguments[count].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
    arguments[count++].u.i = RD_KAFKA_MSG_F_COPY;
    arguments[count].vtype = RD_KAFKA_VTYPE_VALUE;
    // Copied, not written to. No address is a tombstone; an empty payload has one.
    arguments[count].u.mem.ptr = event.hasValue ? const_cast<char *>(event.payload.constData()) : nullptr;
    arguments[count++].u.mem.size = event.hasValue ? size_t(event.payload.size()) : 0;
    if (event.partition >= 0) {
        arguments[count].vtype = RD_KAFKA_VTYPE_PARTITION;
        arguments[count++].u.i32 = event.partition;
    }
    if (event.hasKey) {
        arguments[count].vtype = RD_KAFKA_VTYPE_KEY;
        arguments[count].u.mem.ptr = const_cast<char *>(event.key.constData());
        arguments[count++].u.mem.size = size_t(event.key.size());
    }
    arguments[count].vtype = RD_KAFKA_VTYPE_HEADERS;
    arguments[count++].u.headers = headers;
    arguments[count].vtype = RD_KAFKA_VTYPE_OPAQUE;
    arguments[count++].u.ptr = tag;

    rd_kafka_error_t *error = rd_kafka_produceva(m_client.get(), arguments.data(), count);
    if (!error)
        return RD_KAFKA_RESP_ERR_NO_ERROR;
    const auto code = rd_kafka_error_code(error);
    rd_kafka_error_destroy(error);
    rd_kafka_headers_destroy(headers); // the library takes them only with the message
    return code;
}

void Producer::poll(int timeoutMilliseconds, const std::function<void(const Delivery &)> &delivered)
{
    int timeout = timeoutMilliseconds;
    while (const EventHandle event{rd_kafka_queue_poll(m_queue.get(), timeout)}) {
        timeout = 0;
        switch (rd_kafka_event_type(event.get())) {
        case RD_KAFKA_EVENT_DR: {
            bool isAnswered = false;
            while (const rd_kafka_message_t *message = rd_kafka_event_message_next(event.get())) {
                isAnswered = isAnswered || message->err == RD_KAFKA_RESP_ERR_NO_ERROR;
                delivered({message->_private, message->err, message->partition, message->offset});
            }
            if (isAnswered)
                m_health.answered();
            break;
        }
        case RD_KAFKA_EVENT_ERROR:
            noteError(event.get());
            break;
        default:
            break;
        }
    }
}

void Producer::noteError(rd_kafka_event_t *event)
{
    const auto code = rd_kafka_event_error(event);
    const QString reason = QString::fromUtf8(rd_kafka_event_error_string(event));
    if (code != RD_KAFKA_RESP_ERR__FATAL) {
        m_health.reported(code, reason);
        return;
    }
    std::array<char, 512> why{};
    const auto cause = rd_kafka_fatal_error(m_client.get(), why.data(), why.size());
    m_fatalError = brokerError(cause, m_settings, QString::fromUtf8(why.data()));
    qCWarning(kafkaLog) << "The producer has to be renewed:" << rd_kafka_err2name(cause);
}

void Producer::wake()
{
    rd_kafka_queue_yield(m_queue.get());
}

} // namespace desk
