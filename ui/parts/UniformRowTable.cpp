// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/UniformRowTable.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStandardItemModel>

#include <algorithm>

namespace desk {

UniformRowTable::UniformRowTable(int rowHeight, QWidget *parent)
    : QTableView(parent)
    , m_rowHeight(rowHeight)
    , m_noRows(new QStandardItemModel(this))
{
    setWordWrap(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setModel(m_noRows);
    // Where the two headers meet; QTableView hides it together with the vertical one, in its updateGeometries().
    if (auto *corner = findChild<QAbstractButton *>(QString(), Qt::FindDirectChildrenOnly))
        corner->hide();
}

void UniformRowTable::setModel(QAbstractItemModel *model)
{
    if (this->model())
        disconnect(this->model(), &QAbstractItemModel::rowsRemoved, this, nullptr);
    QTableView::setModel(model);
    verticalHeader()->setModel(m_noRows);
    if (model) {
        connect(model, &QAbstractItemModel::rowsRemoved, this, [this] {
            updateGeometries();
            viewport()->update();
        });
    }
    updateGeometries();
}

int UniformRowTable::rowCount() const
{
    return model() ? model()->rowCount(rootIndex()) : 0;
}

int UniformRowTable::rowAtHeight(int y) const
{
    const int height = y + verticalOffset();
    const int row = height < 0 ? 0 : height / m_rowHeight;
    return row < rowCount() ? row : -1;
}

QRect UniformRowTable::visualRect(const QModelIndex &index) const
{
    if (!index.isValid() || isIndexHidden(index))
        return {};
    return {columnViewportPosition(index.column()), index.row() * m_rowHeight - verticalOffset(),
            columnWidth(index.column()), m_rowHeight};
}

QModelIndex UniformRowTable::indexAt(const QPoint &point) const
{
    const int row = rowAtHeight(point.y());
    const int column = columnAt(point.x());
    return row < 0 || column < 0 ? QModelIndex() : model()->index(row, column, rootIndex());
}

void UniformRowTable::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid() || isIndexHidden(index))
        return;
    const QRect shown = viewport()->rect();
    const QRect cell = visualRect(index);
    const int down = hint == PositionAtTop ? cell.top()
        : hint == PositionAtBottom         ? cell.bottom() - shown.bottom()
        : hint == PositionAtCenter         ? cell.center().y() - shown.center().y()
        : cell.top() < 0                   ? cell.top()
                         : std::max(0, std::min(cell.top(), cell.bottom() - shown.bottom()));
    if (down != 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + down);
    const int right = cell.left() < 0 ? cell.left()
                                      : std::max(0, std::min(cell.left(), cell.right() - shown.right()));
    if (right != 0)
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + right);
}

void UniformRowTable::doItemsLayout()
{
    QAbstractItemView::doItemsLayout();
    updateGeometries();
}

void UniformRowTable::placeHeader()
{
    QHeaderView *header = horizontalHeader();
    const int height = header->isHidden() ? 0
                                          : std::max(header->minimumHeight(), header->sizeHint().height());
    setViewportMargins(0, height, 0, 0);
    const QRect shown = viewport()->geometry();
    header->setGeometry(shown.left(), shown.top() - height, shown.width(), height);
}

void UniformRowTable::updateGeometries()
{
    placeHeader();
    const QSize shown = viewport()->size();
    const auto setRange = [](QScrollBar &bar, int all, int page, int step) {
        bar.setSingleStep(step);
        bar.setPageStep(page);
        bar.setRange(0, std::max(0, all - page));
    };
    setRange(*verticalScrollBar(), rowCount() * m_rowHeight, shown.height(), m_rowHeight);
    setRange(*horizontalScrollBar(), horizontalHeader()->length(), shown.width(), 20);
    QAbstractItemView::updateGeometries();
}

void UniformRowTable::rowsInserted(const QModelIndex &parent, int first, int last)
{
    QTableView::rowsInserted(parent, first, last);
    updateGeometries();
    if (first * m_rowHeight < verticalOffset() + viewport()->height())
        viewport()->update();
}

void UniformRowTable::scrollContentsBy(int dx, int)
{
    if (dx != 0)
        horizontalHeader()->setOffset(horizontalScrollBar()->value());
    viewport()->update();
}

