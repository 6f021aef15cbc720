// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/TopicSearchDialog.h"

#include "kafka/MessageTableModel.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/TabularText.h"
#include "ui/shell/Theme.h"
#include "ui/streams/MessageComparing.h"
#include "ui/streams/MessageDetail.h"
#include "ui/streams/MessageFilterField.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/ReadingDialog.h"
#include "ui/streams/TopicChooser.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>

#include <algorithm>

namespace desk {
namespace {

constexpr int ProgressSteps = 1000;
constexpr int PartitionsHeight = 130;

constexpr int WidestText = 260; // of a button; its tool tip has all of it

// The choices of where a search begins; made when it begins, because two of them depend on the time. Range: as the
// operator says, with an end and partitions.
enum class SearchStart { Beginning, LastThousand, LastHour, Today, Range };

StreamStart startOf(SearchStart choice)
{
    const QDateTime now = QDateTime::currentDateTime();
    switch (choice) {
    case SearchStart::Beginning:
    case SearchStart::Range:
        break;
    case SearchStart::LastThousand:
        return {.kind = StreamStart::Kind::LastMessages, .count = 1000, .time = {}};
    case SearchStart::LastHour:
        return {.kind = StreamStart::Kind::Time, .time = now.addSecs(-3600)};
    case SearchStart::Today:
        return {.kind = StreamStart::Kind::Time, .time = now.date().startOfDay()};
    }
    return {.kind = StreamStart::Kind::Beginning, .time = {}};
}

// All there is.
StreamChoice withoutRange(StreamChoice choice)
{
    choice.start = {.kind = StreamStart::Kind::Beginning, .time = {}};
    choice.end = {.kind = StreamEnd::Kind::AtEnd, .time = {}};
    choice.partitions.clear();
    return choice;
}

QString partitionState(const TopicSearchProgress::Partition &partition)
{
    if (!partition.problem.isEmpty())
        return partition.problem;
    return partition.isDone ? TopicSearchDialog::tr("done") : TopicSearchDialog::tr("reading");
}

} // namespace

TopicSearchDialog::TopicSearchDialog(const BrokerSettings &brokers, const DecodingSources &decoding,
                                     std::shared_ptr<const DescriptorSource> descriptors, Theme &theme,
                                     QWidget *parent)
    : QDialog(parent)
    , m_catalog(decoding.catalog)
    , m_descriptors(std::move(descriptors))
    , m_theme(theme)
    , m_search(new TopicSearch(brokers, m_catalog, m_descriptors, this))
    , m_model(
          new MessageTableModel(m_search->matches(), decoding, MessageTableModel::Order::OldestFirst, this))
    , m_chooser(new TopicChooser(*m_catalog, this))
    , m_topicsButton(new QPushButton(this))
    , m_start(new QComboBox(this))
    , m_filter(new MessageFilterField(theme, this))
    , m_go(new QPushButton(tr("Search"), this))
    , m_progress(new QProgressBar(this))
    , m_status(new QLabel(this))
    , m_partitionsButton(new QPushButton(tr("Partitions"), this))
    , m_partitions(new QTreeWidget(this))
    , m_table(new MessageTableView(theme, this))
    , m_detail(new MessageDetail(theme, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Search topics"));
    resize(1000, 620);
    build();
    connect(m_topicsButton, &QPushButton::clicked, this, [this] {
        m_chooser->setPattern(m_choice.pattern);
        m_chooser->open(m_choice.topics,
                        m_topicsButton->mapToGlobal(QPoint(0, m_topicsButton->height() + 2)));
    });
    m_chooser->offerPattern();
    connect(m_chooser, &TopicChooser::chosenChanged, this, [this](const QStringList &topics) {
        m_choice.topics = topics;
        showTopics();
    });
    connect(m_chooser, &TopicChooser::patternChanged, this, [this](const QString &pattern) {
        m_choice.pattern = pattern;
        showTopics();
    });
    connect(m_start, &QComboBox::activated, this, &TopicSearchDialog::followRange);
    connect(m_filter, &QLineEdit::returnPressed, this, &TopicSearchDialog::start);
    connect(m_filter, &MessageFilterField::problemChanged, this, &TopicSearchDialog::showState);
    connect(m_filter, &MessageFilterField::filterChanged, this, &TopicSearchDialog::showState);
    connect(m_go, &QPushButton::clicked, this, [this] {
        if (m_search->isRunning())
            m_search->cancel();
        else
            start();
    });
    connect(m_search, &TopicSearch::stateChanged, this, &TopicSearchDialog::showState);
    connect(m_search, &TopicSearch::progressed, this, &TopicSearchDialog::showProgress);
    connect(m_partitionsButton, &QPushButton::toggled, this, [this](bool isShown) {
        m_partitions->setVisible(isShown);
        showPartitions();
    });
    connect(m_table, &MessageTableView::chosenChanged, this, &TopicSearchDialog::showChosen);
    connect(m_detail, &MessageDetail::closeRequested, this, [this] { m_table->setCurrentIndex({}); });
    connect(m_detail, &MessageDetail::recordRequested, this, &TopicSearchDialog::recordRequested);
    auto *comparing = new MessageComparing(*m_table, *m_model, m_search->matches(), *m_detail,
                                           this); // the dialog owns it
    comparing->setBrokers(brokers);
    addActions(QList{m_detail->findAction(), m_detail->recordAction()} + comparing->actions());
    connect(m_table, &QAbstractItemView::activated, m_detail->recordAction(), &QAction::trigger); // Enter
    showState();
    m_filter->setFocus();
}

TopicSearchDialog::~TopicSearchDialog() = default;

void TopicSearchDialog::build()
{
    m_topicsButton->setObjectName(QStringLiteral("searchTopics"));
    m_topicsButton->setAccessibleName(tr("Topics"));
    m_topicsButton->setAutoDefault(false);
    m_topicsButton->setIcon(m_theme.icon(QStringLiteral("chevron-down"), Theme::IconColour::Muted));
    m_topicsButton->setLayoutDirection(Qt::RightToLeft); // the arrow stands behind the words
    m_start->setObjectName(QStringLiteral("searchStart"));
    m_start->setAccessibleName(tr("Where the search begins"));
    m_start->addItem(tr("All there is"), int(SearchStart::Beginning));
    m_start->addItem(tr("Last 1,000 of each partition"), int(SearchStart::LastThousand));
    m_start->addItem(tr("Last hour"), int(SearchStart::LastHour));
    m_start->addItem(tr("Today"), int(SearchStart::Today));
    m_start->addItem(tr("From … to …"), int(SearchStart::Range));
    m_start->setItemData(m_start->count() - 1, tr("Between offsets or times, or in some partitions"),
                         Qt::ToolTipRole);
    m_filter->setObjectName(QStringLiteral("searchFilter"));
    m_go->setObjectName(QStringLiteral("searchGo"));
    m_go->setProperty("primary", true);
    m_go->setAutoDefault(false); // Return in the filter does it
    m_progress->setTextVisible(false);
    m_progress->setRange(0, ProgressSteps);
    m_progress->setAccessibleName(tr("Progress of the search"));
    m_status->setObjectName(QStringLiteral("searchStatus"));
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    m_partitionsButton->setObjectName(QStringLiteral("searchPartitions"));
    m_partitionsButton->setCheckable(true);
    m_partitionsButton->setAutoDefault(false);
    m_partitions->setAccessibleName(tr("Progress of each partition"));
    m_partitions->setHeaderLabels({tr("Topic"), tr("Partition"), tr("Next offset"), tr("End"), tr("State")});
    for (const int column : {1, 2, 3})
        m_partitions->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    m_partitions->setRootIsDecorated(false);
    m_partitions->setUniformRowHeights(true);
    m_partitions->setMaximumHeight(PartitionsHeight);
    m_partitions->header()->resizeSection(0, 260);
    m_partitions->hide();
    m_table->setModel(m_model);
    m_detail->hide();

    auto *splitter = new QSplitter(this);
    splitter->addWidget(m_table);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({620, 380});
    splitter->setCollapsible(0, false);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_topicsButton);
    head->addWidget(m_start);
    head->addWidget(m_filter, 1);
    head->addWidget(m_go);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(8);
    middle->addWidget(m_status, 1);
    middle->addWidget(m_partitionsButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 12);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_progress);
    layout->addLayout(middle);
    layout->addWidget(m_partitions);
    layout->addWidget(splitter, 1);
}

