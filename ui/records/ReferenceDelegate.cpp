// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/ReferenceDelegate.h"

#include "models/tables/RecordTableModel.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QPainter>

namespace desk {

QString ReferenceDelegate::nameOf(const QModelIndex &index)
{
    const QString name = index.data(Qt::DisplayRole).toString();
    const QString id = index.data(RecordTableModel::ReferenceIdRole).toString();
    return name.isEmpty() && !id.isEmpty() ? QStringLiteral("#%1").arg(id) : name;
}

void ReferenceDelegate::paintContent(QPainter *painter, const QRect &content, const QModelIndex &index) const
{
    QString name = nameOf(index);
    if (name.isEmpty()) {
        name = QStringLiteral("–");
        painter->setPen(colours().muted);
    }
    painter->drawText(content, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(name, Qt::ElideRight, content.width()));
}

int ReferenceDelegate::contentWidth(const QFontMetrics &metrics, const QModelIndex &index) const
{
    return metrics.horizontalAdvance(nameOf(index));
}

QString ReferenceDelegate::toolTip(const QModelIndex &index, int width) const
{
    const QString id = index.data(RecordTableModel::ReferenceIdRole).toString();
    if (id.isEmpty() || index.data(RecordTableModel::IsDraftRole).toBool())
        return ValueDelegate::toolTip(index, width);
    return QStringLiteral("%1 (#%2)").arg(nameOf(index), id);
}

} // namespace desk
