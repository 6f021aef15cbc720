// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/RecordEdits.h"

#include "models/schema/ColumnText.h"
#include "models/store/WhenFinished.h"

namespace desk {

RecordEdits::RecordEdits(const EntityType &entity, ChangeService &changes, RecordStates &states,
                         RowLookup rows, QObject *parent)
    : QObject(parent)
    , m_entity(entity)
    , m_changes(changes)
    , m_states(states)
    , m_rows(std::move(rows))
{
    connect(&changes, &ChangeService::applied, this, [this](const QList<AppliedChange> &applied) {
        for (const AppliedChange &change : applied) { // deleted here, knowingly
            if (change.entity == &m_entity && change.operation == Operation::Delete)
                m_drafts.discard(change.id());
        }
    });
}

std::optional<Error> RecordEdits::refusal(const RecordId &id) const
{
    const auto deleted = m_deleted.constFind(id);
    return deleted != m_deleted.cend() ? *deleted : m_drafts.refusal(id);
}

QStringList RecordEdits::unsaved() const
{
    QStringList lines;
    for (const auto &[id, column] : m_drafts.refused()) {
        const RecordRow *row = m_rows(id);
        const QString name = row ? textOf(m_entity.display(), row->record.values[m_entity.displayColumn])
                                 : id;
        lines.append(tr("%1: %2").arg(name, m_entity.columns[column].label.toLower()));
    }
    return lines;
}

void RecordEdits::begin(const RecordId &id, int column, const QVariant &seen)
{
    m_drafts.beginEdit(id, column, seen);
}

void RecordEdits::end()
{
    m_drafts.endEdit();
    if (!m_deleted.isEmpty()) // the view is still about to close the editor
        QMetaObject::invokeMethod(this, &RecordEdits::releaseDeleted, Qt::QueuedConnection);
}

void RecordEdits::submit(const RecordRow &row, int column, const QVariant &typed)
{
    const RecordId id = row.record.id;
    const QVariant current = row.record.values[column];
    // An edit over one that is still on its way builds on that one, not on what was there before both.
    const RecordDrafts::Draft *draft = m_drafts.find(id, column);
    const bool isOnItsWay = draft && !draft->refusal;
    const QVariant seen = isOnItsWay ? draft->value : m_drafts.seen(id, column).value_or(current);
    if (sameValue(typed, seen)) {
        if (!isOnItsWay)
            takeBack(id, column);
        return;
    }
    Record before = row.record;
    before.values[column] = seen;
    if (isOnItsWay || !sameValue(seen, current))
        before.version = 0; // not the version in this row; the store compares the field itself
    apply(before, column, typed, textOf(m_entity.display(), row.record.values[m_entity.displayColumn]));
}

void RecordEdits::apply(const Record &before, int column, const QVariant &typed, const QString &name)
{
    const RecordId id = before.id;
    Record after = before;
    after.values[column] = typed;
    const Change change = update(m_entity, before, after);
    m_drafts.set(id, column, typed, before.values[column]);
    Q_EMIT changed(id);
    const QString label = m_entity.columns[column].label.toLower();
    whenFinished(
        m_changes.apply({change}, tr("Change %1 of %2").arg(label, name)), this,
        [this, id, column](const Expected<QList<AppliedChange>> &applied) { settle(id, column, applied); });
}

void RecordEdits::takeBack(const RecordId &id, int column)
{
    if (!m_drafts.discard(id, column))
        return;
    if (!m_drafts.contains(id)) {
        m_states.clear(m_entity.name, id);
        releaseDeleted();
    }
    Q_EMIT changed(id);
}

void RecordEdits::settle(const RecordId &id, int column, const Expected<QList<AppliedChange>> &applied)
{
    if (!applied) {
        const RecordRow *row = m_rows(id);
        const RecordDrafts::Draft *draft = m_drafts.find(id, column);
        const QVariant seen = draft ? draft->seen : QVariant();
        m_drafts.refuse(id, column, applied.error(), row ? row->record.values[column] : seen); // and stays
        Q_EMIT changed(id);
        Q_EMIT refused(id, column, applied.error());
        return;
    }
    const AppliedChange *change = applied->isEmpty() ? nullptr : &applied->constFirst();
    m_drafts.settle(id, column, change);
    if (change)
        Q_EMIT committed(*change);
    Q_EMIT changed(id);
}

void RecordEdits::discard(const RecordId &id)
{
    if (!m_drafts.discard(id))
        return;
    m_states.clear(m_entity.name, id);
    releaseDeleted();
    Q_EMIT changed(id);
}

// A connection may have been lost before the commit or after it: a change that is there already changes nothing.
void RecordEdits::retry(std::optional<ErrorCode> code)
{
    for (const auto &[id, column] : m_drafts.refused(code)) {
        const RecordDrafts::Draft draft = *m_drafts.find(id, column);
        if (const RecordRow *row = m_rows(id)) {
            submit(RecordRow(*row), column, draft.value);
            continue;
        }
        Record before = newRecord(m_entity); // out of sight: what was seen is enough
        before.id = id;
        before.values[column] = draft.seen;
        apply(before, column, draft.value, id);
    }
}

bool RecordEdits::holdsDeleted(const JournalEntry &deletion)
{
    if (!m_drafts.isEdited(deletion.id))
        return false;
    const QString sentence = tr("%1 %2 was deleted by %3 meanwhile; what was typed here is not saved.");
    const Error error{
        ErrorCode::Conflict, sentence.arg(m_entity.singular, deletion.id, deletion.author), {}, {}};
    m_deleted.insert(deletion.id, error);
    Q_EMIT changed(deletion.id);
    Q_EMIT refused(deletion.id, -1, error);
    return true;
}

void RecordEdits::restored(const RecordId &id)
{
    m_deleted.remove(id);
}

void RecordEdits::releaseDeleted()
{
    for (const RecordId &id : m_deleted.keys()) {
        if (m_drafts.isEdited(id))
            continue;
        m_deleted.remove(id);
        Q_EMIT released(id);
    }
}

} // namespace desk
