// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EmbeddedBroker.h"
#include "kafka/TopicAdmin.h"

#include <QTest>

using namespace desk;

class EmbeddedBrokerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void createsTopicsWithItsPartitions()
    {
        const auto broker = *EmbeddedBroker::start(3);
        QVERIFY(broker->bootstrapServers().startsWith("127.0.0.1:"));
        QVERIFY(broker->create({"mine"}));
        QVERIFY(broker->create({"mine"})); // is there already
        TopicAdmin admin(broker->settings());
        const auto cluster = admin.cluster();
        QVERIFY(cluster);
        QCOMPARE(cluster->brokers.size(), 1);
        QCOMPARE(cluster->topics.size(), 1);
        QCOMPARE(cluster->topics[0].name, QString("mine"));
        QCOMPARE(cluster->topics[0].partitions, 3);
        QVERIFY(cluster->topics[0].problem.isEmpty());
    }

    void createsEveryTopicOfTheCatalog()
    {
        const auto catalog = EntityCatalog::load();
        const auto broker = *EmbeddedBroker::start(3);
        QVERIFY(broker->create(topicsOf(*catalog)));
        const auto cluster = TopicAdmin(broker->settings()).cluster();
        QCOMPARE(cluster->topics.size(), 20); // four entities, five verbs
        QCOMPARE(cluster->topics[0].partitions, 3);
    }

    void createMissingWorksWithoutTheAdminRequests()
    {
        const auto broker = *EmbeddedBroker::start(3);
        TopicAdmin admin(broker->settings());
        const auto created = admin.createMissing({"one", "two"});
        QVERIFY2(created, created ? "" : qPrintable(created.error().sentence));
        QVERIFY(admin.createMissing({"one", "two", "three"}));
        QCOMPARE(admin.cluster()->topics.size(), 3);
    }

    void unreachableBrokerIsASentence()
    {
        BrokerSettings nowhere;
        nowhere.bootstrapServers = QStringLiteral("127.0.0.1:1");
        TopicAdmin admin(nowhere);
        const auto cluster = admin.cluster(1500);
        QVERIFY(!cluster);
        QCOMPARE(cluster.error().code, ErrorCode::Unreachable);
        QVERIFY2(cluster.error().sentence.contains("Connection refused"),
                 qPrintable(cluster.error().sentence));
    }

    void unknownHostIsASentence()
    {
        BrokerSettings nowhere;
        nowhere.bootstrapServers = QStringLiteral("no-such-host.invalid:9092");
        const auto cluster = TopicAdmin(nowhere).cluster(3000);
        QVERIFY(!cluster);
        QVERIFY2(cluster.error().sentence.contains("no-such-host.invalid"),
                 qPrintable(cluster.error().sentence));
    }

    void wrongSettingsAreNamedAndValuesAreNotRepeated()
    {
        BrokerSettings settings;
        settings.bootstrapServers = QStringLiteral("127.0.0.1:1");
        settings.securityProtocol = QStringLiteral("hunter2");
        const auto cluster = TopicAdmin(settings).cluster();
        QVERIFY(!cluster);
        QCOMPARE(cluster.error().code, ErrorCode::InvalidValue);
        QCOMPARE(cluster.error().field, QString("security.protocol"));
        QVERIFY(!(cluster.error().sentence + cluster.error().detail).contains("hunter2"));
        settings.securityProtocol.clear();
        settings.properties["plugin.library.paths"] = "evil";
        QCOMPARE(TopicAdmin(settings).cluster().error().code, ErrorCode::InvalidValue);
        QVERIFY(TopicAdmin({}).cluster().error().sentence.contains("no Kafka brokers"));
    }
};

QTEST_GUILESS_MAIN(EmbeddedBrokerTest)
#include "EmbeddedBrokerTest.moc"
