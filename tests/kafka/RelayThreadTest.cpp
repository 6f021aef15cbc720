// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EmbeddedBroker.h"
#include "kafka/Relay.h"
#include "tests/kafka/FakeStore.h"
#include "tests/kafka/Samples.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <ctime>

using namespace desk;

class RelayThreadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_broker = *EmbeddedBroker::start(1);
        m_database = std::make_shared<FakeDatabase>();
    }
    void cleanup() { m_broker.reset(); }

    void publishesAtOnceWhenWoken()
    {
        RelayOptions options;
        options.idleMilliseconds = 60'000; // so that only wake() can be the reason
        RelayThread relay(opener(), m_broker->settings(), nullptr, options);
        QSignalSpy changed(&relay, &RelayThread::statusChanged);
        relay.start();
        QTRY_COMPARE(relay.status().state, RelayStatus::State::Running);
        addProduct("1");
        relay.wake();
        QTRY_COMPARE(relay.status().cursor, 1);
        addProduct("2");
        QElapsedTimer timer;
        timer.start();
        relay.wake();
        QTRY_COMPARE(m_database->currentCursor(), 2);
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(changed.count() >= 2);
    }

    void findsNewEntriesByItself()
    {
        RelayThread relay(opener(), m_broker->settings());
        relay.start();
        addProduct("1");
        QTRY_COMPARE(m_database->currentCursor(), 1);
        QTRY_COMPARE(relay.status().published, 1);
    }

    void opensTheDatabaseAgainWhenItIsLost()
    {
        RelayThread relay(opener(), m_broker->settings());
        relay.start();
        QTRY_COMPARE(relay.status().state, RelayStatus::State::Running);
        setAway(true);
        QTRY_COMPARE(relay.status().state, RelayStatus::State::DatabaseAway);
        QVERIFY(!relay.status().reason.isEmpty());
        addProduct("1");
        setAway(false);
        QTRY_COMPARE(m_database->currentCursor(), 1);
        QTRY_COMPARE(relay.status().state, RelayStatus::State::Running);
    }

    void saysThatThereAreNoBrokers()
    {
        RelayThread relay(opener(), {});
        relay.start();
        QTRY_COMPARE(relay.status().state, RelayStatus::State::BrokerAway);
        QVERIFY(relay.status().reason.contains("no Kafka brokers"));
    }

    void stopsWithinASecondAlsoWhenTheBrokerIsUnreachable()
    {
        BrokerSettings nowhere;
        nowhere.bootstrapServers = QStringLiteral("127.0.0.1:1");
        auto relay = std::make_unique<RelayThread>(opener(), nowhere);
        addProduct("1");
        relay->start();
        QTRY_COMPARE_WITH_TIMEOUT(relay->status().state, RelayStatus::State::BrokerAway, 10'000);
        QElapsedTimer timer;
        timer.start();
        relay.reset();
        // A second is the promise; a busy machine gets some more.
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }

    void idlesCheaply()
    {
        RelayThread relay(opener(), m_broker->settings());
        relay.start();
        addProduct("1");
        QTRY_COMPARE(m_database->currentCursor(), 1);
        const int before = m_database->reads;
        const std::clock_t processorBefore = std::clock();
        QTest::qWait(2000); // not a wait for something: the measuring time
        const double processorMilliseconds = 1000.0 * double(std::clock() - processorBefore) / CLOCKS_PER_SEC;
        QVERIFY2(m_database->reads - before <= 6, qPrintable(QString::number(m_database->reads - before)));
        QVERIFY2(processorMilliseconds < 100, qPrintable(QString::number(processorMilliseconds)));
    }

private:
    RelayThread::Opener opener()
    {
        return [database = m_database, catalog = m_catalog]() -> Expected<std::unique_ptr<Store>> {
            const std::scoped_lock lock(database->mutex);
            if (database->isAway)
                return failure(ErrorCode::Unreachable, QStringLiteral("The database cannot be reached."));
            return std::make_unique<FakeStore>(database, catalog);
        };
    }
    void addProduct(const QString &id)
    {
        m_database->add("product", id, Operation::Add, {}, sampleProduct(*m_catalog, id, "Lamp"));
    }
    void setAway(bool isAway)
    {
        const std::scoped_lock lock(m_database->mutex);
        m_database->isAway = isAway;
    }

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::shared_ptr<FakeDatabase> m_database;
};

QTEST_GUILESS_MAIN(RelayThreadTest)
#include "RelayThreadTest.moc"
