// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"
#include "models/transfer/TaskProgress.h"

#include <QIODevice>

namespace desk {

// Writes the records of a query as CSV: a row of column names, then one row per record with its id and all
// columns, references as ids. Sensitive columns are left out: they leave the database in no file. What is
// written here, RecordImport reads back unchanged. Blocking, on the store's thread, in constant memory.
// Progress counts records. Returns how many there were; Cancelled, InputOutput, or what the store says.
[[nodiscard]] Expected<qint64> exportRecords(Store &store, const RecordQuery &query, QIODevice &device,
                                             const TaskProgress &progress = {});

// The same into a file, which appears whole or not at all.
[[nodiscard]] Expected<qint64> exportToFile(Store &store, const RecordQuery &query, const QString &path,
                                            const TaskProgress &progress = {});

} // namespace desk
