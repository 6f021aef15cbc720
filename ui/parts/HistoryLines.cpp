// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/HistoryLines.h"

#include <QCoreApplication>

#include <optional>

namespace desk {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("desk::HistoryLines", text);
}

// No value: nothing can be said of this interval.
std::optional<double> amountOf(const StreamHistory::Interval &interval, const TopicReading &topic,
                               HistoryMeasure measure)
{
    switch (measure) {
    case HistoryMeasure::Messages:
        return interval.messagesPerSecond(topic);
    case HistoryMeasure::Bytes:
        return interval.bytesPerSecond(topic);
    case HistoryMeasure::Size:
        if (topic.messages == 0)
            return std::nullopt;
        return double(topic.bytes) / double(topic.messages);
    case HistoryMeasure::Lag:
        return double(topic.behind);
    }
    return std::nullopt;
}

void append(ChartLine &line, const StreamHistory::Interval &interval, const TopicReading &topic,
            HistoryMeasure measure)
{
    if (const std::optional<double> amount = amountOf(interval, topic, measure))
        line.points.append({double(interval.at), *amount});
}

bool isRate(HistoryMeasure measure)
{
    return measure == HistoryMeasure::Messages || measure == HistoryMeasure::Bytes;
}

ChartLine lineOf(const QList<StreamHistory::Interval> &intervals, HistoryMeasure measure,
                 const QString &topic, int colour)
{
    ChartLine line{topic, colour};
    for (const StreamHistory::Interval &interval : intervals) {
        if (const TopicReading *reading = interval.find(topic))
            append(line, interval, *reading, measure);
        else if (isRate(measure)) // a topic that is not read has neither size nor lag
            append(line, interval, {topic}, measure);
    }
    return line;
}

ChartLine lineOfOthers(const QList<StreamHistory::Interval> &intervals, HistoryMeasure measure,
                       const TopicColours &topics)
{
    ChartLine line{say("all other topics")};
    const QStringList named = topics.topics();
    for (const StreamHistory::Interval &interval : intervals) {
        TopicReading others;
        for (const TopicReading &topic : interval.topics) {
            if (named.contains(topic.topic))
                continue;
            others.messages += topic.messages;
            others.bytes += topic.bytes;
            others.behind += topic.behind;
        }
        append(line, interval, others, measure);
    }
    return line;
}

ChartLine lineOfLargest(const QList<StreamHistory::Interval> &intervals)
{
    ChartLine line{say("largest"), ChartLine::Muted, ChartLine::Style::Dashed};
    for (const StreamHistory::Interval &interval : intervals) {
        const TopicReading total = interval.total();
        if (total.messages > 0)
            line.points.append({double(interval.at), double(total.largest)});
    }
    return line;
}

} // namespace

void TopicColours::setTopics(const QStringList &busiest)
{
    m_topics = busiest.first(std::min(MaximumTopics, busiest.size()));
    m_hasOthers = busiest.size() > m_topics.size();
    QList<int> isFree;
    for (int colour = 0; colour < MaximumTopics; ++colour)
        isFree.append(colour);
    QHash<QString, int> colours;
    for (const QString &topic : std::as_const(m_topics)) {
        if (const auto kept = m_colours.constFind(topic); kept != m_colours.cend()) {
            colours.insert(topic, *kept);
            isFree.removeOne(*kept);
        }
    }
    for (const QString &topic : std::as_const(m_topics)) {
        if (!colours.contains(topic))
            colours.insert(topic, isFree.takeFirst());
    }
    m_colours = std::move(colours);
}

QList<ChartLine> historyLines(const QList<StreamHistory::Interval> &intervals, HistoryMeasure measure,
                              const TopicColours &topics)
{
    QList<ChartLine> lines;
    const QStringList named = topics.topics();
    for (const QString &topic : named)
        lines.append(lineOf(intervals, measure, topic, topics.colourOf(topic)));
    if (topics.hasOthers())
        lines.append(lineOfOthers(intervals, measure, topics));
    if (measure == HistoryMeasure::Size)
        lines.append(lineOfLargest(intervals));
    return lines;
}

} // namespace desk
