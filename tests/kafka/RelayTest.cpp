// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EmbeddedBroker.h"
#include "kafka/Relay.h"
#include "tests/kafka/FakeStore.h"
#include "tests/kafka/Samples.h"
#include "tests/kafka/TopicProbe.h"

#include <QTest>

using namespace desk;

// The relay against the embedded broker while nothing goes wrong.
class RelayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_broker = *EmbeddedBroker::start(2);
        m_database = std::make_shared<FakeDatabase>();
    }
    void cleanup() { m_broker.reset(); }

    void publishesInOrderAndMovesTheCursor()
    {
        m_database->add("product", "1", Operation::Add, {}, product("1", "Lamp"));
        for (int change = 0; change < 20; ++change)
            m_database->add("product", "1", Operation::Update, product("1", "Lamp"),
                            product("1", QString("Lamp %1").arg(change)));
        m_database->add("product", "1", Operation::Delete, product("1", "Lamp 19"), {});

        const auto status = relayOnce();
        QVERIFY2(status, status ? "" : qPrintable(status.error().sentence));
        QCOMPARE(status->published, 22);
        QCOMPARE(status->refused, 0);
        QCOMPARE(m_database->cursor, 22);

        TopicProbe updates(m_broker->settings());
        updates.read("products_update");
        const auto messages = updates.waitFor(20);
        QCOMPARE(messages.size(), 20);
        for (int index = 0; index < 20; ++index) {
            QCOMPARE(headerOf(messages[index], "version"), QByteArray::number(index + 2));
            QCOMPARE(messages[index].partition, messages[0].partition);
            QCOMPARE(messages[index].key, QByteArray("1"));
        }
        TopicProbe deletes(m_broker->settings());
        deletes.read("products_delete");
        QCOMPARE(deletes.waitFor(1).size(), 1);
    }

    void resumesFromTheCursor()
    {
        for (int id = 1; id <= 5; ++id)
            m_database->add("product", QString::number(id), Operation::Add, {},
                            product(QString::number(id), "Lamp"));
        m_database->cursor = 3;
        QCOMPARE(relayOnce()->published, 2);
        TopicProbe probe(m_broker->settings());
        probe.read("products_add");
        QCOMPARE(probe.waitForExactly(2).size(), 2);
    }

    void manyRecordsTakeFewCursorWrites()
    {
        constexpr int Count = 5000;
        for (int id = 1; id <= Count; ++id)
            m_database->add("product", QString::number(id), Operation::Add, {},
                            product(QString::number(id), "Lamp"));
        QCOMPARE(relayOnce()->published, Count);
        QCOMPARE(m_database->cursor, Count);
        QVERIFY2(m_database->cursorsWritten.size() < 100,
                 qPrintable(QString::number(m_database->cursorsWritten.size())));
        QVERIFY(std::is_sorted(m_database->cursorsWritten.begin(), m_database->cursorsWritten.end()));
        TopicProbe probe(m_broker->settings());
        probe.read("products_add");
        QCOMPARE(probe.waitFor(Count).size(), Count);
    }

    void publishesEveryOriginButIngest()
    {
        m_database->add("product", "1", Operation::Add, {}, product("1", "a"), Origin::Desk);
        m_database->add("product", "2", Operation::Add, {}, product("2", "b"), Origin::Sync);
        m_database->add("product", "3", Operation::Add, {}, product("3", "c"), Origin::Other);
        m_database->add("product", "4", Operation::Add, {}, product("4", "d"), Origin::Ingest);
        QCOMPARE(relayOnce()->published, 3);
        QCOMPARE(m_database->cursor, 4);
    }

    void quietEntityIsPassedOver()
    {
        m_database->add("product", "1", Operation::Add, {}, product("1", "a"));
        RelayOptions options;
        options.quietEntities = QStringList{"product"};
        QCOMPARE(relayOnce(options)->published, 0);
        QCOMPARE(m_database->cursor, 1);
    }

    void entryThatCannotBeWrittenDoesNotBlock()
    {
        m_database->add("product", "1", Operation::Add, {}, {});
        m_database->add("product", "2", Operation::Add, {}, product("2", "Lamp"));
        const auto status = relayOnce();
        QCOMPARE(status->published, 1);
        QCOMPARE(status->refused, 1);
        QCOMPARE(m_database->cursor, 2);
        QCOMPARE(m_database->refused.size(), 1);
    }

    // Another relay may have the description: nothing is refused for good, nothing passed over.
    void stopsBeforeAnEntityWithoutDescription()
    {
        m_database->add("product", "1", Operation::Add, {}, product("1", "Lamp"));
        m_database->add("gadget", "9", Operation::Add, {}, {});
        m_database->add("product", "2", Operation::Add, {}, product("2", "Lamp"));
        for (int attempt = 0; attempt < 2; ++attempt) {
            const auto status = relayOnce();
            QVERIFY(!status);
            QVERIFY2(status.error().sentence.contains("no description of “gadget”"),
                     qPrintable(status.error().sentence));
            QCOMPARE(m_database->cursor, 1);
            QVERIFY(m_database->refused.isEmpty());
        }
        // Where the entity is published elsewhere, it holds nobody up.
        RelayOptions options;
        options.quietEntities = QStringList{"gadget"};
        QCOMPARE(relayOnce(options)->published, 1);
        QCOMPARE(m_database->cursor, 3);
    }

    void saysWhatItWaitsFor()
    {
        m_database->add("gadget", "9", Operation::Add, {}, {});
        FakeStore store(m_database, m_catalog);
        std::stop_source stop;
        QString reason;
        Relay relay(store, m_broker->settings(), [&](const RelayStatus &status) {
            if (status.state == RelayStatus::State::Running && !status.reason.isEmpty()) {
                reason = status.reason;
                stop.request_stop();
            }
        });
        QVERIFY(relay.run(stop.get_token()));
        QVERIFY2(reason.contains("gadget"), qPrintable(reason));
        QCOMPARE(m_database->cursor, 0);
    }

    void emptyJournalIsDoneAtOnce() { QCOMPARE(relayOnce()->published, 0); }

private:
    Record product(const QString &id, const QString &name) const
    {
        return sampleProduct(*m_catalog, id, name);
    }
    Expected<RelayStatus> relayOnce(const RelayOptions &options = {})
    {
        FakeStore store(m_database, m_catalog);
        Relay relay(store, m_broker->settings(), {}, options);
        return relay.runOnce(20'000);
    }

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::shared_ptr<FakeDatabase> m_database;
};

QTEST_GUILESS_MAIN(RelayTest)
#include "RelayTest.moc"
