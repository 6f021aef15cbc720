// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/EntityMessages.h"

#include <QJsonObject>

#include <unordered_map>

namespace desk {

// Messages for a topic out of JSON objects as MessageJson makes them ("catalogctl consume --json", exported files): key,
// headers, and "value", "records" or "bytes". A value of an entity's topic is the record by its columns, as the description
// says, and "records" a list of such; any other is the text or the JSON it is; null is a tombstone. Topic, partition and offset in the object are
// not looked at. What was masked cannot be sent: InvalidValue. Blocking while a registry is asked; one thread.
class JsonMessages
{
public:
    static constexpr qsizetype MaximumBytes = 32 * 1024 * 1024; // of one line

    JsonMessages(std::shared_ptr<const EntityCatalog> catalog, const BrokerSettings &brokers, QString topic);

    [[nodiscard]] Expected<OutgoingMessage> message(const QByteArray &line);

private:
    [[nodiscard]] Expected<> addValue(const QJsonObject &object, OutgoingMessage &message);
    [[nodiscard]] Expected<QByteArray> recordBytes(const QJsonObject &columns, const QString &operation);
    [[nodiscard]] Expected<QByteArray> listBytes(const QJsonArray &records);
    [[nodiscard]] Expected<Record> recordOf(const QJsonObject &columns, Verb verb) const;
    [[nodiscard]] EntityMessages &messagesFor(Verb verb);

    std::shared_ptr<const EntityCatalog> m_catalog;
    BrokerSettings m_brokers;
    QString m_topic;
    EntityCatalog::TopicUse m_use;
    std::unordered_map<int, std::unique_ptr<EntityMessages>> m_messages; // by verb
};

} // namespace desk
