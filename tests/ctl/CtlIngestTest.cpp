// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/TopicAdmin.h"
#include "tests/ctl/HttpRequest.h"
#include "tests/ctl/ServiceProcess.h"
#include "tests/ctl/StackRunner.h"
#include "tests/kafka/TopicWriter.h"
#include "tests/kafka/WireMessage.h"

#include <memory>

using namespace desk;

// "catalogctl ingest" and "poison" with real processes, PostgreSQL and the real broker, on a topic that no
// other test knows.
class CtlIngestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_ctl = std::make_unique<StackRunner>();
        const QString missing = m_ctl->begin();
        QVERIFY2(missing.isEmpty(), qPrintable(missing));
        const QByteArray name = "gauge_" + QUuid::createUuid().toByteArray(QUuid::Id128).left(12);
        m_topic = QString::fromLatin1(name);
        QVERIFY(QDir(m_ctl->folder.path()).mkdir("entities"));
        m_ctl->write("entities/gauge.proto",
                     R"(syntax = "proto3";
package plant;
import "catalog/options.proto";
message Gauge {
  option (catalog.entity) = { topics: { all: ")"
                         + name + R"(" } };
  int32 id = 1;
  int32 reading = 2 [(catalog.column) = { gte: "0" }];
  string place = 3 [(catalog.column) = { max_len: 20 }];
}
)");
        m_options = {"--entities", m_ctl->folder.filePath("entities")};
        CTL_DONE(ctl({"migrate"}));
        m_brokers.bootstrapServers = qEnvironmentVariable("BOOTSTRAP_SERVERS");
        m_brokers.partitions = 4;
        QVERIFY(TopicAdmin(m_brokers).createMissing({m_topic}));
        m_writer = std::make_unique<TopicWriter>(m_brokers);
        // What others wrote to the built-in entities' topics before is not of this test.
        CTL_DONE(ctl({"ingest", "--once", "--from", "end"}));
    }

    // Processes come, are killed and end in order while messages arrive. Each message sets another reading, so
    // a record's version counts those that took effect.
    void severalShareThePartitionsAndEachMessageTakesEffectOnce()
    {
        constexpr int Gauges = 200;
        constexpr int Readings = 30;
        std::vector<std::unique_ptr<ServiceProcess>> processes;
        const auto startOne = [&] {
            processes.push_back(
                std::make_unique<ServiceProcess>(*m_ctl, m_ctl->database, "ingest", m_options));
        };
        startOne();
        startOne();
        startOne();
        for (const auto &process : processes)
            QVERIFY(process->isReady());
        for (int reading = 1; reading <= Readings; ++reading) {
            for (int id = 1; id <= Gauges; ++id)
                write(id, reading);
            QVERIFY(m_writer->flush(60'000));
            if (reading == 8 || reading == 16)
                processes[size_t(reading / 8 - 1)]->end(SIGKILL);
            if (reading == 12)
                startOne();
            if (reading == 20)
                QCOMPARE(processes.back()->end(SIGTERM), 0);
        }
        startOne();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_ctl->sql("SELECT count(*) FROM gauge WHERE reading = " + QString::number(Readings)).toInt(),
            Gauges, 120'000);
        for (const auto &process : processes)
            process->end(SIGTERM);
        CTL_DONE(ctl({"ingest", "--once"})); // nothing is left over
        QCOMPARE(
            m_ctl->sql("SELECT count(*) FROM journal WHERE entity = 'gauge' AND origin = 'ingest'").toInt(),
            Gauges * Readings);
        QCOMPARE(
            m_ctl->sql("SELECT count(*) FROM gauge WHERE version <> " + QString::number(Readings)).toInt(),
            0);
        // In each record's history the readings rise one by one.
        QCOMPARE(m_ctl
                     ->sql("SELECT count(*) FROM journal WHERE entity = 'gauge' AND "
                           "CAST(after ->> 'reading' AS integer) <> version")
                     .toInt(),
                 0);
        QCOMPARE(m_ctl->sql("SELECT count(*) FROM ingest_poison").toInt(), 0);
    }

    void goesOnAfterTheDatabaseWasAway()
    {
        ServiceProcess ingest(*m_ctl, m_ctl->database, "ingest", m_options);
        QVERIFY(ingest.isReady());
        m_ctl->sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                   "WHERE datname = current_database() AND pid <> pg_backend_pid()");
        write(1, 5);
        QVERIFY(m_writer->flush());
        QVERIFY(!ingest.waitFor("state", "database away").isEmpty());
        QVERIFY(ingest.isReady());
        QTRY_COMPARE_WITH_TIMEOUT(m_ctl->sql("SELECT reading FROM gauge WHERE id = 1"), "5", 30'000);
        QCOMPARE(ingest.end(SIGTERM), 0);
    }

    void servesItsNumbers()
    {
        ServiceProcess ingest(*m_ctl, m_ctl->database, "ingest",
                              m_options + QStringList{"--metrics-port", "0"});
        const quint16 port = quint16(
            QUrl(ingest.waitFor("metrics", QJsonValue::Undefined)["metrics"].toString()).port());
        QVERIFY(port > 0);
        QVERIFY(ingest.isReady());
        write(1, 5);
        write(2, 5);
        write(1, 5); // the same again
        m_writer->write(m_topic, "negative", WireMessage().number(1, 2).number(2, -1), {});
        QVERIFY(m_writer->flush());
        const auto metrics = [port] { return ask(port, "GET /metrics HTTP/1.1\r\n\r\n"); };
        const auto poison = [&metrics] {
            const QByteArray name = "\ncatalog_ingest_poison_messages ";
            const QByteArray text = metrics();
            const qsizetype at = text.indexOf(name);
            return at < 0 ? -1 : text.mid(at + name.size()).split('\n').constFirst().toInt();
        };
        QTRY_COMPARE_WITH_TIMEOUT(poison(), 1, 20'000);
        const QByteArray text = metrics();
        for (const char *line :
             {"# TYPE catalog_ingest_messages_total counter\n",
              "\ncatalog_ingest_messages_total{outcome=\"applied\"} 2\n",
              "\ncatalog_ingest_messages_total{outcome=\"unchanged\"} 1\n",
              "\ncatalog_ingest_messages_total{outcome=\"poison\"} 1\n",
              "\ncatalog_ingest_messages_total{outcome=\"skipped\"} 0\n",
              "\ncatalog_ingest_messages_total{outcome=\"outdated\"} 0\n",
              "\ncatalog_ingest_messages_total{outcome=\"repeated\"} 0\n",
              "\ncatalog_ingest_lag_messages 0\n", "\ncatalog_ingest_state{state=\"running\"} 1\n",
              "\ncatalog_ingest_state{state=\"no_topics_yet\"} 0\n", "\ncatalog_ingest_database_up 1\n",
              "\ncatalog_ingest_uptime_seconds "})
            QVERIFY2(text.contains(line), text.constData());
        QVERIFY(ask(port, "GET /ready HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 200"));
        CTL_DONE(ctl({"poison", "drop", "--all"}));
        QTRY_COMPARE_WITH_TIMEOUT(poison(), 0, 20'000);
        QCOMPARE(ingest.end(SIGTERM), 0);
        CTL_WRONG_USE(ctl({"ingest", "--metrics-port", "many"}));
        CTL_WRONG_USE(ctl({"ingest", "--metrics-port", "0", "--metrics-address", "here"}));
    }

    void listsRetriesAndDropsPoison()
    {
        m_writer->write(m_topic, "broken", QByteArray("\x1a\xff\xff\xff\xff\x03"), {});
        m_writer->write(m_topic, "negative", WireMessage().number(1, 2).number(2, -1), {});
        m_writer->write(m_topic, "taken", WireMessage().number(1, 3).text(3, "much too long for a place"),
                        {});
        write(4, 7);
        QVERIFY(m_writer->flush());
        const CtlResult ingested = ctl({"ingest", "--once", "--json"});
        QCOMPARE(ingested.code, 1);
        QCOMPARE(ingested.json().value(0)["applied"], 1);
        QCOMPARE(ingested.json().value(0)["poison"], 3);
        QVERIFY2(ingested.error.contains("catalogctl poison"), qPrintable(ingested.error));
        CTL_DONE(ctl({"ingest", "--once"})); // they are listed, and not met again

        QHash<QString, QJsonObject> byKey;
        for (const QJsonObject &message : ctl({"poison", "--json"}).json())
            byKey.insert(QByteArray::fromBase64(message["key"].toString().toLatin1()), message);
        QCOMPARE(byKey.size(), 3);
        QCOMPARE(QByteArray::fromBase64(byKey["broken"]["value"].toString().toLatin1()),
                 QByteArray("\x1a\xff\xff\xff\xff\x03"));
        QCOMPARE(byKey["broken"]["topic"], m_topic);
        QVERIFY(byKey["negative"]["reason"].toString().contains("Reading"));
        QVERIFY(byKey["taken"]["reason"].toString().contains("Place"));
        QVERIFY(ctl({"poison"}).out.contains(m_topic));
        const auto idOf = [&](const char *key) { return QString::number(byKey[key]["id"].toInteger()); };

        CTL_WRONG_USE(ctl({"poison", "retry"}));
        CTL_WRONG_USE(ctl({"poison", "list", "1"}));
        CTL_WRONG_USE(ctl({"poison", "heal", "1"}));
        CTL_FAILED(ctl({"poison", "retry", "999999"}));
        // Places may be longer from now on.
        QByteArray description = m_ctl->read("entities/gauge.proto");
        m_ctl->write("entities/gauge.proto", description.replace("max_len: 20", "max_len: 40"));
        CTL_DONE(ctl({"migrate"}));
        CTL_DONE(ctl({"poison", "retry", idOf("taken")}));
        QCOMPARE(m_ctl->sql("SELECT place FROM gauge WHERE id = 3"), "much too long for a place");
        const CtlResult retried = ctl({"poison", "retry", "--all", "--json"});
        QCOMPARE(retried.code, 1);
        QCOMPARE(retried.json().value(0)["poison"], 2);
        CTL_DONE(ctl({"poison", "drop", idOf("broken"), idOf("negative")}));
        QVERIFY(ctl({"poison", "--json"}).json().isEmpty());
        QCOMPARE(m_ctl->sql("SELECT count(*) FROM gauge"), "2");
    }

    void saysWhatIsWrongWithItsArguments()
    {
        CTL_WRONG_USE(ctl({"ingest", "--from", "yesterday"}));
        CTL_WRONG_USE(ctl({"ingest", "more"}));
        // A service whose database was forgotten does not go on with the sample catalog.
        CTL_WRONG_USE(m_ctl->run({"ingest", "--once"}));
        CTL_WRONG_USE(m_ctl->run({"relay", "--once"}));
        CTL_WRONG_USE(m_ctl->onDatabase({"--brokers", "embedded", "ingest", "--once"}));
        CTL_FAILED(ctl({"ingest", "--forget", "no-such-topic"}));
        write(1, 5);
        QVERIFY(m_writer->flush());
        CTL_DONE(ctl({"ingest", "--once"}));
        CTL_DONE(ctl({"ingest", "--forget", m_topic}));
        QCOMPARE(ctl({"ingest", "--once", "--json"}).json().value(0)["unchanged"], 1);
    }

private:
    CtlResult ctl(const QStringList &arguments) const { return m_ctl->onDatabase(m_options + arguments); }
    void write(int id, int reading)
    {
        m_writer->write(m_topic, QByteArray::number(id), WireMessage().number(1, id).number(2, reading), {});
    }

    std::unique_ptr<StackRunner> m_ctl;
    QString m_topic;
    QStringList m_options;
    BrokerSettings m_brokers;
    std::unique_ptr<TopicWriter> m_writer;
};

QTEST_GUILESS_MAIN(CtlIngestTest)
#include "CtlIngestTest.moc"
