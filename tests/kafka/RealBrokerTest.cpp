// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/KafkaClient.h"
#include "kafka/PreviousOfKey.h"
#include "kafka/Relay.h"
#include "kafka/StreamSession.h"
#include "kafka/TopicAdmin.h"
#include "kafka/TopicSearch.h"
#include "tests/kafka/FakeStore.h"
#include "tests/kafka/Samples.h"
#include "tests/kafka/TopicProbe.h"
#include "tests/kafka/TopicWriter.h"

#include <QTest>
#include <QUuid>

using namespace desk;
using State = StreamSession::State;
using Kind = StreamStart::Kind;

// What only a real broker can show. Needs BOOTSTRAP_SERVERS (./dev stack env).
class RealBrokerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_brokers.bootstrapServers = qEnvironmentVariable("BOOTSTRAP_SERVERS");
        QVERIFY2(
            !m_brokers.bootstrapServers.isEmpty(),
            "This test needs a Kafka broker: start the stack (./dev stack up) and set BOOTSTRAP_SERVERS.");
        m_brokers.partitions = 3;
        m_brokers.replicas = 1;
    }

    void createsTopicsAsTheWorkspaceSaysAndOnlyOnce()
    {
        const QString topic = unique("created");
        TopicAdmin admin(m_brokers);
        auto created = admin.createMissing({topic});
        QVERIFY2(created, created ? "" : qPrintable(created.error().sentence));
        created = TopicAdmin(m_brokers).createMissing({topic, topic});
        QVERIFY2(created, created ? "" : qPrintable(created.error().sentence));
        const auto cluster = admin.cluster();
        QVERIFY(cluster);
        const auto found = std::find_if(cluster->topics.begin(), cluster->topics.end(),
                                        [&](const TopicInfo &info) { return info.name == topic; });
        QVERIFY(found != cluster->topics.end());
        QCOMPARE(found->partitions, 3);
        QCOMPARE(found->replicas, 1);
    }

    void refusedCreationIsASentence()
    {
        TopicAdmin admin(m_brokers);
        const auto created = admin.createMissing({"not a topic name!"});
        QVERIFY(!created);
        QVERIFY2(created.error().sentence.contains("not a topic name!"),
                 qPrintable(created.error().sentence));
        BrokerSettings tooMany = m_brokers;
        tooMany.replicas = 9;
        const auto replicas = TopicAdmin(tooMany).createMissing({unique("replicas")});
        QVERIFY(!replicas);
        QVERIFY2(replicas.error().sentence.contains("too few brokers"),
                 qPrintable(replicas.error().sentence));
    }

    // Behind the last message of each partition stand the marks of transactions, and what was aborted.
    void transactionsKeepNobodyFromTheEnd()
    {
        const QString topic = unique("transactions");
        QVERIFY(TopicAdmin(m_brokers).createMissing({topic}));
        const auto openProducer = [&] {
            return *openClient(
                RD_KAFKA_PRODUCER, m_brokers,
                {.preferred = {}, .required = {{"transactional.id", topic}, {"enable.idempotence", "true"}}});
        };
        const ClientHandle client = openProducer();
        const auto isDone = [](rd_kafka_error_t *error) {
            const bool isFine = !error;
            if (error)
                qWarning("%s", rd_kafka_error_string(error));
            rd_kafka_error_destroy(error);
            return isFine;
        };
        QByteArray value = "note"; // copied by the client, which wants it writable
        const auto produce = [&](int count) {
            for (int number = 0; number < count; ++number)
                QVERIFY(!rd_kafka_producev(client.get(), RD_KAFKA_V_TOPIC(topic.toUtf8().constData()),
                                           RD_KAFKA_V_PARTITION(number % 3),
                                           RD_KAFKA_V_VALUE(value.data(), size_t(value.size())),
                                           RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END));
        };
        QVERIFY(isDone(rd_kafka_init_transactions(client.get(), 30'000)));
        QVERIFY(isDone(rd_kafka_begin_transaction(client.get())));
        produce(30);
        QVERIFY(isDone(rd_kafka_commit_transaction(client.get(), 30'000)));
        QVERIFY(isDone(rd_kafka_begin_transaction(client.get())));
        produce(60);
        QVERIFY(!rd_kafka_flush(client.get(), 30'000));
        QVERIFY(isDone(rd_kafka_abort_transaction(client.get(), 30'000)));
        // The broker writes the marks of an abort after it has answered; whoever comes next under the same
        // id is let in only when they stand in every partition.
        QVERIFY(isDone(rd_kafka_init_transactions(openProducer().get(), 30'000)));

        auto log = std::make_shared<MessageLog>();
        StreamSession session(m_brokers, log);
        StreamRequest request{{topic}, {.kind = Kind::Beginning, .time = {}}};
        request.end.kind = StreamEnd::Kind::AtEnd;
        session.start(request);
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Complete, 15'000);
        QCOMPARE(log->endRow(), 30);
        const StreamProgress progress = session.progress();
        QCOMPARE(progress.atEnd, 3);
        QCOMPARE(progress.done, progress.wanted);
        QVERIFY2(progress.wanted >= 90 + 3, qPrintable(QString::number(progress.wanted)));
    }

    void readsBetweenTwoTimes()
    {
        const QString topic = unique("times");
        QVERIFY(TopicAdmin(m_brokers).createMissing({topic}));
        TopicWriter writer(m_brokers);
        const auto write = [&](int count) {
            for (int number = 0; number < count; ++number)
                writer.write(topic, QByteArray::number(number), "x");
            QVERIFY(writer.flush(30'000));
        };
        const auto moment = [] {
            const QDateTime now = QDateTime::currentDateTimeUtc().addMSecs(5);
            [&] { QTRY_VERIFY(QDateTime::currentDateTimeUtc() > now); }();
            return now;
        };
        write(40);
        const QDateTime first = moment();
        write(25);
        const QDateTime second = moment();
        write(10);
        auto log = std::make_shared<MessageLog>();
        StreamSession session(m_brokers, log);
        StreamRequest request{{topic}, {.kind = Kind::Time, .time = first}};
        request.end = {StreamEnd::Kind::Time, second};
        session.start(request);
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Complete, 15'000);
        QCOMPARE(log->endRow(), 25);

        TopicSearch search(m_brokers, m_catalog, std::make_shared<EntityDescriptors>(m_catalog));
        search.start({.topics = {},
                      .start = request.start,
                      .filter = *parseFilter(QStringLiteral("x")),
                      .end = request.end,
                      .pattern = QStringLiteral(".*") + topic.mid(2)});
        QTRY_COMPARE_WITH_TIMEOUT(search.state(), TopicSearch::State::Finished, 15'000);
        QCOMPARE(search.progress().found, 25);
        QCOMPARE(search.progress().lookedAt, 25);
        QCOMPARE(search.progress().toPass(), 25); // no more than that is read
    }

    void findsThePreviousOfAKey()
    {
        const QString topic = unique("previous");
        BrokerSettings brokers = m_brokers;
        brokers.partitions = 1;
        QVERIFY(TopicAdmin(brokers).createMissing({topic}));
        TopicWriter writer(brokers);
        for (int number = 0; number < 20'000; ++number)
            writer.write(topic, number % 15'000 == 7 ? "rare" : "other", QByteArray::number(number));
        QVERIFY(writer.flush(30'000));
        StreamMessage asked{.topic = topic, .offset = 15'007, .hasKey = true, .key = "rare"};
        const auto found = findPreviousOfKey(brokers, asked);
        QVERIFY2(found, found ? "" : qPrintable(found.error().sentence));
        QVERIFY(found->message);
        QCOMPARE(found->message->value, QByteArray("7"));
        asked.offset = 7;
        const auto none = findPreviousOfKey(brokers, asked);
        QVERIFY(none && !none->message);
        QCOMPARE(none->lookedAt, 7);
    }

    void messagesComeBackAsTheyWereWritten()
    {
        const QString topic = unique("round");
        QVERIFY(TopicAdmin(m_brokers).createMissing({topic}));
        auto log = std::make_shared<MessageLog>();
        StreamSession session(m_brokers, log);
        session.start({{topic}, {}});
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Reading, 15'000);
        TopicWriter writer(m_brokers);
        for (int number = 0; number < 1000; ++number)
            writer.write(topic, QByteArray::number(number), "value " + QByteArray::number(number));
        QVERIFY(writer.flush(30'000));
        QTRY_COMPARE_WITH_TIMEOUT(log->endRow(), 1000, 15'000);
        for (qint64 row = 0; row < 1000; ++row) {
            const StreamMessage message = log->message(row);
            QCOMPARE(message.value, "value " + message.key);
            QCOMPARE(message.headers.value(0).value, QByteArray("add"));
        }
    }

    void startsWhereItIsTold()
    {
        const QString topic = unique("starts");
        QVERIFY(TopicAdmin(m_brokers).createMissing({topic}));
        TopicWriter writer(m_brokers);
        for (int number = 0; number < 90; ++number)
            writer.write(topic, QByteArray::number(number), "old");
        QVERIFY(writer.flush(30'000));
        const QDateTime between = QDateTime::currentDateTime().addMSecs(20);
        QTRY_VERIFY(QDateTime::currentDateTime() > between);
        for (int number = 0; number < 12; ++number)
            writer.write(topic, QByteArray::number(number), "new");
        QVERIFY(writer.flush(30'000));

        auto log = std::make_shared<MessageLog>();
        StreamSession session(m_brokers, log);
        session.start({{topic}, {.kind = Kind::Beginning, .time = {}}});
        QTRY_COMPARE_WITH_TIMEOUT(log->endRow(), 102, 15'000);
        session.start({{topic}, {.kind = Kind::LastMessages, .count = 2, .time = {}}});
        QTRY_COMPARE_WITH_TIMEOUT(log->endRow(), 6, 15'000);
        session.start({{topic}, {.kind = Kind::Time, .time = between}});
        QTRY_COMPARE_WITH_TIMEOUT(log->endRow(), 12, 15'000);
        session.start({{topic}, {.kind = Kind::Time, .time = QDateTime::currentDateTime().addDays(1)}});
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Reading, 15'000);
        QCOMPARE(log->endRow(), 0);
    }

    // With what only a real broker has: offsets by time, and transactions of which only the committed count.
    void searchesAWholeTopic()
    {
        const QString topic = unique("searched");
        QVERIFY(TopicAdmin(m_brokers).createMissing({topic}));
        TopicWriter writer(m_brokers);
        for (int number = 0; number < 5000; ++number)
            writer.write(topic, QByteArray::number(number), "value " + QByteArray::number(number));
        QVERIFY(writer.flush(30'000));
        const QDateTime between = QDateTime::currentDateTime().addMSecs(20);
        QTRY_VERIFY(QDateTime::currentDateTime() > between);
        for (int number = 5000; number < 5100; ++number)
            writer.write(topic, QByteArray::number(number), "value " + QByteArray::number(number));
        QVERIFY(writer.flush(30'000));

        TopicSearch search(m_brokers, m_catalog, std::make_shared<EntityDescriptors>(m_catalog));
        search.start({.topics = {topic}, .filter = *parseFilter("key >= 4990 and /[05]$/")});
        QTRY_COMPARE_WITH_TIMEOUT(search.state(), TopicSearch::State::Finished, 30'000);
        QCOMPARE(search.progress().lookedAt, 5100);
        QCOMPARE(search.progress().found, 22);
        QCOMPARE(search.progress().passed(), search.progress().toPass());
        QCOMPARE(search.progress().partitions.size(), 3);
        search.start({.topics = {topic},
                      .start = {.kind = Kind::Time, .time = between},
                      .filter = *parseFilter("value")});
        QTRY_COMPARE_WITH_TIMEOUT(search.state(), TopicSearch::State::Finished, 30'000);
        QCOMPARE(search.progress().found, 100);
        QVERIFY(search.progress().toPass() <= 100); // found by time, not passed over one by one
        search.start({.topics = {unique("nowhere")}, .filter = *parseFilter("value")});
        QTRY_COMPARE_WITH_TIMEOUT(search.state(), TopicSearch::State::Failed, 30'000);
        QVERIFY(search.error().sentence.contains("There is no topic"));
    }

    // Its end is a marker that no reader ever sees.
    void searchesATopicThatEndsInAnAbortedTransaction()
    {
        const QString topic = unique("transactions");
        QVERIFY(TopicAdmin(m_brokers).createMissing({topic}));
        TopicWriter writer(m_brokers);
        writer.write(topic, "1", "committed");
        QVERIFY(writer.flush(30'000));
        const auto producer = openClient(RD_KAFKA_PRODUCER, m_brokers,
                                         {.required = {{"transactional.id", unique("transaction")}}});
        QVERIFY(producer);
        rd_kafka_t *const client = producer->get();
        QVERIFY(!rd_kafka_init_transactions(client, 30'000));
        QVERIFY(!rd_kafka_begin_transaction(client));
        for (int number = 0; number < 30; ++number) {
            QVERIFY(!rd_kafka_producev(client, RD_KAFKA_V_TOPIC(topic.toUtf8().constData()),
                                       RD_KAFKA_V_VALUE(const_cast<char *>("aborted"), 7),
                                       RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END));
        }
        QVERIFY(!rd_kafka_flush(client, 30'000));
        QVERIFY(!rd_kafka_abort_transaction(client, 30'000));

        TopicSearch search(m_brokers, m_catalog, std::make_shared<EntityDescriptors>(m_catalog));
        search.start({.topics = {topic}, .filter = *parseFilter("committed or aborted")});
        QTRY_COMPARE_WITH_TIMEOUT(search.state(), TopicSearch::State::Finished, 30'000);
        QCOMPARE(search.progress().found, 1);
    }

    void topicThatComesLaterIsWaitedFor()
    {
        const QString topic = unique("later");
        auto log = std::make_shared<MessageLog>();
        StreamSession session(m_brokers, log);
        session.start({{topic}, {}});
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), State::Reading, 15'000);
        QVERIFY(TopicAdmin(m_brokers).createMissing({topic}));
        TopicWriter writer(m_brokers);
        writer.write(topic, "k", "first");
        QVERIFY(writer.flush(30'000));
        QTRY_COMPARE_WITH_TIMEOUT(log->endRow(), 1, 15'000);
    }

    void relayCreatesTopicsAndTheBrokerRefusesWhatIsTooLarge()
    {
        const auto catalog = EntityCatalog::load();
        auto database = std::make_shared<FakeDatabase>();
        database->id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        const QString huge(3'000'000, u'x'); // past the broker's limit, not past ours
        database->add("product", "1", Operation::Add, {}, sampleProduct(*catalog, "1", "Lamp"));
        database->add("product", "2", Operation::Add, {}, sampleProduct(*catalog, "2", huge));
        database->add("product", "2", Operation::Update, {}, sampleProduct(*catalog, "2", "small"));
        for (int id = 3; id <= 500; ++id)
            database->add("product", QString::number(id), Operation::Add, {},
                          sampleProduct(*catalog, QString::number(id), "Lamp"));
        FakeStore store(database, catalog);
        Relay relay(store, m_brokers);
        const auto status = relay.runOnce(60'000);
        QVERIFY2(status, status ? "" : qPrintable(status.error().sentence));
        QCOMPARE(status->published, 499);
        QCOMPARE(database->cursor, 501);
        QCOMPARE(database->refused.size(), 2);
        QCOMPARE(database->refused[0].id, QString("2"));
        QVERIFY(!database->refused[0].isHeldBack);
        QVERIFY(database->refused[1].isHeldBack);

        TopicProbe probe(m_brokers);
        probe.read("products_add");
        const auto ours = [&] {
            QSet<QByteArray> ids; // the topic is everybody's
            for (const StreamMessage &message : probe.waitForExactly(499)) {
                if (headerOf(message, "origin") == database->id.toUtf8())
                    ids.insert(headerOf(message, "id"));
            }
            return ids.size();
        };
        QTRY_COMPARE(ours(), 499);
    }

private:
    static QString unique(const QString &name)
    {
        return QStringLiteral("test-%1-%2").arg(name, QUuid::createUuid().toString(QUuid::Id128));
    }

    BrokerSettings m_brokers;
    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();
};

QTEST_GUILESS_MAIN(RealBrokerTest)
#include "RealBrokerTest.moc"
