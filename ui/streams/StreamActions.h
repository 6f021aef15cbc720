// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/Workspace.h"

#include <QAction>
#include <QList>
#include <QObject>

#include <memory>

class QWidget;

namespace desk {

class MessageColumns;
class MessageLog;
class MessageTableModel;
class MessageTableView;
class Theme;

// What can be done with topics and the messages of the stream: the actions, the table's context menu, and the
// dialogs they open. Actions that write are disabled, and say why, where the brokers are read-only. Owned by the
// panel, as are the models and the table. GUI thread.
class StreamActions : public QObject
{
    Q_OBJECT

public:
    StreamActions(const BrokerSettings &brokers, std::shared_ptr<MessageLog> log, MessageTableModel &model,
                  MessageTableView &table, const MessageColumns &columns, Theme &theme, QWidget *panel);

    [[nodiscard]] QList<QAction *> actions() const { return m_actions; }
    // What the table shows messages of; at first what this was made with.
    void setSource(std::shared_ptr<MessageLog> log, MessageTableModel &model)
    {
        m_log = std::move(log);
        m_model = &model;
    }
    // Those the stream reads: whole topics can be exported.
    void setTopics(const QStringList &topics) { m_topics = topics; }
    [[nodiscard]] QList<QAction *> writingActions() const
    {
        return {m_produce, m_generate, m_edit, m_redrive};
    }

private:
    QAction *make(const QString &text, const QString &icon, const QKeySequence &shortcut,
                  void (StreamActions::*act)());
    void updateActions();
    void setAvailable(QAction *action, bool isAvailable, const QString &tip);
    void showMenu(const QPoint &place);
    // Rows of the log, oldest message first: those chosen; at most so many that the table shows, the newest.
    [[nodiscard]] QList<qint64> chosenRows() const;
    [[nodiscard]] QList<qint64> shownRows(int most) const;
    void produce();
    void generate();
    void editAgain();
    void redrive();
    void exportMessages();

    BrokerSettings m_brokers;
    std::shared_ptr<MessageLog> m_log;
    MessageTableModel *m_model;
    MessageTableView &m_table;
    const MessageColumns &m_columns;
    Theme &m_theme;
    QWidget *m_panel;
    QStringList m_topics;
    QList<QAction *> m_actions;
    QAction *m_produce;
    QAction *m_generate;
    QAction *m_edit;
    QAction *m_redrive;
    QAction *m_export;
};

} // namespace desk
