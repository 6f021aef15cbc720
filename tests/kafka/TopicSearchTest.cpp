// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/TopicSearch.h"

#include "kafka/EmbeddedBroker.h"
#include "tests/kafka/TopicWriter.h"

#include <librdkafka/rdkafka_mock.h>

#include <QSignalSpy>
#include <QTest>

using namespace desk;
using State = TopicSearch::State;
using Kind = StreamStart::Kind;

class TopicSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_broker = *EmbeddedBroker::start(3);
        QVERIFY(m_broker->create({"letters", "numbers"}));
        m_catalog = EntityCatalog::load();
        m_writer = std::make_unique<TopicWriter>(m_broker->settings());
        m_search = std::make_unique<TopicSearch>(m_broker->settings(), m_catalog,
                                                 std::make_shared<EntityDescriptors>(m_catalog));
    }
    void cleanup()
    {
        m_search.reset();
        m_writer.reset();
        m_broker.reset();
    }

    void findsWhatIsThereInAllPartitions()
    {
        write("letters", 300);
        write("numbers", 200);
        start({"letters", "numbers"}, "/ (7|70|150)$/");
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 15'000);
        QCOMPARE(m_search->progress().found, 6);
        QCOMPARE(m_search->progress().lookedAt, 500);
        QCOMPARE(m_search->progress().passed(), 500);
        QCOMPARE(m_search->progress().toPass(), 500);
        QVERIFY(m_search->progress().problems().isEmpty());
        QCOMPARE(m_search->progress().partitions.size(), 6);
        QStringList found;
        for (qint64 row = 0; row < m_search->matches()->endRow(); ++row) {
            const StreamMessage message = m_search->matches()->message(row);
            found.append(message.topic + u'/' + QString::fromLatin1(message.value));
            QCOMPARE(message.headers.value(0).value, QByteArray("add"));
        }
        found.sort();
        QCOMPARE(found,
                 (QStringList{"letters/value 150", "letters/value 7", "letters/value 70", "numbers/value 150",
                              "numbers/value 7", "numbers/value 70"}));
    }

    void emptyTopicsEndAtOnce()
    {
        start({"letters"}, "anything");
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 15'000);
        QCOMPARE(m_search->progress().lookedAt, 0);
        QCOMPARE(m_search->progress().partitions.size(), 3);
    }

    void looksOnlyAtWhatWasThereWhenItBegan()
    {
        write("letters", 50);
        start({"letters"}, "value");
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 15'000);
        write("letters", 50);
        QCOMPARE(m_search->progress().found, 50);
        start({"letters"}, "value"); // anew: the matches of before are forgotten
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 15'000);
        QCOMPARE(m_search->progress().found, 100);
        QCOMPARE(m_search->matches()->endRow(), 100);
    }

    void startsWhereItIsTold()
    {
        write("letters", 90);
        start({"letters"}, "value", {.kind = Kind::LastMessages, .count = 5, .time = {}});
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 15'000);
        QCOMPARE(m_search->progress().found, 15);
        start({"letters"}, "offset = 20", {.kind = Kind::Offset, .offset = 20, .time = {}});
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 15'000);
        QCOMPARE(m_search->progress().found, 3);
        QCOMPARE(m_search->progress().lookedAt, 30);
        start({"letters"}, "value", {.kind = Kind::Time, .time = QDateTime::currentDateTime().addDays(1)});
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 15'000);
        QCOMPARE(m_search->progress().found, 0);
    }

    void endsWhereItIsTold()
    {
        write("letters", 90);
        const StreamStart offset10{.kind = Kind::Offset, .offset = 10, .time = {}};
        search({.topics = {"letters"},
                .start = offset10,
                .end = {.kind = StreamEnd::Kind::Offset, .offset = 15}});
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 15'000);
        QCOMPARE(m_search->progress().found, 15);
        QCOMPARE(m_search->progress().lookedAt, 15);
        QCOMPARE(m_search->progress().toPass(), 15);
        for (qint64 row = 0; row < m_search->matches()->endRow(); ++row) {
            const qint64 offset = m_search->matches()->message(row).offset;
            QVERIFY2(offset >= 10 && offset < 15, qPrintable(QString::number(offset)));
        }
        const StreamStart beginning{.kind = Kind::Beginning, .time = {}};
        search({.topics = {"letters"},
                .start = beginning,
                .end = {.kind = StreamEnd::Kind::Offset, .offset = 1'000'000}}); // no more than there is
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 15'000);
        QCOMPARE(m_search->progress().found, 90);
        const QDateTime now = QDateTime::currentDateTime();
        search({.topics = {"letters"},
                .start = beginning,
                .end = {.kind = StreamEnd::Kind::Time, .time = now.addDays(-1)}});
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 15'000);
        QCOMPARE(m_search->progress().found, 0);
        search({.topics = {"letters"},
                .start = {.kind = Kind::Time, .time = now.addDays(-1)},
                .end = {.kind = StreamEnd::Kind::Time, .time = now.addDays(1)}});
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 15'000);
        QCOMPARE(m_search->progress().found, 90);
    }

    void looksThroughTheTopicsOfAPattern()
    {
        write("letters", 10);
        write("numbers", 5);
        search({.topics = {"letters"}, .pattern = "num.*"});
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 15'000);
        QCOMPARE(m_search->progress().found, 15);
        search({.pattern = "l.*s"});
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 15'000);
        QCOMPARE(m_search->progress().found, 10);
        QCOMPARE(m_search->progress().partitions.size(), 3);
        search({.pattern = "nothing.*"});
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Failed, 15'000);
        QCOMPARE(m_search->error().sentence, QString("There is no topic like nothing.* to search."));
    }

    void looksThroughSomePartitionsOnly()
    {
        write("letters", 60);
        search({.topics = {"letters"}, .partitions = {1}});
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 15'000);
        QCOMPARE(m_search->progress().partitions.size(), 1);
        QVERIFY(m_search->progress().found > 0 && m_search->progress().found < 60);
        for (qint64 row = 0; row < m_search->matches()->endRow(); ++row)
            QCOMPARE(m_search->matches()->message(row).partition, 1);
        search({.topics = {"letters"}, .partitions = {7}});
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Failed, 15'000);
        QVERIFY2(m_search->error().sentence.contains("partitions"), qPrintable(m_search->error().sentence));
    }

    void stopsWhenItHasFoundEnough()
    {
        write("letters", 200);
        start({"letters"}, "value", {.kind = Kind::Beginning, .time = {}}, 25);
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Full, 15'000);
        QCOMPARE(m_search->progress().found, 25);
        QCOMPARE(m_search->matches()->endRow(), 25);
        QVERIFY(m_search->progress().passed() < m_search->progress().toPass());
    }

    void aCancelledSearchKeepsWhatItFoundAndTakesNoMore()
    {
        write("letters", 100);
        holdUpFetches();
        QSignalSpy states(m_search.get(), &TopicSearch::stateChanged);
        start({"letters"}, "value");
        QVERIFY(m_search->isRunning());
        m_search->cancel();
        QCOMPARE(m_search->state(), State::Cancelled);
        const qint64 found = m_search->matches()->endRow();
        QCOMPARE(states.size(), 2);
        start({"letters"}, "nowhere");
        QVERIFY(m_search->isRunning());
        m_search->cancel();
        QCOMPARE(m_search->matches()->endRow(), 0);
        QVERIFY(found <= 100);
    }

    void aSearchThatNobodyWaitsForEnds()
    {
        write("letters", 100);
        holdUpFetches();
        start({"letters"}, "value");
        m_search.reset(); // must not crash, nor wait for the broker
    }

    void noTopicIsNothingToSearch()
    {
        start({}, "x");
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Failed, 15'000);
        QVERIFY(!m_search->error().sentence.isEmpty());
    }

    void aBrokerThatIsAwayIsWaitedFor()
    {
        write("letters", 30);
        rd_kafka_mock_broker_set_down(m_broker->cluster(), 1);
        start({"letters"}, "value");
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Away, 30'000);
        QVERIFY(!m_search->error().sentence.isEmpty());
        rd_kafka_mock_broker_set_up(m_broker->cluster(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_search->state(), State::Finished, 30'000);
        QCOMPARE(m_search->progress().found, 30);
    }

private:
    void write(const QString &topic, int count)
    {
        for (int number = 0; number < count; ++number)
            m_writer->write(topic, QByteArray::number(number), "value " + QByteArray::number(number));
        QVERIFY(m_writer->flush());
    }

    void start(const QStringList &topics, const char *expression,
               const StreamStart &from = {.kind = Kind::Beginning, .time = {}}, qint64 most = 10'000)
    {
        const auto parsed = parseFilter(QString::fromUtf8(expression));
        QVERIFY2(parsed, expression);
        m_search->start({topics, from, *parsed, most});
    }

    // For all values.
    void search(TopicSearchRequest request)
    {
        request.filter = *parseFilter(QStringLiteral("value"));
        m_search->start(request);
    }

    // The answers to fetches come late.
    void holdUpFetches() { rd_kafka_mock_broker_set_rtt(m_broker->cluster(), 1, 1000); }

    std::unique_ptr<EmbeddedBroker> m_broker;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<TopicWriter> m_writer;
    std::unique_ptr<TopicSearch> m_search;
};

QTEST_GUILESS_MAIN(TopicSearchTest)
#include "TopicSearchTest.moc"
