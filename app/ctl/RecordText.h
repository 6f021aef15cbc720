// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/Output.h"
#include "models/store/RecordQuery.h"

namespace desk::ctl {

// Records as catalogctl shows them. References come by name, under the column's name without "_id"; what
// a description calls sensitive is masked everywhere. Any thread.

// Every column by its name (decimals as text, no number would keep them exact), the names of references
// beside their ids, and "version" (or "_version" where a column has that name).
[[nodiscard]] QJsonObject recordToJson(const EntityType &entity, const RecordRow &row);

// A value for people; `label` is what a reference is called, or empty.
[[nodiscard]] QString shownValue(const Column &column, const QVariant &value, const QString &label = {});

// "name: value" lines, aligned.
void printRecord(Output &output, const EntityType &entity, const RecordRow &row);

// A table of records, without hidden columns.
[[nodiscard]] QList<TextTable::Column> tableColumns(const EntityType &entity);
[[nodiscard]] QStringList tableCells(const EntityType &entity, const RecordRow &row);

// "Product 5".
[[nodiscard]] QString recordTitle(const EntityType &entity, const RecordId &id);

} // namespace desk::ctl
