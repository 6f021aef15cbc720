// SPDX-License-Identifier: GPL-3.0-or-later
// The relay over real journals while the databases do what databases do: commit late, be read by two relays
// at once, and live through a clock that is set back.
#include "kafka/EmbeddedBroker.h"
#include "tests/kafka/RunningRelay.h"
#include "tests/kafka/TopicProbe.h"
#include "tests/store/StoreFixture.h"

#include <QSet>
#include <QTest>

using namespace desk;

class RelayJournalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_broker = *EmbeddedBroker::start(1); }
    void cleanup() { m_broker.reset(); }

    void publishesWhatCommitsLateAndNobodyWaitsForIt()
    {
        const StoreFixture fixture(DatabaseKind::PostgreSql);
        const auto store = fixture.open(m_catalog);
        const auto late = fixture.openTransaction();
        late->exec(insert(1)); // draws the first sequence
        RunningRelay relay(fixture.open(m_catalog), m_broker->settings());
        fixture.sql({insert(2), insert(3), QStringLiteral("UPDATE category SET name = 'd' WHERE id = 2")});
        relay.wake();
        QTRY_COMPARE_WITH_TIMEOUT(store->relayCursor().value(), 3, 20'000);
        QVERIFY(late->commit());
        fixture.sql({QStringLiteral("UPDATE category SET name = 'd' WHERE id = 1")});
        relay.wake();
        QTRY_COMPARE_WITH_TIMEOUT(store->relayCursor().value(), 5, 20'000);
        TopicProbe added(m_broker->settings());
        added.read("categories_add");
        QCOMPARE(keys(added.waitForExactly(3)), QList<QByteArray>({"2", "3", "1"}));
        TopicProbe updated(m_broker->settings());
        updated.read("categories_update");
        QCOMPARE(keys(updated.waitForExactly(2)), QList<QByteArray>({"2", "1"}));
        QVERIFY(store->refusedEvents()->isEmpty());
    }

    void ofTwoRelaysOnlyOneProduces_data() { onBoth(); }
    void ofTwoRelaysOnlyOneProduces()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        RunningRelay first(fixture.open(m_catalog), m_broker->settings());
        RunningRelay second(fixture.open(m_catalog), m_broker->settings());
        for (int id = 1; id <= 60; ++id) {
            fixture.sql({insert(id)});
            first.wake();
            second.wake();
        }
        QTRY_COMPARE_WITH_TIMEOUT(store->relayCursor().value(), 60, 30'000);
        TopicProbe probe(m_broker->settings());
        probe.read("categories_add");
        const QList<StreamMessage> messages = probe.waitForExactly(60);
        QCOMPARE(messages.size(), 60);
        QSet<QByteArray> ids;
        for (const StreamMessage &message : messages)
            ids.insert(headerOf(message, "id"));
        QCOMPARE(ids.size(), 60);
        QTRY_VERIFY((first.state() == RelayStatus::State::StandingBy)
                    != (second.state() == RelayStatus::State::StandingBy));
        QTRY_COMPARE(first.status().published + second.status().published, 60);
    }

    void aClockSetBackChangesNeitherOrderNorPublishing_data() { onBoth(); }
    void aClockSetBackChangesNeitherOrderNorPublishing()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        fixture.sql({insert(1)});
        for (int change = 1; change <= 6; ++change) {
            // Each change a day before the one it follows.
            fixture.sql(
                {QStringLiteral("UPDATE category SET name = 'c%1' WHERE id = 1").arg(change),
                 QStringLiteral("UPDATE journal SET at = '2020-02-%1T00:00:00.000Z' WHERE version = %2")
                     .arg(20 - change)
                     .arg(change + 1)});
        }
        RunningRelay relay(fixture.open(m_catalog), m_broker->settings());
        QTRY_COMPARE_WITH_TIMEOUT(store->relayCursor().value(), 7, 20'000);
        TopicProbe probe(m_broker->settings());
        probe.read("categories_update");
        const QList<StreamMessage> messages = probe.waitForExactly(6);
        QCOMPARE(messages.size(), 6);
        for (int index = 0; index < 6; ++index)
            QCOMPARE(headerOf(messages[index], "version"), QByteArray::number(index + 2));
        QVERIFY(headerOf(messages[0], "at") > headerOf(messages[5], "at"));
    }

    void decisionsReachARelayOverRealTables_data() { onBoth(); }
    void decisionsReachARelayOverRealTables()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        fixture.sql({insert(1), QStringLiteral("UPDATE category SET name = 'd' WHERE id = 1"), insert(2)});
        QCOMPARE(store->journalHead().value(), 3);
        const auto refused = [](qint64 position, const char *id, bool isHeldBack) {
            return RefusedEvent{position,
                                QStringLiteral("category"),
                                QString::fromLatin1(id),
                                QStringLiteral("why"),
                                isHeldBack,
                                {}};
        };
        QVERIFY(
            store->advanceRelay(3, {refused(1, "1", false), refused(2, "1", true), refused(3, "2", false)}));
        RunningRelay relay(fixture.open(m_catalog), m_broker->settings());
        QTRY_COMPARE_WITH_TIMEOUT(relay.state(), RelayStatus::State::Running, 20'000);
        QVERIFY(store->retryRefused({1}, QStringLiteral("ada")));
        QVERIFY(store->dropRefused({3}, QStringLiteral("ada")));
        fixture.sql({QStringLiteral("UPDATE category SET name = 'e' WHERE id = 1"),
                     QStringLiteral("UPDATE category SET name = 'e' WHERE id = 2")});
        QTRY_VERIFY_WITH_TIMEOUT(store->refusedEvents()->isEmpty(), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(store->relayCursor().value(), 5, 20'000);
        TopicProbe added(m_broker->settings());
        added.read("categories_add");
        QCOMPARE(keys(added.waitForExactly(1)), QList<QByteArray>({"1"}));
        TopicProbe updated(m_broker->settings());
        updated.read("categories_update");
        QList<QByteArray> versions;
        for (const StreamMessage &message : updated.waitForExactly(3)) {
            if (message.key == "1")
                versions.append(headerOf(message, "version"));
        }
        QCOMPARE(versions, QList<QByteArray>({"2", "3"}));
    }

private:
    static void onBoth()
    {
        QTest::addColumn<DatabaseKind>("kind");
        QTest::newRow("sqlite") << DatabaseKind::Sqlite;
        QTest::newRow("postgresql") << DatabaseKind::PostgreSql;
    }
    static QString insert(int id)
    {
        return QStringLiteral("INSERT INTO category (id, name) VALUES (%1, 'c')").arg(id);
    }
    static QList<QByteArray> keys(const QList<StreamMessage> &messages)
    {
        QList<QByteArray> result;
        for (const StreamMessage &message : messages)
            result.append(message.key);
        return result;
    }

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();
    std::unique_ptr<EmbeddedBroker> m_broker;
};

QTEST_GUILESS_MAIN(RelayJournalTest)
#include "RelayJournalTest.moc"
