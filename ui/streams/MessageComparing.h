// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageTableModel.h"
#include "models/workspace/Workspace.h"

#include <QObject>

#include <optional>

class QAction;

namespace desk {

class MessageDetail;
class MessageTableView;

// Compares messages of a table: the two that are selected, or the chosen one with the previous message of its key,
// which is looked for in the log on a thread of the pool, and if it is not there on the broker, should the operator wish
// so. The older stands on the left. GUI thread.
class MessageComparing : public QObject
{
    Q_OBJECT

public:
    // The table shows the model, or a part of it, and gets the actions in its menu. What cannot be compared is told
    // in the detail. The dialogs stand before `window`, which owns this.
    MessageComparing(MessageTableView &table, const MessageTableModel &model, std::shared_ptr<MessageLog> log,
                     MessageDetail &detail, QWidget *window);

    // What the table shows messages of; at first what this was made with.
    void setSource(std::shared_ptr<MessageLog> log, const MessageTableModel &model)
    {
        m_log = std::move(log);
        m_model = &model;
    }
    // Where the previous message of a key is looked for when it is not kept here.
    void setBrokers(const BrokerSettings &brokers) { m_brokers = brokers; }
    [[nodiscard]] QList<QAction *> actions() const { return {m_selected, m_previous}; }
    [[nodiscard]] std::optional<StreamMessage> chosen() const; // none, or it has been dropped
    // In a dialog of their own; whichever is the older one.
    void compare(const StreamMessage &one, const StreamMessage &other);

    // The row in the log of the message of the same key before this one: of its topics, by time, and within a
    // partition by offset; -1: none. Any thread.
    [[nodiscard]] static qint64 previousOfKey(const MessageLog &log, const StreamMessage &message,
                                              const QList<quint32> &topics);

private:
    void updateActions();
    void compareSelected();
    void comparePrevious();
    void compareRows(qint64 oneLogRow, qint64 otherLogRow);
    void offerSearch(const StreamMessage &message);
    [[nodiscard]] QList<qint64> selectedLogRows() const;
    [[nodiscard]] QStringList topicsOf(const StreamMessage &message) const; // that are about the same records

    MessageTableView &m_table;
    const MessageTableModel *m_model;
    std::shared_ptr<MessageLog> m_log;
    MessageDetail &m_detail;
    QWidget *m_window;
    BrokerSettings m_brokers;
    QAction *m_selected;
    QAction *m_previous;
};

} // namespace desk
