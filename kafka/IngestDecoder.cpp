// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/IngestDecoder.h"

#include "kafka/SchemaFrame.h"
#include "models/schema/ColumnText.h"

#include <google/protobuf/descriptor.h>

#include <QUuid>

namespace desk {
namespace {

constexpr int FirstOwnField = 16; // older services know the fields below

std::optional<Operation> operationOf(const EntityCatalog::TopicUse &use, const IncomingMessage &message)
{
    if (use.verb) {
        switch (*use.verb) {
        case Verb::Add:
            return Operation::Add;
        case Verb::Update:
            return Operation::Update;
        case Verb::Delete:
            return Operation::Delete;
        case Verb::Get:
        case Verb::List:
            return std::nullopt;
        }
    }
    if (!message.operation.isEmpty()) // "get" and "list" are none
        return operationFromText(QString::fromUtf8(message.operation));
    return message.value ? Operation::Update : Operation::Delete;
}

bool isKnownToOlderServices(const Column &column)
{
    const auto *field = column.approximation ? column.approximation : column.field();
    return column.path.size() == 1 && field->number() < FirstOwnField;
}

// What such a service writes whether or not it was in the message.
bool isAlwaysWritten(const Column &column)
{
    return isKnownToOlderServices(column)
        && (column.isNumber() || column.isReference() || column.type == ColumnType::Boolean);
}

} // namespace

void IncomingMessage::takeHeader(QByteArrayView name, QByteArrayView content)
{
    if (name == "origin")
        origin = content;
    else if (name == "operation")
        operation = content;
    else if (name == "version")
        version = content;
    else if (name == "author")
        author = content;
}

IncomingMessage IncomingMessage::of(const TopicMessage &message)
{
    IncomingMessage incoming;
    incoming.topic = message.topic;
    incoming.partition = message.partition;
    incoming.offset = message.offset;
    incoming.at = message.at;
    if (message.key)
        incoming.key = *message.key;
    if (message.value)
        incoming.value = *message.value;
    for (const auto &[name, value] : message.headers)
        incoming.takeHeader(name, value);
    return incoming;
}

IngestDecoder::IngestDecoder(const EntityCatalog &catalog, const QString &databaseId)
    : m_catalog(catalog)
    , m_databaseId(QUuid(databaseId).isNull() ? databaseId.toUtf8()
                                              : QUuid(databaseId).toByteArray(QUuid::WithoutBraces))
{ }

IngestDecoder::~IngestDecoder() = default;

QStringList IngestDecoder::topics() const
{
    QStringList topics;
    for (const Verb verb : {Verb::Add, Verb::Update, Verb::Delete}) {
        for (const auto &entity : m_catalog.entities()) {
            const QString topic = entity->topics.value(verb);
            if (!topic.isEmpty() && m_catalog.forTopic(topic).verb)
                topics.append(topic);
        }
    }
    for (const auto &entity : m_catalog.entities()) {
        for (const QString &topic : entity->topics) {
            if (!m_catalog.forTopic(topic).verb)
                topics.append(topic);
        }
    }
    topics.removeAll(QString());
    topics.removeDuplicates();
    return topics;
}

std::optional<IngestMessage> IngestDecoder::decode(const IncomingMessage &message)
{
    const EntityCatalog::TopicUse use = m_catalog.forTopic(message.topic);
    if (!use.entity || (!m_databaseId.isEmpty() && message.origin == m_databaseId))
        return std::nullopt;
    const std::optional<Operation> operation = operationOf(use, message);
    if (!operation)
        return std::nullopt;
    IngestMessage decoded;
    decoded.topic = message.topic;
    decoded.partition = message.partition;
    decoded.offset = message.offset;
    decoded.at = message.at;
    decoded.change = decodeChange(*use.entity, *operation, use.verb.has_value(), message);
    return decoded;
}

Expected<IngestChange> IngestDecoder::decodeChange(const EntityType &entity, Operation operation,
                                                   bool hasOwnTopic, const IncomingMessage &message)
{
    if (!message.value) {
        if (operation == Operation::Delete || !hasOwnTopic)
            return deletionByKey(entity, message);
        return failure(ErrorCode::Format, QStringLiteral("The message is empty."));
    }
    QByteArrayView payload = *message.value;
    if (entity.framing == Framing::Confluent) {
        const Expected<FramedPayload> framed = readFrame(payload);
        if (!framed)
            return tl::make_unexpected(framed.error());
        payload = framed->payload;
    }
    auto &codec = m_codecs[&entity];
    if (!codec)
        codec = std::make_unique<RecordCodec>(entity);
    Expected<std::pair<Record, RecordPresence>> decoded = codec->decodeWithPresence(payload);
    if (!decoded)
        return tl::make_unexpected(decoded.error());
    auto &[record, presence] = *decoded;
    const Expected<RecordId> id = recordIdFromText(entity, record.id);
    if (!id || (!entity.hasTextId() && record.id == QLatin1String("0")))
        return failure(ErrorCode::InvalidValue,
                       QStringLiteral("The message names no %1: its id is missing.").arg(entity.name), {},
                       entity.id().name);

    IngestChange change;
    change.entity = &entity;
    change.operation = operation;
    change.record = std::move(record);
    change.imprecise = presence.approximated;
    const bool isFromDesk = !message.origin.isEmpty();
    if (isFromDesk)
        change.record.version = std::max<qint64>(0, message.version.toByteArray().toLongLong());
    if (isFromDesk || (entity.encoding == Encoding::Protobuf && !hasOwnTopic))
        change.written = QBitArray(entity.columns.size(), true); // the whole record
    else
        change.written = entity.encoding == Encoding::Json ? presence.present | presence.approximated
                                                           : writtenByOlderService(entity, presence);
    change.author = message.author.isEmpty() ? message.topic : QString::fromUtf8(message.author);
    return change;
}

Expected<IngestChange> IngestDecoder::deletionByKey(const EntityType &entity,
                                                    const IncomingMessage &message) const
{
    const bool isKeyedById = entity.keyColumn == entity.idColumn && !entity.keyLowerCase;
    const Expected<RecordId> id = message.key && isKeyedById
        ? recordIdFromText(entity, QString::fromUtf8(*message.key))
        : failure(ErrorCode::Format, {});
    if (!id)
        return failure(ErrorCode::Format,
                       QStringLiteral("The message is empty, and its key names no %1.").arg(entity.name));
    IngestChange change;
    change.entity = &entity;
    change.operation = Operation::Delete;
    change.record.id = *id;
    change.author = message.author.isEmpty() ? message.topic : QString::fromUtf8(message.author);
    return change;
}

QBitArray IngestDecoder::writtenByOlderService(const EntityType &entity, const RecordPresence &presence)
{
    QBitArray written = presence.present | presence.approximated;
    for (int index = 0; index < entity.columns.size(); ++index) {
        if (isAlwaysWritten(entity.columns[index]))
            written.setBit(index);
    }
    return written;
}

} // namespace desk
