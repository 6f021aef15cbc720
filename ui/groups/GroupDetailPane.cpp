// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/groups/GroupDetailPane.h"

#include "ui/groups/GroupLagChart.h"
#include "ui/groups/GroupTableModel.h"
#include "ui/groups/LagTableModel.h"
#include "ui/groups/MemberTableModel.h"
#include "ui/parts/LineTable.h"
#include "ui/parts/TabularText.h"

#include <QTabWidget>

namespace desk {

namespace {

QString summaryOf(const GroupDetail &detail)
{
    qint64 lag = 0;
    for (const GroupPartition &partition : detail.partitions)
        lag += std::max<qint64>(0, partition.lag());
    QStringList parts{groupStateText(detail.state),
                      lag == 0 ? GroupDetailPane::tr("nothing before it")
                               : GroupDetailPane::tr("%1 behind").arg(groupedNumber(lag))};
    if (!detail.assignor.isEmpty())
        parts.append(GroupDetailPane::tr("shares by “%1”").arg(detail.assignor));
    if (!detail.coordinator.isEmpty())
        parts.append(GroupDetailPane::tr("kept by %1").arg(detail.coordinator));
    return parts.join(QStringLiteral(" · "));
}

} // namespace

GroupDetailPane::GroupDetailPane(Theme &theme, const QList<QAction *> &actions, QWidget *parent)
    : ClusterDetailPane(actions, parent)
    , m_lag(new LagTableModel(this))
    , m_chart(new GroupLagChart(theme, this))
    , m_members(new MemberTableModel(this))
{
    auto *lag = new LineTable(theme, this);
    lag->setObjectName(QStringLiteral("lag"));
    lag->setModel(m_lag);
    lag->setAccessibleName(tr("Lag per partition"));
    lag->setColumns({LineColumn::Text, LineColumn::Number, LineColumn::Number, LineColumn::Number,
                     LineColumn::Number, LineColumn::Muted},
                    {150, 46, 80, 80, 80, 90}, LagTableModel::TopicColumn);
    auto *members = new LineTable(theme, this);
    members->setObjectName(QStringLiteral("members"));
    members->setModel(m_members);
    members->setAccessibleName(tr("Members"));
    members->setColumns({LineColumn::Text, LineColumn::Monospace, LineColumn::Muted}, {140, 110, 200},
                        MemberTableModel::PartitionsColumn);
    tabs()->addTab(lag, tr("Lag"));
    tabs()->addTab(members, tr("Members"));
    tabs()->addTab(m_chart, tr("Over time"));
}

void GroupDetailPane::showGroup(const QString &group)
{
    if (!begin(group))
        return;
    m_lag->setPartitions({});
    m_chart->clear();
    m_members->setMembers({});
}

void GroupDetailPane::showDetail(const Expected<GroupDetail> &detail)
{
    if (!detail) {
        setSummary(detail.error().sentence);
        return;
    }
    setSummary(summaryOf(*detail));
    m_lag->setPartitions(detail->partitions);
    m_chart->add(*detail);
    m_members->setMembers(detail->members);
    tabs()->setTabText(
        1, detail->members.isEmpty() ? tr("Members") : tr("Members (%1)").arg(detail->members.size()));
}

} // namespace desk
