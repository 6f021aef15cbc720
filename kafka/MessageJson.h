// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSemaphore>

namespace desk {

// Messages of topics as JSON, for files and for "catalogctl consume"; what is sensitive is masked. Waits for the
// schemas they need, as long as a registry may take to answer. Keep one per run: decoders are made once per
// entity. One thread, not the GUI's.
class MessageJson
{
public:
    explicit MessageJson(DecodingSources sources);
    ~MessageJson();
    MessageJson(const MessageJson &) = delete;
    MessageJson &operator=(const MessageJson &) = delete;

    [[nodiscard]] DecodedMessage decode(const StreamMessage &message);
    // The message in full. "value" holds the record by column names, or the JSON or text it is, null for
    // a tombstone; "records" those of a list, "fields" what else could be made out, "bytes" (base64) what could not.
    [[nodiscard]] QJsonObject object(const StreamMessage &message, const DecodedMessage &decoded) const;

    // A JSON or text value as it was written, in full, masked; nothing if it is another thing or may not be shown.
    [[nodiscard]] static std::optional<QString> writtenText(const StreamMessage &message,
                                                            const DecodedMessage &decoded);
    [[nodiscard]] static QString timeText(const StreamMessage &message); // ISO 8601 in UTC, or "-"
    [[nodiscard]] static QString keyText(const StreamMessage &message, const DecodedMessage &decoded);
    // All of the value as one text: JSON on one line, the text it is, or "base64:…" of what could not be read; empty for
    // a tombstone. `object` is what object() made of the message.
    [[nodiscard]] static QString valueText(const StreamMessage &message, const DecodedMessage &decoded,
                                           const QJsonObject &object);
    [[nodiscard]] static bool isValueJson(const DecodedMessage &decoded, const QJsonObject &object);

private:
    [[nodiscard]] QJsonArray records(const StreamMessage &message, const EntityType &entity) const;

    std::shared_ptr<const EntityCatalog> m_catalog;
    std::shared_ptr<SchemaLibrary> m_schemas;
    Masking m_masking;
    MessageDecoder m_decoder;
    QSemaphore m_answers; // of the schemas
};

} // namespace desk
