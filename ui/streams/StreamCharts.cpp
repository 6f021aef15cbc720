// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/StreamCharts.h"

#include "kafka/StreamSession.h"
#include "ui/parts/ChartLegend.h"
#include "ui/parts/ChartPane.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/TabularText.h"

#include <QComboBox>
#include <QDateTime>
#include <QGridLayout>

namespace desk {
namespace {

constexpr int LookMilliseconds = 1000;
constexpr qsizetype WorstPartitions = 5;
constexpr int UsualMinutes = 5;
constexpr qint64 MostPoints = 180; // of a line
constexpr qint64 MinuteMilliseconds = 60'000;
constexpr int WideEnoughForFour = 860; // pixels
constexpr int HighEnoughForTwo = 300;

} // namespace

StreamCharts::StreamCharts(StreamSession &session, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
    , m_legend(new ChartLegend(theme, this))
    , m_span(new QComboBox(this))
    , m_room(new QWidget(this))
    , m_grid(new QGridLayout(m_room))
    , m_empty(new EmptyState(m_room))
{
    setObjectName(QStringLiteral("streamCharts"));
    setProperty("role", QStringLiteral("surface"));
    setAttribute(Qt::WA_StyledBackground);
    buildHead();
    m_grid->setContentsMargins(0, 0, 4, 0);
    m_grid->setSpacing(0);
    addPane(tr("Messages"), HistoryMeasure::Messages, ChartAmount::NumberPerSecond, "messagesChart");
    addPane(tr("Bytes"), HistoryMeasure::Bytes, ChartAmount::BytesPerSecond, "bytesChart");
    addPane(tr("Size"), HistoryMeasure::Size, ChartAmount::Bytes, "sizeChart");
    addPane(tr("Lag"), HistoryMeasure::Lag, ChartAmount::Number, "lagChart");
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 2, 12, 0);
    head->addWidget(m_legend, 1);
    head->addWidget(m_span);
    layout->addLayout(head);
    layout->addWidget(m_room, 1);
    m_empty->setText(tr("Nothing has arrived yet"),
                     tr("Messages and bytes per second, their sizes, and how far reading is behind will be "
                        "drawn here, a line for each topic."));
    m_empty->raise();
    setFocusProxy(&m_panes.first().pane->chart());
    m_timer.setInterval(LookMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &StreamCharts::look);
    m_timer.start();
    m_sinceLook.start();
    place();
}

void StreamCharts::buildHead()
{
    m_span->setObjectName(QStringLiteral("chartMinutes"));
    m_span->setAccessibleName(tr("How many minutes the charts show"));
    m_span->setToolTip(tr("How many minutes the charts show"));
    m_span->addItem(tr("1 minute"), 1);
    m_span->addItem(tr("5 minutes"), UsualMinutes);
    m_span->addItem(tr("15 minutes"), 15);
    setMinutes(UsualMinutes);
    connect(m_span, &QComboBox::currentIndexChanged, this, [this] {
        draw();
        Q_EMIT minutesChanged(minutes());
    });
}

void StreamCharts::addPane(const QString &title, HistoryMeasure measure, ChartAmount amount, const char *name)
{
    auto *pane = new ChartPane(title, amount, m_theme, m_room);
    pane->setObjectName(QLatin1String(name));
    m_panes.append({pane, measure, amount});
}

int StreamCharts::minutes() const
{
    return m_span->currentData().toInt();
}

void StreamCharts::setMinutes(int minutes)
{
    if (const int index = m_span->findData(minutes); index >= 0)
        m_span->setCurrentIndex(index);
}

void StreamCharts::beginReading()
{
    m_history.begin();
    m_sinceLook.restart();
}

void StreamCharts::look()
{
    const ReadingSample sample = m_session.takeSample(WorstPartitions);
    m_history.add(QDateTime::currentMSecsSinceEpoch(), m_sinceLook.restart(), sample.topics);
    m_worst = sample.worst;
    if (isVisible())
        draw();
}

void StreamCharts::draw()
{
    const qint64 span = minutes() * MinuteMilliseconds;
    const qint64 to = QDateTime::currentMSecsSinceEpoch();
    const QList<StreamHistory::Interval> intervals = m_history.intervals(to - span, to, span / MostPoints);
    const QStringList busiest = StreamHistory::busiest(intervals);
    m_colours.setTopics(busiest);
    m_empty->setVisible(busiest.isEmpty());
    for (const Pane &pane : std::as_const(m_panes)) {
        const QList<ChartLine> lines = historyLines(intervals, pane.measure, m_colours);
        pane.pane->chart().setLines(lines, to - span, to);
        if (pane.measure == HistoryMeasure::Size) // it has them all
            m_legend->setLines(busiest.isEmpty() ? QList<ChartLine>() : lines);
    }
    drawNow(intervals);
}

// What the last second came to, above the charts.
void StreamCharts::drawNow(const QList<StreamHistory::Interval> &intervals)
{
    if (intervals.isEmpty())
        return;
    const StreamHistory::Interval &last = intervals.last();
    const TopicReading total = last.total();
    for (const Pane &pane : std::as_const(m_panes)) {
        switch (pane.measure) {
        case HistoryMeasure::Messages:
            pane.pane->setNow(amountText(pane.amount, last.messagesPerSecond(total)));
            break;
        case HistoryMeasure::Bytes:
            pane.pane->setNow(amountText(pane.amount, last.bytesPerSecond(total)));
            break;
        case HistoryMeasure::Size:
            pane.pane->setNow(
                total.messages == 0 ? QString()
                                    : amountText(pane.amount, double(total.bytes) / double(total.messages)),
                total.messages == 0 ? QString()
                                    : tr("largest %1").arg(amountText(pane.amount, double(total.largest))));
            break;
        case HistoryMeasure::Lag:
            pane.pane->setNow(amountText(pane.amount, double(total.behind)), worstText());
            break;
        }
    }
}

// "most: products_update/2 1 204, images_add/0 12".
QString StreamCharts::worstText() const
{
    QStringList partitions;
    for (const PartitionLag &partition : m_worst)
        partitions.append(QStringLiteral("%1/%2 %3")
                              .arg(partition.topic)
                              .arg(partition.partition)
                              .arg(groupedNumber(partition.behind)));
    return partitions.isEmpty() ? QString() : tr("most: %1").arg(partitions.join(QStringLiteral(", ")));
}

void StreamCharts::place()
{
    const int columns = width() >= WideEnoughForFour && height() < HighEnoughForTwo ? 4 : 2;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int index = 0; index < int(m_panes.size()); ++index) {
        m_grid->removeWidget(m_panes[index].pane);
        m_grid->addWidget(m_panes[index].pane, index / columns, index % columns);
    }
    for (int index = 0; index < 4; ++index) {
        m_grid->setColumnStretch(index, index < columns ? 1 : 0);
        m_grid->setRowStretch(index, index < (4 / columns) ? 1 : 0);
    }
}

void StreamCharts::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void StreamCharts::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    draw();
}

} // namespace desk
