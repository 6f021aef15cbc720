// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/ColumnText.h"
#include "models/schema/EntityCatalog.h"
#include "models/schema/Record.h"

#include <QDir>
#include <QFile>

namespace desk {

// Records for tests, by the words an operator would type.
inline Record sampleRecord(const EntityType &entity, const RecordId &id,
                           const QMap<QString, QString> &values = {})
{
    Record record = newRecord(entity);
    setRecordId(entity, record, id);
    record.version = 1;
    for (auto value = values.begin(); value != values.end(); ++value) {
        const int column = entity.indexOf(value.key());
        record.values[column] = *valueFromText(entity.columns[column], value.value());
    }
    return record;
}

inline Record sampleProduct(const EntityCatalog &catalog, const RecordId &id, const QString &name)
{
    return sampleRecord(*catalog.find(u"product"), id,
                        {{"name", name}, {"price", "14.99"}, {"stock_quantity", "74"}});
}

// An entity as an operator adds one: JSON, keyed by a column that is not its id, with a secret.
inline void writePlayerEntity(const QString &folder)
{
    QFile file(QDir(folder).filePath("player.proto"));
    file.open(QIODevice::WriteOnly);
    file.write(R"(syntax = "proto3";
import "catalog/options.proto";
message Player {
  option (catalog.entity) = {
    singular: "Player" plural: "Players" encoding: JSON key: "position" key_lower_case: true
    topics: { all: "players" }
  };
  string id = 1 [(catalog.column) = { label: "Id" }];
  string name = 2 [(catalog.column) = { label: "Name" }];
  string position = 3 [(catalog.column) = { label: "Position" }];
  int32 speed = 4 [(catalog.column) = { label: "Speed" }];
  string card = 5 [(catalog.column) = { label: "Card", sensitive: true }];
}
)");
}

} // namespace desk
