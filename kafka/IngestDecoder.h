// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"
#include "models/schema/RecordCodec.h"
#include "models/store/Ingest.h"

#include <memory>
#include <unordered_map>

namespace desk {

// A message as it came, with the headers that matter here. Looks into the message's own memory.
struct IncomingMessage {
    QString topic;
    int partition = 0;
    qint64 offset = 0;
    QDateTime at; // UTC; invalid: it has no time
    std::optional<QByteArrayView> key;
    std::optional<QByteArrayView> value;
    QByteArrayView origin; // headers; empty: not there
    QByteArrayView operation;
    QByteArrayView version;
    QByteArrayView author;

    void takeHeader(QByteArrayView name, QByteArrayView value);
    [[nodiscard]] static IncomingMessage of(const TopicMessage &message);
};

// Messages of the entities' topics to what they ask of the database. Older services send no headers; their
// updates write every number, reference and yes-or-no, and texts only where they are not empty, and they know
// no fields from 16 on. Takes any bytes. Keep one per thread; the catalog must outlive it.
class IngestDecoder
{
public:
    IngestDecoder(const EntityCatalog &catalog, const QString &databaseId);
    ~IngestDecoder();

    // Topics with changes, additions first, then updates, deletions, and topics that carry everything: the
    // order in which messages that came together are best applied.
    [[nodiscard]] QStringList topics() const;

    // Nothing if there is nothing to do: this database's own events, lists, records sent on demand.
    [[nodiscard]] std::optional<IngestMessage> decode(const IncomingMessage &message);

private:
    [[nodiscard]] Expected<IngestChange> decodeChange(const EntityType &entity, Operation operation,
                                                      bool hasOwnTopic, const IncomingMessage &message);
    [[nodiscard]] Expected<IngestChange> deletionByKey(const EntityType &entity,
                                                       const IncomingMessage &message) const;
    [[nodiscard]] static QBitArray writtenByOlderService(const EntityType &entity,
                                                         const RecordPresence &presence);

    const EntityCatalog &m_catalog;
    QByteArray m_databaseId;
    std::unordered_map<const EntityType *, std::unique_ptr<RecordCodec>> m_codecs;
};

} // namespace desk
