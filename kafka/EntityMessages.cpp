// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EntityMessages.h"

#include "kafka/EventEncoder.h"
#include "kafka/SchemaFrame.h"
#include "kafka/SchemaRegistry.h"

#include <google/protobuf/descriptor.h>

#include <QUuid>

namespace desk {

EntityMessages::EntityMessages(std::shared_ptr<const EntityCatalog> catalog, const EntityType &entity,
                               const BrokerSettings &brokers, Verb verb)
    : m_catalog(std::move(catalog))
    , m_entity(entity)
    , m_brokers(brokers)
    , m_verb(verb)
    , m_codec(entity)
{ }

Expected<QByteArray> EntityMessages::value(const Record &record)
{
    if (!m_frame) {
        m_frame = QByteArray();
        if (m_entity.framing == Framing::Confluent) {
            const Expected<WireSchema> schema = wireSchema(m_entity, m_verb);
            const Expected<qint32> id = schema ? SchemaRegistry(m_brokers).idOf(*schema)
                                               : tl::make_unexpected(schema.error());
            if (!id) {
                m_frame.reset();
                return tl::make_unexpected(id.error());
            }
            m_frame = SchemaFrame{*id, schema->messageIndexes}.toBytes();
        }
    }
    switch (m_verb) {
    case Verb::Delete:
        return *m_frame + m_codec.encodeDelete(record.id);
    case Verb::List:
        return *m_frame + m_codec.encodeList({m_codec.encode(record)});
    default:
        return *m_frame + m_codec.encode(record);
    }
}

QByteArray EntityMessages::keyOf(const EntityType &entity, const Record &record)
{
    return EventEncoder::keyOf(entity, record);
}

Expected<OutgoingMessage> EntityMessages::message(const Record &record)
{
    OutgoingMessage message;
    message.topic = topic();
    if (message.topic.isEmpty())
        return failure(ErrorCode::NotSupported,
                       QStringLiteral("%1 have no topic for “%2”.").arg(m_entity.plural, verbText(m_verb)));
    const Expected<QByteArray> payload = value(record);
    if (!payload)
        return tl::make_unexpected(payload.error());
    message.value = *payload;
    message.hasKey = true;
    message.key = EventEncoder::keyOf(m_entity, record);
    message.headers = {{"id", QUuid::createUuid().toByteArray(QUuid::WithoutBraces)},
                       {"operation", verbText(m_verb).toLatin1()},
                       {"at", QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1()},
                       {"schema", QByteArray::fromStdString(m_entity.descriptor->full_name())}};
    return message;
}

} // namespace desk
