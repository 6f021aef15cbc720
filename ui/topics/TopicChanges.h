// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/TopicAdmin.h"
#include "ui/shell/Notice.h"
#include "ui/cluster/AdminAccess.h"
#include "ui/cluster/AdminTask.h"
#include "ui/topics/TopicTableModel.h"

#include <QAction>

namespace desk {

class TaskBar;
class Theme;

// What an operator can do to topics: the actions, the dialogs that they open, and the way of the answer back.
// Where the workspace or its broker does not let topics be changed the actions are there, unavailable, and
// say why. Owned by its page. GUI thread.
class TopicChanges : public QObject
{
    Q_OBJECT

public:
    // All of these outlive it; `page` is its parent and that of the dialogs.
    TopicChanges(const BrokerSettings &brokers, AdminAccess<TopicAdmin> &admin, TaskBar &taskBar,
                 Theme &theme, QWidget *page);

    [[nodiscard]] QAction *create() const { return m_create; }
    [[nodiscard]] QAction *createMissing() const { return m_createMissing; }
    [[nodiscard]] QAction *addPartitions() const { return m_addPartitions; }
    [[nodiscard]] QAction *configure() const { return m_configure; }
    [[nodiscard]] QAction *empty() const { return m_empty; }
    [[nodiscard]] QAction *remove() const { return m_remove; }
    [[nodiscard]] QList<QAction *> all() const
    {
        return {m_create, m_createMissing, m_addPartitions, m_configure, m_empty, m_remove};
    }

    // What the actions are about.
    void setTopics(const QList<TopicRow> &topics);
    void setMissing(const QStringList &missing);
    void setSetting(const std::optional<ConfigurationEntry> &setting);

Q_SIGNALS:
    // Ask the cluster again.
    void changed();
    void noticeRequested(const desk::Notice &notice);

private:
    [[nodiscard]] QAction *make(const QString &text, const QString &icon, const QKeySequence &shortcut,
                                const QString &name);
    void update();
    void setAvailable(QAction *action, bool isAvailable, const QString &toolTip);
    [[nodiscard]] QStringList names() const;

    void askToCreate();
    void runCreateMissing();
    void askForPartitions();
    void askForSetting();
    void askToEmpty();
    void askToRemove();
    void run(const QStringList &names, const QString &text, const QString &done,
             const std::function<Expected<Refusals>(TopicAdmin &, const QStringList &)> &call);

    BrokerSettings m_brokers;
    QString m_refusal; // why nothing can be changed; empty: it can
    AdminAccess<TopicAdmin> &m_admin;
    TaskBar &m_taskBar;
    Theme &m_theme;
    QWidget *m_page;
    AdminTask *m_task;
    QString m_done; // of the task that runs
    QList<TopicRow> m_topics;
    QStringList m_missing;
    bool m_isCreating = false;
    std::optional<ConfigurationEntry> m_setting;
    QAction *m_create;
    QAction *m_createMissing;
    QAction *m_addPartitions;
    QAction *m_configure;
    QAction *m_empty;
    QAction *m_remove;
};

} // namespace desk
