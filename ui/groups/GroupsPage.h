// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/GroupAdmin.h"
#include "ui/shell/Page.h"
#include "ui/topics/AdminAccess.h"
#include "ui/topics/FigureQueue.h"

#include <QElapsedTimer>
#include <QTimer>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;

namespace desk {

class EmptyState;
class GroupChanges;
class GroupDetailPane;
class GroupTableModel;
class LineTable;
class TaskBar;
class Theme;

// The cluster's consumer groups, and the chosen one's lag and members beside them, asked again every two seconds
// while somebody looks. The list comes in one answer; members and lag of each group follow in portions, for
// what is on the screen first. Asks on a thread of its own, each question bounded in time, and drops answers
// to old questions. GUI thread.
class GroupsPage : public Page
{
    Q_OBJECT

public:
    GroupsPage(const BrokerSettings &brokers, Theme &theme, QWidget *parent = nullptr);
    ~GroupsPage() override;

    [[nodiscard]] QString title() const override { return tr("Groups"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("groups"); }
    [[nodiscard]] QList<QAction *> menuActions(PageMenu menu) const override;
    [[nodiscard]] QList<QWidget *> focusParts() override;
    void activated() override;

    void refresh();

private:
    void makeActions(Theme &theme);
    void layOut();
    void askAgain();
    void showGroups(const Expected<GroupList> &groups);
    void beginFigures();
    void askFigures();
    void takeFigures(const Expected<QMap<QString, GroupFigures>> &figures);
    void showSummary();
    void showChosen();
    void askDetail();
    [[nodiscard]] QStringList groupsOnScreen() const;
    [[nodiscard]] QStringList selectedGroups() const;

    BrokerSettings m_brokers;
    AdminAccess<GroupAdmin> m_admin;
    AdminAccess<GroupAdmin> m_details; // what the timers ask does not stand in the operator's way
    GroupTableModel *m_model;
    QSortFilterProxyModel *m_shown;
    LineTable *m_table;
    EmptyState *m_empty;
    TaskBar *m_taskBar;
    GroupChanges *m_changes;
    GroupDetailPane *m_detail;
    QLineEdit *m_filter;
    QLabel *m_summary;
    QAction *m_refresh;
    QAction *m_search;
    QTimer m_refreshTimer; // both while the page is in front
    QTimer m_detailTimer;
    FigureQueue m_figures;
    QElapsedTimer m_allFigures; // since the last round over all groups began
    QString m_problem;          // part of the cluster did not answer
    quint64 m_question = 0;
    quint64 m_detailQuestion = 0;
    bool m_isAsking = false;
    bool m_isAskingDetail = false;
    bool m_isCounting = false; // a portion of figures is on its way
};

} // namespace desk
