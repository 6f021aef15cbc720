// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/StoreClient.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace desk {

// How far a record's newest change has come.
enum class RecordState {
    Published, // everything about it is on its topic (or it is as it was found)
    Saving,    // on its way to the database
    Saved,     // committed; the relay has not published it yet
    Waiting,   // committed; the broker is away or an earlier event is stuck
    Refused,   // not committed: the database or the validation said no; or its event was refused
};

[[nodiscard]] QString recordStateText(RecordState state); // "published", "saving", …

// Tracks the way of every record that is not simply published. GUI thread. Fed by the change service
// (saving, refused) and by the store's publishing state (saved, waiting, refused by the broker).
class RecordStates : public QObject
{
    Q_OBJECT

public:
    struct Entry {
        RecordState state = RecordState::Published;
        QString reason; // Refused, Waiting
    };

    explicit RecordStates(QObject *parent = nullptr);

    [[nodiscard]] Entry entry(const QString &entity, const RecordId &id) const;

    void setSaving(const QString &entity, const RecordId &id);
    void setSaved(const QString &entity, const RecordId &id);
    void setRefused(const QString &entity, const RecordId &id, const QString &reason);
    // Back to what the publishing state says.
    void clear(const QString &entity, const RecordId &id);

    void setPublishing(const PublishingState &state);
    void setBrokerAway(bool away, const QString &reason);

Q_SIGNALS:
    // An empty list of ids: any record of the entity (of every entity, if that is empty) may have changed.
    void changed(const QString &entity, const QList<desk::RecordId> &ids);

private:
    using Key = std::pair<QString, RecordId>;

    void setLocal(const QString &entity, const RecordId &id, const Entry &entry);

    QHash<Key, Entry> m_local;   // what this window knows of its own writes
    QSet<Key> m_unpublished;     // from the publishing state
    bool m_listsAll = true;      // false: more wait than it lists
    QHash<Key, Entry> m_refused; // event refused or held back, with the reason
    bool m_brokerAway = false;
    QString m_brokerReason;
};

} // namespace desk
