// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/groups/GroupChanges.h"

#include "models/store/WhenFinished.h"
#include "ui/groups/ResetDialog.h"
#include "ui/parts/TaskBar.h"
#include "ui/shell/Theme.h"
#include "ui/cluster/AdminReports.h"
#include "ui/cluster/NameQuestion.h"

#include <QPointer>

namespace desk {

namespace {

const QString GroupsNotice = QStringLiteral("groups");

} // namespace

GroupChanges::GroupChanges(const BrokerSettings &brokers, AdminAccess<GroupAdmin> &admin, TaskBar &taskBar,
                           Theme &theme, QWidget *page)
    : QObject(page)
    , m_isConfigured(brokers.isConfigured())
    , m_admin(admin)
    , m_taskBar(taskBar)
    , m_theme(theme)
    , m_page(page)
    , m_task(new AdminTask(this))
    , m_reset(new QAction(theme.icon(QStringLiteral("undo")), tr("&Reset offsets…"), this))
    , m_remove(new QAction(theme.icon(QStringLiteral("trash")), tr("&Delete group…"), this))
{
    if (const Expected<> allowed = mayAdminister(brokers); !allowed)
        m_refusal = allowed.error().sentence;
    m_reset->setObjectName(QStringLiteral("resetOffsets"));
    m_reset->setShortcut(QKeySequence(Qt::Key_F2));
    m_remove->setObjectName(QStringLiteral("deleteGroups"));
    m_remove->setShortcut(QKeySequence(Qt::Key_Delete));
    m_remove->setProperty("danger", true);
    connect(m_reset, &QAction::triggered, this, &GroupChanges::askToReset);
    connect(m_remove, &QAction::triggered, this, &GroupChanges::askToRemove);
    connect(&m_taskBar, &TaskBar::cancelRequested, m_task, &AdminTask::cancel);
    connect(m_task, &AdminTask::progressed, &m_taskBar, &TaskBar::setProgress);
    connect(m_task, &AdminTask::finished, this, [this](const AdminReport &report) {
        m_taskBar.end();
        update();
        Q_EMIT noticeRequested(
            noticeOf(report, {tr("deleted"), tr("group"), tr("groups"), GroupsNotice}, m_page, m_theme));
        Q_EMIT changed();
    });
    update();
}

void GroupChanges::setGroups(const QStringList &groups)
{
    if (groups != m_groups)
        m_detail.reset();
    m_groups = groups;
    update();
}

void GroupChanges::setDetail(const std::optional<GroupDetail> &detail)
{
    m_detail = detail;
    update();
}

void GroupChanges::update()
{
    const bool mayChange = m_refusal.isEmpty() && m_isConfigured;
    const bool isKnown = m_groups.size() == 1 && m_detail && !m_detail->partitions.isEmpty();
    const bool hasMembers = isKnown && !m_detail->members.isEmpty();
    m_reset->setEnabled(mayChange && isKnown && !hasMembers);
    m_reset->setToolTip(!m_refusal.isEmpty() ? m_refusal
                            : hasMembers
                            ? tr("The group has members at work. Stop the programs that read with it first.")
                            : tr("Choose from where the group goes on reading"));
    m_remove->setEnabled(mayChange && !m_groups.isEmpty() && !m_task->isRunning());
    m_remove->setToolTip(m_refusal.isEmpty() ? tr("Delete the selected groups and where they stand")
                                             : m_refusal);
}

void GroupChanges::askToReset()
{
    if (!m_detail)
        return;
    auto *dialog = new ResetDialog(m_detail->name, m_detail->partitions, m_page);
    connect(dialog, &ResetDialog::timeWanted, this,
            [this, dialog](const QDateTime &time) { lookUpTime(dialog, time); });
    connect(dialog, &AdminDialog::submitted, this,
            [this, dialog, group = m_detail->name] { runReset(dialog, group); });
    dialog->open();
}

void GroupChanges::lookUpTime(ResetDialog *dialog, const QDateTime &time)
{
    whenFinished(m_admin.run([places = dialog->places(), time](GroupAdmin &admin) {
        return admin.offsetsAt(places, time);
    }),
                 this,
                 [dialog = QPointer<ResetDialog>(dialog),
                  time](const Expected<QMap<TopicPartition, qint64>> &offsets) {
                     if (!dialog)
                         return;
                     dialog->showProblem(offsets ? QString() : offsets.error().sentence);
                     if (offsets)
                         dialog->setOffsetsAt(time, *offsets);
                 });
}

void GroupChanges::runReset(ResetDialog *dialog, const QString &group)
{
    const auto offsets = dialog->offsets();
    whenFinished(
        m_admin.run([group, offsets](GroupAdmin &admin) { return admin.setOffsets(group, offsets); }), this,
        [this, group, count = offsets.size(),
         dialog = QPointer<ResetDialog>(dialog)](const Expected<> &reset) {
            if (dialog)
                dialog->finish(reset);
            else if (!reset)
                Q_EMIT noticeRequested(Notice::error(reset.error(), GroupsNotice));
            if (reset)
                Q_EMIT noticeRequested({Notice::Kind::Success,
                                        count == 1 ? tr("%1: 1 partition reset.").arg(group)
                                                   : tr("%1: %2 partitions reset.").arg(group).arg(count),
                                        GroupsNotice,
                                        {},
                                        {}});
            Q_EMIT changed();
        });
}

void GroupChanges::askToRemove()
{
    const QStringList groups = m_groups;
    if (groups.isEmpty())
        return;
    auto *question = new NameQuestion(
        {groups.size() == 1 ? tr("Delete group") : tr("Delete groups"),
         tr("The cluster forgets where the group stands. Programs that read with it again begin where their "
            "own "
            "setting says: with everything, or with what comes then. This cannot be undone."),
         tr("Delete"), tr("%1 groups").arg(groups.size())},
        groups, m_page);
    connect(question, &QDialog::accepted, this, [this, groups] {
        if (m_task->isRunning())
            return;
        m_taskBar.begin(tr("Deleting groups"));
        m_task->start(groups, [this](const QStringList &portion) {
            return m_admin.run([portion](GroupAdmin &admin) { return admin.remove(portion); });
        });
        update();
    });
    question->open();
}

} // namespace desk
