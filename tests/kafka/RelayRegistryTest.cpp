// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EmbeddedBroker.h"
#include "kafka/MessageDecoder.h"
#include "kafka/Publisher.h"
#include "kafka/Relay.h"
#include "kafka/SchemaFrame.h"
#include "tests/kafka/FakeRegistry.h"
#include "tests/kafka/FakeStore.h"
#include "tests/kafka/MartEntities.h"
#include "tests/kafka/Samples.h"
#include "tests/kafka/TopicProbe.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;
using Fault = FakeRegistry::Fault;
using State = RelayStatus::State;

// Framed events through the relay and the publisher, with a registry that has its moods.
class RelayRegistryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        writeMartEntities(m_folder.path());
        m_catalog = EntityCatalog::load(m_folder.path());
        QVERIFY2(m_catalog->problems().isEmpty(), qPrintable(m_catalog->problems().value(0).toText()));
    }
    void init()
    {
        m_broker = *EmbeddedBroker::start(2);
        m_registry = std::make_unique<FakeRegistry>();
        m_database = std::make_shared<FakeDatabase>();
    }
    void cleanup()
    {
        m_broker.reset();
        m_registry.reset();
    }

    void eventsAreFramedWithTheirIdAndMessage()
    {
        addOrder("1", 1);
        addMartProduct("2");
        addOrder("1", 2, Operation::Update);
        m_database->add("order", "1", Operation::Delete, order("1", 2), {});
        const auto status = relayOnce();
        QVERIFY2(status, status ? "" : qPrintable(status.error().sentence));
        QCOMPARE(status->published, 4);
        const auto schemas = m_registry->schemas();
        QCOMPARE(schemas.size(), 2);

        const auto orders = read("order-events", 3);
        QCOMPARE(orders.size(), 3);
        MessageDecoder decoder(m_catalog);
        for (const StreamMessage &message : orders) {
            const auto framed = readFrame(message.value);
            QVERIFY(framed);
            QCOMPARE(framed->frame.messageIndexes, QList<int>{0});
            QCOMPARE(schemas.key(framed->frame.schemaId).first, QString("order-events-value"));
            QCOMPARE(message.key, QByteArray("1"));
            const DecodedMessage decoded = decoder.decode(message);
            QVERIFY2(decoded.problem.isEmpty(), qPrintable(decoded.problem));
            QCOMPARE(decoded.recordId, QString("1"));
        }
        QCOMPARE(readFrame(orders[2].value)->payload, QByteArrayView("\x08\x01"));
        const auto products = read("product-events", 1);
        QCOMPARE(readFrame(products.value(0).value)->frame.messageIndexes, QList<int>{1});
    }

    void registryAwayHoldsBackItsEventsAndNoOthers()
    {
        m_registry->set(Fault::Away);
        for (int change = 1; change <= 20; ++change) {
            addOrder(QString::number(change % 3), change, Operation::Update);
            addProduct(QString::number(change));
        }
        RunningRelay relay(*this);
        QTRY_COMPARE(relay.status().state, State::RegistryAway);
        QTRY_COMPARE(relay.status().published, 20);
        const QString reason = relay.status().reason;
        QVERIFY2(reason.startsWith("Events of Orders wait. The schema registry at "), qPrintable(reason));
        QCOMPARE(m_database->currentCursor(), 0);
        // Also those that come later.
        addOrder("1", 21, Operation::Update);
        addProduct("21");
        relay.wake();
        QTRY_COMPARE(relay.status().published, 21);

        m_registry->set(Fault::None);
        QTRY_COMPARE_WITH_TIMEOUT(m_database->currentCursor(), 42, 20'000);
        QTRY_COMPARE(relay.status().state, State::Running);
        QVERIFY(m_database->currentRefused().isEmpty());
        const auto orders = read("order-events", 21);
        QCOMPARE(orders.size(), 21);
        QHash<QByteArray, qint64> versions;
        for (const StreamMessage &message : orders) {
            const qint64 version = headerOf(message, "version").toLongLong();
            QVERIFY(version > versions.value(message.key));
            versions[message.key] = version;
        }
    }

    void silentRegistryKeepsNobodyWaiting()
    {
        m_registry->set(Fault::Silent);
        addOrder("1", 1);
        RunningRelay relay(*this);
        QTRY_COMPARE(m_registry->requests(), 1);
        for (int id = 1; id <= 5; ++id) {
            addProduct(QString::number(id));
            QElapsedTimer timer;
            timer.start();
            relay.wake();
            QTRY_COMPARE(relay.status().published, id);
            QVERIFY2(timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed())));
        }
        QElapsedTimer timer;
        timer.start();
        relay.stop();
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }

    void moreThanAWindowMayWait()
    {
        m_registry->set(Fault::Failing);
        RelayOptions options;
        options.eventsInFlight = 50;
        options.bytesInFlight = 10'000;
        for (int id = 1; id <= 2000; ++id)
            addOrder(QString::number(id), 1);
        for (int id = 1; id <= 100; ++id)
            addProduct(QString::number(id));
        RunningRelay relay(*this, options);
        QTRY_COMPARE(relay.status().published, 100);
        QCOMPARE(m_database->currentCursor(), 0);
        m_registry->set(Fault::None);
        QTRY_COMPARE_WITH_TIMEOUT(m_database->currentCursor(), 2100, 20'000);
        QCOMPARE(read("order-events", 2000).size(), 2000);
    }

    void incompatibleSchemaIsRefusedWithTheReason()
    {
        m_registry->set(Fault::Incompatible);
        addOrder("1", 1);
        addProduct("1");
        const auto status = relayOnce();
        QVERIFY2(status, status ? "" : qPrintable(status.error().sentence));
        QCOMPARE(status->published, 1);
        QCOMPARE(status->refused, 1);
        QCOMPARE(m_database->cursor, 2);
        QVERIFY2(m_database->refused[0].reason.contains("The type of field 1 has changed."),
                 qPrintable(m_database->refused[0].reason));
    }

    void runOnceTellsThatTheRegistryIsAway()
    {
        m_registry->set(Fault::Away);
        addOrder("1", 1);
        const auto status = relayOnce(3'000);
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::Unreachable);
        QVERIFY2(status.error().sentence.contains("cannot be reached"), qPrintable(status.error().sentence));
    }

    void runOnceDoesNotWaitForAWrongPassword()
    {
        m_registry->set(Fault::WrongPassword);
        addOrder("1", 1);
        QElapsedTimer timer;
        timer.start();
        const auto status = relayOnce(60'000);
        QVERIFY(timer.elapsed() < 20'000);
        QCOMPARE(status.error().code, ErrorCode::Unauthorised);
        QCOMPARE(m_database->cursor, 0);
    }

    void withoutARegistryEventsAreRefusedWithWhatToSet()
    {
        addOrder("1", 1);
        m_hasRegistry = false;
        const auto status = relayOnce();
        m_hasRegistry = true;
        QCOMPARE(status->refused, 1);
        QVERIFY2(m_database->refused[0].reason.contains("SCHEMA_REGISTRY_URL"),
                 qPrintable(m_database->refused[0].reason));
    }

    void publisherFramesToo()
    {
        FakeStore store(m_database, m_catalog);
        store.records = {order("1", 1), order("2", 2)};
        const EntityType &entity = *m_catalog->find(u"order");
        QCOMPARE(*publishList(store, entity, brokers()), 1);
        QCOMPARE(*publishRecords(store, entity, {"2"}, brokers()), 1);
        QCOMPARE(m_registry->schemas().size(), 1);
        MessageDecoder decoder(m_catalog);
        for (const StreamMessage &message : read("order-events", 2)) {
            const bool isList = headerOf(message, "operation") == "list";
            const auto framed = readFrame(message.value);
            QCOMPARE(framed->frame.messageIndexes, QList<int>{isList ? 1 : 0});
            const DecodedMessage decoded = decoder.decode(message);
            QVERIFY2(decoded.problem.isEmpty(), qPrintable(decoded.problem));
            if (isList)
                QCOMPARE(decoded.summary, QString("2 orders"));
        }
        m_registry->set(Fault::Away);
        const auto away = publishRecords(store, entity, {"2"}, brokers());
        QCOMPARE(away.error().code, ErrorCode::Unreachable);
        QVERIFY2(away.error().sentence.contains("schema registry"), qPrintable(away.error().sentence));
    }

private:
    // A relay on a thread of its own, as the window has one.
    class RunningRelay
    {
    public:
        explicit RunningRelay(RelayRegistryTest &test, const RelayOptions &options = {})
            : m_store(test.m_database, test.m_catalog)
            , m_relay(
                  m_store, test.brokers(),
                  [this](const RelayStatus &status) {
                      const std::scoped_lock lock(m_mutex);
                      m_status = status;
                  },
                  options)
            , m_thread([this](const std::stop_token &stop) { static_cast<void>(m_relay.run(stop)); })
        { }
        ~RunningRelay() { stop(); }
        void stop()
        {
            m_thread.request_stop();
            if (m_thread.joinable())
                m_thread.join();
        }
        void wake() { m_relay.wake(); }
        RelayStatus status()
        {
            const std::scoped_lock lock(m_mutex);
            return m_status;
        }

    private:
        std::mutex m_mutex;
        RelayStatus m_status;
        FakeStore m_store;
        Relay m_relay;
        std::jthread m_thread;
    };

    BrokerSettings brokers() const
    {
        BrokerSettings settings = m_broker->settings();
        if (m_hasRegistry)
            settings.registryUrl = m_registry->url();
        return settings;
    }
    Record order(const QString &id, int quantity) const
    {
        return sampleRecord(
            *m_catalog->find(u"order"), id,
            {{"username", "ada"}, {"quantity", QString::number(quantity)}, {"price", "0.29"}});
    }
    void addOrder(const QString &id, int quantity, Operation operation = Operation::Add)
    {
        m_database->add("order", id, operation, {}, order(id, quantity));
    }
    void addMartProduct(const QString &id)
    {
        m_database->add("mart_product", id, Operation::Add, {},
                        sampleRecord(*m_catalog->find(u"mart_product"), id, {{"name", "Lamp"}}));
    }
    void addProduct(const QString &id)
    {
        m_database->add("product", id, Operation::Add, {}, sampleProduct(*m_catalog, id, "Lamp"));
    }
    Expected<RelayStatus> relayOnce(int timeoutMilliseconds = 30'000)
    {
        FakeStore store(m_database, m_catalog);
        Relay relay(store, brokers());
        return relay.runOnce(timeoutMilliseconds);
    }
    QList<StreamMessage> read(const QString &topic, qsizetype count) const
    {
        TopicProbe probe(m_broker->settings());
        probe.read(topic);
        return probe.waitForExactly(count);
    }

    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<FakeDatabase> m_database;
    bool m_hasRegistry = true;
};

QTEST_GUILESS_MAIN(RelayRegistryTest)
#include "RelayRegistryTest.moc"
