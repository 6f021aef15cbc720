// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

class QStandardItemModel;

namespace desk {

// A table view whose rows all have one height. QTableView's vertical header keeps an entry for every row and goes
// through all of them whenever some come or go; this view keeps nothing per row, so that what a million rows cost
// is what can be seen of them. Its vertical header stays without sections: what QTableView derives from it
// (rowAt(), rowViewportPosition(), hidden rows, spans) is not to be used. Scrolls by pixels, both ways.
class UniformRowTable : public QTableView
{
    Q_OBJECT

public:
    // Height in pixels, above 0.
    explicit UniformRowTable(int rowHeight, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;

    [[nodiscard]] int rowHeight() const { return m_rowHeight; }
    // The row at this height of the viewport, also above and below it; -1: behind the last one.
    [[nodiscard]] int rowAtHeight(int y) const;
    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &point) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    void doItemsLayout() override;
    // Looking through every row for what was typed would stop the window; a filter finds.
    void keyboardSearch(const QString &) override { }

protected:
    void paintEvent(QPaintEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void updateGeometries() override;
    void rowsInserted(const QModelIndex &parent, int first, int last) override;
    [[nodiscard]] QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void setSelection(const QRect &rectangle, QItemSelectionModel::SelectionFlags command) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    [[nodiscard]] int verticalOffset() const override;
    [[nodiscard]] bool isIndexHidden(const QModelIndex &index) const override;

private:
    [[nodiscard]] int rowCount() const;
    [[nodiscard]] int columnNear(int x) const;
    [[nodiscard]] int nextColumn(int column, int step) const;
    void placeHeader();
    void paintRow(QPainter &painter, int row, const QRect &dirty, const QStyleOptionViewItem &standard) const;

    int m_rowHeight;
    QStandardItemModel *m_noRows; // the vertical header's
};

} // namespace desk
