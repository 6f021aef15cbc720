// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/RecordTableModel.h"

#include <QTableView>
#include <QTimer>

class QLabel;

namespace desk {

class ColumnLayout;
class EmptyState;
class FilterRow;
class RecordHeader;
struct DeskServices;

// The table of an entity's records: dense rows, hairlines, filters under the titles, a delegate per column,
// and what stands in the middle when there is nothing to show. Return, F2 or typing edits a cell, Tab moves on.
// A cell whose text does not fit keeps its editor until the text is mended or taken back. GUI thread.
class RecordTableView : public QTableView
{
    Q_OBJECT

public:
    // The model outlives the view.
    RecordTableView(RecordTableModel &model, DeskServices &services, QWidget *parent = nullptr);

    [[nodiscard]] FilterRow &filterRow() const { return *m_filterRow; }
    [[nodiscard]] const EmptyState &emptyState() const { return *m_empty; }

    // Rows selected, as ranges (first, last): ten million may be.
    [[nodiscard]] QList<std::pair<int, int>> selectedRanges() const;
    [[nodiscard]] qint64 selectedCount() const;
    // Makes the row current and selects it alone.
    void showRow(int row);
    void copySelection()
        const; // the loaded rows of it, as tab-separated text, in the order of the columns shown
    // True while a cell holds a text that does not fit; reminds the operator of it.
    bool remindOfHeldEditor();
    // A cell is open, and something was typed there.
    [[nodiscard]] bool isTyping() const;
    // Commits it and closes the cell, unless what is typed does not fit.
    void commitTyping();

    void keyboardSearch(const QString &) override { } // would ask every row there is
    void reset() override;

Q_SIGNALS:
    void currentRowChanged(int row); // -1: none
    void selectionCountChanged();
    void newRequested();
    void clearFiltersRequested();
    void retryRequested();
    void openRequested(const QModelIndex &index); // double click on a cell that is not edited in place

protected:
    void closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeDelegates();
    [[nodiscard]] bool beginTyping(QKeyEvent *event);
    void showRowHint();
    void updateEmptyState();
    [[nodiscard]] QWidget *heldEditor() const;

    RecordTableModel &m_model;
    DeskServices &m_services;
    RecordHeader *m_header;
    FilterRow *m_filterRow;
    ColumnLayout *m_layout;
    EmptyState *m_empty;
    QLabel *m_rowHint;
    QTimer m_rowHintTimer;
    std::optional<Error> m_loadError;
};

} // namespace desk
