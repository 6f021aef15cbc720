// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/Workspace.h"

#include <QAction>
#include <QList>
#include <QObject>

class QWidget;

namespace desk {

class FilteredMessageModel;
class MessageTableModel;
class MessageTableView;
class ProduceDialog;
class Theme;

// What can be done with topics and the messages of the stream: the actions, the table's context menu, and the
// dialogs they open. Actions that write are disabled, and say why, where the brokers are read-only. Owned by the
// panel, as are the models and the table. GUI thread.
class StreamActions : public QObject
{
    Q_OBJECT

public:
    StreamActions(const BrokerSettings &brokers, MessageTableModel &model, FilteredMessageModel &filtered,
                  MessageTableView &table, Theme &theme, QWidget *panel);

    [[nodiscard]] QList<QAction *> actions() const { return m_actions; }
    [[nodiscard]] QList<QAction *> writingActions() const { return {m_produce, m_edit}; }

private:
    QAction *make(const QString &text, const QString &icon, const QKeySequence &shortcut,
                  void (StreamActions::*act)());
    void updateActions();
    void setAvailable(QAction *action, bool isAvailable, const QString &tip);
    void showMenu(const QPoint &place);
    [[nodiscard]] QList<int> chosenRows() const; // of the unfiltered model, oldest message first
    void produce();
    void editAgain();

    BrokerSettings m_brokers;
    MessageTableModel &m_model;
    FilteredMessageModel &m_filtered;
    MessageTableView &m_table;
    Theme &m_theme;
    QWidget *m_panel;
    QList<QAction *> m_actions;
    QAction *m_produce;
    QAction *m_edit;
};

} // namespace desk