void TopicSearchDialog::setTopics(const QStringList &topics)
{
    m_choice = withoutRange({});
    m_choice.topics = topics;
    m_startIndex = 0;
    m_start->setCurrentIndex(0);
    showTopics();
}

void TopicSearchDialog::setChoice(const StreamChoice &choice)
{
    setTopics(choice.topics);
    m_choice.pattern = choice.pattern;
    const bool isPart = choice.end.kind == StreamEnd::Kind::Time || choice.end.kind == StreamEnd::Kind::Offset
        || !choice.partitions.isEmpty();
    if (isPart) {
        StreamChoice range = choice;
        if (range.start.kind == StreamStart::Kind::End)
            range.start = m_choice.start; // a search looks at what is there
        if (range.end.kind == StreamEnd::Kind::Never)
            range.end = m_choice.end;
        takeRange(range);
    }
    showTopics();
}

void TopicSearchDialog::takeRange(const StreamChoice &choice)
{
    m_choice.start = choice.start;
    m_choice.end = choice.end;
    m_choice.partitions = choice.partitions;
    const int index = m_start->findData(int(SearchStart::Range));
    m_start->setItemText(index, rangeText(m_choice));
    m_start->setCurrentIndex(index);
    m_startIndex = index;
}

void TopicSearchDialog::followRange(int index)
{
    if (SearchStart(m_start->itemData(index).toInt()) == SearchStart::Range)
        chooseRange();
    else
        m_startIndex = index;
}