int UniformRowTable::verticalOffset() const
{
    return verticalScrollBar()->value();
}

bool UniformRowTable::isIndexHidden(const QModelIndex &index) const
{
    return isColumnHidden(index.column());
}

// The shown column at this place of the viewport, or the first or last one beside it.
int UniformRowTable::columnNear(int x) const
{
    const int right = horizontalHeader()->length() - horizontalHeader()->offset() - 1;
    return columnAt(std::clamp(x, -horizontalHeader()->offset(), std::max(0, right)));
}

// The next column that is shown, as the columns stand; the same one at the end.
int UniformRowTable::nextColumn(int column, int step) const
{
    const QHeaderView &header = *horizontalHeader();
    for (int place = header.visualIndex(column) + step; place >= 0 && place < header.count(); place += step) {
        const int next = header.logicalIndex(place);
        if (!header.isSectionHidden(next))
            return next;
    }
    return column;
}

QModelIndex UniformRowTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const int last = rowCount() - 1;
    if (last < 0)
        return {};
    const QModelIndex current = currentIndex();
    if (!current.isValid())
        return model()->index(0, columnNear(0), rootIndex());
    const int page = std::max(1, viewport()->height() / m_rowHeight);
    const bool isFar = modifiers.testFlag(Qt::ControlModifier);
    int row = current.row();
    int column = current.column();
    switch (action) {
    case MoveUp:
        row = isFar ? 0 : row - 1;
        break;
    case MoveDown:
        row = isFar ? last : row + 1;
        break;
    case MovePageUp:
        row -= page;
        break;
    case MovePageDown:
        row += page;
        break;
    // Rows are chosen as wholes here, so the ends meant are those of the table.
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = last;
        break;
    case MoveLeft:
    case MovePrevious:
        column = nextColumn(column, -1);
        break;
    case MoveRight:
    case MoveNext:
        column = nextColumn(column, 1);
        break;
    }
    return model()->index(std::clamp(row, 0, last), column, rootIndex());
}

void UniformRowTable::setSelection(const QRect &rectangle, QItemSelectionModel::SelectionFlags command)
{
    const QRect area = rectangle.normalized();
    const int last = rowCount() - 1;
    const int top = rowAtHeight(area.top());
    QItemSelection selection;
    if (top >= 0) {
        const int bottom = rowAtHeight(area.bottom());
        selection.select(model()->index(top, columnNear(area.left()), rootIndex()),
                         model()->index(bottom < 0 ? last : bottom, columnNear(area.right()), rootIndex()));
    }
    selectionModel()->select(selection, command);
}

QRegion UniformRowTable::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    const QRect shown = viewport()->rect();
    for (const QItemSelectionRange &range : selection) {
        const int top = range.top() * m_rowHeight - verticalOffset();
        const int bottom = (range.bottom() + 1) * m_rowHeight - verticalOffset();
        const QRect rows(shown.left(), std::max(top, shown.top()), shown.width(), 0);
        region += rows.adjusted(0, 0, 0, std::min(bottom, shown.bottom() + 1) - rows.top());
    }
    return region;
}

void UniformRowTable::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    QStyleOptionViewItem standard;
    initViewItemOption(&standard);
    const int first = rowAtHeight(event->rect().top());
    if (first < 0)
        return;
    const int bottom = rowAtHeight(event->rect().bottom());
    const int last = bottom < 0 ? rowCount() - 1 : bottom;
    for (int row = first; row <= last; ++row)
        paintRow(painter, row, event->rect(), standard);
}

void UniformRowTable::paintRow(QPainter &painter, int row, const QRect &dirty,
                               const QStyleOptionViewItem &standard) const
{
    const QModelIndex current = currentIndex();
    for (int column = 0; column < horizontalHeader()->count(); ++column) {
        const QModelIndex index = model()->index(row, column, rootIndex());
        const QRect cell = visualRect(index);
        if (!cell.intersects(dirty))
            continue;
        QStyleOptionViewItem option = standard;
        option.rect = cell;
        if (selectionModel()->isSelected(index))
            option.state |= QStyle::State_Selected;
        if (index == current && hasFocus())
            option.state |= QStyle::State_HasFocus;
        itemDelegateForIndex(index)->paint(&painter, option, index);
    }
}

} // namespace desk
