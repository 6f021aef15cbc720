// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/groups/GroupDetailPane.h"

#include "ui/groups/GroupLagChart.h"
#include "ui/groups/GroupTableModel.h"
#include "ui/groups/LagTableModel.h"
#include "ui/groups/MemberTableModel.h"
#include "ui/parts/ActionButton.h"
#include "ui/parts/LineTable.h"
#include "ui/parts/TabularText.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

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
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_summary(new QLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_lag(new LagTableModel(this))
    , m_chart(new GroupLagChart(theme, this))
    , m_members(new MemberTableModel(this))
{
    setProperty("role", QStringLiteral("surface"));
    setAttribute(Qt::WA_StyledBackground);
    m_title->setProperty("role", QStringLiteral("title"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    // A long name must not make the pane as wide as it is.
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_summary->setObjectName(QStringLiteral("groupSummary"));
    m_summary->setProperty("role", QStringLiteral("muted"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    for (QAction *action : actions) {
        QPushButton *button = actionButton(action, action->objectName(), this);
        if (action->property("danger").toBool())
            button->setProperty("danger", true);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(14, 10, 14, 6);
    head->setSpacing(6);
    head->addWidget(m_title);
    head->addWidget(m_summary);
    head->addLayout(buttons);

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
    m_tabs->setDocumentMode(true);
    m_tabs->setStyleSheet(QStringLiteral("QTabWidget::tab-bar { left: 14px; }")); // in line with the name
    m_tabs->addTab(lag, tr("Lag"));
    m_tabs->addTab(members, tr("Members"));
    m_tabs->addTab(m_chart, tr("Over time"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_tabs, 1);
}

void GroupDetailPane::showGroup(const QString &group)
{
    if (group == m_group)
        return;
    m_group = group;
    m_title->setText(group);
    m_title->setToolTip(group);
    m_summary->setText(tr("Asking the brokers…"));
    m_lag->setPartitions({});
    m_chart->clear();
    m_members->setMembers({});
    m_tabs->show();
}

void GroupDetailPane::showDetail(const Expected<GroupDetail> &detail)
{
    if (!detail) {
        m_summary->setText(detail.error().sentence);
        return;
    }
    m_summary->setText(summaryOf(*detail));
    m_lag->setPartitions(detail->partitions);
    m_chart->add(*detail);
    m_members->setMembers(detail->members);
    m_tabs->setTabText(
        1, detail->members.isEmpty() ? tr("Members") : tr("Members (%1)").arg(detail->members.size()));
}

void GroupDetailPane::showSeveral(qsizetype groups)
{
    m_group.clear();
    m_title->setText(tr("%1 groups").arg(groups));
    m_title->setToolTip({});
    m_summary->clear();
    m_tabs->hide();
}

} // namespace desk
