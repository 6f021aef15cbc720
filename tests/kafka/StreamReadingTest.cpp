// SPDX-License-Identifier: GPL-3.0-or-later
// Which topics and partitions are read, where reading ends, and how far it says it has come.
#include "kafka/EmbeddedBroker.h"
#include "kafka/StreamSession.h"
#include "tests/kafka/TopicWriter.h"

#include <QTest>

#include <librdkafka/rdkafka_mock.h>

using namespace desk;
using State = StreamSession::State;
using Kind = StreamStart::Kind;

class StreamReadingTest : public QObject
{
    Q_OBJECT

    static StreamRequest fromBeginning(const QStringList &topics,
                                       StreamEnd::Kind end = StreamEnd::Kind::Never)
    {
        StreamRequest request;
        request.topics = topics;
        request.start.kind = Kind::Beginning;
        request.end.kind = end;
        return request;
    }
    void write(const QString &topic, int count)
    {
        for (int number = 0; number < count; ++number)
            m_writer->write(topic, QByteArray::number(number), QByteArray::number(number));
        QVERIFY(m_writer->flush());
    }
    [[nodiscard]] QMap<QString, int> perTopic() const
    {
        QMap<QString, int> counts;
        for (qint64 row = m_log->firstRow(); row < m_log->endRow(); ++row)
            ++counts[m_log->message(row).topic];
        return counts;
    }

private Q_SLOTS:
    void init()
    {
        m_broker = *EmbeddedBroker::start(2);
        QVERIFY(m_broker->create({"letters", "numbers", "notes"}));
        m_log = std::make_shared<MessageLog>();
        m_session = std::make_unique<StreamSession>(m_broker->settings(), m_log);
        m_writer = std::make_unique<TopicWriter>(m_broker->settings());
    }
    void cleanup()
    {
        m_session.reset();
        m_writer.reset();
        m_broker.reset();
    }

    void endsWhereTheTopicsEnded()
    {
        write("letters", 100);
        m_session->start(
            fromBeginning({"letters", "numbers"}, StreamEnd::Kind::AtEnd)); // one of them is empty
        QTRY_COMPARE(m_session->state(), State::Complete);
        QCOMPARE(m_log->endRow(), 100);
        write("letters", 5);
        QCOMPARE(m_session->progress(),
                 (StreamProgress{.wanted = 100, .done = 100, .partitions = 4, .waiting = 0, .atEnd = 4}));
        QVERIFY(m_session->progress().isAtEnd());
        m_session->stop();
        QCOMPARE(m_log->endRow(), 100);
        QCOMPARE(m_session->progress().done, 100);
    }

    void whatIsEmptyIsReadToItsEndAtOnce()
    {
        m_session->start(fromBeginning({"letters"}, StreamEnd::Kind::AtEnd));
        QTRY_COMPARE(m_session->state(), State::Complete);
        QCOMPARE(m_log->endRow(), 0);
    }

    void aLiveTailSaysWhenItHasCaughtUp()
    {
        write("letters", 30);
        m_session->start(fromBeginning({"letters"}));
        QTRY_COMPARE(m_session->progress().done, 30);
        QTRY_VERIFY(m_session->progress().isAtEnd());
        QCOMPARE(m_session->state(), State::Reading);
        write("letters", 10);
        QTRY_COMPARE(m_log->endRow(), 40);
        QTRY_VERIFY(m_session->progress().isAtEnd());
        QCOMPARE(m_session->progress().wanted, 30); // what there was when it began
    }

    void readsWhatComesBetweenTwoTimes()
    {
        const auto passMoment = [] {
            const QDateTime moment = QDateTime::currentDateTimeUtc().addMSecs(5);
            [&] { QTRY_VERIFY(QDateTime::currentDateTimeUtc() > moment); }();
            return moment;
        };
        write("letters", 20);
        const QDateTime first = passMoment();
        write("letters", 7);
        const QDateTime second = passMoment();
        write("letters", 9);
        StreamRequest request = fromBeginning({"letters"}, StreamEnd::Kind::Time);
        request.start = {.kind = Kind::Time, .time = first};
        request.end.time = second;
        m_session->start(request);
        QTRY_COMPARE(m_session->state(), State::Complete);
        QCOMPARE(m_log->endRow(), 7);
    }

