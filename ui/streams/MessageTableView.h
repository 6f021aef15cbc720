// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/parts/UniformRowTable.h"

#include <QSet>

namespace desk {

class EmptyState;
class MessageDelegate;
class PinnedMessages;
class Theme;

// Messages, newest at the top. While the operator looks at the top, new ones come into sight; once scrolled
// away or with a message chosen, what is looked at stays where it is. GUI thread.
class MessageTableView : public UniformRowTable
{
    Q_OBJECT

public:
    static constexpr int RowHeight = 25;

    MessageTableView(Theme &theme, QWidget *parent);

    void setModel(QAbstractItemModel *model) override;
    [[nodiscard]] EmptyState &emptyState() const { return *m_empty; }
    // The chosen message's row in the log; -1: none.
    [[nodiscard]] qint64 chosenLogRow() const;
    // Of the first column that is shown: what is chosen can be scrolled to by it.
    [[nodiscard]] QModelIndex indexOfRow(int row) const;
    // The cells of the columns that are shown, from left to right, a line for each message.
    void copySelection() const;

    // Those among them are marked. They outlive the table.
    void setPinned(const PinnedMessages *pinned);
    // Whether the column is to be seen, where there is room for it.
    void setColumnChosen(int column, bool isChosen);
    [[nodiscard]] int standardWidth(int column) const; // of a fixed one, in pixels

Q_SIGNALS:
    void chosenChanged();
    void selectedChanged(); // which, or how many
    void left();            // Escape

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void rowsInserted(const QModelIndex &parent, int first, int last) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateEmptyState();
    void hideForRoom();

    Theme &m_theme;
    MessageDelegate *m_delegate;
    EmptyState *m_empty;
    QSet<int> m_notChosen;                        // columns
    QList<QMetaObject::Connection> m_connections; // to the model shown now
};

} // namespace desk
