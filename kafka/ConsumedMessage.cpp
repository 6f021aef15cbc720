// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/ConsumedMessage.h"

namespace desk {

MessageView viewOfConsumed(const rd_kafka_message_t &message, quint32 topic, std::vector<HeaderView> &headers)
{
    rd_kafka_timestamp_type_t timestampType{};
    const qint64 timestamp = rd_kafka_message_timestamp(&message, &timestampType);
    MessageView view;
    view.topic = topic;
    view.partition = message.partition;
    view.offset = message.offset;
    view.timestamp = timestampType == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? -1 : timestamp;
    view.hasKey = message.key != nullptr;
    view.hasValue = message.payload != nullptr;
    view.key = QByteArrayView(static_cast<const char *>(message.key), qsizetype(message.key_len));
    view.value = QByteArrayView(static_cast<const char *>(message.payload), qsizetype(message.len));

    rd_kafka_headers_t *all = nullptr;
    if (rd_kafka_message_headers(&message, &all) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return view;
    const char *name = nullptr;
    const void *value = nullptr;
    size_t size = 0;
    for (size_t index = 0;
         rd_kafka_header_get_all(all, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++index)
        headers.push_back(
            {QByteArrayView(name), QByteArrayView(static_cast<const char *>(value), qsizetype(size))});
    return view;
}

StreamMessage copyOfConsumed(const rd_kafka_message_t &message)
{
    std::vector<HeaderView> headers;
    const MessageView view = viewOfConsumed(message, 0, headers);
    StreamMessage copy{.topic = QString::fromUtf8(rd_kafka_topic_name(message.rkt)),
                       .partition = view.partition,
                       .offset = view.offset,
                       .timestamp = view.timestamp,
                       .hasKey = view.hasKey,
                       .hasValue = view.hasValue,
                       .key = view.key.toByteArray(),
                       .value = view.value.toByteArray(),
                       .headers = {}};
    for (const HeaderView &header : headers)
        copy.headers.append({header.name.toByteArray(), header.value.toByteArray()});
    return copy;
}

} // namespace desk
