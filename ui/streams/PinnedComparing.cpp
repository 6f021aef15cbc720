// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/PinnedComparing.h"

#include "kafka/MessageTableModel.h"
#include "kafka/PayloadText.h"
#include "ui/shell/Theme.h"
#include "ui/streams/MessageComparing.h"
#include "ui/streams/MessagePinning.h"
#include "ui/streams/MessageTableView.h"

#include <QAction>
#include <QMenu>

#include <algorithm>

namespace desk {
namespace {

constexpr qsizetype MostInMenu = 30;
constexpr qsizetype LongestText = 90; // characters

} // namespace

PinnedComparing::PinnedComparing(MessageTableView &table, const MessagePinning &pinning,
                                 MessageComparing &comparing, Theme &theme, QWidget *panel)
    : QObject(panel)
    , m_table(table)
    , m_pinning(pinning)
    , m_comparing(comparing)
    , m_panel(panel)
    , m_compare(new QAction(theme.icon(QStringLiteral("pin")), tr("Compare with a pinned m&essage"), this))
{
    m_compare->setObjectName(QStringLiteral("comparePinned"));
    m_compare->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Y));
    connect(m_compare, &QAction::triggered, this, &PinnedComparing::compare);
    connect(&m_table, &MessageTableView::chosenChanged, this, &PinnedComparing::followChosen);
    connect(&m_pinning.messages(), &PinnedMessages::changed, this, &PinnedComparing::followChosen);
    m_table.addAction(m_compare);
    followChosen();
}

void PinnedComparing::followChosen()
{
    const auto chosen = m_comparing.chosen();
    if (chosen && m_table.model() == &m_pinning.model())
        m_lookedAt = MessagePlace::of(*chosen);
    const PinnedMessages &pinned = m_pinning.messages();
    const bool isAny = chosen && pinned.count() > (pinned.contains(MessagePlace::of(*chosen)) ? 1 : 0);
    m_compare->setEnabled(isAny);
    m_compare->setToolTip(!chosen      ? tr("Choose a message first")
                              : !isAny ? tr("Pin another message first, to compare this one with it")
                                       : tr("What differs between this message and a pinned one"));
}

MessagePlace PinnedComparing::placeOf(int row) const
{
    const MessageTableModel &model = m_pinning.model(); // without a copy of the value
    return {model.index(row, MessageTableModel::TopicColumn).data().toString(),
            model.index(row, MessageTableModel::PartitionColumn).data().toInt(),
            model.index(row, MessageTableModel::OffsetColumn).data().toLongLong()};
}

QList<int> PinnedComparing::rowsToCompare() const
{
    const auto chosen = m_comparing.chosen();
    QList<int> rows;
    for (int row = 0; chosen && row < m_pinning.model().rowCount(); ++row) {
        const MessagePlace place = placeOf(row);
        if (place == MessagePlace::of(*chosen))
            continue;
        if (place == m_lookedAt)
            rows.prepend(row);
        else
            rows.append(row);
    }
    return rows;
}

void PinnedComparing::compare()
{
    const QList<int> rows = rowsToCompare();
    if (rows.size() == 1)
        compareWith(placeOf(rows.constFirst()));
    else if (!rows.isEmpty())
        showMenu(rows);
}

void PinnedComparing::showMenu(const QList<int> &rows)
{
    auto *menu = new QMenu(m_panel);
    menu->setObjectName(QStringLiteral("pinnedToCompare"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const int row : rows.first(std::min(rows.size(), MostInMenu))) {
        const MessagePlace place = placeOf(row); // rows move when one is unpinned
        connect(menu->addAction(textOf(row)), &QAction::triggered, this,
                [this, place] { compareWith(place); });
    }
    if (rows.size() > MostInMenu)
        menu->addAction(tr("More: select two of the pinned messages instead"))->setEnabled(false);
    menu->setActiveAction(menu->actions().constFirst());
    const QRect row = m_table.visualRect(m_table.currentIndex());
    menu->popup(m_table.viewport()->mapToGlobal(QPoint(12, row.bottom() + 1)));
}

QString PinnedComparing::textOf(int row) const
{
    const MessageTableModel &model = m_pinning.model();
    const auto cell = [&](int column) { return model.index(row, column).data().toString(); };
    const QString text = tr("%1 · %2, partition %3, offset %4 · %5 · %6")
                             .arg(cell(MessageTableModel::TimeColumn), cell(MessageTableModel::TopicColumn),
                                  cell(MessageTableModel::PartitionColumn),
                                  cell(MessageTableModel::OffsetColumn), cell(MessageTableModel::KeyColumn),
                                  cell(MessageTableModel::ValueColumn));
    return oneLine(text, LongestText).replace(u'&', QStringLiteral("&&"));
}

void PinnedComparing::compareWith(const MessagePlace &place)
{
    const auto chosen = m_comparing.chosen();
    const MessageTableModel &model = m_pinning.model();
    for (int row = 0; chosen && row < model.rowCount(); ++row) {
        if (placeOf(row) == place)
            m_comparing.compare(*chosen, model.message(row));
    }
}

} // namespace desk
