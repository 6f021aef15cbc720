// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Record.h"

#include <QJsonObject>

namespace desk {

enum class JsonContent { Whole, IdOnly };

// Records as JSON, the way entities with the JSON encoding travel: field names as in the .proto file,
// nested messages as nested objects, UTF-8 kept as it is, decimals on float fields as JSON numbers with
// their own digits. Any thread.
[[nodiscard]] QByteArray recordToJson(const EntityType &entity, const Record &record,
                                      JsonContent content = JsonContent::Whole);
[[nodiscard]] Expected<Record> recordFromJson(const EntityType &entity, QByteArrayView json);
// Of an array with at most so many records.
[[nodiscard]] Expected<QList<Record>> recordsFromJson(const EntityType &entity, QByteArrayView json,
                                                      qsizetype maximum);

// A record as a flat object of column names, for catalogctl and the journal's readers: decimals as
// strings, times as ISO 8601.
[[nodiscard]] QJsonObject recordToFlatJson(const EntityType &entity, const Record &record);
[[nodiscard]] QJsonValue valueToJson(const Column &column, const QVariant &value);
[[nodiscard]] Expected<QVariant> valueFromJson(const Column &column, const QJsonValue &json);

} // namespace desk
