// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/MessageComparing.h"

#include "kafka/MessageDecoder.h"
#include "models/store/WhenFinished.h"
#include "ui/shell/Theme.h"
#include "ui/streams/MessageDetail.h"
#include "ui/streams/MessageDifferenceDialog.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/PreviousMessageDialog.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QtConcurrentRun>

#include <algorithm>

namespace desk {

MessageComparing::MessageComparing(MessageTableView &table, const MessageTableModel &model,
                                   std::shared_ptr<MessageLog> log, MessageDetail &detail, QWidget *window)
    : QObject(window)
    , m_table(table)
    , m_model(&model)
    , m_log(std::move(log))
    , m_detail(detail)
    , m_window(window)
    , m_selected(new QAction(detail.theme().icon(QStringLiteral("columns")),
                             tr("&Compare the two selected messages"), this))
    , m_previous(new QAction(detail.theme().icon(QStringLiteral("history")),
                             tr("Compare with the &previous message of the key"), this))
{
    m_selected->setObjectName(QStringLiteral("compareSelected"));
    m_selected->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_D));
    m_selected->setToolTip(tr("Select two messages (Ctrl+click) to compare them"));
    m_previous->setObjectName(QStringLiteral("comparePrevious"));
    m_previous->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_B));
    connect(m_selected, &QAction::triggered, this, &MessageComparing::compareSelected);
    connect(m_previous, &QAction::triggered, this, &MessageComparing::comparePrevious);
    connect(&table, &MessageTableView::chosenChanged, this, &MessageComparing::updateActions);
    connect(&table, &MessageTableView::selectedChanged, this, &MessageComparing::updateActions);
    table.addAction(detail.recordAction());
    table.addActions(actions());
    updateActions();
}

QList<qint64> MessageComparing::selectedLogRows() const
{
    QList<qint64> rows;
    if (const QItemSelectionModel *selection = m_table.selectionModel()) {
        for (const QModelIndex &index : selection->selectedRows())
            rows.append(index.data(MessageTableModel::LogRowRole).toLongLong());
    }
    return rows;
}

void MessageComparing::updateActions()
{
    const QItemSelectionModel *selection = m_table.selectionModel();
    m_selected->setEnabled(selection && selection->selectedRows().size() == 2);
    m_previous->setEnabled(m_table.chosenLogRow() >= 0);
}

void MessageComparing::compareSelected()
{
    const QList<qint64> rows = selectedLogRows();
    if (rows.size() == 2)
        compareRows(rows[0], rows[1]);
}

std::optional<StreamMessage> MessageComparing::chosen() const
{
    const qint64 row = m_table.model() ? m_table.chosenLogRow() : -1;
    if (row < 0)
        return {};
    const StreamMessage message = m_log->message(row);
    return message.offset < 0 ? std::nullopt : std::optional(message);
}

QStringList MessageComparing::topicsOf(const StreamMessage &message) const
{
    for (const auto &entity : m_model->decodingSources().catalog->entities()) {
        const QStringList topics = entity->topics.values();
        if (topics.contains(message.topic))
            return topics;
    }
    return {message.topic};
}

qint64 MessageComparing::previousOfKey(const MessageLog &log, const StreamMessage &message,
                                       const QList<quint32> &topics)
{
    const MessageLog::Range range = log.range();
    const quint32 ownTopic = topics.value(0);
    qint64 best = -1;
    qint64 bestTime = 0;
    log.visit(range.generation, range.first, range.end, [&](qint64 row, const MessageView &view) {
        if (!view.hasKey || view.key != message.key || !topics.contains(view.topic))
            return true;
        const bool isSamePartition = view.topic == ownTopic && view.partition == message.partition;
        const bool isBefore = isSamePartition ? view.offset < message.offset
                                              : view.timestamp <= message.timestamp;
        if (isBefore && (best < 0 || view.timestamp >= bestTime)) {
            best = row;
            bestTime = view.timestamp;
        }
        return true;
    });
    return best;
}

void MessageComparing::comparePrevious()
{
    const auto chosenMessage = chosen();
    if (!chosenMessage)
        return;
    const StreamMessage &message = *chosenMessage;
    if (!message.hasKey) {
        m_detail.showProblem(tr("This message has no key. Select two messages to compare them."));
        return;
    }
    QStringList names = topicsOf(message);
    names.removeAll(message.topic);
    names.prepend(message.topic);
    QList<quint32> topics;
    for (const QString &name : std::as_const(names))
        topics.append(m_log->topicId(name));
    whenFinished(
        QtConcurrent::run([log = m_log, message, topics] { return previousOfKey(*log, message, topics); }),
        this, [this, message, log = m_log](qint64 previous) {
            if (previous < 0)
                offerSearch(message);
            else
                compare(log->message(previous), message);
        });
}

void MessageComparing::offerSearch(const StreamMessage &message)
{
    if (!m_brokers.isConfigured()) {
        m_detail.showProblem(tr("No earlier message with this key is kept here."));
        return;
    }
    auto *dialog = new PreviousMessageDialog(m_brokers, message, m_window); // goes when it is closed
    connect(dialog, &PreviousMessageDialog::found, this,
            [this, message](const StreamMessage &previous) { compare(previous, message); });
    dialog->show();
}

void MessageComparing::compareRows(qint64 oneLogRow, qint64 otherLogRow)
{
    // Partitions are not read in step: the log's order is the time's only within each.
    compare(m_log->message(std::min(oneLogRow, otherLogRow)),
            m_log->message(std::max(oneLogRow, otherLogRow)));
}

void MessageComparing::compare(const StreamMessage &one, const StreamMessage &other)
{
    if (one.offset < 0 || other.offset < 0) {
        m_detail.showProblem(tr("One of the two messages is not kept any more."));
        return;
    }
    const bool areOfOnePartition = one.topic == other.topic && one.partition == other.partition;
    const bool isOneOlder = areOfOnePartition ? one.offset <= other.offset : one.timestamp <= other.timestamp;
    MessageDecoder decoder(m_model->decodingSources());
    const ComparedMessage left{isOneOlder ? one : other, decoder.decode(isOneOlder ? one : other)};
    const ComparedMessage right{isOneOlder ? other : one, decoder.decode(isOneOlder ? other : one)};
    auto *dialog = new MessageDifferenceDialog(left, right, m_detail.theme(),
                                               m_window); // goes when it is closed
    dialog->show();
}

} // namespace desk
