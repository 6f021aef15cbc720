// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/StreamPanel.h"
#include "models/store/WhenFinished.h"

#include "kafka/MessageTableModel.h"
#include "kafka/TopicAdmin.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/TabularText.h"
#include "ui/shell/Theme.h"
#include "ui/streams/DecodingMenu.h"
#include "ui/streams/DecodingRuleDialog.h"
#include "ui/streams/FilteredMessageModel.h"
#include "ui/streams/MessageDetail.h"
#include "ui/streams/MessageFilterField.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/Sparkline.h"
#include "ui/streams/StreamActions.h"
#include "ui/streams/StreamStartMenu.h"
#include "ui/streams/TopicChooser.h"
#include "ui/streams/ValueRevealer.h"
#include "ui/streams/TopicSearchDialog.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <QtConcurrentRun>

namespace desk {
namespace {

constexpr int FiguresMilliseconds = 500;

QString sizeText(double bytes)
{
    return QLocale::c().formattedDataSize(static_cast<qint64>(bytes), bytes < 10'000 ? 1 : 0,
                                          QLocale::DataSizeSIFormat);
}

} // namespace

StreamPanel::StreamPanel(const BrokerSettings &brokers, std::shared_ptr<const EntityCatalog> catalog,
                         Theme &theme, QWidget *parent)
    : StreamPanel(brokers, DecodingSources{std::move(catalog), {}, std::make_shared<SchemaLibrary>(brokers)},
                  nullptr, theme, parent)
{ }

StreamPanel::StreamPanel(const BrokerSettings &brokers, DecodingSources decoding,
                         std::unique_ptr<DisclosureJournal> disclosures, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_brokers(brokers)
    , m_catalog(decoding.catalog)
    , m_descriptors(std::make_shared<EntityDescriptors>(m_catalog))
    , m_theme(theme)
    , m_log(std::make_shared<MessageLog>())
    , m_session(new StreamSession(brokers, m_log, this))
    , m_model(new MessageTableModel(m_log, std::move(decoding), MessageTableModel::Order::NewestFirst, this))
    , m_filtered(new FilteredMessageModel(*m_model, m_log, m_catalog, m_descriptors, this))
    , m_chooser(new TopicChooser(*m_catalog, this))
    , m_splitter(new QSplitter(this))
    , m_table(new MessageTableView(theme, this))
    , m_detail(new MessageDetail(theme, this))
{
    setProperty("role", QStringLiteral("surface"));
    setAttribute(Qt::WA_StyledBackground);
    m_request.topics = TopicChooser::catalogTopics(*m_catalog);
    makeActions();

    m_table->setModel(m_model);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({900, 380});
    m_splitter->setCollapsible(0, false);
    m_detail->hide();
    setFocusProxy(m_table);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_splitter, 1);

    connect(m_table, &MessageTableView::chosenChanged, this, &StreamPanel::showChosen);
    connect(m_detail, &MessageDetail::closeRequested, this, [this] { m_table->setCurrentIndex({}); });
    connect(m_detail, &MessageDetail::recordRequested, this, &StreamPanel::recordRequested);
    new ValueRevealer(*m_detail, *m_model, std::move(disclosures), this); // the panel owns it
    connect(m_model, &MessageTableModel::decodingChanged, this, [this] {
        m_shownLogRow = -1; // it may read otherwise now
        showChosen();
    });
    connect(&m_detail->decodingMenu(), &DecodingMenu::chosen, this, &StreamPanel::addRule);
    connect(&m_detail->decodingMenu(), &DecodingMenu::fileWanted, this, &StreamPanel::askForFile);
    connect(m_chooser, &TopicChooser::chosenChanged, this, &StreamPanel::setTopics);
    connect(m_session, &StreamSession::stateChanged, this, &StreamPanel::showState);
    connect(m_session, &StreamSession::rateChanged, this, [this](double messages, double bytes) {
        m_messageRate = messages;
        m_byteRate = bytes;
        m_sparkline->append(messages);
    });
    connect(m_filter, &MessageFilterField::filterChanged, this, &StreamPanel::applyFilter);
    connect(m_filter, &MessageFilterField::problemChanged, this, &StreamPanel::showFigures);
    connect(m_filtered, &FilteredMessageModel::searched, this, &StreamPanel::showFigures);
    m_figuresTimer.setInterval(FiguresMilliseconds);
    connect(&m_figuresTimer, &QTimer::timeout, this, &StreamPanel::showFigures);
    m_figuresTimer.start();
    restart();
}

StreamPanel::~StreamPanel()
{
    // The models speak of the log as it goes away.
    m_session->stop();
}

void StreamPanel::makeActions()
{
    const auto make = [this](const QString &text, const QString &icon, const QKeySequence &shortcut) {
        auto *action = new QAction(m_theme.icon(icon), text, this);
        action->setShortcut(shortcut);
        addAction(action);
        return action;
    };
    m_pause = make(tr("&Pause the stream"), QStringLiteral("pause"),
                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    m_pause->setCheckable(true);
    connect(m_pause, &QAction::toggled, this, &StreamPanel::setPaused);
    m_clear = make(tr("&Clear the stream"), QStringLiteral("clear"),
                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L));
    connect(m_clear, &QAction::triggered, this, &StreamPanel::clear);
    connect(
        make(tr("Choose &topics…"), QStringLiteral("topics"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T)),
        &QAction::triggered, this, &StreamPanel::chooseTopics);
    connect(make(tr("&Filter the stream"), QStringLiteral("filter"),
                 QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G)),
            &QAction::triggered, this, [this] {
                m_filter->setFocus(Qt::ShortcutFocusReason);
                m_filter->selectAll();
            });
    connect(make(tr("&Read this topic as…"), QStringLiteral("settings"),
                 QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)),
            &QAction::triggered, this, [this] {
                if (m_detail->isVisible())
                    m_detail->decodingMenu().popup(m_detail->mapToGlobal(QPoint(12, 32)));
            });
    addAction(m_detail->showValueAction());
    connect(make(tr("How &filters are written"), QStringLiteral("help"),
                 QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H)),
            &QAction::triggered, this, [this] { m_filter->showHelp(); });
    m_searchTopics = make(tr("&Search whole topics…"), QStringLiteral("search"),
                          QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_F));
    connect(m_searchTopics, &QAction::triggered, this, &StreamPanel::searchTopics);
    auto *copy = new QAction(m_theme.icon(QStringLiteral("copy")), tr("Copy &message"), this);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(copy);
    connect(copy, &QAction::triggered, m_table, &MessageTableView::copySelection);
    m_acting = new StreamActions(m_brokers, m_log, *m_model, *m_filtered, *m_table, m_theme, this);
    addActions(m_acting->actions());
}

