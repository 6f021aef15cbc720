// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"
#include "models/schema/EntityCatalog.h"
#include "models/schema/RecordCodec.h"
#include "models/store/Change.h"

#include <QUuid>

#include <memory>
#include <unordered_map>

namespace desk {

// A message that is about to be produced. A value.
struct Event {
    QString topic;
    bool hasKey = false;
    QByteArray key;
    QByteArray payload;
    QList<MessageHeader> headers;

    [[nodiscard]] qsizetype bytes() const { return key.size() + payload.size(); }
};

// Journal entries and records to events, by the contract of their entity: topic, key, payload, headers.
// The id header is a UUIDv5 of database and position, so a repeated event repeats its id. Keep one per
// thread; the catalog must outlive it.
class EventEncoder
{
public:
    EventEncoder(const EntityCatalog &catalog, const QString &databaseId);
    ~EventEncoder();

    // Fails with the sentence that says why this entry can never be published.
    [[nodiscard]] Expected<Event> encode(const JournalEntry &entry);
    // A record as it is now, for the get topic.
    [[nodiscard]] Expected<Event> encodeRecord(const EntityType &entity, const Record &record);
    // A list message made of payload()s, for the list topic; it has no key.
    [[nodiscard]] Expected<Event> encodeList(const EntityType &entity, const QList<QByteArray> &payloads);
    [[nodiscard]] QByteArray payload(const EntityType &entity, const Record &record);

private:
    [[nodiscard]] RecordCodec &codec(const EntityType &entity);
    [[nodiscard]] Expected<Event> prepare(const EntityType &entity, Verb verb) const;
    [[nodiscard]] static QByteArray keyOf(const EntityType &entity, const Record &record);
    void addHeaders(Event &event, const EntityType &entity, const QString &id, const QString &operation,
                    const QDateTime &at) const;

    const EntityCatalog &m_catalog;
    QString m_databaseId;
    QUuid m_namespace;
    std::unordered_map<const EntityType *, std::unique_ptr<RecordCodec>> m_codecs;
};

} // namespace desk
