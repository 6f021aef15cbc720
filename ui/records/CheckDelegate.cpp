// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/CheckDelegate.h"

#include "models/tables/RecordTableModel.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace desk {
namespace {

constexpr int BoxSize = 15;

} // namespace

QRect CheckDelegate::boxIn(const QRect &content)
{
    return {content.left(), content.center().y() - BoxSize / 2, BoxSize, BoxSize};
}

bool CheckDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                                const QModelIndex &index)
{
    if (!(index.flags() & Qt::ItemIsEditable) || !index.data(RecordTableModel::IsLoadedRole).toBool())
        return false;
    bool isToggle = false;
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QRect box = boxIn(option.rect.adjusted(Margin, 0, -Margin, -1)).adjusted(-4, -4, 4, 4);
        // With a modifier the click extends a selection.
        isToggle = mouse->button() == Qt::LeftButton && mouse->modifiers() == Qt::NoModifier
            && box.contains(mouse->position().toPoint());
    } else if (event->type() == QEvent::KeyPress) {
        isToggle = static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space;
    }
    if (!isToggle)
        return false;
    model->setData(index, !index.data(RecordTableModel::ValueRole).toBool(), Qt::EditRole);
    return true;
}

void CheckDelegate::paintContent(QPainter *painter, const QRect &content, const QModelIndex &index) const
{
    const QVariant value = index.data(RecordTableModel::ValueRole);
    const bool isChecked = value.toBool();
    const QRectF box = QRectF(boxIn(content)).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(isChecked ? colours().accent : colours().muted);
    painter->setBrush(isChecked ? colours().accent : colours().surface);
    painter->drawRoundedRect(box, 4, 4);
    if (isChecked) {
        QPainterPath tick(box.topLeft() + QPointF(3.2, 7.2));
        tick.lineTo(box.topLeft() + QPointF(5.9, 10));
        tick.lineTo(box.topLeft() + QPointF(10.8, 4.2));
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(colours().onAccent, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPath(tick);
    } else if (!value.isValid()) {
        painter->setPen(QPen(colours().muted, 1.6));
        painter->drawLine(QPointF(box.left() + 4, box.center().y()),
                          QPointF(box.right() - 4, box.center().y()));
    }
}

int CheckDelegate::contentWidth(const QFontMetrics &metrics, const QModelIndex &index) const
{
    Q_UNUSED(metrics)
    Q_UNUSED(index)
    return BoxSize;
}

QString CheckDelegate::toolTip(const QModelIndex &index, int width) const
{
    return index.data(RecordTableModel::IsDraftRole).toBool() ? CellDelegate::toolTip(index, width)
                                                              : QString();
}

} // namespace desk