void TopicSearchDialog::chooseRange()
{
    auto *dialog = new ReadingDialog(m_choice, withoutRange(m_choice), this,
                                     ReadingDialog::Purpose::Search); // goes when it is closed
    connect(dialog, &ReadingDialog::chosen, this, &TopicSearchDialog::takeRange);
    connect(dialog, &QDialog::rejected, this, [this] { m_start->setCurrentIndex(m_startIndex); });
    dialog->open();
}

void TopicSearchDialog::showTopics()
{
    const QString text = topicsText(m_choice, *m_catalog);
    m_topicsButton->setText(QFontMetrics(m_theme.font())
                                .elidedText(text, Qt::ElideRight, WidestText)
                                .replace(u'&', QStringLiteral("&&")));
    QStringList all = m_choice.topics;
    if (!m_choice.pattern.isEmpty())
        all.append(tr("all like %1").arg(m_choice.pattern));
    m_topicsButton->setToolTip(all.join(u'\n'));
    QStringList names;
    for (const QString &topic : topicsAmong(m_choice, m_clusterTopics))
        names += filterNames(topic, *m_catalog, *m_descriptors);
    m_filter->setNames(names);
    showState();
}

void TopicSearchDialog::setClusterTopics(const QStringList &topics)
{
    m_clusterTopics = topics;
    m_chooser->setClusterTopics(topics);
    showTopics();
}

void TopicSearchDialog::setFilterText(const QString &text)
{
    m_filter->setText(text);
    m_filter->readNow();
}

// Also while another search is running: that one ends.
void TopicSearchDialog::start()
{
    m_filter->readNow();
    if (m_filter->problem() || !m_filter->filter() || m_choice.isEmpty())
        return;
    m_table->setCurrentIndex({});
    const auto start = SearchStart(m_start->currentData().toInt());
    StreamChoice choice = withoutRange(m_choice);
    choice.start = startOf(start);
    const StreamRequest wanted = start == SearchStart::Range ? m_choice.request() : choice.request();
    m_search->start({.topics = wanted.topics,
                     .start = wanted.start,
                     .filter = *m_filter->filter(),
                     .end = wanted.end,
                     .pattern = wanted.pattern,
                     .partitions = wanted.partitions});
    m_model->update();
    showProgress();
}

