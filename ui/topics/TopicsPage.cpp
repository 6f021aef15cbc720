// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TopicsPage.h"

#include "models/store/WhenFinished.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/LineTable.h"
#include "ui/parts/PageHeader.h"
#include "ui/shell/Theme.h"
#include "ui/topics/TopicTableModel.h"

#include <QAction>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>
#include <QtConcurrent>

namespace desk {

namespace {

constexpr int RefreshMilliseconds = 10'000;

QPushButton *buttonFor(QAction *action, const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    const QString shortcut = action->shortcut().toString(QKeySequence::NativeText);
    button->setToolTip(shortcut.isEmpty() ? action->toolTip()
                                          : TopicsPage::tr("%1 (%2)").arg(action->toolTip(), shortcut));
    button->setEnabled(action->isEnabled());
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    QObject::connect(action, &QAction::enabledChanged, button, &QWidget::setEnabled);
    return button;
}

} // namespace

TopicsPage::TopicsPage(const BrokerSettings &brokers, std::shared_ptr<const EntityCatalog> catalog,
                       Theme &theme, QWidget *parent)
    : Page(parent)
    , m_brokers(brokers)
    , m_model(new TopicTableModel(std::move(catalog), this))
    , m_shown(new QSortFilterProxyModel(this))
    , m_table(new LineTable(theme, this))
    , m_empty(new EmptyState(m_table))
    , m_filter(new QLineEdit(this))
    , m_summary(new QLabel(this))
{
    makeActions(theme);
    m_shown->setSourceModel(m_model);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_shown->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_table->setModel(m_shown);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(TopicTableModel::NameColumn, Qt::AscendingOrder);
    m_table->setAccessibleName(tr("Topics"));
    m_table->setColumns(
        {LineColumn::Text, LineColumn::Muted, LineColumn::Number, LineColumn::Number, LineColumn::Chip},
        {300, 220, 100, 100, 260}, TopicTableModel::StateColumn);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions({m_stream, m_refresh});

    m_filter->setPlaceholderText(tr("Filter topics"));
    m_filter->setAccessibleName(tr("Filter topics"));
    m_filter->setToolTip(tr("Shows the topics whose name contains this (%1)")
                             .arg(m_search->shortcut().toString(QKeySequence::NativeText)));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(260);
    m_summary->setProperty("role", QStringLiteral("muted"));

    auto *header = new PageHeader(title(), this);
    header->addLeft(m_filter);
    header->addRight(m_summary);
    header->addRight(buttonFor(m_stream, tr("Show in stream"), header));
    header->addRight(buttonFor(m_create, tr("Create missing"), header));
    header->addRight(buttonFor(m_refresh, tr("Refresh"), header));
    auto *line = new QFrame(this);
    line->setProperty("role", QStringLiteral("hairline"));
    line->setFixedHeight(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(line);
    layout->addWidget(m_table, 1);

    connect(m_filter, &QLineEdit::textChanged, m_shown, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TopicsPage::updateActions);
    connect(m_table, &LineTable::opened, m_stream, &QAction::trigger);
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

void TopicsPage::makeActions(Theme &theme)
{
    m_search = new QAction(theme.icon(QStringLiteral("search")), tr("&Filter topics"), this);
    m_search->setShortcut(QKeySequence::Find);
    connect(m_search, &QAction::triggered, this, [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    m_refresh = new QAction(theme.icon(QStringLiteral("refresh")), tr("&Refresh topics"), this);
    m_refresh->setShortcut(QKeySequence::Refresh);
    connect(m_refresh, &QAction::triggered, this, &TopicsPage::refresh);
    m_create = new QAction(theme.icon(QStringLiteral("plus")), tr("&Create missing topics"), this);
    m_create->setToolTip(tr("Create the topics of this workspace's entities that are not there"));
    m_create->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M));
    connect(m_create, &QAction::triggered, this, &TopicsPage::createMissing);
    m_stream = new QAction(theme.icon(QStringLiteral("streams")), tr("&Show topics in live stream"), this);
    m_stream->setToolTip(tr("Read the selected topics in the live stream"));
    m_stream->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    connect(m_stream, &QAction::triggered, this, [this] { Q_EMIT streamRequested(selectedTopics()); });
    for (QAction *action : {m_search, m_refresh, m_create, m_stream})
        addAction(action);
}

QList<QAction *> TopicsPage::menuActions(PageMenu menu) const
{
    switch (menu) {
    case PageMenu::Edit:
        return {m_search};
    case PageMenu::View:
        return {m_refresh};
    case PageMenu::Stream:
        return {m_stream, m_create};
    default:
        return {};
    }
}

void TopicsPage::activated()
{
    m_table->setFocus();
    refresh();
    m_refreshTimer.start();
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
    whenFinished(QtConcurrent::run([brokers = m_brokers] { return TopicAdmin(brokers).cluster(); }), this,
                 [this, question](const Expected<ClusterInfo> &cluster) {
                     m_isAsking = false;
                     if (question == m_question)
                         show(cluster);
                 });
}

void TopicsPage::show(const Expected<ClusterInfo> &cluster)
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
    const qsizetype missing = m_model->missing().size();
    const qsizetype present = m_model->rowCount() - missing;
    m_summary->setToolTip(cluster->brokers.join(QStringLiteral("\n")));
    m_summary->setText(cluster->brokers.size() == 1
                           ? tr("%1 topics on 1 broker").arg(present)
                           : tr("%1 topics on %2 brokers").arg(present).arg(cluster->brokers.size()));
    Q_EMIT badgeChanged(QString::number(present));
    updateActions();
}

void TopicsPage::createMissing()
{
    const QStringList missing = m_model->missing();
    m_create->setEnabled(false);
    whenFinished(QtConcurrent::run(
                     [brokers = m_brokers, missing] { return TopicAdmin(brokers).createMissing(missing); }),
                 this, [this, missing](const Expected<> &created) {
                     if (created)
                         Q_EMIT noticeRequested({Notice::Kind::Success,
                                                 tr("%1 topics created.").arg(missing.size()),
                                                 QStringLiteral("topics"),
                                                 {},
                                                 {}});
                     else
                         Q_EMIT noticeRequested(Notice::error(created.error(), QStringLiteral("topics")));
                     ++m_question; // an answer under way is from before
                     m_isAsking = false;
                     refresh();
                 });
}

void TopicsPage::updateActions()
{
    m_stream->setEnabled(!selectedTopics().isEmpty());
    m_create->setEnabled(!m_model->missing().isEmpty());
}

QStringList TopicsPage::selectedTopics() const
{
    QStringList topics;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        topics.append(m_model->topic(m_shown->mapToSource(row).row()));
    return topics;
}

} // namespace desk
