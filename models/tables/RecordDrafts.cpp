// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/RecordDrafts.h"

#include "models/schema/ColumnText.h"

namespace desk {

std::optional<QVariant> RecordDrafts::value(const RecordId &id, int column) const
{
    const auto draft = m_drafts.constFind(id);
    if (draft == m_drafts.cend())
        return std::nullopt;
    const auto value = draft->constFind(column);
    return value == draft->cend() ? std::nullopt : std::optional(*value);
}

void RecordDrafts::set(const RecordId &id, int column, const QVariant &value)
{
    m_drafts[id].insert(column, value);
}

void RecordDrafts::settle(const RecordId &id, int column, const AppliedChange *applied)
{
    const auto draft = m_drafts.find(id);
    if (draft == m_drafts.end())
        return;
    if (applied && applied->after && !sameValue(draft->value(column), applied->after->values[column]))
        return;
    draft->remove(column);
    if (draft->isEmpty())
        m_drafts.erase(draft);
}

bool RecordDrafts::discard(const RecordId &id)
{
    return m_drafts.remove(id) > 0;
}

} // namespace desk
