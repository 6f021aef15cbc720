// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/GroupAdmin.h"
#include "ui/shell/Notice.h"
#include "ui/cluster/AdminAccess.h"
#include "ui/cluster/AdminTask.h"

#include <QAction>

#include <optional>

namespace desk {

class ResetDialog;
class TaskBar;
class Theme;

// What an operator can do to consumer groups: the actions, the dialogs that they open, and the way of the answer
// back. Where the workspace or its broker does not let groups be changed the actions are there, unavailable,
// and say why. Owned by its page. GUI thread.
class GroupChanges : public QObject
{
    Q_OBJECT

public:
    // All of these outlive it; `page` is its parent and that of the dialogs.
    GroupChanges(const BrokerSettings &brokers, AdminAccess<GroupAdmin> &admin, TaskBar &taskBar,
                 Theme &theme, QWidget *page);

    [[nodiscard]] QAction *reset() const { return m_reset; }
    [[nodiscard]] QAction *remove() const { return m_remove; }
    [[nodiscard]] QList<QAction *> all() const { return {m_reset, m_remove}; }

    // What the actions are about.
    void setGroups(const QStringList &groups);
    // Of the one that is chosen, once it is known.
    void setDetail(const std::optional<GroupDetail> &detail);

Q_SIGNALS:
    // Ask the cluster again.
    void changed();
    void noticeRequested(const desk::Notice &notice);

private:
    void update();
    void askToReset();
    void lookUpTime(ResetDialog *dialog, const QDateTime &time);
    void runReset(ResetDialog *dialog, const QString &group);
    void askToRemove();

    bool m_isConfigured;
    QString m_refusal; // why nothing can be changed; empty: it can
    AdminAccess<GroupAdmin> &m_admin;
    TaskBar &m_taskBar;
    Theme &m_theme;
    QWidget *m_page;
    AdminTask *m_task;
    QStringList m_groups;
    std::optional<GroupDetail> m_detail;
    QAction *m_reset;
    QAction *m_remove;
};

} // namespace desk
