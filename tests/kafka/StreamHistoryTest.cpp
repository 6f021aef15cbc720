// SPDX-License-Identifier: GPL-3.0-or-later
// What comes of counters that are looked at now and then.
#include "kafka/StreamHistory.h"

#include <QTest>

using namespace desk;

namespace {

constexpr qint64 Noon = 1'700'000'000'000; // a whole second, and a whole multiple of ten

} // namespace

class StreamHistoryTest : public QObject
{
    Q_OBJECT

    using Interval = StreamHistory::Interval;

    static QList<Interval> all(const StreamHistory &history, qint64 width = 1)
    {
        return history.intervals(0, Noon * 2, width);
    }
    static double rate(const Interval &interval, const QString &topic)
    {
        const TopicReading *found = interval.find(topic);
        return found ? interval.messagesPerSecond(*found) : -1;
    }

private Q_SLOTS:
    void ratesAreThoseOfTheTimeThatPassed()
    {
        StreamHistory history;
        QVERIFY(history.isEmpty());
        history.add(Noon, 1000, {{"a", 100, 5000, 80, 7}});
        history.add(Noon + 500, 500, {{"a", 200, 9000, 60, 3}});  // a timer that came early
        history.add(Noon + 4500, 4000, {{"a", 600, 9000, 0, 0}}); // and one that came late
        const QList<Interval> looks = all(history);
        QCOMPARE(looks.size(), 3);
        QCOMPARE(rate(looks[0], "a"), 100.0);
        QCOMPARE(rate(looks[1], "a"), 200.0);
        QCOMPARE(rate(looks[2], "a"), 100.0);
        QCOMPARE(looks[1].bytesPerSecond(*looks[1].find("a")), 8000.0);
        QCOMPARE(*looks[1].find("a"), (TopicReading{"a", 100, 4000, 60, 3}));
    }

    void aLookThatComesAtOnceCountsWithTheNext()
    {
        StreamHistory history;
        history.add(Noon, 1000, {{"a", 10, 100, 10, 0}});
        history.add(Noon, 0, {{"a", 15, 900, 700, 0}});
        QCOMPARE(all(history).size(), 1);
        history.add(Noon + 1000, 1000, {{"a", 30, 1000, 5, 0}});
        QCOMPARE(*all(history)[1].find("a"), (TopicReading{"a", 20, 900, 700, 0}));
    }

    void readingAnewCountsFromZero()
    {
        StreamHistory history;
        history.add(Noon, 1000, {{"a", 100, 1000, 10, 0}});
        history.begin();
        history.add(Noon + 1000, 1000, {{"a", 300, 3000, 10, 0}}); // more than before, all of it new
        QCOMPARE(rate(all(history)[1], "a"), 300.0);
        history.add(Noon + 2000, 1000, {{"a", 50, 500, 10, 0}}); // nobody said that it began anew
        QCOMPARE(rate(all(history)[2], "a"), 50.0);
    }

    void topicsComeAndGo()
    {
        StreamHistory history;
        history.add(Noon, 1000, {{"a", 10, 100, 10, 4}});
        history.add(Noon + 1000, 1000, {{"b", 7, 70, 10, 0}, {"a", 20, 200, 10, 9}});
        history.add(Noon + 2000, 1000, {{"b", 9, 90, 10, 0}});
        const QList<Interval> looks = all(history);
        QVERIFY(!looks[0].find("b"));
        QCOMPARE(rate(looks[1], "b"), 7.0);
        QCOMPARE(rate(looks[1], "a"), 10.0);
        QCOMPARE(looks[1].total(), (TopicReading{{}, 17, 170, 10, 9}));
        QVERIFY(!looks[2].find("a"));
        QCOMPARE(rate(looks[2], "b"), 2.0);
    }

