// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/ImportBatch.h"

#include "models/schema/ColumnText.h"
#include "models/schema/RecordValidator.h"

namespace desk {
namespace {

// Errors that the next row would meet again.
bool endsImport(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Unreachable:
    case ErrorCode::Unauthorised:
    case ErrorCode::Cancelled:
    case ErrorCode::InputOutput:
    case ErrorCode::NoAccess:
    case ErrorCode::NotSupported:
    case ErrorCode::UnknownEntity:
    case ErrorCode::RefusedMigration:
        return true;
    default:
        return false;
    }
}

void count(const Change &change, ImportReport &report)
{
    ++(change.operation == Operation::Add ? report.added : report.updated);
}

} // namespace

ImportBatch::ImportBatch(Store &store, const EntityType &entity, const ImportOptions &options,
                         const QList<ColumnBinding> &bindings, ReferenceLookup &references)
    : m_store(store)
    , m_entity(entity)
    , m_options(options)
    , m_bindings(bindings)
    , m_references(references)
{ }

void ImportBatch::append(ImportRow row)
{
    if (!row.id.isEmpty())
        m_ids.insert(row.id);
    m_rows.append(std::move(row));
}

RefusedRow ImportBatch::refusal(const ImportRow &row, const Error &error) const
{
    RefusedRow refused{row.position, error.field, error.sentence};
    for (qsizetype index = 0; index < m_bindings.size() && index < row.places.size(); ++index) {
        if (!error.field.isEmpty() && m_entity.columns[m_bindings[index].column].name == error.field)
            refused.position = row.places[index];
    }
    return refused;
}

Expected<> ImportBatch::write(ImportReport &report)
{
    const Expected<Known> known = findKnown();
    if (!known)
        return tl::make_unexpected(known.error());
    const Expected<QHash<int, QSet<RecordId>>> missing = findMissingReferences();
    if (!missing)
        return tl::make_unexpected(missing.error());

    QList<Planned> planned;
    for (const ImportRow &row : std::as_const(m_rows)) {
        Expected<std::optional<Change>> change = plan(row, *known, *missing);
        if (!change)
            refuse(refusal(row, change.error()));
        else if (*change)
            planned.append({&row, **std::move(change)});
        else
            ++report.unchanged;
    }
    const Expected<> committed = commit(planned, report);
    m_rows.clear();
    m_ids.clear();
    return committed;
}

Expected<ImportBatch::Known> ImportBatch::findKnown() const
{
    Known known;
    if (m_ids.isEmpty())
        return known;
    Expected<QList<RecordRow>> rows = m_store.fetchMany(m_entity, m_ids.values());
    if (!rows)
        return tl::make_unexpected(rows.error());
    for (RecordRow &row : *rows) {
        const RecordId id = row.record.id;
        known.insert(id, std::move(row.record));
    }
    return known;
}

// Per reference column, the ids given for it that no record has. Asked once for the whole batch: the
// database would refuse them too, but then the batch would have to be taken apart row by row.
Expected<QHash<int, QSet<RecordId>>> ImportBatch::findMissingReferences() const
{
    QHash<int, QSet<RecordId>> missing;
    for (qsizetype index = 0; index < m_bindings.size(); ++index) {
        const Column &column = m_entity.columns[m_bindings[index].column];
        // References within the entity may name rows of this very batch: the database decides.
        if (!column.isReference() || column.reference == m_entity.name)
            continue;
        QSet<RecordId> ids;
        for (const ImportRow &row : m_rows) {
            if (const QString id = textOf(column, row.values[index]); !id.isEmpty())
                ids.insert(id);
        }
        Expected<QSet<RecordId>> unknown = m_references.missing(column, ids);
        if (!unknown)
            return tl::make_unexpected(unknown.error());
        missing.insert(m_bindings[index].column, *std::move(unknown));
    }
    return missing;
}

// The change this row asks for, or none if the record is there as the row wants it.
Expected<std::optional<Change>> ImportBatch::plan(const ImportRow &row, const Known &known,
                                                  const QHash<int, QSet<RecordId>> &missing) const
{
    const auto before = known.constFind(row.id);
    const bool isKnown = !row.id.isEmpty() && before != known.constEnd();
    Record after = isKnown ? *before : blankRecord(m_entity);
    bool differs = !isKnown;
    for (qsizetype index = 0; index < m_bindings.size(); ++index) {
        const int column = m_bindings[index].column;
        if (column == m_entity.idColumn)
            continue;
        const bool changes = !sameValue(after.values[column], row.values[index]);
        if (isKnown && changes && m_entity.columns[column].readOnly) {
            return tl::make_unexpected(readOnlyColumn(m_entity.columns[column]));
        }
        differs = differs || changes;
        after.values[column] = row.values[index];
    }
    if (!differs)
        return std::nullopt;
    const bool wasMetBefore = m_dryRunIds.contains(row.id);
    if ((isKnown || wasMetBefore) && m_options.existing == ExistingRecords::Refuse) {
        return failure(ErrorCode::Conflict,
                       QStringLiteral("There is already a %1 %2 with other values; it was not updated.")
                           .arg(m_entity.singular.toLower(), row.id),
                       {}, m_entity.id().name);
    }
    if (!row.id.isEmpty())
        setRecordId(m_entity, after, row.id);
    const QList<Error> errors = validateRecord(m_entity, after);
    if (!errors.isEmpty())
        return tl::make_unexpected(errors.constFirst());
    for (auto ids = missing.cbegin(); ids != missing.cend(); ++ids) {
        const Column &column = m_entity.columns[ids.key()];
        const RecordId id = textOf(column, after.values[ids.key()]);
        if (ids.value().contains(id))
            return tl::make_unexpected(m_references.unknownId(column, id));
    }
    if (isKnown)
        return update(m_entity, *before, after);
    Change change = addition(m_entity, after);
    if (wasMetBefore)
        change.operation = Operation::Update; // only counted: a dry run applies nothing
    return change;
}

Expected<> ImportBatch::commit(const QList<Planned> &planned, ImportReport &report)
{
    if (planned.isEmpty())
        return {};
    if (m_options.mode == ImportMode::DryRun) {
        for (const Planned &one : planned) {
            count(one.change, report);
            if (!one.row->id.isEmpty())
                m_dryRunIds.insert(one.row->id);
        }
        return {};
    }

    QList<Change> changes;
    changes.reserve(planned.size());
    for (const Planned &one : planned)
        changes.append(one.change);
    const Expected<QList<AppliedChange>> together = m_store.apply(changeSet(changes));
    if (together) {
        for (const Change &change : changes)
            count(change, report);
        return {};
    }
    if (endsImport(together.error()))
        return tl::make_unexpected(together.error());
    if (planned.size() == 1) {
        refuse(refusal(*planned.constFirst().row, together.error()));
        return {};
    }
    for (const Planned &one : planned) {
        const Expected<QList<AppliedChange>> alone = m_store.apply(changeSet({one.change}));
        if (alone)
            count(one.change, report);
        else if (endsImport(alone.error()))
            return tl::make_unexpected(alone.error());
        else
            refuse(refusal(*one.row, alone.error()));
    }
    return {};
}

ChangeSet ImportBatch::changeSet(const QList<Change> &changes) const
{
    ChangeSet set;
    set.changes = changes;
    set.author = m_options.author;
    return set;
}

} // namespace desk
