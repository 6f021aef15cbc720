// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/LineTable.h"

#include "ui/parts/Chip.h"
#include "ui/parts/HeaderWidth.h"
#include "ui/parts/TabularText.h"
#include "ui/shell/Theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

namespace desk {

namespace {

constexpr int Margin = 8;

class LineDelegate : public QStyledItemDelegate
{
public:
    LineDelegate(Theme &theme, const QList<LineColumn> &columns, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
        , m_columns(columns)
    { }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Colours &colours = m_theme.colours();
        painter->save();
        painter->setClipRect(option.rect);
        painter->setBackground(option.state & QStyle::State_Selected ? colours.selection : colours.surface);
        painter->fillRect(option.rect, painter->background());
        painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, colours.line);
        paintContent(*painter, option.rect.adjusted(Margin, 0, -Margin, -1), index);
        painter->restore();
    }

private:
    void paintContent(QPainter &painter, const QRect &rect, const QModelIndex &index) const
    {
        const Colours &colours = m_theme.colours();
        const QString text = index.data().toString();
        const LineColumn column = m_columns.value(index.column(), LineColumn::Text);
        const auto tone = static_cast<ChipTone>(index.data(LineTable::ToneRole).toInt());
        if (column == LineColumn::Chip && !text.isEmpty() && tone != ChipTone::Plain) {
            paintChip(&painter, rect, text, chipColours(tone), m_theme.smallFont());
            return;
        }
        const bool isMuted = column == LineColumn::Muted || column == LineColumn::Chip;
        painter.setPen(column == LineColumn::Problem ? colours.refused.text
                           : isMuted                 ? colours.muted
                                                     : colours.text);
        painter.setFont(column == LineColumn::Monospace ? m_theme.monospace() : m_theme.font());
        if (column == LineColumn::Number) {
            drawTabular(&painter, rect, text);
        } else {
            painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                             painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
        }
    }

    [[nodiscard]] const StateColours &chipColours(ChipTone tone) const
    {
        const Colours &colours = m_theme.colours();
        switch (tone) {
        case ChipTone::Published:
            return colours.published;
        case ChipTone::Waiting:
            return colours.waiting;
        case ChipTone::Refused:
            return colours.refused;
        case ChipTone::Plain:
        case ChipTone::Saved:
            break;
        }
        return colours.saved;
    }

    Theme &m_theme;
    QList<LineColumn> m_columns;
};

} // namespace

LineTable::LineTable(Theme &theme, QWidget *parent) : QTableView(parent), m_theme(theme)
{
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(Theme::RowHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(this, &QTableView::doubleClicked, this, &LineTable::opened);
}

void LineTable::setColumns(const QList<LineColumn> &columns, const QList<int> &widths, int stretched)
{
    setItemDelegate(new LineDelegate(m_theme, columns, this));
    const HeaderUse use = isSortingEnabled() ? HeaderUse::Sort : HeaderUse::Read;
    for (int column = 0; column < widths.size(); ++column) {
        const QString title = model()->headerData(column, Qt::Horizontal).toString();
        horizontalHeader()->resizeSection(
            column, std::max(widths.at(column), headerWidth(m_theme.font(), title, use)));
    }
    horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
}

void LineTable::shareWidth(int first, int firstShare, int second, int secondShare)
{
    m_sharing = {first, firstShare, second, secondShare};
    horizontalHeader()->setSectionResizeMode(first, QHeaderView::Interactive);
    horizontalHeader()->setSectionResizeMode(second, QHeaderView::Stretch);
}

void LineTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (m_sharing.first < 0)
        return;
    int room = viewport()->width();
    for (int column = 0; column < horizontalHeader()->count(); ++column) {
        if (column != m_sharing.first && column != m_sharing.second)
            room -= columnWidth(column);
    }
    setColumnWidth(
        m_sharing.first,
        std::max(160, room * m_sharing.firstShare / (m_sharing.firstShare + m_sharing.secondShare)));
}

void LineTable::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT opened(currentIndex());
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace desk
