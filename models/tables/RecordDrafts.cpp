// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/RecordDrafts.h"

#include "models/schema/ColumnText.h"

namespace desk {

const RecordDrafts::Draft *RecordDrafts::find(const RecordId &id, int column) const
{
    const auto record = m_drafts.constFind(id);
    if (record == m_drafts.cend())
        return nullptr;
    const auto draft = record->constFind(column);
    return draft == record->cend() ? nullptr : &*draft;
}

std::optional<Error> RecordDrafts::refusal(const RecordId &id) const
{
    const auto record = m_drafts.constFind(id);
    if (record == m_drafts.cend())
        return std::nullopt;
    for (const Draft &draft : *record) {
        if (draft.refusal)
            return draft.refusal;
    }
    return std::nullopt;
}

QList<std::pair<RecordId, int>> RecordDrafts::refused(std::optional<ErrorCode> code) const
{
    QList<std::pair<RecordId, int>> cells;
    for (auto record = m_drafts.cbegin(); record != m_drafts.cend(); ++record) {
        for (auto draft = record->cbegin(); draft != record->cend(); ++draft) {
            if (draft->refusal && (!code || draft->refusal->code == *code))
                cells.append({record.key(), draft.key()});
        }
    }
    return cells;
}

void RecordDrafts::set(const RecordId &id, int column, const QVariant &value, const QVariant &seen)
{
    m_drafts[id].insert(column, {value, seen, std::nullopt});
}

void RecordDrafts::refuse(const RecordId &id, int column, const Error &error, const QVariant &current)
{
    const auto record = m_drafts.find(id);
    if (record == m_drafts.end() || !record->contains(column))
        return;
    Draft &draft = (*record)[column];
    draft.refusal = error;
    if (error.code == ErrorCode::Conflict)
        draft.seen = current;
}

void RecordDrafts::settle(const RecordId &id, int column, const AppliedChange *applied)
{
    const auto record = m_drafts.find(id);
    if (record == m_drafts.end())
        return;
    if (applied && applied->after && !sameValue(record->value(column).value, applied->after->values[column]))
        return;
    record->remove(column);
    if (record->isEmpty())
        m_drafts.erase(record);
}

bool RecordDrafts::discard(const RecordId &id)
{
    return m_drafts.remove(id) > 0;
}

bool RecordDrafts::discard(const RecordId &id, int column)
{
    const auto record = m_drafts.find(id);
    if (record == m_drafts.end() || record->remove(column) == 0)
        return false;
    if (record->isEmpty())
        m_drafts.erase(record);
    return true;
}

void RecordDrafts::beginEdit(const RecordId &id, int column, const QVariant &seen)
{
    m_open = {id, column, seen};
}

void RecordDrafts::endEdit()
{
    m_open.reset();
}

std::optional<QVariant> RecordDrafts::seen(const RecordId &id, int column) const
{
    if (const Draft *draft = find(id, column))
        return draft->seen;
    if (m_open && m_open->id == id && m_open->column == column)
        return m_open->seen;
    return std::nullopt;
}

bool RecordDrafts::isEdited(const RecordId &id) const
{
    return contains(id) || (m_open && m_open->id == id);
}

} // namespace desk