QWidget *StreamPanel::makeHead()
{
    auto *head = new QWidget(this);
    auto *title = new QLabel(tr("Live stream"), head);
    title->setProperty("role", QStringLiteral("heading"));

    m_topicsButton = new QPushButton(head);
    m_topicsButton->setObjectName(QStringLiteral("streamTopics"));
    m_topicsButton->setAccessibleName(tr("Topics"));
    m_topicsButton->setIcon(m_theme.icon(QStringLiteral("chevron-down"), Theme::IconColour::Muted));
    m_topicsButton->setLayoutDirection(Qt::RightToLeft); // the arrow stands behind the words
    connect(m_topicsButton, &QPushButton::clicked, this, &StreamPanel::chooseTopics);

    m_startButton = new QPushButton(head);
    m_startButton->setObjectName(QStringLiteral("streamStart"));
    m_startMenu = new StreamStartMenu(m_startButton);
    m_startButton->setMenu(m_startMenu);
    connect(m_startMenu, &StreamStartMenu::chosen, this, &StreamPanel::setStart);

    m_filter = new MessageFilterField(m_theme, head);
    m_filter->setObjectName(QStringLiteral("streamFilter"));
    m_filter->setMaximumWidth(420);
    m_filter->setMinimumWidth(90);
    auto *searchButton = new QToolButton(head);
    searchButton->setObjectName(QStringLiteral("streamSearch"));
    searchButton->setProperty("flat", true);
    searchButton->setIcon(m_searchTopics->icon());
    searchButton->setAccessibleName(tr("Search whole topics"));
    searchButton->setToolTip(tr("Search whole topics, not only what is kept here (%1)")
                                 .arg(m_searchTopics->shortcut().toString(QKeySequence::NativeText)));
    connect(searchButton, &QToolButton::clicked, m_searchTopics, &QAction::trigger);

    m_pauseButton = new QPushButton(head);
    m_pauseButton->setObjectName(QStringLiteral("streamPause"));
    connect(m_pauseButton, &QPushButton::clicked, m_pause, &QAction::toggle);
    auto *clearButton = new QPushButton(tr("Clear"), head);
    clearButton->setObjectName(QStringLiteral("streamClear"));
    clearButton->setToolTip(
        tr("%1 (%2)").arg(m_clear->toolTip(), m_clear->shortcut().toString(QKeySequence::NativeText)));
    connect(clearButton, &QPushButton::clicked, this, &StreamPanel::clear);

    m_sparkline = new Sparkline(m_theme, head);
    m_figures = new QLabel(head);
    m_figures->setProperty("role", QStringLiteral("muted"));
    m_figures->setObjectName(QStringLiteral("streamFigures"));
    m_figures->setTextFormat(Qt::PlainText);

    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(12, 5, 12, 5);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(m_topicsButton);
    layout->addWidget(m_startButton);
    layout->addWidget(m_filter, 100); // up to its maximum before anything else grows
    layout->addWidget(searchButton);
    layout->addWidget(m_pauseButton);
    layout->addWidget(clearButton);
    layout->addStretch(1);
    layout->addWidget(m_sparkline);
    layout->addWidget(m_figures);
    return head;
}

