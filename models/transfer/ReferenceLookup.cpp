// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/ReferenceLookup.h"

namespace desk {
namespace {

QString nounOf(const Store &store, const Column &column)
{
    const EntityType *target = store.catalog().find(column.reference);
    return target ? target->singular.toLower() : column.reference;
}

Error invalidReference(const Column &column, const QString &sentence)
{
    return {ErrorCode::InvalidValue, sentence, {}, column.name};
}

} // namespace

Expected<RecordId> ReferenceLookup::idByName(const Column &column, const QString &name)
{
    const Name key{column.reference, name};
    if (const auto known = m_ids.constFind(key); known != m_ids.constEnd())
        return *known;
    if (const auto unknown = m_unknown.constFind(key); unknown != m_unknown.constEnd())
        return tl::make_unexpected(invalidReference(column, *unknown));

    const Expected<const EntityType *> target = m_store.catalog().require(column.reference);
    if (!target)
        return tl::make_unexpected(target.error());
    const Expected<QList<RecordId>> ids = m_store.findByName(**target, name);
    if (!ids)
        return tl::make_unexpected(ids.error());
    if (ids->size() == 1) {
        if (m_ids.size() >= MaximumRemembered)
            m_ids.clear();
        m_ids.insert(key, ids->constFirst());
        return ids->constFirst();
    }
    const QString sentence = ids->isEmpty()
        ? QStringLiteral("%1: unknown %2 \"%3\".").arg(column.label, nounOf(m_store, column), name)
        : QStringLiteral("%1: there are %2 %3 called \"%4\"; give the id instead.")
              .arg(column.label, QString::number(ids->size()), (*target)->plural.toLower(), name);
    if (m_unknown.size() >= MaximumRemembered)
        m_unknown.clear();
    m_unknown.insert(key, sentence);
    return tl::make_unexpected(invalidReference(column, sentence));
}

Expected<QSet<RecordId>> ReferenceLookup::missing(const Column &column, const QSet<RecordId> &ids)
{
    QSet<RecordId> &present = m_present[column.reference];
    const QSet<RecordId> asked = QSet<RecordId>(ids).subtract(present);
    if (asked.isEmpty())
        return asked;
    const Expected<const EntityType *> target = m_store.catalog().require(column.reference);
    if (!target)
        return tl::make_unexpected(target.error());
    const Expected<QList<RecordRow>> rows = m_store.fetchMany(**target, asked.values());
    if (!rows)
        return tl::make_unexpected(rows.error());
    QSet<RecordId> missing = asked;
    if (present.size() >= MaximumRemembered)
        present.clear();
    for (const RecordRow &row : *rows) {
        missing.remove(row.record.id);
        present.insert(row.record.id);
    }
    return missing;
}

Error ReferenceLookup::unknownId(const Column &column, const RecordId &id) const
{
    return invalidReference(
        column, QStringLiteral("%1: there is no %2 %3.").arg(column.label, nounOf(m_store, column), id));
}

} // namespace desk
