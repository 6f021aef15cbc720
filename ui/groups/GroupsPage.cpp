// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/groups/GroupsPage.h"

#include "models/store/WhenFinished.h"
#include "ui/groups/GroupChanges.h"
#include "ui/groups/GroupDetailPane.h"
#include "ui/groups/GroupTableModel.h"
#include "ui/parts/ActionButton.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/LineTable.h"
#include "ui/parts/PageHeader.h"
#include "ui/parts/TabularText.h"
#include "ui/parts/TaskBar.h"
#include "ui/shell/Theme.h"

#include <QAction>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QVBoxLayout>

namespace desk {

namespace {

constexpr int RefreshMilliseconds = 10'000;
constexpr int DetailMilliseconds = 2'000;
// What is not on the screen is asked about again after this.
constexpr int AllFiguresMilliseconds = 60'000;
constexpr qsizetype FiguresAtOnce = 100;

} // namespace

GroupsPage::GroupsPage(const BrokerSettings &brokers, Theme &theme, QWidget *parent)
    : Page(parent)
    , m_brokers(brokers)
    , m_admin(brokers)
    , m_details(brokers)
    , m_model(new GroupTableModel(this))
    , m_shown(new QSortFilterProxyModel(this))
    , m_table(new LineTable(theme, this))
    , m_empty(new EmptyState(m_table))
    , m_taskBar(new TaskBar(this))
    , m_changes(new GroupChanges(brokers, m_admin, *m_taskBar, theme, this))
    , m_detail(new GroupDetailPane(theme, m_changes->all(), this))
    , m_filter(new QLineEdit(this))
    , m_summary(new QLabel(this))
{
    makeActions(theme);
    m_detail->hide();
    m_shown->setSourceModel(m_model);
    m_shown->setSortRole(GroupTableModel::SortRole);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_shown->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_table->setModel(m_shown);
    m_table->setObjectName(QStringLiteral("groups"));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(GroupTableModel::NameColumn, Qt::AscendingOrder);
    m_table->setAccessibleName(tr("Consumer groups"));
    m_table->setColumns({LineColumn::Text, LineColumn::Chip, LineColumn::Number, LineColumn::Number},
                        {240, 110, 90, 110}, GroupTableModel::NameColumn);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions(m_changes->all() + QList<QAction *>{m_refresh});
    layOut();

    connect(m_filter, &QLineEdit::textChanged, m_shown, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &GroupsPage::showChosen);
    connect(m_changes, &GroupChanges::noticeRequested, this, &Page::noticeRequested);
    connect(m_changes, &GroupChanges::changed, this, &GroupsPage::askAgain);
    m_refreshTimer.setInterval(RefreshMilliseconds);
    connect(&m_refreshTimer, &QTimer::timeout, this, [this] {
        if (isVisible())
            refresh();
        else
            m_refreshTimer.stop();
    });
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

void GroupsPage::layOut()
{
    m_filter->setPlaceholderText(tr("Filter groups"));
    m_filter->setAccessibleName(tr("Filter groups"));
    m_filter->setToolTip(tr("Shows the groups whose name contains this (%1)")
                             .arg(m_search->shortcut().toString(QKeySequence::NativeText)));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(240);
    m_summary->setProperty("role", QStringLiteral("muted"));
    auto *header = new PageHeader(title(), this);
    header->addLeft(m_filter);
    header->addRight(m_summary);
    header->addRight(actionButton(m_refresh, QStringLiteral("refreshGroups"), header));
    auto *line = new QFrame(this);
    line->setProperty("role", QStringLiteral("hairline"));
    line->setFixedHeight(1);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_table);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 1);
    splitter->setCollapsible(0, false);
    splitter->setSizes({560, 540});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_taskBar);
    layout->addWidget(line);
    layout->addWidget(splitter, 1);
}

