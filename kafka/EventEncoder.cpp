// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EventEncoder.h"

#include "kafka/SchemaFrame.h"
#include "models/schema/ColumnText.h"
#include "models/store/JournalImage.h"

#include <google/protobuf/descriptor.h>

#include <QUuid>

#include <algorithm>

namespace desk {

namespace {

QByteArray operationName(Verb verb)
{
    switch (verb) {
    case Verb::Add:
        return QByteArrayLiteral("add");
    case Verb::Update:
        return QByteArrayLiteral("update");
    case Verb::Delete:
        return QByteArrayLiteral("delete");
    default:
        return verbText(verb).toUtf8();
    }
}

} // namespace

void Event::addFrame(qint32 schemaId)
{
    payload.prepend(SchemaFrame{schemaId, schema->messageIndexes}.toBytes());
    schema.reset();
}

EventEncoder::EventEncoder(const EntityCatalog &catalog, const QString &databaseId)
    : m_catalog(catalog)
    , m_databaseId(QUuid(databaseId).isNull() ? databaseId.toUtf8()
                                              : QUuid(databaseId).toByteArray(QUuid::WithoutBraces))
    , m_ids(std::make_shared<const EventIds>(QUuid(databaseId)))
{ }

EventEncoder::~EventEncoder() = default;

EventEncoder::Writers::Writers(const EntityType &entity)
    : codec(entity)
    , images(entity.keyColumn == entity.idColumn ? ImageEncoder::forEntity(entity) : std::nullopt)
    , schemaName(QByteArray::fromStdString(entity.descriptor->full_name()))
{ }

EventEncoder::Writers &EventEncoder::writers(const EntityType &entity)
{
    auto &writers = m_writers[&entity];
    if (!writers)
        writers = std::make_unique<Writers>(entity);
    return *writers;
}

QByteArray EventEncoder::payload(const EntityType &entity, const Record &record)
{
    return writers(entity).codec.encode(record);
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

void EventEncoder::addHeaders(Event &event, const EntityType &entity, Verb verb)
{
    event.headers.append("id", QUuid::createUuid().toByteArray(QUuid::WithoutBraces));
    event.headers.append("origin", m_databaseId);
    event.headers.append("operation", operationName(verb));
    event.headers.append("at", QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1());
    event.headers.append("schema", writers(entity).schemaName);
}

EntryHeaders EventEncoder::headersOf(const EntityType &entity, const JournalEntry &entry)
{
    if (entry.author != m_author) {
        m_author = entry.author;
        m_authorBytes = m_author.toUtf8();
    }
    Writers &made = writers(entity);
    std::shared_ptr<const EntryHeaders::Common> &common = made.headers[entry.operation];
    if (!common || common->author != m_authorBytes)
        common = std::make_shared<const EntryHeaders::Common>(EntryHeaders::Common{
            m_ids, m_databaseId, operationName(verbOf(entry.operation)), made.schemaName, m_authorBytes});
    return {common, entry.position, entry.at.toMSecsSinceEpoch(), entry.version};
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

    if (const Expected<> added = addContent(*event, *entity, entry); !added)
        return tl::make_unexpected(added.error());
    event->headers = headersOf(*entity, entry);
    return event;
}

Expected<> EventEncoder::addContent(Event &event, const EntityType &entity, const JournalEntry &entry)
{
    const auto keyById = [&] { return (entity.keyLowerCase ? entry.id.toLower() : entry.id).toUtf8(); };
    const bool isKeyedById = entity.keyColumn == entity.idColumn;
    event.hasKey = true;
    if (entry.operation == Operation::Delete && isKeyedById) { // needs nothing but the id
        event.key = keyById();
        event.payload = writers(entity).codec.encodeDelete(entry.id);
        return {};
    }
    if (writers(entity).images && !entry.image.isEmpty()) {
        if (std::optional<QByteArray> payload = writers(entity).images->encode(entry.image)) {
            event.key = keyById();
            event.payload = *std::move(payload);
            return {};
        }
    }
    std::optional<Record> read;
    if (!entry.image.isEmpty())
        read = recordFromImage(entity, entry.image, entry.version);
    const bool isDelete = entry.operation == Operation::Delete;
    const std::optional<Record> &record = read ? read : isDelete ? entry.before : entry.after;
    if (!record)
        return failure(ErrorCode::Format,
                       QStringLiteral("The journal does not hold the record at this position."));
    event.key = keyOf(entity, *record);
    event.payload = isDelete ? writers(entity).codec.encodeDelete(entry.id)
                             : writers(entity).codec.encode(*record);
    return {};
}

Expected<Event> EventEncoder::encodeRecord(const EntityType &entity, const Record &record)
{
    auto event = prepare(entity, Verb::Get);
    if (!event)
        return event;
    event->key = keyOf(entity, record);
    event->hasKey = true;
    event->payload = writers(entity).codec.encode(record);
    addHeaders(*event, entity, Verb::Get);
    event->headers.append("version", QByteArray::number(record.version));
    return event;
}

Expected<Event> EventEncoder::encodeList(const EntityType &entity, const QList<QByteArray> &payloads)
{
    auto event = prepare(entity, Verb::List);
    if (!event)
        return event;
    event->payload = writers(entity).codec.encodeList(payloads);
    addHeaders(*event, entity, Verb::List);
    return event;
}

} // namespace desk
