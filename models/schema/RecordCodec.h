// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/RecordPresence.h"
#include "models/schema/WireWriter.h"

#include <QByteArray>

#include <memory>

namespace google::protobuf {
class DynamicMessageFactory;
class Message;
} // namespace google::protobuf

namespace desk {

// Records of one entity to payloads and back, by the entity's encoding (protobuf or JSON, framing not
// included; that is the topic's business). Keep one per thread: calls reuse one message object.
class RecordCodec
{
public:
    explicit RecordCodec(const EntityType &entity);
    ~RecordCodec();

    // The whole record: add, update and get events.
    [[nodiscard]] QByteArray encode(const Record &record);
    // Only the id: delete events.
    [[nodiscard]] QByteArray encodeDelete(const RecordId &id);
    // Field 1 of a list message, once per record; for JSON an array. `encoded` are results of encode().
    [[nodiscard]] QByteArray encodeList(const QList<QByteArray> &encoded) const;

    // Reads what encode() or an older service wrote. Fields that are not there take their start value;
    // an exact decimal that is missing comes from the field that approximates it. Format with a sentence
    // if the bytes are no such message; unknown fields are no error.
    [[nodiscard]] Expected<Record> decode(QByteArrayView payload);
    // The same, with what the payload really said of the record.
    [[nodiscard]] Expected<std::pair<Record, RecordPresence>> decodeWithPresence(QByteArrayView payload);
    [[nodiscard]] Expected<QList<Record>> decodeList(QByteArrayView payload);

private:
    [[nodiscard]] QByteArray encodeByMessage(const Record &record);
    [[nodiscard]] Expected<Record> decodeProtobuf(QByteArrayView payload);
    void toMessage(const Record &record, google::protobuf::Message &message) const;
    [[nodiscard]] Expected<Record> fromMessage(const google::protobuf::Message &message) const;

    const EntityType &m_entity;
    std::unique_ptr<google::protobuf::DynamicMessageFactory> m_factory;
    std::unique_ptr<google::protobuf::Message> m_message;
    std::optional<WireWriter> m_writer; // empty: this entity goes through a message
};

} // namespace desk
