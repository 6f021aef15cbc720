// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/StreamPanel.h"
#include "models/store/WhenFinished.h"

#include "kafka/MessageTableModel.h"
#include "kafka/TopicAdmin.h"
#include "ui/parts/EmptyState.h"
#include "ui/shell/Theme.h"
#include "ui/streams/DecodingMenu.h"
#include "ui/streams/DecodingRuleDialog.h"
#include "ui/streams/FilteredMessageModel.h"
#include "ui/streams/MessageColumns.h"
#include "ui/streams/MessageComparing.h"
#include "ui/streams/MessageDetail.h"
#include "ui/streams/MessageFilterField.h"
#include "ui/streams/MessagePinning.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/PinnedBand.h"
#include "ui/streams/ReadingDialog.h"
#include "ui/streams/Sparkline.h"
#include "ui/streams/StreamActions.h"
#include "ui/streams/StreamBody.h"
#include "ui/streams/StreamCharts.h"
#include "ui/streams/StreamFigures.h"
#include "ui/streams/StreamHead.h"
#include "ui/streams/StreamProgressText.h"
#include "ui/streams/StreamReading.h"
#include "ui/streams/StreamStartMenu.h"
#include "ui/streams/TopicChooser.h"
#include "ui/streams/TopicSearchDialog.h"
#include "ui/streams/ValueRevealer.h"

#include <QAction>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtConcurrentRun>

