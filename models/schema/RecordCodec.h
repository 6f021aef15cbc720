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
// included; that is the topic's business). Keep one per thread: calls reuse one message object. Bytes are
// not believed: what a payload can cost is bounded by the limits below, and refused past them.
class RecordCodec
{
public:
    // A broker takes a sixteenth of it unless it is told otherwise. In memory a payload can be thirty times
    // as large.
    static constexpr qsizetype MaximumBytes = 16 * 1024 * 1024;
    // Records of a list message; elements of a column that is a list.
    static constexpr qsizetype MaximumElements = 100'000;

    // Why a payload of so many bytes is not read, or empty.
    [[nodiscard]] static QString sizeProblem(qsizetype bytes);

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
    // Leaves what was read in m_message.
    [[nodiscard]] Expected<Record> read(QByteArrayView payload);
    [[nodiscard]] Expected<Record> readProtobuf(QByteArrayView payload);
    void release(qsizetype bytes);
    void toMessage(const Record &record, google::protobuf::Message &message) const;
    [[nodiscard]] Expected<Record> fromMessage(const google::protobuf::Message &message) const;

    const EntityType &m_entity;
    std::unique_ptr<google::protobuf::DynamicMessageFactory> m_factory;
    std::unique_ptr<google::protobuf::Message> m_message;
    std::optional<WireWriter> m_writer; // empty: this entity goes through a message
};

} // namespace desk
