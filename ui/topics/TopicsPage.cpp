// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TopicsPage.h"

#include "ui/parts/ActionButton.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/LineTable.h"
#include "ui/parts/TabularText.h"
#include "ui/shell/Theme.h"
#include "ui/topics/TopicChanges.h"
#include "ui/topics/TopicDetailPane.h"
#include "ui/topics/TopicTableModel.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>

namespace desk {

namespace {

constexpr int AfterChangeMilliseconds = 1'000;
constexpr qsizetype FiguresAtOnce = 200;

} // namespace

TopicsPage::TopicsPage(const BrokerSettings &brokers, std::shared_ptr<const EntityCatalog> catalog,
                       Theme &theme, QWidget *parent)
    : ClusterListPage(brokers, theme, new TopicTableModel(std::move(catalog)), TopicTableModel::SortRole,
                      FiguresAtOnce, parent)
    , m_admin(brokers)
    , m_details(brokers)
    , m_model(static_cast<TopicTableModel *>(model()))
    , m_changes(new TopicChanges(brokers, m_admin, *taskBar(), theme, this))
{
    makeStreamAction(theme);
    m_detail = new TopicDetailPane(
        theme, {m_stream, m_changes->addPartitions(), m_changes->empty(), m_changes->remove()},
        m_changes->configure(), this);
    table()->setObjectName(QStringLiteral("topics"));
    table()->sortByColumn(TopicTableModel::NameColumn, Qt::AscendingOrder);
    table()->setAccessibleName(tr("Topics"));
    table()->setColumns({LineColumn::Text, LineColumn::Muted, LineColumn::Number, LineColumn::Number,
                         LineColumn::Number, LineColumn::Muted, LineColumn::Muted, LineColumn::Chip},
                        {240, 170, 90, 84, 100, 84, 84, 110}, TopicTableModel::StateColumn);
    table()->addActions(
        {m_stream, m_changes->addPartitions(), m_changes->empty(), m_changes->remove(), refreshAction()});
    addActions(QList<QAction *>{m_stream} + m_changes->all());
    QPushButton *create = actionButton(m_changes->create(), QStringLiteral("newTopic"), this);
    create->setProperty("primary", true);
    layOut(tr("&Filter topics"), {create},
           {actionButton(m_changes->createMissing(), QStringLiteral("createMissing"), this),
            actionButton(refreshAction(), QStringLiteral("refreshTopics"), this)},
           m_detail, {620, 480});

    connect(table()->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TopicsPage::showChosen);
    connect(table(), &LineTable::opened, m_stream, &QAction::trigger);
    connect(m_detail, &TopicDetailPane::settingChanged, this,
            [this] { m_changes->setSetting(m_detail->setting()); });
    connect(m_detail, &TopicDetailPane::settingOpened, m_changes->configure(), &QAction::trigger);
    connect(m_changes, &TopicChanges::noticeRequested, this, &Page::noticeRequested);
    connect(m_changes, &TopicChanges::changed, this, [this] {
        askAgain();
        // The brokers hear of a change a moment after the controller has made it.
        QTimer::singleShot(AfterChangeMilliseconds, this, &TopicsPage::refresh);
    });
    updateActions();
    refresh(); // for the rail's badge
}

TopicsPage::~TopicsPage() = default;

void TopicsPage::makeStreamAction(Theme &theme)
{
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
}

QList<QAction *> TopicsPage::menuActions(PageMenu menu) const
{
    if (menu == PageMenu::Stream)
        return QList<QAction *>{m_stream, nullptr} + m_changes->all();
    return ClusterListPage::menuActions(menu);
}

void TopicsPage::ask()
{
    asked(m_admin.run([](TopicAdmin &admin) { return admin.cluster(); }),
          [this](const Expected<ClusterInfo> &cluster) { showTopics(cluster); });
}

void TopicsPage::showTopics(const Expected<ClusterInfo> &cluster)
{
    if (!cluster) {
        showAway(tr("Brokers away"), tr("The topics cannot be read now"), cluster.error().sentence);
        return;
    }
    m_model->setTopics(cluster->topics);
    empty()->setVisible(m_model->rowCount() == 0);
    empty()->setText(tr("The cluster has no topics yet"));
    m_brokerCount = cluster->brokers.size();
    summary()->setToolTip(cluster->brokers.join(QStringLiteral("\n")));
    Q_EMIT badgeChanged(QString::number(m_model->present().size()));
    updateActions();
    beginFigures();
    if (isVisible())
        askDetail();
    showSummary();
}

void TopicsPage::showSummary()
{
    const qsizetype present = m_model->present().size();
    const QString topics = present == 1 ? tr("1 topic") : tr("%1 topics").arg(groupedNumber(present));
    const QString brokers = m_brokerCount == 1 ? tr("1 broker") : tr("%1 brokers").arg(m_brokerCount);
    summary()->setText(withProgress(tr("%1 on %2", "topics on brokers").arg(topics, brokers)));
}

QStringList TopicsPage::allNames() const
{
    return m_model->present();
}

QString TopicsPage::nameOf(int row) const
{
    const TopicRow &shown = m_model->row(row);
    return shown.isMissing ? QString() : shown.topic.name;
}

// Figures belong to their topic, whatever was asked since: none are dropped.
void TopicsPage::askFigures(const QStringList &topics)
{
    whenFinished(m_details.run([topics](TopicDetails &details) { return details.figures(topics); }), this,
                 [this](const Expected<QMap<QString, TopicFigures>> &figures) {
                     if (!figures) {
                         figuresFailed(figures.error().sentence);
                         return;
                     }
                     m_model->setFigures(*figures);
                     takeMoreFigures();
                 });
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
        table()->setColumnHidden(column, isSplit);
    if (topics.size() > 1) {
        ++m_detailQuestion;
        m_detail->showSeveral(tr("%1 topics").arg(topics.size()));
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
