// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/EventHeaders.h"
#include "kafka/EventIds.h"
#include "kafka/WireSchema.h"
#include "models/schema/EntityCatalog.h"
#include "models/schema/RecordCodec.h"
#include "models/store/Change.h"
#include "models/store/ImageEncoder.h"

#include <map>
#include <memory>
#include <unordered_map>

namespace desk {

// A message that is about to be produced. A value.
struct Event {
    QString topic;
    bool hasKey = false;
    QByteArray key;
    QByteArray payload;
    EventHeaders headers;
    // What the payload is to be framed with before it is sent; null: it goes as it is.
    std::shared_ptr<const WireSchema> schema;
    qint32 partition = -1; // -1: by the key
    bool hasValue = true;  // false: a tombstone

    // Puts the frame with the schema's registered id before the payload.
    void addFrame(qint32 schemaId);
    [[nodiscard]] qsizetype bytes() const { return key.size() + payload.size(); }
};

// Journal entries and records to events, by the contract of their entity: topic, key, payload, headers.
// The id header is a UUIDv5 of database and position, so a repeated event repeats its id. Where the contract
// wants a frame, the event comes with its schema instead: who sends it finds the id and adds the frame. Keep
// one per thread; the catalog must outlive it.
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
    // What keys a record's events.
    [[nodiscard]] static QByteArray keyOf(const EntityType &entity, const Record &record);

private:
    // What is made once for each entity.
    struct Writers {
        explicit Writers(const EntityType &entity);

        RecordCodec codec;
        std::optional<ImageEncoder> images; // only where the key needs no record
        QByteArray schemaName;
        std::map<Operation, std::shared_ptr<const EntryHeaders::Common>> headers; // of the last author
    };
    [[nodiscard]] Writers &writers(const EntityType &entity);
    // Key and payload.
    [[nodiscard]] Expected<> addContent(Event &event, const EntityType &entity, const JournalEntry &entry);
    [[nodiscard]] Expected<Event> prepare(const EntityType &entity, Verb verb);
    [[nodiscard]] EntryHeaders headersOf(const EntityType &entity, const JournalEntry &entry);
    // Of an event that is no change.
    void addHeaders(Event &event, const EntityType &entity, Verb verb);

    const EntityCatalog &m_catalog;
    QByteArray m_databaseId;
    std::shared_ptr<const EventIds> m_ids;
    QString m_author; // the last entry's, and the same as bytes
    QByteArray m_authorBytes;
    std::unordered_map<const EntityType *, std::unique_ptr<Writers>> m_writers;
    std::map<std::pair<const EntityType *, Verb>, std::shared_ptr<const WireSchema>> m_schemas;
};

} // namespace desk
