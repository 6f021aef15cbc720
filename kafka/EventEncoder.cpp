// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EventEncoder.h"

#include "kafka/SchemaFrame.h"
#include "models/schema/ColumnText.h"

#include <google/protobuf/descriptor.h>

namespace desk {

void Event::addFrame(qint32 schemaId)
{
    payload.prepend(SchemaFrame{schemaId, schema->messageIndexes}.toBytes());
    schema.reset();
}

EventEncoder::EventEncoder(const EntityCatalog &catalog, const QString &databaseId)
    : m_catalog(catalog)
    , m_databaseId(QUuid(databaseId).isNull() ? databaseId : QUuid(databaseId).toString(QUuid::WithoutBraces))
    , m_namespace(databaseId)
{ }

EventEncoder::~EventEncoder() = default;

RecordCodec &EventEncoder::codec(const EntityType &entity)
{
    auto &codec = m_codecs[&entity];
    if (!codec)
        codec = std::make_unique<RecordCodec>(entity);
    return *codec;
}

QByteArray EventEncoder::payload(const EntityType &entity, const Record &record)
{
    return codec(entity).encode(record);
}

Expected<Event> EventEncoder::prepare(const EntityType &entity, Verb verb)
{
    Event event;
    event.topic = entity.topics.value(verb);
    if (event.topic.isEmpty())
        return failure(ErrorCode::NotSupported,
                       QStringLiteral("%1 have no topic for “%2”.").arg(entity.plural, verbText(verb)));
    if (entity.framing == Framing::Plain)
        return event;
    std::shared_ptr<const WireSchema> &schema = m_schemas[{&entity, verb}];
    if (!schema) {
        auto made = wireSchema(entity, verb);
        if (!made)
            return tl::make_unexpected(made.error());
        // Verbs that share a topic share the schema, and with it the question to the registry.
        for (const auto &[use, other] : m_schemas) {
            if (other && other->subject == made->subject && other->text == made->text
                && other->messageIndexes == made->messageIndexes)
                schema = other;
        }
        if (!schema)
            schema = std::make_shared<const WireSchema>(*std::move(made));
    }
    event.schema = schema;
    return event;
}

QByteArray EventEncoder::keyOf(const EntityType &entity, const Record &record)
{
    QString key = entity.keyColumn == entity.idColumn
        ? record.id
        : textOf(entity.columns[entity.keyColumn], record.values.value(entity.keyColumn));
    if (entity.keyLowerCase)
        key = key.toLower();
    return key.toUtf8();
}

void EventEncoder::addHeaders(Event &event, const EntityType &entity, const QString &id,
                              const QString &operation, const QDateTime &at) const
{
    event.headers = {
        {"id", id.toUtf8()},
        {"origin", m_databaseId.toUtf8()},
        {"operation", operation.toUtf8()},
        {"at", at.toUTC().toString(Qt::ISODateWithMs).toUtf8()},
        {"schema", QByteArray::fromStdString(entity.descriptor->full_name())},
    };
}

Expected<Event> EventEncoder::encode(const JournalEntry &entry)
{
    const EntityType *entity = m_catalog.find(entry.entity);
    if (!entity)
        return failure(
            ErrorCode::UnknownEntity,
            QStringLiteral("Events of “%1” cannot be published here: there is no description of “%1”.")
                .arg(entry.entity));
    auto event = prepare(*entity, verbOf(entry.operation));
    if (!event)
        return event;

    const bool isDelete = entry.operation == Operation::Delete;
    const std::optional<Record> &image = isDelete ? entry.before : entry.after;
    // A delete keyed by the id needs nothing but the id.
    if (!image && !(isDelete && entity->keyColumn == entity->idColumn))
        return failure(ErrorCode::Format,
                       QStringLiteral("The journal does not hold the record at this position."));
    if (image) {
        event->key = keyOf(*entity, *image);
    } else {
        event->key = (entity->keyLowerCase ? entry.id.toLower() : entry.id).toUtf8();
    }
    event->hasKey = true;
    event->payload = isDelete ? codec(*entity).encodeDelete(entry.id) : codec(*entity).encode(*image);

    const QUuid id = QUuid::createUuidV5(m_namespace, QString::number(entry.position));
    addHeaders(*event, *entity, id.toString(QUuid::WithoutBraces), operationText(entry.operation), entry.at);
    event->headers.append({"version", QByteArray::number(entry.version)});
    event->headers.append({"author", entry.author.toUtf8()});
    return event;
}

Expected<Event> EventEncoder::encodeRecord(const EntityType &entity, const Record &record)
{
    auto event = prepare(entity, Verb::Get);
    if (!event)
        return event;
    event->key = keyOf(entity, record);
    event->hasKey = true;
    event->payload = codec(entity).encode(record);
    addHeaders(*event, entity, QUuid::createUuid().toString(QUuid::WithoutBraces), verbText(Verb::Get),
               QDateTime::currentDateTimeUtc());
    event->headers.append({"version", QByteArray::number(record.version)});
    return event;
}

Expected<Event> EventEncoder::encodeList(const EntityType &entity, const QList<QByteArray> &payloads)
{
    auto event = prepare(entity, Verb::List);
    if (!event)
        return event;
    event->payload = codec(entity).encodeList(payloads);
    addHeaders(*event, entity, QUuid::createUuid().toString(QUuid::WithoutBraces), verbText(Verb::List),
               QDateTime::currentDateTimeUtc());
    return event;
}

} // namespace desk
