// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/StateDelegate.h"

#include "models/tables/RecordTableModel.h"
#include "ui/parts/Chip.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QAbstractItemView>
#include <QPainter>

namespace desk {
namespace {

constexpr qsizetype MostWatched = 50;

RecordState stateOf(const QModelIndex &index)
{
    return static_cast<RecordState>(index.data(RecordTableModel::StateRole).toInt());
}

} // namespace

StateDelegate::StateDelegate(const QString &entity, DeskServices &services, QAbstractItemView *view)
    : CellDelegate(services, view)
{
    // Told, not seen: a new record is published before its row is in the table.
    connect(&services.states, &RecordStates::changed, this,
            [this, entity](const QString &changed, const QList<RecordId> &ids) {
                if (changed != entity || ids.size() > MostWatched) // nobody watches an import row by row
                    return;
                for (const RecordId &id : ids)
                    follow(id, this->services().states.entry(entity, id).state);
            });
    m_fade.setSingleShot(true);
    m_fade.setInterval(RecentMilliseconds);
    connect(&m_fade, &QTimer::timeout, view->viewport(), qOverload<>(&QWidget::update));
}

void StateDelegate::follow(const RecordId &id, RecordState state)
{
    if (state != RecordState::Published) {
        m_underway.insert(id);
        m_recent.remove(id);
    } else if (m_underway.remove(id)) {
        m_recent[id].start();
        m_fade.start();
    }
}

bool StateDelegate::isRecent(const RecordId &id, RecordState state) const
{
    if (state != RecordState::Published)
        return false;
    const auto recent = m_recent.constFind(id);
    if (recent == m_recent.cend())
        return false;
    if (!recent->hasExpired(RecentMilliseconds - 50)) // the timer may be a little early
        return true;
    m_recent.remove(id);
    return false;
}

const StateColours &StateDelegate::coloursOf(RecordState state, const Colours &colours)
{
    switch (state) {
    case RecordState::Published:
        return colours.published;
    case RecordState::Waiting:
        return colours.waiting;
    case RecordState::Refused:
        return colours.refused;
    case RecordState::Saving:
    case RecordState::Saved:
        break;
    }
    return colours.saved;
}

void StateDelegate::paintContent(QPainter *painter, const QRect &content, const QModelIndex &index) const
{
    const RecordState state = stateOf(index);
    QString word = recordStateText(state);
    if (isRecent(index.data(RecordTableModel::RecordIdRole).toString(), state)) {
        word.prepend(QStringLiteral("✓ "));
    } else if (state == RecordState::Published) {
        painter->setPen(colours().muted);
        painter->drawText(content, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(word, Qt::ElideRight, content.width()));
        return;
    }
    paintChip(painter, content, word, coloursOf(state, colours()), services().theme.smallFont());
}

int StateDelegate::contentWidth(const QFontMetrics &metrics, const QModelIndex &index) const
{
    Q_UNUSED(metrics)
    return chipSize(QStringLiteral("✓ ") + recordStateText(stateOf(index)), services().theme.smallFont())
        .width();
}

QString StateDelegate::toolTip(const QModelIndex &index, int width) const
{
    Q_UNUSED(width)
    const QString reason = index.data(RecordTableModel::StateReasonRole).toString();
    if (!reason.isEmpty())
        return reason;
    switch (stateOf(index)) {
    case RecordState::Published:
        return tr("Everything about this record is on its topic.");
    case RecordState::Saving:
        return tr("On its way to the database.");
    case RecordState::Saved:
        return tr("In the database; its event has not been published yet.");
    case RecordState::Waiting:
        return tr("In the database; its event waits for the broker.");
    case RecordState::Refused:
        return tr("Refused.");
    }
    return {};
}

} // namespace desk