void StreamPanel::setTopics(const QStringList &topics)
{
    if (topics == m_request.topics)
        return;
    m_request.topics = topics;
    restart();
}

void StreamPanel::setStart(const StreamStart &start)
{
    m_request.start = start;
    restart();
}

void StreamPanel::restart()
{
    m_topicsButton->setText(TopicChooser::summaryOf(m_request.topics, *m_catalog));
    m_topicsButton->setToolTip(m_request.topics.join(u'\n'));
    m_startButton->setText(tr("From: %1").arg(StreamStartMenu::textOf(m_request.start)));
    m_startMenu->setCurrent(m_request.start);
    m_acting->setTopics(m_request.topics);
    nameFields();
    m_sparkline->clear();
    if (!m_brokers.isConfigured() || m_request.topics.isEmpty())
        m_session->stop();
    else
        m_session->start(m_request);
    if (m_pause->isChecked())
        m_session->pause();
    showState();
}

void StreamPanel::setPaused(bool paused)
{
    m_pause->setChecked(paused);
    if (paused)
        m_session->pause();
    else
        m_session->resume();
    showState();
}

void StreamPanel::clear()
{
    m_log->clear();
    m_model->update();
    showFigures();
}

void StreamPanel::chooseTopics()
{
    m_chooser->open(m_request.topics, m_topicsButton->mapToGlobal(QPoint(0, m_topicsButton->height() + 2)));
    fetchTopics();
}

void StreamPanel::fetchTopics()
{
    if (!m_brokers.isConfigured()) {
        m_chooser->setNote(tr("This workspace has no broker."));
        return;
    }
    whenFinished(QtConcurrent::run([brokers = m_brokers] { return TopicAdmin(brokers).cluster(); }), this,
                 [this](const Expected<ClusterInfo> &cluster) {
                     if (!cluster) {
                         m_chooser->setNote(cluster.error().sentence);
                         return;
                     }
                     QStringList topics;
                     for (const TopicInfo &topic : cluster->topics) {
                         if (!topic.isInternal)
                             topics.append(topic.name);
                     }
                     showTopics(topics);
                 });
}

void StreamPanel::showTopics(const QStringList &topics)
{
    m_chooser->setClusterTopics(topics);
    if (m_search)
        m_search->setClusterTopics(topics);
}

void StreamPanel::nameFields()
{
    QStringList names;
    for (const QString &topic : std::as_const(m_request.topics))
        names += filterNames(topic, *m_catalog, *m_descriptors);
    m_filter->setNames(names);
}

void StreamPanel::searchTopics()
{
    if (!m_search) {
        m_search = new TopicSearchDialog(m_brokers, m_catalog, m_descriptors, m_theme, this);
        connect(m_search, &TopicSearchDialog::recordRequested, this, &StreamPanel::recordRequested);
    }
    if (!m_search->search().isRunning()) {
        m_search->setTopics(m_request.topics);
        m_search->setFilterText(m_filter->text());
    }
    m_search->show();
    m_search->raise();
    m_search->activateWindow();
    fetchTopics();
}

void StreamPanel::applyFilter()
{
    const auto &filter = m_filter->filter();
    if (filter)
        m_filtered->setFilter(*filter);
    else
        m_filtered->clearFilter();
    QAbstractItemModel *wanted = filter ? m_filtered : static_cast<QAbstractItemModel *>(m_model);
    if (m_table->model() != wanted)
        m_table->setModel(wanted);
    showState();
}

