// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>

#include <memory>

namespace desk {

// How far one journal entry has come on its way to the topics.
enum class EntryState { Published, Saved, Waiting, Refused, Received };

[[nodiscard]] QString entryStateText(EntryState state);

// The newest entries of the journal, newest first, and below them older ones whose events are refused or
// held back, for as long as they are. Knows the newest MaximumEntries, no more. GUI thread.
class JournalTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Columns {
        TimeColumn,
        AuthorColumn,
        EntityColumn,
        RecordColumn,
        OperationColumn,
        ChangesColumn,
        StateColumn,
        ColumnCount
    };
    enum Roles {
        StateRole = Qt::UserRole + 1, // int(EntryState)
        EntityNameRole,               // QString
        RecordIdRole,                 // QString
        PositionRole,                 // qint64
    };
    static constexpr int MaximumEntries = 500;

    explicit JournalTableModel(std::shared_ptr<const EntityCatalog> catalog, QObject *parent = nullptr);

    // The answer to "what are the newest": newest first. A new question, so a reset.
    void setEntries(const QList<JournalEntry> &newestFirst);
    // What has been added since, oldest first; entries that are there already are not repeated.
    void append(const QList<JournalEntry> &oldestFirst);
    void setPublishing(const PublishingState &publishing);

    [[nodiscard]] qsizetype unpublished() const; // entries that wait or are refused

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    using Key = std::pair<QString, RecordId>;

    [[nodiscard]] const JournalEntry &entry(int row) const;
    [[nodiscard]] EntryState state(const JournalEntry &entry) const;
    [[nodiscard]] QString text(const JournalEntry &entry, int column) const;
    [[nodiscard]] QString changesText(const JournalEntry &entry) const;
    [[nodiscard]] QString recordText(const JournalEntry &entry) const;
    void placeOlder();

    std::shared_ptr<const EntityCatalog> m_catalog;
    QList<JournalEntry> m_entries; // newest first
    QList<JournalEntry> m_older;   // made of refused events that are not among the entries
    qint64 m_cursor = 0;
    QSet<Key> m_waiting;
    QHash<qint64, RefusedEvent> m_refused; // by position
};

} // namespace desk
