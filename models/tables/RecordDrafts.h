// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Change.h"

#include <QHash>

#include <optional>

namespace desk {

// What was typed into a table and is not committed: per record, values by column of its entity. A draft is
// settled by the change that was made of it, and otherwise stays until it is mended or discarded. A value
// without signals.
class RecordDrafts
{
public:
    [[nodiscard]] bool contains(const RecordId &id) const { return m_drafts.contains(id); }
    // Nothing: no draft of this cell. A null QVariant is a value too.
    [[nodiscard]] std::optional<QVariant> value(const RecordId &id, int column) const;

    void set(const RecordId &id, int column, const QVariant &value);
    // The change made of this cell's draft was committed; null: there was nothing left to change. What was
    // typed since is on its way itself and stays.
    void settle(const RecordId &id, int column, const AppliedChange *applied);
    bool discard(const RecordId &id); // false: there was none

private:
    QHash<RecordId, QHash<int, QVariant>> m_drafts;
};

} // namespace desk
