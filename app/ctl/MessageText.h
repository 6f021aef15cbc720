// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"

#include <QJsonArray>
#include <QJsonObject>

namespace desk::ctl {

// Messages of topics as "consume" prints them. Keep one per run: decoders are made once per entity. One
// thread.
class MessageText
{
public:
    explicit MessageText(std::shared_ptr<const EntityCatalog> catalog);

    // Time, topic, partition and offset, key, operation, summary, on one line.
    [[nodiscard]] QString line(const StreamMessage &message);
    // The same in full. "value" holds the record by column names, "records" those of a list, "fields" what
    // else could be made out, "bytes" (base64) what could not.
    [[nodiscard]] QJsonObject json(const StreamMessage &message);

private:
    [[nodiscard]] QJsonArray records(const StreamMessage &message, const EntityType &entity);

    std::shared_ptr<const EntityCatalog> m_catalog;
    MessageDecoder m_decoder;
};

} // namespace desk::ctl
