// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EventEncoder.h"

#include "kafka/SchemaFrame.h"
#include "models/schema/ColumnText.h"

#include <google/protobuf/descriptor.h>

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

// As Qt::ISODateWithMs in UTC. Events of one second follow each other.
QByteArray EventEncoder::timeText(const QDateTime &at)
{
    const qint64 milliseconds = at.toMSecsSinceEpoch();
    const qint64 seconds = milliseconds / 1000;
    if (milliseconds < 0)
        return at.toUTC().toString(Qt::ISODateWithMs).toLatin1();
    if (seconds != m_secondsOfText) {
        m_second = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC)
                       .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss."))
                       .toLatin1();
        m_secondsOfText = seconds;
    }
    const auto fraction = int(milliseconds % 1000);
    QByteArray text(m_second.size() + 4, Qt::Uninitialized);
    char *end = std::copy(m_second.cbegin(), m_second.cend(), text.data());
    *end++ = char('0' + fraction / 100);
    *end++ = char('0' + fraction / 10 % 10);
    *end++ = char('0' + fraction % 10);
    *end = 'Z';
    return text;
}

void EventEncoder::addHeaders(Event &event, const EntityType &entity, const QUuid &id, Verb verb,
                              const QDateTime &at)
{
    QByteArray &schema = m_schemaNames[&entity];
    if (schema.isNull())
        schema = QByteArray::fromStdString(entity.descriptor->full_name());
    event.headers.reserve(7);
    event.headers.append({QByteArrayLiteral("id"), id.toByteArray(QUuid::WithoutBraces)});
    event.headers.append({QByteArrayLiteral("origin"), m_databaseId});
    event.headers.append({QByteArrayLiteral("operation"), operationName(verb)});
    event.headers.append({QByteArrayLiteral("at"), timeText(at)});
    event.headers.append({QByteArrayLiteral("schema"), schema});
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

    const QUuid id = QUuid::createUuidV5(m_namespace, QByteArray::number(entry.position));
    addHeaders(*event, *entity, id, verbOf(entry.operation), entry.at);
    event->headers.append({QByteArrayLiteral("version"), QByteArray::number(entry.version)});
    event->headers.append({QByteArrayLiteral("author"), entry.author.toUtf8()});
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
    addHeaders(*event, entity, QUuid::createUuid(), Verb::Get, QDateTime::currentDateTimeUtc());
    event->headers.append({QByteArrayLiteral("version"), QByteArray::number(record.version)});
    return event;
}

Expected<Event> EventEncoder::encodeList(const EntityType &entity, const QList<QByteArray> &payloads)
{
    auto event = prepare(entity, Verb::List);
    if (!event)
        return event;
    event->payload = codec(entity).encodeList(payloads);
    addHeaders(*event, entity, QUuid::createUuid(), Verb::List, QDateTime::currentDateTimeUtc());
    return event;
}

} // namespace desk
