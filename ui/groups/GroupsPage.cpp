// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/groups/GroupsPage.h"

#include "ui/groups/GroupChanges.h"
#include "ui/groups/GroupDetailPane.h"
#include "ui/groups/GroupTableModel.h"
#include "ui/parts/ActionButton.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/LineTable.h"
#include "ui/parts/TabularText.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>

namespace desk {

namespace {

constexpr int DetailMilliseconds = 2'000;
constexpr qsizetype FiguresAtOnce = 100;

} // namespace

GroupsPage::GroupsPage(const BrokerSettings &brokers, Theme &theme, QWidget *parent)
    : ClusterListPage(brokers, theme, new GroupTableModel, GroupTableModel::SortRole, FiguresAtOnce, parent)
    , m_admin(brokers)
    , m_details(brokers)
    , m_model(static_cast<GroupTableModel *>(model()))
    , m_changes(new GroupChanges(brokers, m_admin, *taskBar(), theme, this))
    , m_detail(new GroupDetailPane(theme, m_changes->all(), this))
{
    table()->setObjectName(QStringLiteral("groups"));
    table()->sortByColumn(GroupTableModel::NameColumn, Qt::AscendingOrder);
    table()->setAccessibleName(tr("Consumer groups"));
    table()->setColumns({LineColumn::Text, LineColumn::Chip, LineColumn::Number, LineColumn::Number},
                        {240, 110, 90, 110}, GroupTableModel::NameColumn);
    table()->addActions(m_changes->all() + QList<QAction *>{refreshAction()});
    addActions(m_changes->all());
    layOut(tr("&Filter groups"), {}, {actionButton(refreshAction(), QStringLiteral("refreshGroups"), this)},
           m_detail, {560, 540});

    connect(table()->selectionModel(), &QItemSelectionModel::selectionChanged, this, &GroupsPage::showChosen);
    connect(m_changes, &GroupChanges::noticeRequested, this, &Page::noticeRequested);
    connect(m_changes, &GroupChanges::changed, this, [this] { askAgain(); });
    m_detailTimer.setInterval(DetailMilliseconds);
    connect(&m_detailTimer, &QTimer::timeout, this, [this] {
        if (!isVisible())
            m_detailTimer.stop();
        else if (!m_isAskingDetail)
            askDetail();
    });
    refresh(); // for the rail's badge
}

GroupsPage::~GroupsPage() = default;

QList<QAction *> GroupsPage::menuActions(PageMenu menu) const
{
    return menu == PageMenu::Stream ? m_changes->all() : ClusterListPage::menuActions(menu);
}

void GroupsPage::activated()
{
    ClusterListPage::activated();
    m_detailTimer.start();
}

void GroupsPage::ask()
{
    asked(m_admin.run([](GroupAdmin &admin) { return admin.groups(); }),
          [this](const Expected<GroupList> &groups) { showGroups(groups); });
}

void GroupsPage::showGroups(const Expected<GroupList> &groups)
{
    if (!groups) {
        const bool isUnsupported = groups.error().code == ErrorCode::NotSupported;
        showAway(isUnsupported ? QString() : tr("Brokers away"),
                 isUnsupported ? tr("No groups to be seen here") : tr("The groups cannot be read now"),
                 groups.error().sentence);
        if (isUnsupported)
            stopRefreshing(); // asking again would not change it
        return;
    }
    m_problem = groups->problem;
    m_model->setGroups(groups->groups);
    empty()->setVisible(m_model->rowCount() == 0);
    empty()->setText(tr("No consumer group yet"),
                     tr("A program that reads topics as a member of a group will stand here."));
    Q_EMIT badgeChanged(QString::number(m_model->rowCount()));
    beginFigures();
    showSummary();
}

void GroupsPage::showSummary()
{
    const int count = m_model->rowCount();
    QString text = withProgress(count == 1 ? tr("1 group") : tr("%1 groups").arg(groupedNumber(count)));
    if (!m_problem.isEmpty())
        text = tr("%1 · not all brokers answer").arg(text);
    summary()->setText(text);
    summary()->setToolTip(m_problem);
}

QStringList GroupsPage::allNames() const
{
    return m_model->names();
}

QString GroupsPage::nameOf(int row) const
{
    return m_model->row(row).name;
}

// Figures belong to their group, whatever was asked since: none are dropped.
void GroupsPage::askFigures(const QStringList &groups)
{
    whenFinished(m_details.run([groups](GroupAdmin &admin) { return admin.figures(groups); }), this,
                 [this](const Expected<QMap<QString, GroupFigures>> &figures) {
                     if (!figures) {
                         figuresFailed(figures.error().sentence);
                         return;
                     }
                     m_model->setFigures(*figures);
                     takeMoreFigures();
                 });
}

void GroupsPage::showChosen()
{
    const QStringList groups = selectedGroups();
    m_changes->setGroups(groups);
    m_detail->setVisible(!groups.isEmpty());
    ++m_detailQuestion; // an answer under way is about another one
    if (groups.size() > 1) {
        m_detail->showSeveral(tr("%1 groups").arg(groups.size()));
    } else if (groups.size() == 1) {
        m_detail->showGroup(groups.constFirst());
        askDetail();
    }
}

void GroupsPage::askDetail()
{
    const QStringList groups = selectedGroups();
    if (groups.size() != 1)
        return;
    const quint64 question = ++m_detailQuestion;
    m_isAskingDetail = true;
    whenFinished(
        m_details.run([group = groups.constFirst()](GroupAdmin &admin) { return admin.detail(group); }), this,
        [this, question](const Expected<GroupDetail> &detail) {
            if (question != m_detailQuestion)
                return;
            m_isAskingDetail = false;
            m_detail->showDetail(detail);
            m_changes->setDetail(detail ? std::optional(*detail) : std::nullopt);
        });
}

QStringList GroupsPage::selectedGroups() const
{
    QStringList groups;
    for (const int row : selectedRows())
        groups.append(m_model->row(row).name);
    return groups;
}

} // namespace desk
