// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/RecordMessages.h"

#include "ui/parts/EmptyState.h"
#include "ui/parts/TabularText.h"
#include "ui/shell/Theme.h"
#include "ui/streams/FilteredMessageModel.h"
#include "ui/streams/MessageDelegate.h"
#include "ui/streams/StreamPanel.h"

#include <QAction>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace desk {
namespace {

constexpr int RowHeight = 25;
constexpr int LookMilliseconds = 120;

QString quoted(const QString &text)
{
    QString inner = text;
    inner.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return u'"' + inner + u'"';
}

QStringList topicsOf(const EntityType &entity)
{
    QStringList topics = entity.topics.values();
    topics.removeDuplicates();
    topics.sort();
    return topics;
}

} // namespace

RecordMessages::RecordMessages(const EntityType &entity, StreamPanel &stream, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_entity(entity)
    , m_stream(stream)
    , m_model(stream.makeFilteredModel())
    , m_table(new QTableView(this))
    , m_empty(new EmptyState(m_table->viewport()))
    , m_note(new QLabel(this))
    , m_search(new QAction(theme.icon(QStringLiteral("search")),
                           tr("&Search topics for this record's messages"), this))
{
    setObjectName(QStringLiteral("recordMessages"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new MessageDelegate(theme, this));
    m_table->setAccessibleName(tr("Messages of the record"));
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(RowHeight);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = m_table->horizontalHeader();
    header->hide();
    for (int column = 0; column < m_model->columnCount(); ++column)
        m_table->setColumnHidden(column,
                                 column != MessageTableModel::TimeColumn
                                     && column != MessageTableModel::OperationColumn
                                     && column != MessageTableModel::ValueColumn);
    header->resizeSection(MessageTableModel::TimeColumn, 106);
    header->resizeSection(MessageTableModel::OperationColumn, 80);
    header->setSectionResizeMode(MessageTableModel::ValueColumn, QHeaderView::Stretch);

    m_search->setObjectName(QStringLiteral("searchRecordMessages"));
    m_search->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S));
    m_search->setEnabled(false);
    auto *button = new QPushButton(tr("Search topics…"), this);
    button->setObjectName(QStringLiteral("searchRecordMessagesButton"));
    const auto followAction = [this, button] {
        button->setEnabled(m_search->isEnabled());
        button->setToolTip(m_stream.hasBroker()
                               ? tr("Look for this record's messages in all that its topics have (%1)")
                                     .arg(m_search->shortcut().toString(QKeySequence::NativeText))
                               : tr("This workspace has no broker."));
    };
    connect(m_search, &QAction::changed, this, followAction);
    followAction();
    connect(button, &QPushButton::clicked, m_search, &QAction::trigger);
    connect(m_search, &QAction::triggered, this, &RecordMessages::searchTopics);

    m_note->setProperty("role", QStringLiteral("muted"));
    m_note->setObjectName(QStringLiteral("recordMessagesNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *line = new QFrame(this);
    line->setProperty("role", QStringLiteral("hairline"));
    line->setFixedHeight(1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(14, 8, 14, 8);
    foot->addWidget(m_note, 1);
    foot->addWidget(button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_table, 1);
    layout->addWidget(line);
    layout->addLayout(foot);

    m_timer.setSingleShot(true);
    m_timer.setInterval(LookMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &RecordMessages::look);
    connect(m_model, &FilteredMessageModel::searched, this, &RecordMessages::showState);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT messageRequested(index.data(MessageTableModel::LogRowRole).toLongLong());
    });
    showState();
}

QString RecordMessages::filterFor(const EntityType &entity, const QString &id)
{
    QStringList topics;
    for (const QString &topic : topicsOf(entity))
        topics.append(quoted(topic));
    const QString value = entity.hasTextId() ? quoted(id) : id;
    const QString byId = QStringLiteral("value.%1 = %2").arg(entity.id().name, value);
    return QStringLiteral("topic in (%1) and (%2)")
        .arg(topics.join(QStringLiteral(", ")),
             entity.keyColumn == entity.idColumn ? QStringLiteral("key = %1 or %2").arg(quoted(id), byId)
                                                 : byId);
}

void RecordMessages::setRecord(const QString &id)
{
    if (id == m_id)
        return;
    m_id = id;
    m_search->setEnabled(!id.isEmpty() && m_stream.hasBroker() && !m_entity.topics.isEmpty());
    if (m_model)
        m_model->clearFilter();
    showState();
    if (isVisible())
        m_timer.start();
}

void RecordMessages::look()
{
    if (m_id.isEmpty() || !m_model || m_entity.topics.isEmpty())
        return;
    if (const auto filter = parseFilter(filterFor(m_entity, m_id)))
        m_model->setFilter(*filter);
    showState();
}

void RecordMessages::showState()
{
    if (!m_model)
        return;
    const bool isLooking = !m_model->hasFilter() || !m_model->progress().isComplete();
    const int count = m_model->rowCount();
    m_empty->setVisible(count == 0);
    if (!m_stream.hasBroker())
        m_empty->setText(tr("This workspace has no broker"));
    else if (m_entity.topics.isEmpty())
        m_empty->setText(tr("This entity has no topics"));
    else if (m_id.isEmpty())
        m_empty->setText(tr("No messages yet"), tr("They come once the record is saved."));
    else if (isLooking)
        m_empty->setText(tr("Looking through the live stream"));
    else
        m_empty->setText(tr("The live stream keeps no message of this record"),
                         tr("“Search topics” looks at all that there are."));
    m_note->setText(count == 0 ? QString() : tr("%1 in the live stream").arg(groupedNumber(count)));
    Q_EMIT countChanged(m_model->hasFilter() && (count > 0 || !isLooking) ? count : -1);
}

void RecordMessages::searchTopics()
{
    m_stream.searchTopics(topicsOf(m_entity), filterFor(m_entity, m_id));
}

void RecordMessages::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    look();
}

void RecordMessages::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
    if (m_model)
        m_model->clearFilter();
}

} // namespace desk
