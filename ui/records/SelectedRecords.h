// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/RecordQuery.h"

#include <QFuture>

namespace desk {

class RecordTableModel;
class RecordTableView;
class StoreClient;

// At most so many records are edited, deleted or published at once by hand.
constexpr int MaximumSelectedRecords = 2'000;

// The records of the selected rows, those fetched that are not loaded. Finishes on the database thread or at
// once; NotSupported, with a sentence, if too many are selected.
[[nodiscard]] QFuture<Expected<QList<RecordRow>>> selectedRecords(const RecordTableView &view,
                                                                  const RecordTableModel &model,
                                                                  StoreClient &store);

// "“Fish Steak”", or "3 products".
[[nodiscard]] QString namesOf(const EntityType &entity, const QList<RecordRow> &rows);
// What a record is called: its display column, or its id where that is empty.
[[nodiscard]] QString nameOf(const EntityType &entity, const RecordRow &row);

} // namespace desk
