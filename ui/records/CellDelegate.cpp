// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/CellDelegate.h"

#include "models/tables/RecordTableModel.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

namespace desk {
namespace {

constexpr int DraftMark = 7; // legs of the triangle, pixels

} // namespace

CellDelegate::CellDelegate(DeskServices &services, QAbstractItemView *view)
    : QStyledItemDelegate(view)
    , m_services(services)
    , m_view(view)
{ }

const Colours &CellDelegate::colours() const
{
    return m_services.theme.colours();
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Colours &colour = colours();
    const QRect cell = option.rect;
    painter->save();
    painter->setClipRect(cell);
    painter->setBackground(option.state & QStyle::State_Selected ? colour.selection : colour.surface);
    painter->fillRect(cell, painter->background());
    painter->fillRect(cell.left(), cell.bottom(), cell.width(), 1, colour.line);

    const QRect content = cell.adjusted(Margin, 0, -Margin, -1);
    painter->setFont(option.font);
    if (index.data(RecordTableModel::IsLoadedRole).toBool()) {
        painter->setPen(colour.text);
        paintContent(painter, content, index);
    } else if (!placeholder().isEmpty()) {
        painter->setPen(colour.muted);
        painter->drawText(content, Qt::AlignVCenter | Qt::AlignLeft, placeholder());
    } else {
        painter->fillRect(content.left(), content.center().y() - 2, content.width() * 3 / 5, 5, colour.line);
    }

    if (index.data(RecordTableModel::IsDraftRole).toBool()) {
        const bool isRefused = index.data(RecordTableModel::StateRole).toInt()
            == static_cast<int>(RecordState::Refused);
        QPainterPath corner(cell.topLeft());
        corner.lineTo(cell.topLeft() + QPoint(DraftMark, 0));
        corner.lineTo(cell.topLeft() + QPoint(0, DraftMark));
        painter->fillPath(corner, isRefused ? colour.refused.text : colour.waiting.text);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(colour.accent, 2));
        painter->drawRect(cell.adjusted(1, 1, -1, -2));
    }
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (!index.data(RecordTableModel::IsLoadedRole).toBool())
        return {0, Theme::RowHeight};
    return {contentWidth(QFontMetrics(option.font), index) + 2 * Margin, Theme::RowHeight};
}

int CellDelegate::contentWidth(const QFontMetrics &metrics, const QModelIndex &index) const
{
    return metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString());
}

QString CellDelegate::toolTip(const QModelIndex &index, int width) const
{
    if (index.data(RecordTableModel::IsDraftRole).toBool()) {
        const QString reason = index.data(RecordTableModel::StateReasonRole).toString();
        return reason.isEmpty() ? tr("Not saved yet.") : tr("Not saved: %1").arg(reason);
    }
    const QString text = index.data(Qt::DisplayRole).toString();
    const bool isCut = text.contains(u'\n') || contentWidth(m_view->fontMetrics(), index) > width;
    return isCut ? text : QString();
}

bool CellDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                             const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString tip = index.isValid() ? toolTip(index, option.rect.width() - 2 * Margin) : QString();
    // Rich text is escaped: what operators type must not be read as markup, but long texts shall wrap.
    QToolTip::showText(
        event->globalPos(),
        tip.isEmpty()
            ? tip
            : QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(tip.left(2000).toHtmlEscaped()),
        view, option.rect);
    return true;
}

} // namespace desk
