// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/RecordHeader.h"

#include "ui/records/FilterRow.h"
#include "ui/shell/Theme.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QTableView>

namespace desk {
namespace {

constexpr int Margin = 8;
constexpr int ArrowWidth = 9;

void paintArrow(QPainter *painter, const QPoint &centre, bool isUp, const QColor &colour)
{
    const double half = ArrowWidth / 2.0;
    const double tip = isUp ? -3.5 : 3.5;
    QPainterPath arrow;
    arrow.moveTo(centre.x() - half, centre.y() - tip);
    arrow.lineTo(centre.x() + half, centre.y() - tip);
    arrow.lineTo(centre.x(), centre.y() + tip);
    arrow.closeSubpath();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillPath(arrow, colour);
}

} // namespace

RecordHeader::RecordHeader(Theme &theme, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_theme(theme)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setMinimumSectionSize(28);
    setStretchLastSection(true);
    setSortIndicatorShown(true);
    setAccessibleName(tr("Columns"));
    connect(this, &QHeaderView::sectionResized, this, [this] { updateGeometries(); });
    connect(this, &QHeaderView::sectionMoved, this, [this] { updateGeometries(); });
    connect(&theme, &Theme::changed, this, [this] { viewport()->update(); });
}

void RecordHeader::setFilterRow(FilterRow *row)
{
    m_filterRow = row;
    row->setParent(this);
    row->show();
    if (const auto *table = qobject_cast<QTableView *>(parentWidget())) {
        connect(table->horizontalScrollBar(), &QScrollBar::valueChanged, row, &FilterRow::align,
                Qt::QueuedConnection); // after the header has moved
    }
    updateGeometries();
}

QSize RecordHeader::sizeHint() const
{
    const QSize hint = QHeaderView::sizeHint();
    return {hint.width(), TitleHeight + (m_filterRow ? FilterRow::Height : 0)};
}

void RecordHeader::updateGeometries()
{
    setViewportMargins(0, 0, 0, m_filterRow ? FilterRow::Height : 0);
    QHeaderView::updateGeometries();
    if (!m_filterRow)
        return;
    m_filterRow->setGeometry(0, TitleHeight, width(), FilterRow::Height);
    m_filterRow->align();
}

void RecordHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const Colours &colours = m_theme.colours();
    painter->save();
    painter->fillRect(rect, colours.surface);
    painter->fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.line);

    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    painter->setPen(colours.text);
    const QString title = model()->headerData(section, orientation(), Qt::DisplayRole).toString();
    const bool isRight = model()->headerData(section, orientation(), Qt::TextAlignmentRole).toInt()
        & Qt::AlignRight;
    const bool isSorted = sortIndicatorSection() == section;

    QRect room = rect.adjusted(Margin, 0, -Margin, -1);
    const int arrow = isSorted ? ArrowWidth + 5 : 0;
    if (isRight)
        room.setLeft(room.left() + arrow);
    else
        room.setRight(room.right() - arrow);
    if (rect.width() < 46) { // of a column of thumbnails; the tool tip has its title
        painter->restore();
        return;
    }
    const QString shown = painter->fontMetrics().elidedText(title, Qt::ElideRight, room.width());
    painter->drawText(room, Qt::AlignVCenter | (isRight ? Qt::AlignRight : Qt::AlignLeft), shown);
    if (isSorted) {
        const int textWidth = painter->fontMetrics().horizontalAdvance(shown);
        const int x = isRight ? room.right() - textWidth - arrow + ArrowWidth / 2
                              : room.left() + textWidth + 5 + ArrowWidth / 2;
        paintArrow(painter, {x, room.center().y() + 1}, sortIndicatorOrder() == Qt::AscendingOrder,
                   colours.accent);
    }
    painter->restore();
}

void RecordHeader::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme.colours().surface);
    painter.fillRect(0, viewport()->height() - 1, viewport()->width(), 1, m_theme.colours().line);
    painter.end();
    QHeaderView::paintEvent(event);
}

void RecordHeader::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Columns"));
    for (int visual = 0; visual < count(); ++visual) {
        const int section = logicalIndex(visual);
        QAction *action = menu->addAction(
            model()->headerData(section, orientation(), Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!isSectionHidden(section));
        // The last column that shows stays: a table without any could not be asked for them again.
        action->setEnabled(isSectionHidden(section) || count() - hiddenSectionCount() > 1);
        connect(action, &QAction::toggled, this,
                [this, section](bool shown) { setSectionHidden(section, !shown); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Reset columns")), &QAction::triggered, this, &RecordHeader::columnsReset);
    menu->popup(event->globalPos());
}

} // namespace desk
