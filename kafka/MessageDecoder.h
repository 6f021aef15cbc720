// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"
#include "models/schema/EntityCatalog.h"
#include "models/schema/RecordCodec.h"

#include <memory>
#include <unordered_map>

namespace desk {

// A message made readable: what the table's summary and the detail show.
struct DecodedMessage {
    QString kind;      // "Product", "JSON", "text", "bytes", "tombstone", "empty"
    QString operation; // "add", "update", "delete", "get", "list", or empty
    QString summary;   // one line, at most about 200 characters
    QString entity;    // the entity it is about, or empty
    QString recordId;
    QList<std::pair<QString, QString>> fields; // label, text; sensitive columns masked
    QString problem;                           // why it could not be decoded as it should, or empty
};

// Decodes messages by topic (the catalog's entities), else as JSON, text or bytes. Takes any bytes. Keep
// one per thread.
class MessageDecoder
{
public:
    // Row: what a table shows; leaves `fields` empty and looks at no more of a large value than that needs.
    enum class Depth { Row, Whole };

    explicit MessageDecoder(std::shared_ptr<const EntityCatalog> catalog);

    [[nodiscard]] DecodedMessage decode(const StreamMessage &message, Depth depth = Depth::Whole);
    [[nodiscard]] static QString hexDump(QByteArrayView bytes, qsizetype maximum = 65536);

private:
    [[nodiscard]] RecordCodec &codec(const EntityType &entity);
    void decodeEntity(const EntityType &entity, QByteArrayView payload, Depth depth, DecodedMessage &decoded);
    void decodeList(const EntityType &entity, QByteArrayView payload, Depth depth, DecodedMessage &decoded);

    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unordered_map<const EntityType *, std::unique_ptr<RecordCodec>> m_codecs;
};

} // namespace desk