    void readsTheTopicsOfAPattern()
    {
        write("letters", 3);
        write("numbers", 4);
        write("notes", 5);
        StreamRequest request = fromBeginning({});
        request.pattern = "n.*s";
        m_session->start(request);
        QTRY_COMPARE(perTopic(), (QMap<QString, int>{{"numbers", 4}, {"notes", 5}}));
        QVERIFY(m_broker->create({"news", "__nerves"}));
        write("__nerves", 1);
        write("news", 6); // that came later
        QTRY_COMPARE_WITH_TIMEOUT(perTopic().value("news"), 6, 15'000);
        QVERIFY(!perTopic().contains("__nerves"));
    }

    void readsOnlyThePartitionsThatWereAskedFor()
    {
        write("letters", 100);
        StreamRequest request = fromBeginning({"letters"}, StreamEnd::Kind::AtEnd);
        request.partitions = {1};
        m_session->start(request);
        QTRY_COMPARE(m_session->state(), State::Complete);
        QCOMPARE(m_session->progress().partitions, 1);
        QVERIFY(m_log->endRow() > 0);
        for (qint64 row = 0; row < m_log->endRow(); ++row)
            QCOMPARE(m_log->message(row).partition, 1);
    }

    void tellsOfEachPartition()
    {
        write("letters", 60);
        m_session->start(fromBeginning({"letters", "notes"}));
        QTRY_COMPARE(m_log->endRow(), 60);
        QTRY_VERIFY(m_session->progress().isCaughtUp());
        QCOMPARE(m_session->progress().percent(), 100);
        const auto partitions = [this] { return m_session->partitions(); };
        QTRY_COMPARE(partitions().size(), 4);
        QCOMPARE(partitions().at(0).topic, QString("letters")); // by topic and number
        QCOMPARE(partitions().at(1).partition, 1);
        QCOMPARE(partitions().at(3).topic, QString("notes"));
        const PartitionReading first = partitions().at(0);
        QCOMPARE(first.first, 0);
        QCOMPARE(first.position, first.end);
        QCOMPARE(first.messages, first.end);
        QVERIFY(first.bytes >= 2 * first.messages);
        QCOMPARE(first.behind(), 0);
        QCOMPARE(first.state, PartitionReading::State::AtEnd);
        QCOMPARE(first.leader, 1);
        QCOMPARE(partitions().at(0).messages + partitions().at(1).messages, 60);
        // What comes while nothing is taken is behind.
        m_session->pause();
        QTRY_COMPARE(m_session->state(), State::Paused);
        write("letters", 40);
        QTRY_COMPARE(partitions().at(0).behind() + partitions().at(1).behind(), 40);
        QCOMPARE(partitions().at(0).state, PartitionReading::State::Reading);
        m_session->resume();
        QTRY_COMPARE(partitions().at(0).behind() + partitions().at(1).behind(), 0);
    }

    void tellsWhichPartitionsWait()
    {
        write("letters", 10);
        rd_kafka_mock_partition_set_leader(m_broker->cluster(), "notes", 1, -1);
        m_session->start(fromBeginning({"letters", "notes"}));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->progress().waiting, 1, 15'000);
        QTRY_COMPARE(m_session->progress().partitions, 3);
        const PartitionReading waiting = m_session->partitions().at(3);
        QCOMPARE(waiting.state, PartitionReading::State::Waiting);
        QCOMPARE(waiting.partition, 1);
        QCOMPARE(waiting.position, -1);
        QCOMPARE(waiting.problem, QString("No leader just now"));
        QVERIFY(!m_session->progress().isCaughtUp());
        rd_kafka_mock_partition_set_leader(m_broker->cluster(), "notes", 1, 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->progress().waiting, 0, 15'000);
        QTRY_VERIFY(m_session->partitions().at(3).problem.isEmpty());
    }

    void aPausedOneIsNotComplete()
    {
        write("letters", 50);
        m_session->start(fromBeginning({"letters"}, StreamEnd::Kind::AtEnd));
        m_session->pause();
        QTRY_VERIFY(m_session->progress().partitions == 2 || m_session->state() == State::Complete);
        m_session->resume();
        QTRY_COMPARE(m_session->state(), State::Complete);
        QCOMPARE(m_log->endRow(), 50);
    }

private:
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::shared_ptr<MessageLog> m_log;
    std::unique_ptr<StreamSession> m_session;
    std::unique_ptr<TopicWriter> m_writer;
};

QTEST_GUILESS_MAIN(StreamReadingTest)
#include "StreamReadingTest.moc"
