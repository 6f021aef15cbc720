// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/RecordQuery.h"
#include "models/tables/RecordEdits.h"
#include "models/tables/RecordPageLoader.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace desk {

// The records that answer a query, as a table: one column per visible column of the entity and a last
// one for the record's state. Holds a window of pages around what is looked at, never the whole table;
// rows that are not there yet say so and are fetched when asked for. Follows the journal: a record
// changed by anyone shows its new values in place. Edits go through the ChangeService; a refused edit
// keeps showing what was typed, marked as refused, until it is mended or discarded. GUI thread.
class RecordTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Roles {
        ValueRole = Qt::UserRole + 1, // QVariant of the column's type
        ColumnRole,                   // int: index in the entity's columns, -1 for the state column
        RecordIdRole,                 // QString
        StateRole,                    // int(RecordState)
        StateReasonRole,              // QString
        ReferenceIdRole,              // QString: the id a reference holds
        IsLoadedRole,                 // bool
        IsDraftRole,                  // bool: this cell shows a value that is not committed
    };
    static constexpr int PageSize = RecordPageLoader::PageSize;
    static constexpr int KeptPages = 64;

    RecordTableModel(const EntityType &entity, StoreClient &store, ChangeService &changes,
                     RecordStates &states, QObject *parent = nullptr);

    [[nodiscard]] const EntityType &entity() const { return m_entity; }
    [[nodiscard]] const RecordQuery &query() const { return m_loader.query(); }
    // A new question: resets the model and counts again.
    void setQuery(const RecordQuery &query);
    // The same question again (F5, reconnected).
    void refresh();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    // EditRole takes a value of the column's type, or text in the column's format. False, and
    // editRefused(), if it does not fit the column.
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    [[nodiscard]] int entityColumn(int section) const
    {
        return m_sections.value(section, -1);
    } // -1: the state column
    [[nodiscard]] int sectionOf(int entityColumn) const { return m_sections.indexOf(entityColumn); }
    [[nodiscard]] int stateSection() const { return static_cast<int>(m_sections.size()) - 1; }
    // Empty if the row is not loaded yet.
    [[nodiscard]] std::optional<RecordRow> row(int row) const;
    // Among the rows loaded now; -1 if it is not there.
    [[nodiscard]] int rowOf(const RecordId &id) const;
    [[nodiscard]] bool isCounting() const { return m_loader.isCounting(); }

    // An editor is open on the cell: its edit is based on what the cell shows now, and the record keeps its
    // row even if others delete it. Until endEdit().
    void beginEdit(const QModelIndex &index);
    void endEdit() { m_edits.end(); }

    // What was typed and is not committed, a line per cell.
    [[nodiscard]] QStringList unsavedCells() const { return m_edits.unsaved(); }
    // Forget what was typed for this record and not committed.
    void discardDraft(const RecordId &id) { m_edits.discard(id); }
    // Try again to commit what was refused.
    void retryRefused() { m_edits.retry(); }

Q_SIGNALS:
    void countChanged(qint64 records, bool isFinal);
    void loadFailed(const desk::Error &error);
    void rowsLoaded(int first, int last);
    void editRefused(const QModelIndex &index, const desk::Error &error);

private:
    static constexpr int PagesFollowed = 3; // pages kept up to date when records come and go

    void placePage(int page, const QList<RecordRow> &rows);
    void placeRow(int row, const QList<RecordRow> &fresh, qsizetype at);
    void count();
    void placeCount(qint64 records);
    void setRowCount(int rows); // inserts or removes at the end
    void insertRowsAt(int row, int count);
    void removeRowsAt(int row, int count);
    void reload(); // looks again, without a reset

    void followJournal(const QList<JournalEntry> &entries);
    void fetchChanged(const QList<RecordId> &ids);
    void followStates(const QString &entity, const QList<RecordId> &ids);
    void emitRowChanged(int row);
    [[nodiscard]] Expected<QVariant> parse(int column, const QVariant &wanted, int role) const;
    void showApplied(const AppliedChange &applied);
    [[nodiscard]] QVariant value(const RecordRow &row, int column) const; // the draft, if there is one
    [[nodiscard]] QString displayText(const RecordRow &row, int column) const;
    [[nodiscard]] QVariant stateData(const RecordRow &row, int role) const;

    const EntityType &m_entity;
    StoreClient &m_store;
    RecordStates &m_states;
    QList<int> m_sections; // entity columns shown, then -1
    int m_rowCount = 0;
    mutable RecordWindow m_window{PageSize, KeptPages};
    mutable RecordPageLoader m_loader; // data() asks it for what is missing
    RecordEdits m_edits;
    QTimer m_reloadTimer;
};

} // namespace desk
