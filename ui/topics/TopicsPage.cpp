// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TopicsPage.h"

#include "models/store/WhenFinished.h"
#include "ui/parts/ActionButton.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/LineTable.h"
#include "ui/parts/PageHeader.h"
#include "ui/parts/TabularText.h"
#include "ui/parts/TaskBar.h"
#include "ui/shell/Theme.h"
#include "ui/topics/TopicChanges.h"
#include "ui/topics/TopicDetailPane.h"
#include "ui/topics/TopicTableModel.h"

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
constexpr int AfterChangeMilliseconds = 1'000;
// What is not on the screen is asked about again after this.
constexpr int AllFiguresMilliseconds = 60'000;
constexpr qsizetype FiguresAtOnce = 200;

} // namespace

TopicsPage::TopicsPage(const BrokerSettings &brokers, std::shared_ptr<const EntityCatalog> catalog,
                       Theme &theme, QWidget *parent)
    : Page(parent)
    , m_brokers(brokers)
    , m_admin(brokers)
    , m_details(brokers)
    , m_model(new TopicTableModel(std::move(catalog), this))
    , m_shown(new QSortFilterProxyModel(this))
    , m_table(new LineTable(theme, this))
    , m_empty(new EmptyState(m_table))
    , m_taskBar(new TaskBar(this))
    , m_changes(new TopicChanges(brokers, m_admin, *m_taskBar, theme, this))
    , m_filter(new QLineEdit(this))
    , m_summary(new QLabel(this))
{
    makeActions(theme);
    m_detail = new TopicDetailPane(
        theme, {m_stream, m_changes->addPartitions(), m_changes->empty(), m_changes->remove()},
        m_changes->configure(), this);
    m_detail->hide();
    m_shown->setSourceModel(m_model);
    m_shown->setSortRole(TopicTableModel::SortRole);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_shown->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_table->setModel(m_shown);
    m_table->setObjectName(QStringLiteral("topics"));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(TopicTableModel::NameColumn, Qt::AscendingOrder);
    m_table->setAccessibleName(tr("Topics"));
    m_table->setColumns({LineColumn::Text, LineColumn::Muted, LineColumn::Number, LineColumn::Number,
                         LineColumn::Number, LineColumn::Muted, LineColumn::Muted, LineColumn::Chip},
                        {240, 170, 90, 84, 100, 84, 84, 110}, TopicTableModel::StateColumn);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions(
        {m_stream, m_changes->addPartitions(), m_changes->empty(), m_changes->remove(), m_refresh});
    layOut();

    connect(m_filter, &QLineEdit::textChanged, m_shown, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TopicsPage::showChosen);
    connect(m_table, &LineTable::opened, m_stream, &QAction::trigger);
    connect(m_detail, &TopicDetailPane::settingChanged, this,
            [this] { m_changes->setSetting(m_detail->setting()); });
    connect(m_detail, &TopicDetailPane::settingOpened, m_changes->configure(), &QAction::trigger);
    connect(m_changes, &TopicChanges::noticeRequested, this, &Page::noticeRequested);
    connect(m_changes, &TopicChanges::changed, this, &TopicsPage::askAgain);
    m_refreshTimer.setInterval(RefreshMilliseconds);
    connect(&m_refreshTimer, &QTimer::timeout, this, [this] {
        if (isVisible())
            refresh();
        else
            m_refreshTimer.stop();
    });
    updateActions();
    refresh(); // for the rail's badge
}

TopicsPage::~TopicsPage() = default;

void TopicsPage::layOut()
{
    m_filter->setPlaceholderText(tr("Filter topics"));
    m_filter->setAccessibleName(tr("Filter topics"));
    m_filter->setToolTip(tr("Shows the topics whose name contains this (%1)")
                             .arg(m_search->shortcut().toString(QKeySequence::NativeText)));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(240);
    m_summary->setProperty("role", QStringLiteral("muted"));

    auto *header = new PageHeader(title(), this);
    QPushButton *create = actionButton(m_changes->create(), QStringLiteral("newTopic"), header);
    create->setProperty("primary", true);
    header->addLeft(create);
    header->addLeft(m_filter);
    header->addRight(m_summary);
    header->addRight(actionButton(m_changes->createMissing(), QStringLiteral("createMissing"), header));
    header->addRight(actionButton(m_refresh, QStringLiteral("refreshTopics"), header));
    auto *line = new QFrame(this);
    line->setProperty("role", QStringLiteral("hairline"));
    line->setFixedHeight(1);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_table);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 1);
    splitter->setCollapsible(0, false);
    splitter->setSizes({620, 480});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_taskBar);
    layout->addWidget(line);
    layout->addWidget(splitter, 1);
}