    void severalLooksTogetherKeepSumsMaximaAndTheLastLag()
    {
        StreamHistory history;
        for (int second = 0; second < 20; ++second)
            history.add(Noon + second * 1000, 1000,
                        {{"a", (second + 1) * 10, (second + 1) * 100, second == 3 ? 99 : 10, second}});
        const QList<Interval> together = all(history, 5000);
        QCOMPARE(together.size(), 4);
        QCOMPARE(together[0].seconds, 5.0);
        QCOMPARE(*together[0].find("a"), (TopicReading{"a", 50, 500, 99, 4}));
        QCOMPARE(together[0].at, Noon + 4000);
        QCOMPARE(rate(together[3], "a"), 10.0);
        // When time moves on, the same stay together.
        const QList<Interval> later = history.intervals(Noon + 4000, Noon + 60'000, 5000);
        QCOMPARE(later.size(), 3);
        QCOMPARE(later[0].at, together[1].at);
        QCOMPARE(later[0].topics, together[1].topics);
    }

    void onlyWhatIsAskedForIsTold()
    {
        StreamHistory history;
        for (int second = 0; second < 10; ++second)
            history.add(Noon + second * 1000, 1000, {{"a", second, second, 1, 0}});
        const QList<Interval> some = history.intervals(Noon + 2000, Noon + 5000, 1);
        QCOMPARE(some.size(), 3);
        QCOMPARE(some.first().at, Noon + 3000);
        QCOMPARE(some.last().at, Noon + 5000);
    }

    void isBoundedInTimeAndLooks()
    {
        StreamHistory history;
        const qint64 seconds = StreamHistory::KeptMilliseconds / 1000;
        for (qint64 second = 0; second < 2 * seconds; ++second)
            history.add(Noon + second * 1000, 1000, {{"a", second, second, 1, 0}});
        QCOMPARE(all(history).size(), seconds);
        QCOMPARE(all(history).last().at, Noon + (2 * seconds - 1) * 1000);
        for (int look = 0; look < 20'000; ++look)
            history.add(Noon + 2 * seconds * 1000 + look, 1, {{"a", look, look, 1, 0}});
        QCOMPARE(size_t(all(history).size()), StreamHistory::MaximumLooks);
    }

    void isBoundedInTopics()
    {
        StreamHistory history;
        QList<TopicReading> counters;
        for (int topic = 0; topic < 1000; ++topic)
            counters.append({QString("t%1").arg(topic), topic, topic * 10, topic, 1});
        history.add(Noon, 1000, counters);
        const Interval look = all(history).first();
        QCOMPARE(look.topics.size(), StreamHistory::MaximumTopics);
        QVERIFY(look.find("t999"));
        QVERIFY(!look.find("t5"));
        QVERIFY(look.find({})); // the others together: nothing is lost from the sum
        QCOMPARE(look.total(), (TopicReading{{}, 999 * 1000 / 2, 999 * 1000 / 2 * 10, 999, 1000}));
        QCOMPARE(StreamHistory::busiest({look}).size(), StreamHistory::MaximumTopics - 1);
    }

    void aClockThatIsSetBackTakesTheFutureAway()
    {
        StreamHistory history;
        for (int second = 0; second < 10; ++second)
            history.add(Noon + second * 1000, 1000, {{"a", second * 10, second, 1, 0}});
        history.add(Noon + 4000, 1000, {{"a", 100, 10, 1, 0}});
        const QList<Interval> looks = all(history);
        QCOMPARE(looks.size(), 5);
        QCOMPARE(looks.last().at, Noon + 4000);
        QCOMPARE(rate(looks.last(), "a"), 10.0);
    }

    void theBusiestComeFirst()
    {
        StreamHistory history;
        history.add(Noon, 1000,
                    {{"quiet", 0, 0, 0, 0}, {"b", 5, 1, 1, 0}, {"late", 0, 0, 0, 12}, {"a", 5, 1, 1, 0}});
        history.add(Noon + 1000, 1000, {{"new", 50, 1, 1, 0}, {"b", 9, 1, 1, 0}});
        QCOMPARE(StreamHistory::busiest(all(history)), (QStringList{"new", "b", "a", "late"}));
    }

    void theBoardTellsTopicsAndTheWorstPartitions()
    {
        PartitionBoard board;
        const int letters = 0; // only its address is of interest
        const int numbers = 0;
        board.add({&letters, 0}, {"letters", 0, 1}, 0, 100, {});
        board.add({&letters, 1}, {"letters", 1, 1}, 0, 30, {});
        board.add({&numbers, 0}, {"numbers", 0, 1}, 0, 50, 10); // to be read to 10
        board.took({&letters, 0}, 40, 4000, 170);
        board.took({&letters, 1}, 2, 20, 12);
        board.reached({&letters, 0}, 90, PartitionBoard::Met::Message);
        board.setEnd({&letters, 1}, 32);
        ReadingSample sample = board.takeSample(2);
        QCOMPARE(sample.worst, (QList<PartitionLag>{{"letters", 1, 32}, {"letters", 0, 10}}));
        QCOMPARE(sample.topics.size(), 2);
        const bool isFirst = sample.topics[0].topic == "letters";
        QCOMPARE(sample.topics[isFirst ? 0 : 1], (TopicReading{"letters", 42, 4020, 170, 42}));
        QCOMPARE(sample.topics[isFirst ? 1 : 0], (TopicReading{"numbers", 0, 0, 0, 10}));
        sample = board.takeSample(0);
        QCOMPARE(sample.topics[isFirst ? 0 : 1].largest, 0); // since the last look
        QCOMPARE(sample.topics[isFirst ? 0 : 1].messages, 42);
        QVERIFY(sample.worst.isEmpty());
    }
};

QTEST_GUILESS_MAIN(StreamHistoryTest)
#include "StreamHistoryTest.moc"
