// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageSending.h"
#include "kafka/WireSchema.h"
#include "models/schema/EntityCatalog.h"
#include "models/schema/RecordCodec.h"

#include <memory>

namespace desk {

// Records as messages by the contract of their entity: topic, key, encoding, and the frame where there is one.
// Not by way of the database: such a message has no version and no position, and says so by having no such
// headers. Blocking while the registry is asked for the frame's id, which is once; one thread.
class EntityMessages
{
public:
    EntityMessages(std::shared_ptr<const EntityCatalog> catalog, const EntityType &entity,
                   const BrokerSettings &brokers, Verb verb = Verb::Add);

    // Of the verb; empty: the entity has none for it.
    [[nodiscard]] QString topic() const { return m_entity.topics.value(m_verb); }
    // Errors of the registry, of registryError().
    [[nodiscard]] Expected<OutgoingMessage> message(const Record &record);
    // Only the payload, with its frame: of a delete only the id, of a list the one record. What the description does
    // not know in `original`, the payload of an earlier message of the record (without its frame), goes out again, but
    // for deletions and lists.
    [[nodiscard]] Expected<QByteArray> value(const Record &record, QByteArrayView original = {});
    // Of records in one message, whatever the verb; with its frame.
    [[nodiscard]] Expected<QByteArray> listValue(const QList<Record> &records);
    [[nodiscard]] static QByteArray keyOf(const EntityType &entity, const Record &record);

private:
    [[nodiscard]] Expected<QByteArray> frame();

    std::shared_ptr<const EntityCatalog> m_catalog; // keeps the entity
    const EntityType &m_entity;
    BrokerSettings m_brokers;
    Verb m_verb;
    RecordCodec m_codec;
    std::optional<QByteArray> m_frame; // asked for
};

} // namespace desk
