// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/MessagePinning.h"

#include "ui/shell/Theme.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/PinnedBand.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QSignalBlocker>

#include <algorithm>

namespace desk {
namespace {

QAction *makeAction(const QString &text, const QIcon &icon, const QString &name, Qt::Key key, QObject *parent)
{
    auto *action = new QAction(icon, text, parent);
    action->setObjectName(name);
    action->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | key));
    return action;
}

} // namespace

MessagePinning::MessagePinning(MessageTableView &table, const MessageTableModel &live,
                               std::shared_ptr<MessageLog> log, Theme &theme, QWidget *panel,
                               PinnedMessages::Bounds bounds)
    : QObject(panel)
    , m_table(table)
    , m_log(std::move(log))
    , m_pinned(new PinnedMessages(bounds, this))
    , m_model(new MessageTableModel(m_pinned->log(), live.decodingSources(),
                                    MessageTableModel::Order::NewestFirst, this))
    , m_pin(makeAction(tr("P&in"), theme.icon(QStringLiteral("pin")), QStringLiteral("pinMessage"), Qt::Key_I,
                       this))
    , m_show(makeAction(tr("Show the pinned messa&ges"), theme.icon(QStringLiteral("pin")),
                        QStringLiteral("showPinned"), Qt::Key_U, this))
    , m_unpinAll(makeAction(tr("&Unpin all"), theme.icon(QStringLiteral("close")), QStringLiteral("unpinAll"),
                            Qt::Key_J, this))
    , m_band(new PinnedBand({m_show, m_unpinAll}, panel))
{
    m_show->setCheckable(true);
    m_unpinAll->setToolTip(tr("Pinned messages that the stream has dropped are gone then"));
    connect(m_pin, &QAction::triggered, this, &MessagePinning::togglePinned);
    connect(m_show, &QAction::toggled, this, [this] {
        followPinned();
        Q_EMIT shownChanged();
    });
    connect(m_unpinAll, &QAction::triggered, m_pinned, &PinnedMessages::clear);
    connect(m_pinned, &PinnedMessages::changed, this, &MessagePinning::followPinned);
    connect(&m_table, &MessageTableView::chosenChanged, this, &MessagePinning::updateActions);
    m_table.addAction(m_pin);
    m_table.setPinned(m_pinned);
    followPinned();
}

bool MessagePinning::areShown() const
{
    return m_show->isChecked();
}

void MessagePinning::setShown(bool areShown)
{
    m_show->setChecked(areShown && m_pinned->count() > 0);
}

const MessageLog &MessagePinning::shownLog() const
{
    return m_table.model() == m_model ? *m_pinned->log() : *m_log;
}

// The chosen message says which of the two is meant; what else is selected follows.
void MessagePinning::togglePinned()
{
    const qint64 chosen = m_table.chosenLogRow();
    if (chosen < 0)
        return;
    const bool isPinned = m_pinned->contains(MessagePlace::of(shownLog().message(chosen)));
    QList<qint64> rows;
    const QItemSelection selection = m_table.selectionModel()->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom() && rows.size() <= m_pinned->bounds().messages;
             ++row)
            rows.append(m_table.model()->index(row, 0).data(MessageTableModel::LogRowRole).toLongLong());
    }
    if (!rows.contains(chosen))
        rows.append(chosen);
    std::sort(rows.begin(), rows.end()); // the oldest is pinned first
    QList<StreamMessage> messages;
    QList<MessagePlace> places;
    qint64 bytes = 0;
    for (const qint64 row : std::as_const(rows)) {
        messages.append(shownLog().message(row));
        places.append(MessagePlace::of(messages.constLast()));
        bytes += messages.constLast().value.size();
        if (isPinned)
            messages.last() = {};
        else if (bytes > m_pinned->bounds().bytes)
            break; // refused as it is
    }
    if (isPinned) {
        m_pinned->unpin(places);
        return;
    }
    if (const Expected<> pinned = m_pinned->pin(messages); !pinned)
        m_band->showProblem(pinned.error().sentence);
}

void MessagePinning::followPinned()
{
    m_model->update();
    const bool isAny = m_pinned->count() > 0;
    if (!isAny)
        m_show->setChecked(false);
    m_show->setEnabled(isAny);
    m_show->setText(areShown() ? tr("Back to the strea&m") : tr("Show the pinned messa&ges"));
    m_show->setToolTip(isAny ? tr("%n messages are pinned", nullptr, int(m_pinned->count()))
                             : tr("No message is pinned"));
    m_unpinAll->setEnabled(isAny);
    m_band->setPinned(m_pinned->count(), m_pinned->bytes(), areShown());
    m_table.viewport()->update();
    updateActions();
}

void MessagePinning::updateActions()
{
    const qint64 chosen = m_table.model() ? m_table.chosenLogRow() : -1;
    const bool isPinned = chosen >= 0 && m_pinned->contains(MessagePlace::of(shownLog().message(chosen)));
    m_pin->setEnabled(chosen >= 0);
    m_pin->setText(isPinned ? tr("Unp&in the message") : tr("P&in the message"));
    m_pin->setToolTip(chosen < 0     ? tr("Choose a message first")
                          : isPinned ? tr("Let it go when the stream drops its oldest messages")
                                     : tr("Keep it, also when the stream drops its oldest messages"));
}

} // namespace desk