QString TopicSearchDialog::stateText() const
{
    const TopicSearchProgress &progress = m_search->progress();
    const QString lookedAt = groupedNumber(progress.lookedAt);
    const QString found = groupedNumber(progress.found);
    switch (m_search->state()) {
    case TopicSearch::State::Idle:
        return m_choice.isEmpty() ? tr("Choose the topics to search.")
                                  : tr("Write what to look for, and press Return.");
    case TopicSearch::State::Running:
        return tr("%1 messages looked at · %2 found").arg(lookedAt, found);
    case TopicSearch::State::Away:
    case TopicSearch::State::Failed:
        return m_search->error().sentence;
    case TopicSearch::State::Finished:
        return tr("All %1 messages looked at · %2 found").arg(lookedAt, found);
    case TopicSearch::State::Full:
        return tr("Stopped at %1 found, after %2 messages. Narrow the filter, or begin later.")
            .arg(found, lookedAt);
    case TopicSearch::State::Cancelled:
        return tr("Cancelled after %1 messages · %2 found").arg(lookedAt, found);
    }
    return {};
}

void TopicSearchDialog::showState()
{
    const bool isRunning = m_search->isRunning();
    m_go->setText(isRunning ? tr("Cancel") : tr("Search"));
    m_go->setEnabled(isRunning || (!m_choice.isEmpty() && m_filter->filter() && !m_filter->problem()));
    QStringList sentences{m_filter->problem() ? m_filter->problem()->toText() : stateText()};
    const QStringList problems = m_search->progress().problems();
    sentences += problems.mid(0, 2);
    if (problems.size() > 2)
        sentences.append(tr("%n more problems are listed with the partitions.", nullptr,
                            static_cast<int>(problems.size() - 2)));
    const bool isProblem = m_filter->problem() || !problems.isEmpty()
        || m_search->state() == TopicSearch::State::Failed || m_search->state() == TopicSearch::State::Away;
    Theme::setProperty(m_status, "role", isProblem ? QStringLiteral("problem") : QStringLiteral("muted"));
    m_status->setText(sentences.join(u' '));
    EmptyState &empty = m_table->emptyState();
    if (isRunning)
        empty.setText(tr("Searching"));
    else if (m_search->state() == TopicSearch::State::Finished)
        empty.setText(tr("No message matches"));
    else
        empty.setText(tr("Nothing found yet"));
}

void TopicSearchDialog::showProgress()
{
    const TopicSearchProgress &progress = m_search->progress();
    const qint64 all = progress.toPass();
    const bool isFinished = m_search->state() == TopicSearch::State::Finished;
    // Until the ends are known there is no measure.
    m_progress->setRange(0, all == 0 && m_search->isRunning() ? 0 : ProgressSteps);
    m_progress->setValue(isFinished    ? ProgressSteps
                             : all > 0 ? static_cast<int>(progress.passed() * ProgressSteps / all)
                                       : 0);
    showState();
    showPartitions();
}

void TopicSearchDialog::showPartitions()
{
    if (m_partitions->isHidden())
        return;
    const auto &partitions = m_search->progress().partitions;
    while (m_partitions->topLevelItemCount() > partitions.size())
        delete m_partitions->takeTopLevelItem(m_partitions->topLevelItemCount() - 1);
    for (int row = 0; row < partitions.size(); ++row) {
        if (row == m_partitions->topLevelItemCount()) {
            auto *item = new QTreeWidgetItem(m_partitions);
            for (const int column : {1, 2, 3})
                item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        }
        const TopicSearchProgress::Partition &partition = partitions[row];
        QTreeWidgetItem *item = m_partitions->topLevelItem(row);
        item->setText(0, partition.topic);
        item->setText(1, QString::number(partition.partition));
        item->setText(2, groupedNumber(partition.next));
        item->setText(3, groupedNumber(partition.end));
        item->setText(4, partitionState(partition));
    }
}

void TopicSearchDialog::showChosen()
{
    const qint64 logRow = m_table->chosenLogRow();
    const int row = logRow < 0 ? -1 : m_model->rowOf(logRow);
    m_detail->setVisible(row >= 0);
    if (row < 0)
        return;
    const StreamMessage message = m_model->message(row);
    m_detail->showMessage(message, m_model->decoded(row));
}

} // namespace desk
