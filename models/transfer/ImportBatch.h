// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/ColumnBinding.h"
#include "models/transfer/RecordImport.h"

namespace desk {

// One row of the file with its values read.
struct ImportRow {
    TextPosition position;
    QList<TextPosition> places; // per bound column
    QVariantList values;        // per bound column
    RecordId id;                // empty: the store gives one
};

// Collects rows of an import and writes them together: tells new from known and from unchanged records,
// checks what the description and the references say, commits, and falls back to row by row. Belongs to one
// run of RecordImport; on the store's thread.
class ImportBatch
{
public:
    ImportBatch(Store &store, const EntityType &entity, const ImportOptions &options,
                const QList<ColumnBinding> &bindings, ReferenceLookup &references);

    // Called for each refused row, in the order they are found.
    std::function<void(const RefusedRow &)> refuse;

    [[nodiscard]] bool isEmpty() const { return m_rows.isEmpty(); }
    [[nodiscard]] bool isFull() const { return m_rows.size() >= m_options.batchSize; }
    // True if a row of this batch has that id: it must be written before the next one is looked at.
    [[nodiscard]] bool holds(const RecordId &id) const { return m_ids.contains(id); }
    void append(ImportRow row);

    // Writes the rows and counts them in the report. Fails only when going on makes no sense.
    [[nodiscard]] Expected<> write(ImportReport &report);

    // The refused row for an error at this row.
    [[nodiscard]] RefusedRow refusal(const ImportRow &row, const Error &error) const;

private:
    struct Planned {
        const ImportRow *row;
        Change change;
    };
    using Known = QHash<RecordId, Record>;

    [[nodiscard]] Expected<Known> findKnown() const;
    [[nodiscard]] Expected<QHash<int, QSet<RecordId>>> findMissingReferences() const;
    [[nodiscard]] Expected<std::optional<Change>> plan(const ImportRow &row, const Known &known,
                                                       const QHash<int, QSet<RecordId>> &missing) const;
    [[nodiscard]] Expected<> commit(const QList<Planned> &planned, ImportReport &report);
    [[nodiscard]] ChangeSet changeSet(const QList<Change> &changes) const;

    Store &m_store;
    const EntityType &m_entity;
    const ImportOptions &m_options;
    const QList<ColumnBinding> &m_bindings;
    ReferenceLookup &m_references;
    QList<ImportRow> m_rows;
    QSet<RecordId> m_ids;
    QSet<RecordId> m_dryRunIds; // that a dry run would have added so far
};

} // namespace desk
