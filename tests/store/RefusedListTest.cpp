// SPDX-License-Identifier: GPL-3.0-or-later
// The refused list on both databases: what the operator's "retry" and "drop" leave in it, and what the relay
// finds to be due.
#include "models/schema/ColumnText.h"
#include "tests/store/StoreFixture.h"

#include <QTest>

using namespace desk;

class RefusedListTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();

    static void onBoth()
    {
        QTest::addColumn<DatabaseKind>("kind");
        QTest::newRow("sqlite") << DatabaseKind::Sqlite;
        QTest::newRow("postgresql") << DatabaseKind::PostgreSql;
    }
    static RefusedEvent event(qint64 position, const char *id, bool isHeldBack = false)
    {
        return {position,
                QStringLiteral("category"),
                QString::fromLatin1(id),
                isHeldBack ? QStringLiteral("behind") : QStringLiteral("too large"),
                isHeldBack,
                {}};
    }
    static QList<qint64> positions(const Expected<QList<RefusedEvent>> &events)
    {
        QList<qint64> result;
        for (const RefusedEvent &event : events.value())
            result.append(event.position);
        return result;
    }
    static const QString Author;

private Q_SLOTS:
    void retryLetsTheRefusedOneAndThoseBehindItGo_data() { onBoth(); }
    void retryLetsTheRefusedOneAndThoseBehindItGo()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        QVERIFY(
            store->advanceRelay(9, {event(1, "1"), event(2, "2"), event(4, "1", true), event(7, "1", true)}));
        QCOMPARE(store->lastDecision().value(), 0);
        QCOMPARE(positions(store->releasedEvents(100)), QList<qint64>());

        QCOMPARE(store->retryRefused({1}, Author).value(), 1);
        QVERIFY(store->lastDecision().value() > 0);
        QCOMPARE(positions(store->releasedEvents(100)), QList<qint64>({1, 4, 7}));
        QCOMPARE(positions(store->releasedEvents(2)), QList<qint64>({1, 4}));
        QVERIFY(store->refusedEvents()->constFirst().reason.contains(QStringLiteral("too large")));
        // Again is no error: it is on its way already.
        QCOMPARE(store->retryRefused({1, 4}, Author).value(), 0);

        // The first arrived, the second was refused in its turn: the third waits for it.
        RefusedEvent again = event(4, "1");
        again.reason = QStringLiteral("not allowed");
        QVERIFY(store->settleReleased({1}, {again, event(7, "1", true)}));
        QCOMPARE(positions(store->refusedEvents()), QList<qint64>({2, 4, 7}));
        QCOMPARE(positions(store->releasedEvents(100)), QList<qint64>());
        QCOMPARE(store->refusedEvents()->at(1).reason, QStringLiteral("not allowed"));
        QCOMPARE(store->retryRefused({7}, Author).value(), 1); // stands for the one before it
        QCOMPARE(positions(store->releasedEvents(100)), QList<qint64>({4, 7}));
    }

    void dropIsKeptOnRecordAndReleasesWhatWaits_data() { onBoth(); }
    void dropIsKeptOnRecordAndReleasesWhatWaits()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        QVERIFY(store->advanceRelay(9, {event(1, "1"), event(4, "1", true)}));
        const Expected<qint64> wrong = store->dropRefused({4}, Author);
        QCOMPARE(wrong.error().code, ErrorCode::InvalidValue);
        QVERIFY(wrong.error().sentence.contains(QStringLiteral("behind the one at position 1")));
        QCOMPARE(store->dropRefused({1, 99}, Author).error().code, ErrorCode::NotFound);
        QCOMPARE(positions(store->refusedEvents()), QList<qint64>({1, 4})); // all or none

        QCOMPARE(store->dropRefused({1}, Author).value(), 1);
        QCOMPARE(positions(store->releasedEvents(100)), QList<qint64>({4}));
        QCOMPARE(fixture
                     .sql({QStringLiteral("SELECT position || ' ' || decision || ' ' || author || ' ' || "
                                          "reason FROM relay_decision WHERE at IS NOT NULL")})
                     .value(0),
                 QStringLiteral("1 drop ada too large"));
        // What is on its way can no longer be given up.
        QCOMPARE(store->dropRefused({4}, Author).error().code, ErrorCode::InvalidValue);
    }

    void refusesToDecideOnWhatIsNotThere_data() { onBoth(); }
    void refusesToDecideOnWhatIsNotThere()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        QCOMPARE(store->retryRefused({5}, Author).error().code, ErrorCode::NotFound);
        QCOMPARE(store->dropRefused({5}, Author).error().code, ErrorCode::NotFound);
        QCOMPARE(store->lastDecision().value(), 0);
    }

    void findsEntriesByPosition_data() { onBoth(); }
    void findsEntriesByPosition()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        for (int id = 1; id <= 5; ++id)
            fixture.sql({QStringLiteral("INSERT INTO category (id, name) VALUES (%1, 'c')").arg(id)});
        QCOMPARE(store->journalHead().value(), 5);
        const QList<JournalEntry> entries = store->journalEntries({4, 2, 77}).value();
        QCOMPARE(entries.size(), 2);
        QCOMPARE(entries[0].id, QStringLiteral("2"));
        QCOMPARE(entries[1].id, QStringLiteral("4"));
        QVERIFY(entries[1].after);
        QVERIFY(store->journalEntries({})->isEmpty());
    }
};

const QString RefusedListTest::Author = QStringLiteral("ada");

QTEST_GUILESS_MAIN(RefusedListTest)
#include "RefusedListTest.moc"
