// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"
#include "models/transfer/CsvReader.h"
#include "models/transfer/TaskProgress.h"

#include <optional>

namespace desk {

// What to do with a row whose id is there already, with other values.
enum class ExistingRecords { Refuse, Update };

enum class ImportMode {
    Write,
    DryRun, // checks everything that can be checked without writing
};

struct ImportOptions {
    ExistingRecords existing = ExistingRecords::Refuse;
    ImportMode mode = ImportMode::Write;
    QString author;
    int batchSize = 250; // changes per transaction
};

// A row that was not taken, and why. Nothing of it has been written.
struct RefusedRow {
    TextPosition position; // of the value, or of the row where no single value is to blame
    QString field;         // column name, or empty
    QString sentence;
};

// What an import did, or (dry run) would do.
struct ImportReport {
    qint64 added = 0;
    qint64 updated = 0;
    qint64 unchanged = 0; // there already, with the same values
    qint64 refusedCount = 0;
    QList<RefusedRow> refused; // the first MaximumListed
    bool isCancelled = false;  // ended early; what the counts say is written
    // Why it ended before the end of the file (or did not begin); what the counts say is written. `position`
    // is where the file is to blame, if it is.
    std::optional<Error> failure;
    std::optional<TextPosition> position;

    static constexpr int MaximumListed = 10'000;

    [[nodiscard]] bool isComplete() const { return !failure && !isCancelled && refusedCount == 0; }
};

// Reads records of one entity from CSV into the store. The first row names the columns, by name or label in
// any order and case; a reference may be given by id ("category_id") or by the other record's name
// ("category"). Without an id column, or where it is empty, the store gives the id. Columns that are not in
// the file take their default, or keep their value. Changes are committed in batches; when a batch is
// refused its rows are tried one by one, so that a bad row costs nothing but itself. Blocking, on the
// store's thread.
class RecordImport
{
public:
    RecordImport(Store &store, const EntityType &entity, const ImportOptions &options)
        : m_store(store)
        , m_entity(entity)
        , m_options(options)
    { }

    // Called for every refused row as it is met, also past the listed ones.
    void onRefused(std::function<void(const RefusedRow &)> callback) { m_refused = std::move(callback); }

    // Progress counts bytes of the file.
    [[nodiscard]] ImportReport run(QIODevice &device, const TaskProgress &progress = {});
    [[nodiscard]] ImportReport runFile(const QString &path, const TaskProgress &progress = {});

private:
    Store &m_store;
    const EntityType &m_entity;
    ImportOptions m_options;
    std::function<void(const RefusedRow &)> m_refused;
};

} // namespace desk