void StreamPanel::showChosen()
{
    const qint64 row = m_table->chosenLogRow();
    if (row < 0) {
        m_detail->hide();
        m_shownLogRow = -1;
        return;
    }
    if (row == m_shownLogRow)
        return;
    const int modelRow = m_model->rowOf(row);
    if (modelRow < 0)
        return;
    m_shownLogRow = row;
    const StreamMessage message = m_model->message(modelRow);
    m_detail->showMessage(message, m_model->decoded(modelRow));
    m_detail->decodingMenu().setTopic(message.topic, m_model->decodingSources().settings);
    m_detail->show();
}

void StreamPanel::addRule(const DecodingRule &rule)
{
    const DecodingSettings settings = m_model->decodingSources().settings.with(rule);
    m_model->setDecoding(settings);
    Q_EMIT decodingChanged(settings);
}

void StreamPanel::askForFile(const DecodingRule &rule)
{
    auto *dialog = new DecodingRuleDialog(rule, this); // goes when it is closed
    connect(dialog, &QDialog::accepted, this, [this, dialog] { addRule(dialog->rule()); });
    connect(dialog, &QDialog::rejected, this, [this] {
        m_detail->decodingMenu().setTopic(m_detail->message().topic, m_model->decodingSources().settings);
    });
    dialog->open();
}

void StreamPanel::showState()
{
    const bool isPaused = m_pause->isChecked();
    m_pauseButton->setText(isPaused ? tr("Resume") : tr("Pause"));
    m_pauseButton->setIcon(m_theme.icon(isPaused ? QStringLiteral("play") : QStringLiteral("pause")));
    m_pauseButton->setToolTip(
        tr("%1 (%2)").arg(isPaused ? tr("Go on from there") : tr("Stop fetching; nothing is lost"),
                          m_pause->shortcut().toString(QKeySequence::NativeText)));
    EmptyState &empty = m_table->emptyState();
    if (!m_brokers.isConfigured())
        empty.setText(tr("This workspace has no broker"),
                      tr("Changes are kept in the journal until there is one."));
    else if (m_request.topics.isEmpty())
        empty.setText(tr("No topics are chosen"));
    else if (m_session->state() == StreamSession::State::Away)
        empty.setText(tr("The broker is away"), m_session->error().sentence);
    else if (m_filtered->hasFilter())
        empty.setText(tr("No message matches “%1”").arg(m_filter->text().trimmed()),
                      tr("among those kept here. “Search whole topics” looks at all of them."));
    else if (isPaused)
        empty.setText(tr("Paused"));
    else
        empty.setText(tr("Waiting for messages"),
                      tr("on %n topics", nullptr, static_cast<int>(m_request.topics.size())));
    showFigures();
}

void StreamPanel::showFigures()
{
    if (m_session->state() == StreamSession::State::Away) {
        m_figures->setText(tr("away: %1").arg(m_session->error().sentence));
        Theme::setProperty(m_figures, "role", QStringLiteral("problem"));
        return;
    }
    // The field tells the whole sentence; there is no room for it here.
    const auto &problem = m_filter->problem();
    m_figures->setToolTip(problem ? problem->toText() : m_filtered->problem());
    if (!m_figures->toolTip().isEmpty()) {
        m_figures->setText(problem ? tr("filter: see column %1").arg(problem->position + 1)
                                   : tr("expression given up"));
        Theme::setProperty(m_figures, "role", QStringLiteral("problem"));
        return;
    }
    Theme::setProperty(m_figures, "role", QStringLiteral("muted"));
    const qint64 kept = m_log->endRow() - m_log->firstRow();
    QStringList parts;
    if (m_session->state() == StreamSession::State::Paused)
        parts.append(tr("paused"));
    else
        parts.append(
            tr("%1 /s · %2/s").arg(groupedNumber(static_cast<qint64>(m_messageRate)), sizeText(m_byteRate)));
    if (m_filtered->hasFilter()) {
        const FilteredMessageModel::Progress progress = m_filtered->progress();
        if (!progress.isComplete())
            parts.append(
                tr("looked at %1 of %2").arg(groupedNumber(progress.lookedAt), groupedNumber(progress.all)));
        parts.append(tr("%1 found").arg(groupedNumber(progress.found)));
    }
    parts.append(tr("%1 kept").arg(groupedNumber(kept)));
    if (m_log->dropped() > 0)
        parts.append(tr("%1 dropped").arg(groupedNumber(m_log->dropped())));
    m_figures->setText(parts.join(QStringLiteral(" · ")));
}

} // namespace desk