void GroupsPage::makeActions(Theme &theme)
{
    m_search = new QAction(theme.icon(QStringLiteral("search")), tr("&Filter groups"), this);
    m_search->setShortcut(QKeySequence::Find);
    connect(m_search, &QAction::triggered, this, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    m_refresh = new QAction(theme.icon(QStringLiteral("refresh")), tr("&Refresh"), this);
    m_refresh->setShortcut(QKeySequence::Refresh);
    m_refresh->setToolTip(
        tr("Ask the brokers again (%1)").arg(m_refresh->shortcut().toString(QKeySequence::NativeText)));
    connect(m_refresh, &QAction::triggered, this, &GroupsPage::askAgain);
    addActions({m_search, m_refresh});
    addActions(m_changes->all());
}

QList<QAction *> GroupsPage::menuActions(PageMenu menu) const
{
    switch (menu) {
    case PageMenu::Edit:
        return {m_search};
    case PageMenu::View:
        return {m_refresh};
    case PageMenu::Stream:
        return m_changes->all();
    default:
        return {};
    }
}

QList<QWidget *> GroupsPage::focusParts()
{
    if (m_detail->isVisible())
        return {m_table, m_detail};
    return {m_table};
}

void GroupsPage::activated()
{
    m_table->setFocus();
    refresh();
    m_refreshTimer.start();
    m_detailTimer.start();
}

void GroupsPage::askAgain()
{
    ++m_question; // an answer under way is from before
    m_isAsking = false;
    m_allFigures.invalidate();
    refresh();
    askDetail();
}

void GroupsPage::refresh()
{
    if (!m_brokers.isConfigured()) {
        m_empty->setText(tr("This workspace has no broker"),
                         tr("Name its brokers in the workspace (Ctrl+O); saved changes wait until then."));
        m_empty->show();
        return;
    }
    if (m_isAsking)
        return;
    m_isAsking = true;
    if (m_model->rowCount() == 0)
        m_summary->setText(tr("Asking the brokers…"));
    const quint64 question = ++m_question;
    whenFinished(m_admin.run([](GroupAdmin &admin) { return admin.groups(); }), this,
                 [this, question](const Expected<GroupList> &groups) {
                     if (question != m_question)
                         return;
                     m_isAsking = false;
                     showGroups(groups);
                 });
}

void GroupsPage::showGroups(const Expected<GroupList> &groups)
{
    if (!groups) {
        // What was read last stays: the summary says that it has aged.
        const bool isUnsupported = groups.error().code == ErrorCode::NotSupported;
        m_summary->setText(isUnsupported ? QString() : tr("Brokers away"));
        m_summary->setToolTip(groups.error().sentence);
        m_empty->setText(isUnsupported ? tr("No groups to be seen here")
                                       : tr("The groups cannot be read now"),
                         groups.error().sentence);
        m_empty->setVisible(m_model->rowCount() == 0);
        if (isUnsupported)
            m_refreshTimer.stop(); // asking again would not change it
        return;
    }
    m_problem = groups->problem;
    m_model->setGroups(groups->groups);
    m_empty->setVisible(m_model->rowCount() == 0);
    m_empty->setText(tr("No consumer group yet"),
                     tr("A program that reads topics as a member of a group will stand here."));
    Q_EMIT badgeChanged(QString::number(m_model->rowCount()));
    if (isVisible())
        beginFigures();
    showSummary();
}

void GroupsPage::showSummary()
{
    const int count = m_model->rowCount();
    QString text = count == 1 ? tr("1 group") : tr("%1 groups").arg(groupedNumber(count));
    if (m_isCounting && m_figures.total() > FiguresAtOnce)
        text = tr("%1 · counted %2").arg(text, groupedNumber(m_figures.taken()));
    if (!m_problem.isEmpty())
        text = tr("%1 · not all brokers answer").arg(text);
    m_summary->setText(text);
    m_summary->setToolTip(m_problem);
}

void GroupsPage::beginFigures()
{
    const bool isAll = !m_allFigures.isValid() || m_allFigures.hasExpired(AllFiguresMilliseconds);
    if (isAll) {
        m_figures.begin(m_model->names());
        m_allFigures.start();
    } else if (m_figures.taken() == m_figures.total()) {
        m_figures.begin(groupsOnScreen());
    } // else: a round over all of them is still going on
    if (!m_isCounting)
        askFigures();
}

void GroupsPage::askFigures()
{
    // Nobody looks: what is left is asked when the page is in front again.
    const QStringList groups = isVisible() ? m_figures.take(groupsOnScreen(), FiguresAtOnce) : QStringList();
    m_isCounting = !groups.isEmpty();
    if (groups.isEmpty())
        return;
    whenFinished(m_details.run([groups](GroupAdmin &admin) { return admin.figures(groups); }), this,
                 [this](const Expected<QMap<QString, GroupFigures>> &figures) { takeFigures(figures); });
}

// Figures belong to their group, whatever was asked since: none are dropped.
void GroupsPage::takeFigures(const Expected<QMap<QString, GroupFigures>> &figures)
{
    if (figures) {
        m_model->setFigures(*figures);
        askFigures();
        showSummary();
        return;
    }
    // The list says that the brokers are away; the next one begins anew.
    m_figures.clear();
    m_allFigures.invalidate();
    m_isCounting = false;
    showSummary();
    m_summary->setToolTip(figures.error().sentence);
}

void GroupsPage::showChosen()
{
    const QStringList groups = selectedGroups();
    m_changes->setGroups(groups);
    m_detail->setVisible(!groups.isEmpty());
    ++m_detailQuestion; // an answer under way is about another one
    if (groups.size() > 1) {
        m_detail->showSeveral(groups.size());
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

QStringList GroupsPage::groupsOnScreen() const
{
    QStringList groups;
    const int first = m_table->rowAt(0);
    const int last = m_table->rowAt(m_table->viewport()->height() - 1);
    const int end = last < 0 ? m_shown->rowCount() : last + 1;
    for (int row = std::max(0, first); row < end; ++row)
        groups.append(m_model->row(m_shown->mapToSource(m_shown->index(row, 0)).row()).name);
    return groups;
}

QStringList GroupsPage::selectedGroups() const
{
    QStringList groups;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows())
        groups.append(m_model->row(m_shown->mapToSource(row).row()).name);
    return groups;
}

} // namespace desk
