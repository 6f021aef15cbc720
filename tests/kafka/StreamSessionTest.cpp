// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EmbeddedBroker.h"
#include "kafka/StreamSession.h"
#include "tests/kafka/TopicWriter.h"

#include <librdkafka/rdkafka_mock.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace desk;
using State = StreamSession::State;
using Kind = StreamStart::Kind;

class StreamSessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_broker = *EmbeddedBroker::start(2);
        QVERIFY(m_broker->create({"letters", "numbers"}));
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

    void fromTheBeginningReadsEverything()
    {
        write("letters", 100);
        write("numbers", 50);
        m_session->start({{"letters", "numbers"}, {.kind = Kind::Beginning, .time = {}}});
        QTRY_COMPARE(m_log->endRow(), 150);
        const StreamMessage message = m_log->message(0);
        QVERIFY(message.hasKey && message.hasValue);
        QCOMPARE(message.headers.value(0).name, QByteArray("operation"));
        QVERIFY(message.timestamp > 0);
    }

    void fromTheEndMissesNothingThatComesAfterReading()
    {
        write("letters", 100);
        m_session->start({{"letters"}, {}});
        QTRY_COMPARE(m_session->state(), State::Reading);
        write("letters", 30);
        QTRY_COMPARE(m_log->endRow(), 30);
        QSet<QByteArray> values;
        for (qint64 row = 0; row < 30; ++row)
            values.insert(m_log->message(row).value);
        QCOMPARE(values.size(), 30);
    }

    void lastMessagesArePerPartition()
    {
        write("letters", 100); // over two partitions
        m_session->start({{"letters"}, {.kind = Kind::LastMessages, .count = 5, .time = {}}});
        QTRY_COMPARE(m_log->endRow(), 10);
        write("letters", 1);
        QTRY_COMPARE(m_log->endRow(), 11);
    }

    void fromAnOffsetWithinWhatThereIs()
    {
        write("letters", 100);
        m_session->start({{"letters"}, {.kind = Kind::Offset, .offset = 20, .time = {}}});
        QTRY_COMPARE(m_log->endRow(), 60);
        m_session->start({{"letters"}, {.kind = Kind::Offset, .offset = 1'000'000, .time = {}}});
        QTRY_COMPARE(m_session->state(), State::Reading);
        write("letters", 1);
        QTRY_COMPARE(m_log->endRow(), 1);
    }

    void fromATimeLeavesOutWhatIsOlder()
    {
        write("letters", 20);
        const QDateTime now = QDateTime::currentDateTime().addMSecs(5);
        QTRY_VERIFY(QDateTime::currentDateTime() > now);
        write("letters", 7);
        m_session->start({{"letters"}, {.kind = Kind::Time, .time = now}});
        QTRY_COMPARE(m_log->endRow(), 7);
    }

    void topicThatComesLaterIsReadFromItsBeginning()
    {
        m_session->start({{"letters", "later"}, {}});
        QTRY_COMPARE(m_session->state(), State::Reading);
        write("later", 5);
        QTRY_COMPARE(m_log->endRow(), 5);
    }

    void pauseHoldsAndResumeGoesOn()
    {
        m_session->start({{"letters"}, {}});
        QTRY_COMPARE(m_session->state(), State::Reading);
        m_session->pause();
        QCOMPARE(m_session->state(), State::Paused);
        const auto seen = std::make_shared<MessageLog>();
        StreamSession witness(m_broker->settings(), seen);
        witness.start({{"letters"}, {}});
        QTRY_COMPARE(witness.state(), State::Reading);
        write("letters", 10);
        QTRY_COMPARE(seen->endRow(), 10); // they are there for everyone who reads
        QCOMPARE(m_log->endRow(), 0);
        m_session->resume();
        QCOMPARE(m_session->state(), State::Reading);
        QTRY_COMPARE(m_log->endRow(), 10);
    }

    // More is waiting than is fetched ahead, so that no fetch tells of what is written then.
    void lagGrowsDuringAPause()
    {
        m_session->start({{"letters"}, {}});
        QTRY_COMPARE(m_session->state(), State::Reading);
        m_session->pause();
        TopicWriter writer(m_broker->settings());
        const auto writeLarge = [&](int count) {
            for (int number = 0; number < count; ++number)
                writer.write("letters", QByteArray::number(number), QByteArray(800'000, 'x'));
            QVERIFY(writer.flush(60'000));
        };
        const auto behind = [&] {
            qint64 sum = 0;
            for (const PartitionReading &partition : m_session->partitions())
                sum += partition.behind();
            return sum;
        };
        writeLarge(60);
        QTRY_COMPARE_WITH_TIMEOUT(behind(), 60, 20'000);
        writeLarge(20);
        QTRY_COMPARE_WITH_TIMEOUT(behind(), 80, 20'000);
    }

    void restartClearsTheLogAndReadsTheOtherTopics()
    {
        write("letters", 10);
        write("numbers", 3);
        m_session->start({{"letters"}, {.kind = Kind::Beginning, .time = {}}});
        QTRY_COMPARE(m_log->endRow(), 10);
        m_session->start({{"numbers"}, {.kind = Kind::Beginning, .time = {}}});
        QTRY_COMPARE(m_log->endRow(), 3);
        QCOMPARE(m_log->message(0).topic, QString("numbers"));
        m_session->stop();
        QCOMPARE(m_session->state(), State::Stopped);
        QCOMPARE(m_log->endRow(), 3); // keeps what is there
    }

    void brokerAwayIsSaidAndComeBackFrom()
    {
        write("letters", 1);
        m_session->start({{"letters"}, {.kind = Kind::Beginning, .time = {}}});
        QTRY_COMPARE(m_log->endRow(), 1);
        rd_kafka_mock_broker_set_down(m_broker->cluster(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), State::Away, 10'000);
        QVERIFY2(m_session->error().sentence.contains("cannot be reached"),
                 qPrintable(m_session->error().sentence));
        rd_kafka_mock_broker_set_up(m_broker->cluster(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), State::Reading, 10'000);
        write("letters", 4);
        QTRY_COMPARE_WITH_TIMEOUT(m_log->endRow(), 5, 10'000);
    }

    void wrongSettingIsSaid()
    {
        BrokerSettings settings = m_broker->settings();
        settings.properties["no.such.setting"] = "1";
        StreamSession session(settings, m_log);
        session.start({{"letters"}, {}});
        QTRY_COMPARE(session.state(), State::Away);
        QVERIFY(session.error().sentence.contains("no.such.setting"));
    }

    void rateIsToldOnceASecond()
    {
        QSignalSpy rate(m_session.get(), &StreamSession::rateChanged);
        m_session->start({{"letters"}, {}});
        QTRY_COMPARE(m_session->state(), State::Reading);
        write("letters", 500);
        const auto seen = [&rate] {
            double messages = 0;
            for (const auto &signal : rate)
                messages += signal[0].toDouble();
            return messages;
        };
        QTRY_VERIFY(seen() > 400);
    }

    void endsQuickly()
    {
        write("letters", 10);
        for (const QString &servers :
             {m_broker->bootstrapServers(), QString("127.0.0.1:1"), QString("no-such-host.invalid:9092")}) {
            BrokerSettings settings;
            settings.embedded = true;
            settings.bootstrapServers = servers;
            auto session = std::make_unique<StreamSession>(settings, m_log);
            session->start({{"letters"}, {}});
            QTRY_VERIFY_WITH_TIMEOUT(session->state() != State::Starting, 10'000);
            QElapsedTimer timer;
            timer.start();
            session.reset();
            QVERIFY2(timer.elapsed() < 1000,
                     qPrintable(QString("%1 ms with %2").arg(timer.elapsed()).arg(servers)));
        }
    }

private:
    void write(const QString &topic, int count)
    {
        for (int number = 0; number < count; ++number)
            m_writer->write(topic, QByteArray::number(number), QByteArray::number(number));
        QVERIFY(m_writer->flush());
    }

    std::unique_ptr<EmbeddedBroker> m_broker;
    std::shared_ptr<MessageLog> m_log;
    std::unique_ptr<StreamSession> m_session;
    std::unique_ptr<TopicWriter> m_writer;
};

QTEST_GUILESS_MAIN(StreamSessionTest)
#include "StreamSessionTest.moc"