void TopicsPage::makeActions(Theme &theme)
{
    m_search = new QAction(theme.icon(QStringLiteral("search")), tr("&Filter topics"), this);
    m_search->setShortcut(QKeySequence::Find);
    connect(m_search, &QAction::triggered, this, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    m_refresh = new QAction(theme.icon(QStringLiteral("refresh")), tr("&Refresh"), this);
    m_refresh->setShortcut(QKeySequence::Refresh);
    m_refresh->setToolTip(
        tr("Ask the brokers again (%1)").arg(m_refresh->shortcut().toString(QKeySequence::NativeText)));
    connect(m_refresh, &QAction::triggered, this, [this] {
        m_allFigures.invalidate();
        refresh();
    });
    m_stream = new QAction(theme.icon(QStringLiteral("streams")), tr("&Show in stream"), this);
    m_stream->setObjectName(QStringLiteral("showInStream"));
    m_stream->setToolTip(tr("Read the selected topics in the live stream"));
    m_stream->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    connect(m_stream, &QAction::triggered, this, [this] {
        QStringList topics; // those to come as well: the stream waits for them
        for (const int row : selectedRows())
            topics.append(m_model->topic(row));
        Q_EMIT streamRequested(topics);
    });
    addActions({m_search, m_refresh, m_stream});
    addActions(m_changes->all());
}

QList<QAction *> TopicsPage::menuActions(PageMenu menu) const
{
    switch (menu) {
    case PageMenu::Edit:
        return {m_search};
    case PageMenu::View:
        return {m_refresh};
    case PageMenu::Stream:
        return QList<QAction *>{m_stream, nullptr} + m_changes->all();
    default:
        return {};
    }
}

QList<QWidget *> TopicsPage::focusParts()
{
    if (m_detail->isVisible())
        return {m_table, m_detail};
    return {m_table};
}

void TopicsPage::activated()
{
    m_table->setFocus();
    refresh();
    m_refreshTimer.start();
}

void TopicsPage::askAgain()
{
    ++m_question; // an answer under way is from before
    m_isAsking = false;
    m_allFigures.invalidate();
    refresh();
    // The brokers hear of a change a moment after the controller has made it.
    QTimer::singleShot(AfterChangeMilliseconds, this, &TopicsPage::refresh);
}

void TopicsPage::refresh()
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
    whenFinished(m_admin.run([](TopicAdmin &admin) { return admin.cluster(); }), this,
                 [this, question](const Expected<ClusterInfo> &cluster) {
                     if (question != m_question)
                         return;
                     m_isAsking = false;
                     showTopics(cluster);
                 });
}

void TopicsPage::showTopics(const Expected<ClusterInfo> &cluster)
{
    if (!cluster) {
        // What was read last stays: the summary says that it has aged.
        m_summary->setText(tr("Brokers away"));
        m_summary->setToolTip(cluster.error().sentence);
        m_empty->setText(tr("The topics cannot be read now"), cluster.error().sentence);
        m_empty->setVisible(m_model->rowCount() == 0);
        return;
    }
    m_model->setTopics(cluster->topics);
    m_empty->setVisible(m_model->rowCount() == 0);
    m_empty->setText(tr("The cluster has no topics yet"));
    m_brokerCount = cluster->brokers.size();
    m_summary->setToolTip(cluster->brokers.join(QStringLiteral("\n")));
    Q_EMIT badgeChanged(QString::number(m_model->present().size()));
    updateActions();
    if (isVisible()) {
        beginFigures();
        askDetail();
    }
    showSummary();
}

void TopicsPage::showSummary()
{
    const qsizetype present = m_model->present().size();
    QString text = m_brokerCount == 1
        ? tr("%1 topics on 1 broker").arg(groupedNumber(present))
        : tr("%1 topics on %2 brokers").arg(groupedNumber(present)).arg(m_brokerCount);
    if (m_isCounting && m_figures.total() > FiguresAtOnce)
        text = tr("%1 · counted %2").arg(text, groupedNumber(m_figures.taken()));
    m_summary->setText(text);
}

