// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/GroupAdmin.h"
#include "ui/cluster/AdminAccess.h"
#include "ui/cluster/ClusterListPage.h"

namespace desk {

class GroupChanges;
class GroupDetailPane;
class GroupTableModel;

// The cluster's consumer groups, and the chosen one's lag and members beside them, asked again every two seconds
// while somebody looks. Asks on threads of its own, each question bounded in time. GUI thread.
class GroupsPage : public ClusterListPage
{
    Q_OBJECT

public:
    GroupsPage(const BrokerSettings &brokers, Theme &theme, QWidget *parent = nullptr);
    ~GroupsPage() override;

    [[nodiscard]] QString title() const override { return tr("Groups"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("groups"); }
    [[nodiscard]] QList<QAction *> menuActions(PageMenu menu) const override;
    void activated() override;

private:
    void ask() override;
    void askDetail() override;
    void askFigures(const QStringList &groups) override;
    [[nodiscard]] QStringList allNames() const override;
    [[nodiscard]] QString nameOf(int row) const override;
    void showSummary() override;
    void showGroups(const Expected<GroupList> &groups);
    void showChosen();
    [[nodiscard]] QStringList selectedGroups() const;

    AdminAccess<GroupAdmin> m_admin;
    AdminAccess<GroupAdmin> m_details; // what the timers ask does not stand in the operator's way
    GroupTableModel *m_model;
    GroupChanges *m_changes;
    GroupDetailPane *m_detail;
    QTimer m_detailTimer; // while the page is in front
    QString m_problem;    // part of the cluster did not answer
    quint64 m_detailQuestion = 0;
    bool m_isAskingDetail = false;
};

} // namespace desk
