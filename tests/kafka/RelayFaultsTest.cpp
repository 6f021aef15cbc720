// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EmbeddedBroker.h"
#include "kafka/Relay.h"
#include "tests/kafka/FakeStore.h"
#include "tests/kafka/RunningRelay.h"
#include "tests/kafka/Samples.h"
#include "tests/kafka/TopicProbe.h"

#include <librdkafka/rdkafka_mock.h>

#include <QTest>

using namespace desk;

namespace {

constexpr int ProduceRequest = 0;
constexpr int Broker = 1;

} // namespace

// What the relay does when broker or database let it down.
class RelayFaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_broker = *EmbeddedBroker::start(1);
        m_database = std::make_shared<FakeDatabase>();
    }
    void cleanup() { m_broker.reset(); }

    void tooLargeEventIsRefusedAndHoldsItsRecordBack()
    {
        const QString huge(12'000'000, u'x');
        m_database->add("product", "1", Operation::Add, {}, product("1", "fine"));
        m_database->add("product", "2", Operation::Add, {}, product("2", huge));
        m_database->add("product", "2", Operation::Update, product("2", huge), product("2", "small again"));
        m_database->add("product", "3", Operation::Add, {}, product("3", "fine"));
        const auto status = relayOnce();
        QVERIFY2(status, status ? "" : qPrintable(status.error().sentence));
        QCOMPARE(status->published, 2);
        QCOMPARE(m_database->cursor, 4);
        QCOMPARE(m_database->refused.size(), 2);
        QCOMPARE(m_database->refused[0].position, 2);
        QVERIFY(!m_database->refused[0].isHeldBack);
        QVERIFY2(m_database->refused[0].reason.contains("bytes"), qPrintable(m_database->refused[0].reason));
        QVERIFY(m_database->refused[1].isHeldBack);
    }

    void brokersRefusalOfABatchIsPinnedOnOneEvent()
    {
        QVERIFY(m_broker->create({"products_add"})); // in one partition, so in one request
        for (int id = 1; id <= 50; ++id)
            m_database->add("product", QString::number(id), Operation::Add, {},
                            product(QString::number(id), "Lamp"));
        // The whole first request is refused; sent one by one, all but the first go through.
        rd_kafka_mock_push_request_errors(m_broker->cluster(), ProduceRequest, 2,
                                          RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE,
                                          RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE);
        const auto status = relayOnce();
        QVERIFY2(status, status ? "" : qPrintable(status.error().sentence));
        QCOMPARE(m_database->cursor, 50);
        QCOMPARE(m_database->refused.size(), 1);
        QCOMPARE(status->published, 49);
        QVERIFY(m_database->refused[0].reason.contains("products_add"));
        TopicProbe probe(m_broker->settings());
        probe.read("products_add");
        QCOMPARE(idsOf(probe.waitFor(49)).size(), 49);
    }

    void passingErrorsAreRetriedWithoutLossOrReorder()
    {
        for (int change = 1; change <= 200; ++change)
            m_database->add("product", QString::number(change % 10), Operation::Update, product("1", "a"),
                            product(QString::number(change % 10), QString("Lamp %1").arg(change)));
        rd_kafka_mock_push_request_errors(m_broker->cluster(), ProduceRequest, 4,
                                          RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
                                          RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, RD_KAFKA_RESP_ERR__TRANSPORT,
                                          RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS);
        QCOMPARE(relayOnce()->published, 200);
        TopicProbe probe(m_broker->settings());
        probe.read("products_update");
        QHash<QByteArray, qint64> versions;
        for (const StreamMessage &message : probe.waitFor(200)) {
            const qint64 version = headerOf(message, "version").toLongLong();
            QVERIFY(version >= versions.value(message.key));
            versions[message.key] = version;
        }
        QCOMPARE(idsOf(probe.waitFor(200)).size(), 200);
    }

    void brokerAwayKeepsEventsAndSaysWhy()
    {
        rd_kafka_mock_broker_set_down(m_broker->cluster(), Broker);
        for (int id = 1; id <= 10; ++id)
            m_database->add("product", QString::number(id), Operation::Add, {},
                            product(QString::number(id), "Lamp"));
        RunningRelay relay(m_database, m_catalog, m_broker->settings());
        QTRY_COMPARE(relay.state(), RelayStatus::State::BrokerAway);
        QVERIFY2(relay.reason().contains("cannot be reached"), qPrintable(relay.reason()));
        QCOMPARE(m_database->currentCursor(), 0);

        rd_kafka_mock_broker_set_up(m_broker->cluster(), Broker);
        QTRY_COMPARE_WITH_TIMEOUT(m_database->currentCursor(), 10, 15'000);
        QTRY_COMPARE(relay.state(), RelayStatus::State::Running);
        QVERIFY(m_database->currentRefused().isEmpty());
    }

    void brokerThatGoesDuringWorkIsComeBackTo()
    {
        RunningRelay relay(m_database, m_catalog, m_broker->settings());
        m_database->add("product", "1", Operation::Add, {}, product("1", "a"));
        relay.wake();
        QTRY_COMPARE(m_database->currentCursor(), 1);
        rd_kafka_mock_broker_set_down(m_broker->cluster(), Broker);
        for (int change = 0; change < 20; ++change)
            m_database->add("product", "1", Operation::Update, product("1", "a"),
                            product("1", QString::number(change)));
        relay.wake();
        QTRY_COMPARE_WITH_TIMEOUT(relay.state(), RelayStatus::State::BrokerAway, 15'000);
        rd_kafka_mock_broker_set_up(m_broker->cluster(), Broker);
        QTRY_COMPARE_WITH_TIMEOUT(m_database->currentCursor(), 21, 15'000);
        TopicProbe probe(m_broker->settings());
        probe.read("products_update");
        const auto messages = probe.waitFor(20);
        QCOMPARE(idsOf(messages).size(), 20);
        for (int index = 0; index < 20; ++index)
            QCOMPARE(headerOf(messages[index], "version"), QByteArray::number(index + 2));
    }

    void runOnceTellsThatTheBrokerIsAway()
    {
        rd_kafka_mock_broker_set_down(m_broker->cluster(), Broker);
        m_database->add("product", "1", Operation::Add, {}, product("1", "a"));
        FakeStore store(m_database, m_catalog);
        Relay relay(store, m_broker->settings());
        const auto status = relay.runOnce(3'000);
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::Unreachable);
        QVERIFY2(status.error().sentence.contains("cannot be reached"), qPrintable(status.error().sentence));
    }

    void onlyOneOfTwoRelaysPublishes()
    {
        for (int id = 1; id <= 100; ++id)
            m_database->add("product", QString::number(id), Operation::Add, {},
                            product(QString::number(id), "Lamp"));
        auto first = std::make_unique<RunningRelay>(m_database, m_catalog, m_broker->settings());
        QTRY_COMPARE(m_database->currentCursor(), 100);
        RunningRelay second(m_database, m_catalog, m_broker->settings());
        QTRY_COMPARE(second.state(), RelayStatus::State::StandingBy);
        first.reset();
        QTRY_COMPARE(second.state(), RelayStatus::State::Running);
        m_database->add("product", "1", Operation::Update, product("1", "Lamp"), product("1", "Light"));
        second.wake();
        QTRY_COMPARE(m_database->currentCursor(), 101);
        TopicProbe probe(m_broker->settings());
        probe.read("products_add");
        QCOMPARE(probe.waitForExactly(100).size(), 100);
    }

    void saysWhyItDoesNotTakeOverFromOneThatHangs()
    {
        const auto hanging = std::make_unique<FakeStore>(m_database, m_catalog);
        QVERIFY(hanging->lockRelay()->isHeld);
        RunningRelay standby(m_database, m_catalog, m_broker->settings());
        QTRY_COMPARE(standby.state(), RelayStatus::State::StandingBy);
        QCOMPARE(standby.reason(), QString());
        const auto setObstacle = [&](const QString &sentence) {
            const std::scoped_lock lock(m_database->mutex);
            m_database->lockObstacle = sentence;
        };
        setObstacle(QStringLiteral("It hangs."));
        QTRY_COMPARE(standby.reason(), QStringLiteral("It hangs."));
        QCOMPARE(standby.state(), RelayStatus::State::StandingBy);
        setObstacle({});
        QTRY_COMPARE(standby.reason(), QString());
    }

    void lostDatabaseEndsTheRunAndNothingIsSkipped()
    {
        m_database->add("product", "1", Operation::Add, {}, product("1", "a"));
        m_database->failsToAdvance = true;
        {
            FakeStore store(m_database, m_catalog);
            Relay relay(store, m_broker->settings());
            const auto ended = relay.run({});
            QVERIFY(!ended);
            QCOMPARE(ended.error().code, ErrorCode::Unreachable);
        }
        m_database->failsToAdvance = false;
        QCOMPARE(relayOnce()->published, 1); // again, under the same id
        TopicProbe probe(m_broker->settings());
        probe.read("products_add");
        const auto messages = probe.waitFor(2);
        QCOMPARE(messages.size(), 2);
        QCOMPARE(idsOf(messages).size(), 1);
    }

    void publishesNothingWhileItCannotNoteHowFarItGot()
    {
        m_database->add("product", "1", Operation::Add, {}, product("1", "a"));
        m_database->isFull = true;
        for (int attempt = 0; attempt < 3; ++attempt) { // as a service would
            FakeStore store(m_database, m_catalog);
            const auto ended = Relay(store, m_broker->settings()).run({});
            QVERIFY(!ended);
            QCOMPARE(ended.error().code, ErrorCode::InputOutput);
        }
        m_database->isFull = false;
        QCOMPARE(relayOnce()->published, 1);
        TopicProbe probe(m_broker->settings());
        probe.read("products_add");
        QCOMPARE(probe.waitForExactly(1).size(), 1);
    }

private:
    static QSet<QByteArray> idsOf(const QList<StreamMessage> &messages)
    {
        QSet<QByteArray> ids;
        for (const StreamMessage &message : messages)
            ids.insert(headerOf(message, "id"));
        return ids;
    }
    Record product(const QString &id, const QString &name) const
    {
        return sampleProduct(*m_catalog, id, name);
    }
    Expected<RelayStatus> relayOnce()
    {
        FakeStore store(m_database, m_catalog);
        Relay relay(store, m_broker->settings());
        return relay.runOnce(30'000);
    }

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::shared_ptr<FakeDatabase> m_database;
};

QTEST_GUILESS_MAIN(RelayFaultsTest)
#include "RelayFaultsTest.moc"
