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
    QString kind;      // "Product", "JSON", "text", "bytes"
    QString operation; // "add", "update", "delete", "get", "list", or empty
    QString summary;   // one line, at most about 200 characters
    QString entity;    // the entity it is about, or empty
    QString recordId;
    QList<std::pair<QString, QString>> fields; // label, text; sensitive columns masked
    QString problem;   // why it could not be decoded as it should, or empty
};

// Decodes messages by topic (the catalog's entities), else as JSON, text or bytes. Keep one per thread.
class MessageDecoder
{
public:
    explicit MessageDecoder(std::shared_ptr<const EntityCatalog> catalog);

    [[nodiscard]] DecodedMessage decode(const StreamMessage &message);
    // Only the summary line and operation: cheaper, for tables.
    [[nodiscard]] static QString hexDump(QByteArrayView bytes, qsizetype maximum = 65536);

private:
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unordered_map<const EntityType *, std::unique_ptr<RecordCodec>> m_codecs;
};

} // namespace desk
