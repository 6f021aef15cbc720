// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"

#include <QHash>
#include <QSet>

namespace desk {

// Finds the records that reference columns name, for everyone who writes references as text: imports and
// catalogctl. Remembers what it has found, so that an import of many rows asks once per name; the database
// has the last word when the reference is written. On the store's thread.
class ReferenceLookup
{
public:
    explicit ReferenceLookup(Store &store) : m_store(store) { }

    // The id of the one record of that name. InvalidValue, with the column as field: there is none, or more
    // than one.
    [[nodiscard]] Expected<RecordId> idByName(const Column &column, const QString &name);
    // Those of the ids that no record of the column's entity has.
    [[nodiscard]] Expected<QSet<RecordId>> missing(const Column &column, const QSet<RecordId> &ids);
    // The sentence for an id that is missing.
    [[nodiscard]] Error unknownId(const Column &column, const RecordId &id) const;

    // New records may have been written since: names that were unknown are looked up again.
    void forgetUnknown() { m_unknown.clear(); }

private:
    static constexpr qsizetype MaximumRemembered = 100'000;

    using Name = std::pair<QString, QString>; // entity, name

    Store &m_store;
    QHash<Name, RecordId> m_ids;
    QHash<Name, QString> m_unknown; // and the sentence
    QHash<QString, QSet<RecordId>> m_present;
};

} // namespace desk