void TopicsPage::beginFigures()
{
    const bool isAll = !m_allFigures.isValid() || m_allFigures.hasExpired(AllFiguresMilliseconds);
    if (isAll) {
        m_figures.begin(m_model->present());
        m_allFigures.start();
    } else if (m_figures.taken() == m_figures.total()) {
        m_figures.begin(topicsOnScreen());
    } // else: a round over all of them is still going on
    if (!m_isCounting)
        askFigures();
}

void TopicsPage::askFigures()
{
    // Nobody looks: what is left is asked when the page is in front again.
    const QStringList topics = isVisible() ? m_figures.take(topicsOnScreen(), FiguresAtOnce) : QStringList();
    m_isCounting = !topics.isEmpty();
    if (topics.isEmpty())
        return;
    whenFinished(m_details.run([topics](TopicDetails &details) { return details.figures(topics); }), this,
                 [this](const Expected<QMap<QString, TopicFigures>> &figures) { takeFigures(figures); });
}

// Figures belong to their topic, whatever was asked since: none are dropped.
void TopicsPage::takeFigures(const Expected<QMap<QString, TopicFigures>> &figures)
{
    if (figures) {
        m_model->setFigures(*figures);
        askFigures();
    } else {
        // The list says that the brokers are away; the next one begins anew.
        m_figures.clear();
        m_allFigures.invalidate();
        m_isCounting = false;
        m_summary->setToolTip(figures.error().sentence);
    }
    showSummary();
}

void TopicsPage::showChosen()
{
    updateActions();
    const QStringList topics = selectedTopics();
    const bool isSplit = !topics.isEmpty(); // only contracts that have no topic yet: nothing to show
    m_detail->setVisible(isSplit);
    // What the detail says as well gives way to it.
    for (const int column : {TopicTableModel::UseColumn, TopicTableModel::ReplicasColumn,
                             TopicTableModel::CleanupColumn, TopicTableModel::RetentionColumn})
        m_table->setColumnHidden(column, isSplit);
    if (topics.size() > 1) {
        ++m_detailQuestion;
        m_detail->showSeveral(topics.size());
    } else if (topics.size() == 1) {
        m_detail->showTopic(topics.constFirst());
        askDetail();
    }
    m_changes->setSetting(m_detail->setting());
}

void TopicsPage::askDetail()
{
    const QStringList topics = selectedTopics();
    if (topics.size() != 1)
        return;
    const quint64 question = ++m_detailQuestion;
    whenFinished(
        m_details.run([topic = topics.constFirst()](TopicDetails &details) { return details.detail(topic); }),
        this, [this, question](const Expected<TopicDetail> &detail) {
            if (question == m_detailQuestion)
                m_detail->showDetail(detail);
        });
}

void TopicsPage::updateActions()
{
    QList<TopicRow> topics;
    for (const int row : selectedRows())
        topics.append(m_model->row(row));
    m_stream->setEnabled(!topics.isEmpty());
    m_changes->setTopics(topics);
    m_changes->setMissing(m_model->missing());
}

QStringList TopicsPage::topicsOnScreen() const
{
    QStringList topics;
    const int first = m_table->rowAt(0);
    const int last = m_table->rowAt(m_table->viewport()->height() - 1);
    const int end = last < 0 ? m_shown->rowCount() : last + 1;
    for (int row = std::max(0, first); row < end; ++row) {
        const TopicRow &shown = m_model->row(m_shown->mapToSource(m_shown->index(row, 0)).row());
        if (!shown.isMissing)
            topics.append(shown.topic.name);
    }
    return topics;
}

QList<int> TopicsPage::selectedRows() const
{
    QList<int> rows;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows())
        rows.append(m_shown->mapToSource(row).row());
    return rows;
}

QStringList TopicsPage::selectedTopics() const
{
    QStringList topics;
    for (const int row : selectedRows()) {
        if (!m_model->row(row).isMissing)
            topics.append(m_model->topic(row));
    }
    return topics;
}

} // namespace desk