namespace desk {
namespace {

StreamChoice standardChoice(const EntityCatalog &catalog)
{
    StreamChoice choice;
    choice.topics = TopicChooser::catalogTopics(catalog);
    return choice;
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
    , m_descriptors(std::make_shared<SchemaDescriptors>(decoding))
    , m_theme(theme)
    , m_log(std::make_shared<MessageLog>())
    , m_reading(new StreamReading(brokers, m_log, standardChoice(*m_catalog), this))
    , m_session(&m_reading->session())
    , m_model(new MessageTableModel(m_log, std::move(decoding), MessageTableModel::Order::NewestFirst, this))
    , m_filtered(new FilteredMessageModel(*m_model, m_log, m_catalog, m_descriptors, this))
    , m_chooser(new TopicChooser(*m_catalog, this))
    , m_figures(new StreamFigures(*m_session, *m_filtered, this))
    , m_head(new StreamHead(theme, m_figures, this))
    , m_startMenu(new StreamStartMenu(&m_head->rangeButton()))
    , m_filter(&m_head->filter())
    , m_splitter(new QSplitter(this))
    , m_charts(new StreamCharts(*m_session, theme, this))
    , m_body(new StreamBody(m_charts, m_splitter, this))
    , m_table(new MessageTableView(theme, this))
    , m_columns(new MessageColumns(*m_table, *m_model, theme, this))
    , m_pinning(new MessagePinning(*m_table, *m_model, m_log, theme, this))
    , m_shown(m_model)
    , m_detail(new MessageDetail(theme, this))
{
    makeActions();
    build();
    connectReading();
    connect(m_table, &MessageTableView::chosenChanged, this, &StreamPanel::showChosen);
    connect(m_detail, &MessageDetail::closeRequested, this, [this] { m_table->setCurrentIndex({}); });
    connect(m_detail, &MessageDetail::columnRequested, m_columns, &MessageColumns::addField);
    connect(m_columns, &MessageColumns::problem, m_detail, &MessageDetail::showProblem);
    connect(m_detail, &MessageDetail::recordRequested, this, &StreamPanel::recordRequested);
    new ValueRevealer(*m_detail, *m_model, std::move(disclosures), this); // the panel owns it
    for (const MessageTableModel *model : {m_model, &m_pinning->model()})
        connect(model, &MessageTableModel::decodingChanged, this, &StreamPanel::showChosenAgain);
    connect(m_pinning, &MessagePinning::shownChanged, this, &StreamPanel::showTable);
    connect(&m_detail->decodingMenu(), &DecodingMenu::chosen, this, &StreamPanel::addRule);
    connect(&m_detail->decodingMenu(), &DecodingMenu::fileWanted, this, &StreamPanel::askForFile);
    connect(m_filter, &MessageFilterField::filterChanged, this, &StreamPanel::applyFilter);
    connect(m_filter, &MessageFilterField::problemChanged, m_figures, &StreamFigures::refresh);
    connect(m_filtered, &FilteredMessageModel::searched, m_figures, &StreamFigures::refresh);
    if (const auto &schemas = m_model->decodingSources().schemas) {
        schemas->watch(this, [this] {
            QMetaObject::invokeMethod(
                this,
                [this] {
                    if (m_descriptors->isWaiting())
                        useDescriptors(m_model->decodingSources());
                },
                Qt::QueuedConnection);
        });
    }
    showChoice();
    showState();
}

StreamPanel::~StreamPanel()
{
    if (const auto &schemas = m_model->decodingSources().schemas)
        schemas->forgetWatcher(this);
    m_session->stop(); // the models speak of the log as it goes away
}

void StreamPanel::build()
{
    setProperty("role", QStringLiteral("surface"));
    setAttribute(Qt::WA_StyledBackground);
    m_figures->setFilter(m_filter);
    m_head->rangeButton().setMenu(m_startMenu);
    m_startMenu->addOwnerActions({m_options, m_standard, m_stop});
    m_head->addTool(m_searchTopics, QStringLiteral("streamSearch"));
    m_head->addTool(m_clear, QStringLiteral("streamClear"));
    m_head->addTool(m_showCharts, QStringLiteral("streamShowCharts"));
    m_head->addMore({m_options, m_standard, m_stop, m_partitions});
    m_head->addMore(m_columns->actions() + m_pinning->actions());
    m_head->addMore(m_acting->actions());
    connect(&m_head->topicsButton(), &QPushButton::clicked, this, &StreamPanel::chooseTopics);
    connect(&m_head->pauseButton(), &QPushButton::clicked, this, [this] {
        if (m_reading->isGoing())
            m_pause->toggle();
        else
            m_stop->trigger();
    });

    m_columns->addModel(m_pinning->model());
    m_columns->show(*m_model, *m_model);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({900, 380});
    m_splitter->setCollapsible(0, false);
    m_detail->hide();
    m_splitter->setFocusProxy(m_table);
    setFocusProxy(m_body);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(&m_pinning->band());
    layout->addWidget(m_body, 1);
}

void StreamPanel::connectReading()
{
    m_chooser->offerPattern();
    connect(m_chooser, &TopicChooser::chosenChanged, this, &StreamPanel::setTopics);
    connect(m_chooser, &TopicChooser::patternChanged, m_reading, &StreamReading::setPattern);
    connect(m_startMenu, &StreamStartMenu::startChosen, m_reading, &StreamReading::setStart);
    connect(m_startMenu, &StreamStartMenu::endChosen, m_reading, &StreamReading::setEnd);
    connect(m_reading, &StreamReading::choiceChanged, this, &StreamPanel::showChoice);
    connect(m_reading, &StreamReading::restarted, this, [this] {
        m_head->sparkline().clear();
        m_charts->beginReading();
        if (m_pause->isChecked())
            m_session->pause();
        showState();
    });
    connect(m_session, &StreamSession::stateChanged, this, &StreamPanel::showState);
    connect(m_figures, &StreamFigures::progressed, this, &StreamPanel::showProgress);
    connect(m_session, &StreamSession::rateChanged, this, [this](double messages, double bytes) {
        m_figures->setRates(messages, bytes);
        m_head->sparkline().append(messages);
    });
}

void StreamPanel::keepIn(const QString &settingsFile, const QString &workspaceId)
{
    const StreamSettings settings(settingsFile, workspaceId);
    m_reading->keepIn(settings);
    m_body->keepIn(settings);
    m_columns->keepIn(settings);
    m_detail->keepIn(settings);
}

void StreamPanel::setTopics(const QStringList &topics)
{
    if (topics != m_reading->choice().topics)
        m_reading->setTopics(topics);
}

const QStringList &StreamPanel::topics() const
{
    return m_reading->choice().topics;
}

void StreamPanel::setStart(const StreamStart &start)
{
    m_reading->setStart(start);
}

void StreamPanel::showChoice()
{
    const StreamChoice &choice = m_reading->choice();
    QStringList all = choice.topics;
    if (!choice.pattern.isEmpty())
        all.append(tr("all like %1").arg(choice.pattern));
    m_head->setTopics(topicsText(choice, *m_catalog), all.join(u'\n'));
    m_head->setRange(rangeText(choice));
    m_startMenu->setCurrent(choice);
    m_standard->setEnabled(!m_reading->isStandard());
    m_acting->setTopics(choice.topics);
    nameFields();
}

void StreamPanel::chooseReading()
{
    auto *dialog = new ReadingDialog(m_reading->choice(), m_reading->standard(),
                                     this); // goes when it is closed
    connect(dialog, &ReadingDialog::chosen, this, [this](const StreamChoice &choice) {
        if (choice == m_reading->choice())
            m_reading->restart();
        else
            m_reading->setChoice(choice);
    });
    dialog->open();
}

void StreamPanel::stopOrRead()
{
    if (m_reading->isGoing())
        m_reading->stop();
    else
        m_reading->restart();
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
    m_figures->refresh();
}

void StreamPanel::chooseTopics()
{
    const QPushButton &button = m_head->topicsButton();
    m_chooser->setPattern(m_reading->choice().pattern);
    m_chooser->open(m_reading->choice().topics, button.mapToGlobal(QPoint(0, button.height() + 2)));
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
    m_clusterTopics = topics;
    nameFields();
    m_chooser->setClusterTopics(topics);
    if (m_search)
        m_search->setClusterTopics(topics);
}

void StreamPanel::nameFields()
{
    QStringList names;
    for (const QString &topic : topicsAmong(m_reading->choice(), m_clusterTopics))
        names += filterNames(topic, *m_catalog, *m_descriptors);
    m_filter->setNames(names);
    m_columns->setDescribedFields(names);
}

void StreamPanel::applyFilter()
{
    const auto &filter = m_filter->filter();
    if (filter)
        m_filtered->setFilter(*filter);
    else
        m_filtered->clearFilter();
    m_pinning->setShown(false); // it is the stream that is filtered
    showTable();
}

void StreamPanel::showTable()
{
    const bool arePinned = m_pinning->areShown();
    m_shown = arePinned ? &m_pinning->model() : m_model;
    QAbstractItemModel *wanted = m_shown;
    if (!arePinned && m_filtered->hasFilter())
        wanted = m_filtered;
    if (m_table->model() != wanted) {
        m_shownLogRow = -1; // rows are counted otherwise there
        const std::shared_ptr<MessageLog> log = arePinned ? m_pinning->messages().log() : m_log;
        m_acting->setSource(log, *m_shown);
        m_comparing->setSource(log, *m_shown);
        m_columns->show(*wanted, *m_shown);
    }
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
    const int modelRow = m_shown->rowOf(row);
    if (modelRow < 0)
        return;
    m_shownLogRow = row;
    const StreamMessage message = m_shown->message(modelRow);
    m_detail->showMessage(message, m_shown->decoded(modelRow));
    m_detail->decodingMenu().setTopic(message.topic, m_model->decodingSources().settings);
    m_detail->show();
}

void StreamPanel::showChosenAgain()
{
    m_shownLogRow = -1; // it may read otherwise now
    showChosen();
}

void StreamPanel::addRule(const DecodingRule &rule)
{
    const DecodingSettings settings = m_model->decodingSources().settings.with(rule);
    m_model->setDecoding(settings);
    m_pinning->model().setDecoding(settings);
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
    const bool isGoing = m_reading->isGoing();
    const bool isPaused = m_pause->isChecked();
    m_stop->setText(isGoing ? tr("S&top reading") : tr("&Read again"));
    m_stop->setIcon(m_theme.icon(isGoing ? QStringLiteral("stop") : QStringLiteral("refresh")));
    m_stop->setToolTip(isGoing ? tr("Stop reading; what is here stays") : tr("Read all of it again"));
    m_stop->setEnabled(m_reading->canRead());
    QPushButton &button = m_head->pauseButton();
    const QAction *action = isGoing ? m_pause : m_stop;
    button.setText(!isGoing ? tr("Read again") : isPaused ? tr("Resume") : tr("Pause"));
    button.setIcon(m_theme.icon(!isGoing       ? QStringLiteral("refresh")
                                    : isPaused ? QStringLiteral("play")
                                               : QStringLiteral("pause")));
    button.setToolTip(tr("%1 (%2)").arg(!isGoing       ? m_stop->toolTip()
                                            : isPaused ? tr("Go on from there")
                                                       : tr("Stop fetching; nothing is lost"),
                                        action->shortcut().toString(QKeySequence::NativeText)));
    button.setEnabled(isGoing || m_stop->isEnabled());
    showEmptyState();
    m_figures->refresh();
}

void StreamPanel::showProgress()
{
    const StreamProgress progress = m_session->progress();
    const bool isShown = m_session->state() == StreamSession::State::Reading && !progress.isCaughtUp();
    m_head->setProgress(isShown ? std::min(99, progress.percent()) : 100, progressText(progress));
}

void StreamPanel::showEmptyState()
{
    EmptyState &empty = m_table->emptyState();
    const StreamChoice &choice = m_reading->choice();
    if (!m_brokers.isConfigured())
        empty.setText(tr("This workspace has no broker"),
                      tr("Changes are kept in the journal until there is one."));
    else if (choice.isEmpty())
        empty.setText(tr("No topics are chosen"));
    else if (m_session->state() == StreamSession::State::Away)
        empty.setText(tr("The broker is away"), m_session->error().sentence);
    else if (m_filtered->hasFilter())
        empty.setText(tr("No message matches “%1”").arg(m_filter->text().trimmed()),
                      tr("among those kept here. “Search whole topics” looks at all of them."));
    else if (m_session->state() == StreamSession::State::Complete)
        empty.setText(tr("There is no message"), tr("from %1.").arg(rangeText(choice)));
    else if (!m_reading->isGoing())
        empty.setText(tr("Reading is stopped"), tr("“Read again” goes through the topics anew."));
    else if (m_pause->isChecked())
        empty.setText(tr("Paused"));
    else if (choice.topics.isEmpty())
        empty.setText(tr("Waiting for messages"), tr("on all topics like %1").arg(choice.pattern));
    else
        empty.setText(tr("Waiting for messages"),
                      tr("on %n topics", nullptr, static_cast<int>(choice.topics.size())));
}

} // namespace desk
