// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/GroupAdmin.h"
#include "ui/cluster/ClusterDetailPane.h"

namespace desk {

class GroupLagChart;
class LagTableModel;
class MemberTableModel;
class Theme;

// Where the chosen group stands in each partition, how its lag went, its members and what they read. GUI thread.
class GroupDetailPane : public ClusterDetailPane
{
    Q_OBJECT

public:
    // The actions stand as buttons below the name.
    GroupDetailPane(Theme &theme, const QList<QAction *> &actions, QWidget *parent = nullptr);

    // Before its detail has come; keeps what is shown if it is the same group.
    void showGroup(const QString &group);
    void showDetail(const Expected<GroupDetail> &detail);

private:
    LagTableModel *m_lag;
    GroupLagChart *m_chart;
    MemberTableModel *m_members;
};

} // namespace desk
