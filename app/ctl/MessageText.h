// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSemaphore>

namespace desk::ctl {

// Messages of topics as "consume" prints them. Waits for the schemas they need, as long as a registry may take
// to answer. Keep one per run: decoders are made once per entity. One thread.
class MessageText
{
public:
    explicit MessageText(DecodingSources sources);
    ~MessageText();

    // Time, topic, partition and offset, key, operation, summary, on one line.
    [[nodiscard]] QString line(const StreamMessage &message);
    // The same in full. "value" holds the record by column names, "records" those of a list, "fields" what
    // else could be made out, "bytes" (base64) what could not.
    [[nodiscard]] QJsonObject json(const StreamMessage &message);

private:
    [[nodiscard]] DecodedMessage decode(const StreamMessage &message);
    [[nodiscard]] QJsonArray records(const StreamMessage &message, const EntityType &entity);

    std::shared_ptr<const EntityCatalog> m_catalog;
    std::shared_ptr<SchemaLibrary> m_schemas;
    MessageDecoder m_decoder;
    QSemaphore m_answers; // of the schemas
};

} // namespace desk::ctl
