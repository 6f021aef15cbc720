// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityType.h"

namespace desk {

// The entities whose tables do not fit their descriptions, and why. Nothing is read from or written to such
// a table, since its values would be taken for what they are not; references to it are neither followed nor
// checked, so that the other entities go on working. Owned by the store; on its thread.
class ClosedEntities
{
public:
    void clear() { m_refusals.clear(); }
    void close(const EntityType &entity, const QString &sentence) { m_refusals.insert(&entity, sentence); }

    [[nodiscard]] bool contains(const EntityType &entity) const { return m_refusals.contains(&entity); }
    // RefusedMigration with the sentence.
    [[nodiscard]] Expected<> check(const EntityType &entity) const
    {
        const auto refusal = m_refusals.constFind(&entity);
        if (refusal == m_refusals.cend())
            return {};
        return failure(ErrorCode::RefusedMigration, *refusal);
    }

private:
    QHash<const EntityType *, QString> m_refusals;
};

} // namespace desk
