// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/RecordStates.h"

namespace desk {

QString recordStateText(RecordState state)
{
    switch (state) {
    case RecordState::Published:
        return RecordStates::tr("published");
    case RecordState::Saving:
        return RecordStates::tr("saving");
    case RecordState::Saved:
        return RecordStates::tr("saved");
    case RecordState::Waiting:
        return RecordStates::tr("waiting");
    case RecordState::Refused:
        break;
    }
    return RecordStates::tr("refused");
}

RecordStates::RecordStates(QObject *parent) : QObject(parent) { }

RecordStates::Entry RecordStates::entry(const QString &entity, const RecordId &id) const
{
    const Key key(entity, id);
    if (const auto local = m_local.constFind(key);
        local != m_local.cend() && local->state != RecordState::Saved)
        return *local;
    if (const auto refused = m_refused.constFind(key); refused != m_refused.cend())
        return *refused;
    if (m_local.contains(key) || m_unpublished.contains(key))
        return m_brokerAway ? Entry{RecordState::Waiting, m_brokerReason} : Entry{RecordState::Saved, {}};
    if (!m_listsAll) // "published" would be a guess
        return {RecordState::Saved,
                tr("Many changes wait to be published; this record's may be among them.")};
    return {};
}

void RecordStates::setLocal(const QString &entity, const RecordId &id, const Entry &entry)
{
    m_local.insert({entity, id}, entry);
    Q_EMIT changed(entity, {id});
}

void RecordStates::setSaving(const QString &entity, const RecordId &id)
{
    setLocal(entity, id, {RecordState::Saving, {}});
}

void RecordStates::setSaved(const QString &entity, const RecordId &id)
{
    setLocal(entity, id, {RecordState::Saved, {}});
}

void RecordStates::setRefused(const QString &entity, const RecordId &id, const QString &reason)
{
    setLocal(entity, id, {RecordState::Refused, reason});
}

void RecordStates::clear(const QString &entity, const RecordId &id)
{
    if (m_local.remove({entity, id}) > 0)
        Q_EMIT changed(entity, {id});
}

// The publishing state was read after whatever had been committed by then, so it knows of every write
// that this window was told is saved: what it does not list is published.
void RecordStates::setPublishing(const PublishingState &state)
{
    QSet<Key> touched;
    QSet<Key> unpublished;
    for (const auto &[entity, id] : state.waitingRecords)
        unpublished.insert({entity, id});
    for (const Key &key : std::as_const(m_unpublished)) {
        if (!unpublished.contains(key))
            touched.insert(key);
    }
    for (const Key &key : std::as_const(unpublished)) {
        if (!m_unpublished.contains(key))
            touched.insert(key);
    }
    const bool listsAll = state.waiting <= state.waitingRecords.size();
    for (auto local = m_local.begin(); local != m_local.end();) {
        if (local->state == RecordState::Saved && listsAll && !unpublished.contains(local.key())) {
            touched.insert(local.key());
            local = m_local.erase(local);
        } else {
            ++local;
        }
    }
    QHash<Key, Entry> refused;
    for (const RefusedEvent &event : state.refused) {
        const Key key(event.entity, event.id);
        if (!refused.contains(key))
            refused.insert(key,
                           {event.isHeldBack ? RecordState::Waiting : RecordState::Refused, event.reason});
    }
    for (auto old = m_refused.cbegin(); old != m_refused.cend(); ++old) {
        if (!refused.contains(old.key()))
            touched.insert(old.key());
    }
    for (auto now = refused.cbegin(); now != refused.cend(); ++now) {
        if (!m_refused.contains(now.key()))
            touched.insert(now.key());
    }
    m_unpublished = std::move(unpublished);
    m_refused = std::move(refused);
    if (std::exchange(m_listsAll, listsAll) != listsAll) {
        Q_EMIT changed({}, {});
        return;
    }

    QHash<QString, QList<RecordId>> byEntity;
    for (const Key &key : std::as_const(touched))
        byEntity[key.first].append(key.second);
    for (auto entity = byEntity.cbegin(); entity != byEntity.cend(); ++entity)
        Q_EMIT changed(entity.key(), entity.value());
}

void RecordStates::setBrokerAway(bool away, const QString &reason)
{
    if (m_brokerAway == away && m_brokerReason == reason)
        return;
    m_brokerAway = away;
    m_brokerReason = reason;
    Q_EMIT changed({}, {});
}

} // namespace desk
