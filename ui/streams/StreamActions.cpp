// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/StreamActions.h"

#include "kafka/MessageTableModel.h"
#include "ui/produce/GenerateDialog.h"
#include "ui/produce/MessageExportDialog.h"
#include "ui/produce/ProduceDialog.h"
#include "ui/produce/RedriveDialog.h"
#include "ui/shell/Theme.h"
#include "ui/streams/FilteredMessageModel.h"
#include "ui/streams/MessageColumns.h"
#include "ui/streams/MessageTableView.h"

#include <QMenu>

#include <algorithm>
#include <limits>
#include <numeric>

namespace desk {
namespace {

// The rows of the log behind these of the table, newest at the top, oldest first. A table can have a million of them,
// and the window waits.
QList<qint64> logRows(const QAbstractItemModel &model, int top, int bottom)
{
    QList<qint64> rows;
    if (top > bottom)
        return rows;
    rows.resize(bottom - top + 1);
    if (const auto *filtered = qobject_cast<const FilteredMessageModel *>(&model)) {
        for (qint64 &row : rows)
            row = filtered->logRow(bottom--);
    } else { // all of the log, without a gap
        std::iota(rows.begin(), rows.end(),
                  model.index(bottom, 0).data(MessageTableModel::LogRowRole).toLongLong());
    }
    return rows;
}

} // namespace

StreamActions::StreamActions(const BrokerSettings &brokers, std::shared_ptr<MessageLog> log,
                             MessageTableModel &model, MessageTableView &table, const MessageColumns &columns,
                             Theme &theme, QWidget *panel)
    : QObject(panel)
    , m_brokers(brokers)
    , m_log(std::move(log))
    , m_model(&model)
    , m_table(table)
    , m_columns(columns)
    , m_theme(theme)
    , m_panel(panel)
    , m_produce(make(tr("P&roduce a message…"), QStringLiteral("publish"),
                     QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_W), &StreamActions::produce))
    , m_generate(make(tr("&Generate messages…"), QStringLiteral("plus"),
                      QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_G), &StreamActions::generate))
    , m_edit(make(tr("&Edit and produce again…"), QStringLiteral("pencil"),
                  QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_E), &StreamActions::editAgain))
    , m_redrive(make(tr("Send to a&nother topic…"), QStringLiteral("external-link"),
                     QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_T), &StreamActions::redrive))
    , m_export(make(tr("E&xport messages…"), QStringLiteral("export"),
                    QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_X), &StreamActions::exportMessages))
{
    m_table.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&m_table, &QWidget::customContextMenuRequested, this, &StreamActions::showMenu);
    connect(&m_table, &MessageTableView::chosenChanged, this, &StreamActions::updateActions);
    updateActions();
}

QAction *StreamActions::make(const QString &text, const QString &icon, const QKeySequence &shortcut,
                             void (StreamActions::*act)())
{
    auto *action = new QAction(m_theme.icon(icon), text, this);
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, act);
    m_actions.append(action);
    return action;
}

void StreamActions::setAvailable(QAction *action, bool isAvailable, const QString &tip)
{
    const Expected<> allowed = mayWriteTo(m_brokers);
    action->setEnabled(isAvailable && allowed && m_brokers.isConfigured());
    action->setToolTip(!allowed                        ? allowed.error().sentence
                           : !m_brokers.isConfigured() ? tr("This workspace has no broker.")
                                                       : tip);
}

void StreamActions::updateActions()
{
    const bool isChosen = m_table.chosenLogRow() >= 0;
    setAvailable(m_produce, true, tr("Write a message by hand and send it to a topic"));
    setAvailable(m_generate, true, tr("Fill a topic with made-up messages of an entity"));
    setAvailable(m_edit, isChosen,
                 isChosen ? tr("Send a message made from this one") : tr("Choose a message first"));
    setAvailable(m_redrive, true, tr("Send the chosen messages, or all that are shown, to another topic"));
}

void StreamActions::showMenu(const QPoint &place)
{
    auto *menu = new QMenu(m_panel);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->addActions(m_table.actions());
    menu->addSeparator();
    menu->addActions(m_actions);
    menu->popup(m_table.viewport()->mapToGlobal(place));
}

QList<qint64> StreamActions::chosenRows() const
{
    QList<qint64> rows;
    const QItemSelection selection = m_table.selectionModel()->selection();
    for (const QItemSelectionRange &range : selection)
        rows += logRows(*m_table.model(), range.top(), range.bottom());
    std::sort(rows.begin(), rows.end());
    return rows;
}

QList<qint64> StreamActions::shownRows(int most) const
{
    const QAbstractItemModel &model = *m_table.model();
    return logRows(model, 0, std::min(model.rowCount(), most) - 1);
}

void StreamActions::produce()
{
    auto *dialog = new ProduceDialog(m_brokers, m_model->decodingSources(), m_panel);
    const int row = m_model->rowOf(m_table.chosenLogRow());
    if (row >= 0)
        dialog->setTopic(m_model->message(row).topic);
    dialog->show();
}

void StreamActions::generate()
{
    auto *dialog = new GenerateDialog(m_brokers, m_model->decodingSources(), m_panel);
    const int row = m_model->rowOf(m_table.chosenLogRow());
    if (row >= 0) {
        const auto use = m_model->decodingSources().catalog->forTopic(m_model->message(row).topic);
        if (use.entity)
            dialog->setEntity(use.entity->name);
    }
    dialog->show();
}

void StreamActions::editAgain()
{
    const int row = m_model->rowOf(m_table.chosenLogRow());
    if (row < 0)
        return;
    auto *dialog = new ProduceDialog(m_brokers, m_model->decodingSources(), m_panel);
    dialog->setMessage(m_model->message(row), m_model->decoded(row));
    dialog->show();
}

void StreamActions::redrive()
{
    auto *dialog = new RedriveDialog(m_brokers, m_model->decodingSources(), m_log, m_theme, m_panel);
    dialog->setMessages(chosenRows(), shownRows(RedriveDialog::MostMessages));
    dialog->show();
}

void StreamActions::exportMessages()
{
    auto *dialog = new MessageExportDialog(m_brokers, m_model->decodingSources(), m_log, m_panel);
    dialog->setMessages(chosenRows(), shownRows(std::numeric_limits<int>::max()), m_topics);
    QList<ExportedColumn> columns;
    for (const StreamColumn &column : m_columns.columns().shown())
        columns.append(ExportedColumn{column.fixed, column.field});
    dialog->setColumns(columns);
    dialog->show();
}

} // namespace desk
