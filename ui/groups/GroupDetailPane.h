// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/GroupAdmin.h"

#include <QWidget>

class QAction;
class QLabel;
class QTabWidget;

namespace desk {

class GroupLagChart;
class LagTableModel;
class MemberTableModel;
class Theme;

// The pane beside the list of groups: where the chosen one stands in each partition, its members and what they
// read, and what can be done with it. Shows what it is given; the page asks the cluster. GUI thread.
class GroupDetailPane : public QWidget
{
    Q_OBJECT

public:
    // The actions stand as buttons below the name.
    GroupDetailPane(Theme &theme, const QList<QAction *> &actions, QWidget *parent = nullptr);

    // Before its detail has come; keeps what is shown if it is the same group.
    void showGroup(const QString &group);
    void showDetail(const Expected<GroupDetail> &detail);
    // Several are chosen: only what can be done with all of them.
    void showSeveral(qsizetype groups);

private:
    QString m_group;
    QLabel *m_title;
    QLabel *m_summary;
    QTabWidget *m_tabs;
    LagTableModel *m_lag;
    GroupLagChart *m_chart;
    MemberTableModel *m_members;
};

} // namespace desk
