// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/MessageTableView.h"

#include "kafka/MessageTableModel.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/HeaderWidth.h"
#include "ui/shell/Theme.h"
#include "ui/streams/MessageDelegate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace desk {
namespace {

constexpr int WidthForSize = 760;
constexpr int WidthForPartition = 680;

} // namespace

MessageTableView::MessageTableView(Theme &theme, QWidget *parent)
    : UniformRowTable(RowHeight, parent)
    , m_theme(theme)
    , m_delegate(new MessageDelegate(theme, this))
    , m_empty(new EmptyState(viewport()))
{
    setItemDelegate(m_delegate);
    setShowGrid(false);
    setFrameShape(NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection); // two to compare
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setAccessibleName(tr("Messages"));
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void MessageTableView::setModel(QAbstractItemModel *model)
{
    for (const QMetaObject::Connection &connection : std::as_const(m_connections))
        disconnect(connection);
    UniformRowTable::setModel(model);
    m_connections = {
        connect(model, &QAbstractItemModel::rowsRemoved, this, &MessageTableView::updateEmptyState),
        connect(model, &QAbstractItemModel::modelReset, this, [this] {
            updateEmptyState();
            Q_EMIT chosenChanged();
        })};
    for (int column = 0; column < MessageTableModel::ColumnCount; ++column) {
        if (column != MessageTableModel::ValueColumn)
            horizontalHeader()->resizeSection(column, standardWidth(column));
    }
    horizontalHeader()->setSectionResizeMode(MessageTableModel::ValueColumn, QHeaderView::Stretch);
    updateEmptyState();
    Q_EMIT chosenChanged();
}

int MessageTableView::standardWidth(int column) const
{
    static const QHash<int, int> widths{
        {MessageTableModel::TimeColumn, 106},     {MessageTableModel::TopicColumn, 136},
        {MessageTableModel::PartitionColumn, 74}, {MessageTableModel::OffsetColumn, 74},
        {MessageTableModel::KeyColumn, 70},       {MessageTableModel::OperationColumn, 88},
        {MessageTableModel::SizeColumn, 70}};
    const QString title = model() ? model()->headerData(column, Qt::Horizontal).toString() : QString();
    return std::max(widths.value(column), headerWidth(m_theme.font(), title, HeaderUse::Read));
}

void MessageTableView::setPinned(const PinnedMessages *pinned)
{
    m_delegate->setPinned(pinned);
    viewport()->update();
}

void MessageTableView::setColumnChosen(int column, bool isChosen)
{
    if (isChosen)
        m_notChosen.remove(column);
    else
        m_notChosen.insert(column);
    setColumnHidden(column, !isChosen);
    hideForRoom();
}

qint64 MessageTableView::chosenLogRow() const
{
    const QModelIndex current = currentIndex();
    return current.isValid() ? current.data(MessageTableModel::LogRowRole).toLongLong() : -1;
}

QModelIndex MessageTableView::indexOfRow(int row) const
{
    const QHeaderView &header = *horizontalHeader();
    int place = 0;
    while (place + 1 < header.count() && header.isSectionHidden(header.logicalIndex(place)))
        ++place;
    return model()->index(row, header.logicalIndex(place));
}

void MessageTableView::copySelection() const
{
    constexpr qsizetype MostLines = 10'000; // a clipboard is no file
    QList<int> columns;
    for (int place = 0; place < model()->columnCount(); ++place) {
        const int column = horizontalHeader()->logicalIndex(place);
        if (!m_notChosen.contains(column))
            columns.append(column);
    }
    QStringList lines;
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex &row : std::as_const(rows)) {
        QStringList cells;
        for (const int column : columns)
            cells.append(
                row.siblingAtColumn(column).data(MessageTableModel::WholeRole).toString().simplified());
        lines.append(cells.join(u'\t'));
        if (lines.size() == MostLines)
            break;
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

// QAbstractItemView makes the first row the current one when the focus comes by other ways than the mouse. That would
// open a message which nobody has chosen, and hold the list at it.
void MessageTableView::focusInEvent(QFocusEvent *event)
{
    QFocusEvent asByMouse(event->type(), Qt::MouseFocusReason);
    UniformRowTable::focusInEvent(&asByMouse);
}

void MessageTableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    UniformRowTable::currentChanged(current, previous);
    Q_EMIT chosenChanged();
}

void MessageTableView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    UniformRowTable::selectionChanged(selected, deselected);
    Q_EMIT selectedChanged();
}

void MessageTableView::rowsInserted(const QModelIndex &parent, int first, int last)
{
    const int before = verticalScrollBar()->value();
    UniformRowTable::rowsInserted(parent, first, last);
    updateEmptyState();
    const bool isAnchored = before > 0 || currentIndex().isValid();
    if (!isAnchored || first * RowHeight > before)
        return;
    // Above what is looked at: move with it.
    verticalScrollBar()->setValue(before + (last - first + 1) * RowHeight);
}

void MessageTableView::resizeEvent(QResizeEvent *event)
{
    hideForRoom();
    UniformRowTable::resizeEvent(event);
}

// Beside an opened message there is little room; what is told there again goes first.
void MessageTableView::hideForRoom()
{
    for (const auto &[column, least] : {std::pair(MessageTableModel::SizeColumn, WidthForSize),
                                        std::pair(MessageTableModel::PartitionColumn, WidthForPartition)})
        setColumnHidden(column, m_notChosen.contains(column) || width() < least);
}

void MessageTableView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        setCurrentIndex({});
        verticalScrollBar()->setValue(0); // back to what comes in
        Q_EMIT left();
        return;
    }
    UniformRowTable::keyPressEvent(event);
}

void MessageTableView::updateEmptyState()
{
    const bool isEmpty = model()->rowCount() == 0;
    if (m_empty->isVisibleTo(viewport()) != isEmpty)
        m_empty->setVisible(isEmpty);
}

} // namespace desk
