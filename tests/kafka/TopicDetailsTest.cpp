// SPDX-License-Identifier: GPL-3.0-or-later
// What the in-process broker tells of topics and groups, and what it refuses; the rest needs a real one
// (TopicAdminTest, GroupAdminTest).
#include "kafka/EmbeddedBroker.h"
#include "kafka/GroupAdmin.h"
#include "kafka/Producer.h"
#include "kafka/TopicAdmin.h"
#include "kafka/TopicDetails.h"
#include "tests/kafka/TopicWriter.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <QTest>

using namespace desk;

class TopicDetailsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_broker = *EmbeddedBroker::start(3);
        QVERIFY(m_broker->create({"orders", "payments"}));
        TopicWriter writer(m_broker->settings());
        for (int number = 0; number < 50; ++number)
            writer.write("orders", QByteArray::number(number), "value");
        QVERIFY(writer.flush());
    }

    void partitionsAreToldWithTheirOffsets()
    {
        const auto detail = TopicDetails(m_broker->settings()).detail("orders");
        QVERIFY2(detail, detail ? "" : qPrintable(detail.error().sentence));
        QCOMPARE(detail->partitions.size(), 3);
        qint64 messages = 0;
        for (int partition = 0; partition < 3; ++partition) {
            const PartitionInfo &info = detail->partitions[partition];
            QCOMPARE(info.partition, partition);
            QVERIFY(detail->brokers.contains(info.leader));
            QCOMPARE(info.replicas, QList<int>{info.leader});
            QCOMPARE(info.inSync, info.replicas);
            QCOMPARE(info.low, 0);
            messages += info.messages();
        }
        QCOMPARE(messages, 50);
        QVERIFY(detail->configuration.isEmpty());
        QVERIFY(!detail->configurationProblem.isEmpty());
    }

    void manyTopicsAreCountedInOneCall()
    {
        TopicDetails details(m_broker->settings());
        const auto figures = details.figures({"orders", "payments"});
        QVERIFY2(figures, figures ? "" : qPrintable(figures.error().sentence));
        QCOMPARE(figures->size(), 2);
        QCOMPARE(figures->value("orders").messages, 50);
        QCOMPARE(figures->value("payments").messages, 0);
        QCOMPARE(figures->value("orders").retentionMinutes, 0); // not told
    }

    void onePartitionThatIsRefusedDoesNotHideTheOthers()
    {
        TopicDetails details(m_broker->settings());
        QVERIFY(details.figures({"orders"})); // connected
        constexpr int16_t ListOffsets = 2;    // its number in the protocol
        rd_kafka_mock_push_request_errors(m_broker->cluster(), ListOffsets, 1,
                                          RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
        const auto figures = details.figures({"orders", "payments"});
        QVERIFY2(figures, figures ? "" : qPrintable(figures.error().sentence));
        QCOMPARE(figures->value("orders").messages, 50);
        QCOMPARE(figures->value("payments").messages, 0);
    }

    // The in-process broker makes every topic that is asked for in the usual way.
    void askingAboutATopicDoesNotMakeIt()
    {
        TopicDetails details(m_broker->settings());
        const auto detail = details.detail("never-made");
        QVERIFY(!detail);
        QCOMPARE(detail.error().code, ErrorCode::NotFound);
        const auto figures = details.figures({"never-made", "orders"});
        QVERIFY2(figures, figures ? "" : qPrintable(figures.error().sentence));
        QCOMPARE(figures->keys(), QStringList{"orders"});
        const auto cluster = TopicAdmin(m_broker->settings()).cluster();
        QVERIFY(cluster);
        for (const TopicInfo &topic : cluster->topics)
            QVERIFY(topic.name != "never-made");
    }

    void brokersThatAreAwayAreASentence()
    {
        BrokerSettings nowhere;
        nowhere.bootstrapServers = QStringLiteral("127.0.0.1:1");
        const auto detail = TopicDetails(nowhere).detail("orders", 1500);
        QVERIFY(!detail);
        QCOMPARE(detail.error().code, ErrorCode::Unreachable);
        const auto groups = GroupAdmin(nowhere).groups(1500);
        QVERIFY(!groups);
        QCOMPARE(groups.error().code, ErrorCode::Unreachable);
        QVERIFY2(groups.error().sentence.contains("127.0.0.1:1"), qPrintable(groups.error().sentence));
    }

    void theInProcessBrokerTellsNoGroups()
    {
        const auto groups = GroupAdmin(m_broker->settings()).groups();
        QVERIFY(!groups);
        QVERIFY2(groups.error().code == ErrorCode::NotSupported, qPrintable(groups.error().sentence));
    }

    void theInProcessBrokerIsNotAskedToChangeAnything()
    {
        TopicAdmin admin(m_broker->settings());
        QCOMPARE(admin.create({"new", 1, 1, {}}).error().code, ErrorCode::NotSupported);
        QCOMPARE(admin.remove({"orders"}).error().code, ErrorCode::NotSupported);
        QVERIFY(admin.createMissing({"missing"})); // it knows a way of its own
    }

    void nothingIsChangedWhereTheWorkspaceOnlyReads()
    {
        BrokerSettings brokers = m_broker->settings();
        brokers.embedded = false;
        brokers.readOnly = true;
        TopicAdmin topics(brokers);
        GroupAdmin groups(brokers);
        QVERIFY(topics.cluster()); // looking is allowed
        const QList<Error> refusals{topics.createMissing({"kept-out"}).error(),
                                    topics.create({"kept-out", 1, 1, {}}).error(),
                                    topics.addPartitions("orders", 9).error(),
                                    topics.configure("orders", {{"retention.ms", "1"}}).error(),
                                    topics.empty({"orders"}).error(),
                                    topics.remove({"orders"}).error(),
                                    groups.setOffsets("shop", {{{"orders", 0}, 0}}).error(),
                                    groups.remove({"shop"}).error(),
                                    Producer::create(brokers).error()};
        for (const Error &refusal : refusals) {
            QCOMPARE(refusal.code, ErrorCode::NotSupported);
            QVERIFY2(refusal.sentence.contains("only reads"), qPrintable(refusal.sentence));
        }
        const auto cluster = topics.cluster();
        QVERIFY(cluster);
        for (const TopicInfo &topic : cluster->topics)
            QVERIFY(topic.name != "kept-out");
    }

private:
    std::unique_ptr<EmbeddedBroker> m_broker;
};

QTEST_GUILESS_MAIN(TopicDetailsTest)
#include "TopicDetailsTest.moc"
