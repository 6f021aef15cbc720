// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/MessageDelegate.h"

#include "kafka/MessageTableModel.h"
#include "kafka/PinnedMessages.h"
#include "ui/parts/Chip.h"
#include "ui/parts/GlyphLine.h"
#include "ui/parts/TabularText.h"
#include "ui/shell/Theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace desk {
namespace {

constexpr int Margin = 8;
constexpr int PinBar = 3;
constexpr int PinSize = 14;

} // namespace

MessageDelegate::MessageDelegate(Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme)
{ }

const StateColours &MessageDelegate::coloursOf(const QString &operation, const Colours &colours)
{
    if (operation == QLatin1String("add"))
        return colours.published;
    if (operation == QLatin1String("delete"))
        return colours.refused;
    return colours.saved;
}

bool MessageDelegate::isPinned(const QModelIndex &index) const
{
    const auto of = [&index](int column) { return index.siblingAtColumn(column).data(); };
    return m_pinned && m_pinned->count() > 0
        && m_pinned->contains({of(MessageTableModel::TopicColumn).toString(),
                               of(MessageTableModel::PartitionColumn).toInt(),
                               of(MessageTableModel::OffsetColumn).toLongLong()});
}

QRect MessageDelegate::paintPin(QPainter &painter, const QRect &cell, const QRect &content, int column) const
{
    if (cell.left() <= 0) // the first in sight
        painter.fillRect(0, cell.top(), PinBar, cell.height() - 1, m_theme.colours().accent);
    if (column != MessageTableModel::ValueColumn)
        return content;
    const QRect pin(content.right() - PinSize, cell.center().y() - PinSize / 2, PinSize, PinSize);
    m_theme.icon(QStringLiteral("pin"), Theme::IconColour::Accent).paint(&painter, pin);
    return content.adjusted(0, 0, -PinSize - Margin, 0);
}

void MessageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const Colours &colours = m_theme.colours();
    const QRect cell = option.rect;
    painter->save();
    painter->setClipRect(cell);
    painter->setBackground(option.state & QStyle::State_Selected ? colours.selection : colours.surface);
    painter->fillRect(cell, painter->background());
    painter->fillRect(cell.left(), cell.bottom(), cell.width(), 1, colours.line);
    QRect content = cell.adjusted(Margin, 0, -Margin, -1);
    if (isPinned(index))
        content = paintPin(*painter, cell, content, index.column());
    painter->setFont(option.font);
    painter->setPen(colours.text);
    const QVariant value = index.data();
    const auto drawText = [&](const QString &text) { drawLine(*painter, content, text); };
    switch (index.column()) {
    case MessageTableModel::TimeColumn:
        painter->setFont(m_theme.monospace());
        painter->setPen(colours.muted);
        drawText(value.toString());
        break;
    case MessageTableModel::PartitionColumn:
    case MessageTableModel::OffsetColumn:
        painter->setFont(m_theme.monospace());
        if (value.isValid())
            drawTabular(painter, content, groupedNumber(value.toLongLong()));
        break;
    case MessageTableModel::KeyColumn:
        painter->setFont(m_theme.monospace());
        drawText(value.toString());
        break;
    case MessageTableModel::OperationColumn:
        if (!value.toString().isEmpty())
            paintChip(painter, content, value.toString(), coloursOf(value.toString(), colours),
                      m_theme.smallFont());
        break;
    case MessageTableModel::ValueColumn: {
        const QString problem = index.data(MessageTableModel::ProblemRole).toString();
        if (!problem.isEmpty())
            painter->setPen(colours.refused.text);
        drawText(problem.isEmpty() ? value.toString() : QStringLiteral("⚠ %1").arg(problem));
        break;
    }
    case MessageTableModel::SizeColumn:
        painter->setPen(colours.muted);
        drawTabular(painter, content, value.toString());
        break;
    default:
        if (index.data(MessageTableModel::MaskedRole).toBool())
            painter->setPen(colours.muted);
        if (index.data(MessageTableModel::NumberRole).toBool())
            drawTabular(painter, content, value.toString());
        else
            drawText(value.toString());
    }
    painter->restore();
}

bool MessageDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                                const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString problem = index.data(MessageTableModel::ProblemRole).toString();
    const QString text = index.data().toString();
    const bool isCut = option.fontMetrics.horizontalAdvance(text) > option.rect.width() - 2 * Margin;
    const QString tip = index.column() == MessageTableModel::ValueColumn && !problem.isEmpty() ? problem
        : isCut                                                                                ? text
                                                                                               : QString();
    QToolTip::showText(event->globalPos(),
                       tip.isEmpty() ? tip : QStringLiteral("<p>%1</p>").arg(tip.toHtmlEscaped()), view,
                       option.rect);
    return true;
}

} // namespace desk
