// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/groups/GroupLagChart.h"

#include "ui/parts/ChartLegend.h"
#include "ui/parts/ChartPane.h"
#include "ui/parts/EmptyState.h"

#include <QDateTime>
#include <QVBoxLayout>

namespace desk {
namespace {

constexpr qint64 SpanMilliseconds = 5 * 60 * 1000;
constexpr qint64 PointMilliseconds = 2'000; // as often as the page asks

QList<TopicReading> lagsOf(const GroupDetail &detail)
{
    QMap<QString, TopicReading> topics;
    for (const GroupPartition &partition : detail.partitions) {
        TopicReading &topic = topics[partition.place.topic];
        topic.topic = partition.place.topic;
        topic.behind += std::max<qint64>(0, partition.lag());
    }
    return topics.values();
}

} // namespace

GroupLagChart::GroupLagChart(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_pane(new ChartPane(tr("Lag, the last 5 minutes"), ChartAmount::Number, theme, this))
    , m_legend(new ChartLegend(theme, this))
    , m_empty(new EmptyState(m_pane))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 4);
    layout->setSpacing(4);
    layout->addWidget(m_pane, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(12, 0, 8, 0);
    foot->addWidget(m_legend, 1);
    layout->addLayout(foot);
    m_empty->setText(tr("Waiting for the brokers"),
                     tr("How far the group is behind will be drawn here, a line for each topic."));
    setFocusProxy(&m_pane->chart());
}

TimeChart &GroupLagChart::chart() const
{
    return m_pane->chart();
}

void GroupLagChart::clear()
{
    m_history = {};
    m_colours = {};
    m_sinceAnswer.invalidate();
    m_empty->show();
    m_pane->setNow({});
    draw();
}

void GroupLagChart::add(const GroupDetail &detail)
{
    const qint64 elapsed = m_sinceAnswer.isValid() ? m_sinceAnswer.elapsed() : PointMilliseconds;
    m_sinceAnswer.start();
    m_history.add(QDateTime::currentMSecsSinceEpoch(), std::max<qint64>(1, elapsed), lagsOf(detail));
    if (isVisible())
        draw();
}

void GroupLagChart::draw()
{
    const qint64 to = QDateTime::currentMSecsSinceEpoch();
    const QList<StreamHistory::Interval> intervals = m_history.intervals(to - SpanMilliseconds, to,
                                                                         PointMilliseconds);
    QStringList topics = StreamHistory::busiest(intervals);
    if (topics.isEmpty() && !intervals.isEmpty()) { // none has been behind: that is to be seen, too
        for (const TopicReading &topic : intervals.last().topics)
            topics.append(topic.topic);
    }
    m_colours.setTopics(topics);
    const QList<ChartLine> lines = historyLines(intervals, HistoryMeasure::Lag, m_colours);
    m_pane->chart().setLines(lines, to - SpanMilliseconds, to);
    m_legend->setLines(lines);
    m_empty->setVisible(intervals.isEmpty());
    if (!intervals.isEmpty())
        m_pane->setNow(exactAmountText(ChartAmount::Number, double(intervals.last().total().behind)));
}

void GroupLagChart::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    draw();
}

} // namespace desk
