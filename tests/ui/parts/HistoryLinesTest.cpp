// SPDX-License-Identifier: GPL-3.0-or-later
// Which topics have a line, and what it goes through.
#include "ui/parts/HistoryLines.h"

#include <QTest>

using namespace desk;

namespace {

constexpr qint64 Noon = 1'700'000'000'000;

QList<double> amounts(const ChartLine &line)
{
    QList<double> amounts;
    for (const QPointF &point : line.points)
        amounts.append(point.y());
    return amounts;
}

} // namespace

class HistoryLinesTest : public QObject
{
    Q_OBJECT

    static QStringList names(const QList<ChartLine> &lines)
    {
        QStringList names;
        for (const ChartLine &line : lines)
            names.append(line.name);
        return names;
    }

private Q_SLOTS:
    void aTopicKeepsItsColour()
    {
        TopicColours colours;
        colours.setTopics({"a", "b", "c"});
        QCOMPARE(colours.colourOf("a"), 0);
        QCOMPARE(colours.colourOf("c"), 2);
        QVERIFY(!colours.hasOthers());
        colours.setTopics({"c", "new", "a"});
        QCOMPARE(colours.topics(), (QStringList{"c", "new", "a"}));
        QCOMPARE(colours.colourOf("a"), 0);
        QCOMPARE(colours.colourOf("c"), 2);
        QCOMPARE(colours.colourOf("new"), 1); // which has become free
        QCOMPARE(colours.colourOf("b"), int(ChartLine::Muted));
        colours.setTopics({"1", "2", "3", "4", "5", "6", "7", "8"});
        QCOMPARE(colours.topics().size(), TopicColours::MaximumTopics);
        QVERIFY(colours.hasOthers());
        QSet<int> taken;
        for (const QString &topic : colours.topics())
            taken.insert(colours.colourOf(topic));
        QCOMPARE(taken.size(), TopicColours::MaximumTopics);
    }

    void linesAreOfTheirMeasure()
    {
        StreamHistory history;
        history.add(Noon, 1000, {{"a", 10, 1000, 300, 5}});
        history.add(Noon + 2000, 2000, {{"a", 10, 1000, 0, 9}, {"b", 4, 80, 50, 0}});
        const auto looks = history.intervals(0, Noon * 2, 1);
        TopicColours colours;
        colours.setTopics(StreamHistory::busiest(looks));
        QList<ChartLine> lines = historyLines(looks, HistoryMeasure::Messages, colours);
        QCOMPARE(names(lines), (QStringList{"a", "b"}));
        QCOMPARE(amounts(lines[0]), (QList<double>{10, 0}));
        QCOMPARE(amounts(lines[1]), (QList<double>{0, 2})); // before it was read nothing came
        QCOMPARE(lines[1].points[0].x(), double(Noon));
        lines = historyLines(looks, HistoryMeasure::Bytes, colours);
        QCOMPARE(amounts(lines[0]), (QList<double>{1000, 0}));
        lines = historyLines(looks, HistoryMeasure::Lag, colours);
        QCOMPARE(amounts(lines[0]), (QList<double>{5, 9}));
        QCOMPARE(amounts(lines[1]), (QList<double>{0})); // and had no lag
        lines = historyLines(looks, HistoryMeasure::Size, colours);
        QCOMPARE(names(lines), (QStringList{"a", "b", "largest"}));
        QCOMPARE(amounts(lines[0]), (QList<double>{100})); // nothing came later that has a size
        QCOMPARE(amounts(lines[1]), (QList<double>{20}));
        QCOMPARE(amounts(lines[2]), (QList<double>{300, 50}));
        QCOMPARE(lines[2].style, ChartLine::Style::Dashed);
    }

    void theRestIsOneLine()
    {
        StreamHistory history;
        QList<TopicReading> counters;
        for (int topic = 0; topic < 10; ++topic)
            counters.append({QString("t%1").arg(topic), 10 - topic, 100, 10, topic});
        history.add(Noon, 1000, counters);
        const auto looks = history.intervals(0, Noon * 2, 1);
        TopicColours colours;
        colours.setTopics(StreamHistory::busiest(looks));
        const QList<ChartLine> lines = historyLines(looks, HistoryMeasure::Messages, colours);
        QCOMPARE(names(lines), (QStringList{"t0", "t1", "t2", "t3", "t4", "t5", "all other topics"}));
        QCOMPARE(amounts(lines.last()), (QList<double>{4 + 3 + 2 + 1}));
        QCOMPARE(lines.last().colour, int(ChartLine::Muted));
        QCOMPARE(amounts(historyLines(looks, HistoryMeasure::Lag, colours).last()),
                 (QList<double>{6 + 7 + 8 + 9}));
    }
};

QTEST_GUILESS_MAIN(HistoryLinesTest)
#include "HistoryLinesTest.moc"
