// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EmbeddedBroker.h"
#include "kafka/EventEncoder.h"
#include "kafka/Relay.h"
#include "tests/kafka/FakeStore.h"
#include "tests/kafka/RunningRelay.h"
#include "tests/kafka/Samples.h"
#include "tests/kafka/TopicProbe.h"

#include <librdkafka/rdkafka_mock.h>

#include <QTest>

using namespace desk;

// What becomes of refused events when the operator decides, while a relay runs.
class RelayRefusedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_broker = *EmbeddedBroker::start(1);
        m_database = std::make_shared<FakeDatabase>();
        QVERIFY(m_broker->create({"products_add", "products_update", "products_delete"}));
    }
    void cleanup() { m_broker.reset(); }

    void retryPublishesInOrderAndNothingOvertakes()
    {
        refuseTopics(true);
        m_database->add("product", "1", Operation::Update, product("1", "a"), product("1", "b"));
        m_database->add("product", "1", Operation::Update, product("1", "b"), product("1", "c"));
        m_database->add("product", "2", Operation::Update, product("2", "a"), product("2", "b"));
        RunningRelay relay(m_database, m_catalog, m_broker->settings());
        QTRY_COMPARE_WITH_TIMEOUT(m_database->currentRefused().size(), 3, 15'000);
        QVERIFY(!m_database->currentRefused()[0].isHeldBack);

        refuseTopics(false);
        QCOMPARE(operatorsStore().retryRefused({1}, QStringLiteral("ada")).value(), 1);
        // What is committed meanwhile must come after.
        for (int change = 0; change < 50; ++change)
            m_database->add("product", "1", Operation::Update, product("1", "c"),
                            product("1", QString::number(change)));
        relay.wake();
        QTRY_COMPARE_WITH_TIMEOUT(m_database->currentCursor(), 53, 15'000);
        QTRY_COMPARE(m_database->currentRefused().size(), 1); // product 2 was not meant
        QCOMPARE(m_database->currentRefused()[0].position, 3);

        TopicProbe probe(m_broker->settings());
        probe.read("products_update");
        const QList<StreamMessage> messages = probe.waitForExactly(52);
        QCOMPARE(messages.size(), 52);
        for (int index = 0; index < 52; ++index)
            QCOMPARE(headerOf(messages[index], "version"), QByteArray::number(index + 1));
        // The ids are those the entries would have had at once.
        EventEncoder encoder(*m_catalog, m_database->id);
        const Event first = encoder.encode(m_database->journal[0]).value();
        QByteArray id;
        first.headers.forEach([&id](QByteArrayView name, QByteArrayView value) {
            if (name == "id")
                id = value.toByteArray();
        });
        QCOMPARE(headerOf(messages[0], "id"), id);
        // The record is free again.
        m_database->add("product", "1", Operation::Update, product("1", "49"), product("1", "last"));
        relay.wake();
        QTRY_COMPARE(m_database->currentCursor(), 54);
        QCOMPARE(m_database->currentRefused().size(), 1);
    }

    void dropLetsTheEventsBehindItGo()
    {
        m_database->add("product", "1", Operation::Update, product("1", "a"), {}); // cannot be written
        m_database->add("product", "1", Operation::Update, product("1", "b"), product("1", "c"));
        RunningRelay relay(m_database, m_catalog, m_broker->settings());
        QTRY_COMPARE_WITH_TIMEOUT(m_database->currentRefused().size(), 2, 15'000);
        QCOMPARE(operatorsStore().dropRefused({1}, QStringLiteral("ada")).value(), 1);
        // Nobody wakes it: as from another process.
        QTRY_VERIFY_WITH_TIMEOUT(m_database->currentRefused().isEmpty(), 5'000);
        TopicProbe probe(m_broker->settings());
        probe.read("products_update");
        const QList<StreamMessage> messages = probe.waitForExactly(1);
        QCOMPARE(messages.size(), 1);
        QCOMPARE(headerOf(messages[0], "version"), QByteArray("2"));
        QCOMPARE(m_database->currentCursor(), 2); // has not gone back
    }

    void whatIsRefusedAgainHoldsTheOthersBack()
    {
        m_database->add("product", "1", Operation::Update, product("1", "a"), {});
        m_database->add("product", "1", Operation::Update, product("1", "b"), product("1", "c"));
        m_database->add("product", "2", Operation::Update, product("2", "b"), product("2", "c"));
        RunningRelay relay(m_database, m_catalog, m_broker->settings());
        QTRY_COMPARE_WITH_TIMEOUT(m_database->currentRefused().size(), 2, 15'000);
        QVERIFY(operatorsStore().retryRefused({1}, QStringLiteral("ada")));
        QVERIFY(m_database->currentRefused()[0].isHeldBack);
        relay.wake();
        QTRY_VERIFY(!m_database->currentRefused()[0].isHeldBack);
        QCOMPARE(m_database->currentRefused().size(), 2);
        m_database->add("product", "1", Operation::Update, product("1", "c"), product("1", "d"));
        m_database->add("product", "2", Operation::Update, product("2", "c"), product("2", "d"));
        relay.wake();
        QTRY_COMPARE(m_database->currentCursor(), 5);
        QTRY_COMPARE(m_database->currentRefused().size(), 3);
        TopicProbe probe(m_broker->settings());
        probe.read("products_update");
        QCOMPARE(probe.waitForExactly(2).size(), 2); // product 2's
    }

    void manyReleasedEventsKeepTheirOrder()
    {
        m_database->add("product", "1", Operation::Update, product("1", "a"), {});
        for (int change = 0; change < 700; ++change)
            m_database->add("product", "1", Operation::Update, product("1", "a"),
                            product("1", QString::number(change)));
        RunningRelay relay(m_database, m_catalog, m_broker->settings());
        QTRY_COMPARE_WITH_TIMEOUT(m_database->currentRefused().size(), 701, 15'000);
        QVERIFY(operatorsStore().dropRefused({1}, QStringLiteral("ada")));
        relay.wake();
        QTRY_VERIFY_WITH_TIMEOUT(m_database->currentRefused().isEmpty(), 15'000);
        TopicProbe probe(m_broker->settings());
        probe.read("products_update");
        const QList<StreamMessage> messages = probe.waitForExactly(700);
        QCOMPARE(messages.size(), 700);
        for (int index = 0; index < 700; ++index)
            QCOMPARE(headerOf(messages[index], "version"), QByteArray::number(index + 2));
    }

    void aRunOnceCarriesDecisionsOut()
    {
        m_database->add("product", "1", Operation::Update, product("1", "a"), {});
        m_database->add("product", "1", Operation::Update, product("1", "b"), product("1", "c"));
        {
            FakeStore store(m_database, m_catalog);
            QCOMPARE(Relay(store, m_broker->settings()).runOnce(20'000)->refused, 1);
        }
        QVERIFY(operatorsStore().dropRefused({1}, QStringLiteral("ada")));
        FakeStore store(m_database, m_catalog);
        QCOMPARE(Relay(store, m_broker->settings()).runOnce(20'000)->published, 1);
        QVERIFY(m_database->currentRefused().isEmpty());
    }

    void aRelayThatDiedBetweenSendingAndNotingRepeatsTheSameEvents()
    {
        m_database->add("product", "1", Operation::Update, product("1", "a"), {});
        m_database->add("product", "1", Operation::Update, product("1", "b"), product("1", "c"));
        {
            FakeStore store(m_database, m_catalog);
            QVERIFY(Relay(store, m_broker->settings()).runOnce(20'000));
        }
        QVERIFY(operatorsStore().dropRefused({1}, QStringLiteral("ada")));
        m_database->failsToAdvance = true;
        {
            FakeStore store(m_database, m_catalog);
            QVERIFY(!Relay(store, m_broker->settings()).runOnce(20'000));
        }
        m_database->failsToAdvance = false;
        FakeStore store(m_database, m_catalog);
        QVERIFY(Relay(store, m_broker->settings()).runOnce(20'000));
        TopicProbe probe(m_broker->settings());
        probe.read("products_update");
        const QList<StreamMessage> messages = probe.waitForExactly(2);
        QCOMPARE(messages.size(), 2);
        QCOMPARE(headerOf(messages[0], "id"), headerOf(messages[1], "id"));
    }

private:
    Record product(const QString &id, const QString &name) const
    {
        return sampleProduct(*m_catalog, id, name);
    }
    // Another program's.
    FakeStore operatorsStore() const { return FakeStore(m_database, m_catalog); }
    void refuseTopics(bool refuse)
    {
        rd_kafka_mock_topic_set_error(m_broker->cluster(), "products_update",
                                      refuse ? RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED
                                             : RD_KAFKA_RESP_ERR_NO_ERROR);
    }

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::shared_ptr<FakeDatabase> m_database;
};

QTEST_GUILESS_MAIN(RelayRefusedTest)
#include "RelayRefusedTest.moc"
