// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EntityMessages.h"

#include "kafka/EventEncoder.h"
#include "kafka/SchemaFrame.h"
#include "kafka/SchemaRegistry.h"
#include "kafka/UnknownFields.h"

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

Expected<QByteArray> EntityMessages::frame()
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
    return *m_frame;
}

Expected<QByteArray> EntityMessages::value(const Record &record, QByteArrayView original)
{
    if (m_verb == Verb::List)
        return listValue({record});
    const Expected<QByteArray> frame = this->frame();
    if (!frame)
        return frame;
    if (m_verb == Verb::Delete)
        return *frame + m_codec.encodeDelete(record.id);
    const QByteArray payload = m_codec.encode(record);
    return *frame + (original.isEmpty() ? payload : withUnknownFields(payload, original, m_entity));
}

Expected<QByteArray> EntityMessages::listValue(const QList<Record> &records)
{
    const Expected<QByteArray> frame = this->frame();
    if (!frame)
        return frame;
    QList<QByteArray> payloads;
    payloads.reserve(records.size());
    for (const Record &record : records)
        payloads.append(m_codec.encode(record));
    return *frame + m_codec.encodeList(payloads);
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
