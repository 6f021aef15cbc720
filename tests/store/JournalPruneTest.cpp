// SPDX-License-Identifier: GPL-3.0-or-later
// Taking off the journal's oldest entries on both databases: what is kept for whom, and that positions,
// stamping and history stay right.
#include "tests/store/StoreFixture.h"

#include <QTest>

using namespace desk;

class JournalPruneTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();

    static void onBoth()
    {
        QTest::addColumn<DatabaseKind>("kind");
        QTest::newRow("sqlite") << DatabaseKind::Sqlite;
        QTest::newRow("postgresql") << DatabaseKind::PostgreSql;
    }
    static void add(const StoreFixture &fixture, int from, int to)
    {
        for (int id = from; id <= to; ++id)
            fixture.sql({QStringLiteral("INSERT INTO category (id, name) VALUES (%1, 'c')").arg(id)});
    }
    static JournalRetention keepRows(qint64 rows)
    {
        JournalRetention retention;
        retention.rows = rows;
        return retention;
    }

private Q_SLOTS:
    void keepsWhatTheRelayHasNotPublished_data() { onBoth(); }
    void keepsWhatTheRelayHasNotPublished()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        QCOMPARE(store->journalStatus()->rows, 0);
        add(fixture, 1, 10);
        JournalStatus status = store->journalStatus().value();
        QCOMPARE(status.rows, 10);
        QCOMPARE(status.head, 10);
        QCOMPARE(status.oldestPosition, 1);
        QVERIFY(status.bytes > 100);
        QVERIFY(qAbs(status.oldestAt.secsTo(QDateTime::currentDateTimeUtc())) < 60);
        QCOMPARE(store->planPrune(keepRows(0))->rows, 0);
        QCOMPARE(store->planPrune(keepRows(0))->limit, PrunePlan::Limit::Relay);

        QVERIFY(store->advanceRelay(6, {}));
        QCOMPARE(store->planPrune(keepRows(0))->through, 6);
        QCOMPARE(store->planPrune(keepRows(8))->through, 2);
        QCOMPARE(store->planPrune(keepRows(8))->limit, PrunePlan::Limit::Retention);
        // Also one who asks for more gets no more, and in portions.
        QCOMPARE(store->pruneJournal(10, 4).value(), 4);
        QCOMPARE(store->pruneJournal(10, 4).value(), 2);
        QCOMPARE(store->pruneJournal(10, 4).value(), 0);
        status = store->journalStatus().value();
        QCOMPARE(status.oldestPosition, 7);
        QCOMPARE(status.rows, 4);
        QCOMPARE(store->readJournal(6, 10)->size(), 4);
        QCOMPARE(store->history({}, {}, 100)->size(), 4);
        QVERIFY(store->history(QStringLiteral("category"), QStringLiteral("1"), 9)->isEmpty());
    }

    void keepsWhatRefusedEventsAndWorkingCopiesNeed_data() { onBoth(); }
    void keepsWhatRefusedEventsAndWorkingCopiesNeed()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        add(fixture, 1, 10);
        QCOMPARE(store->journalHead().value(), 10);
        QVERIFY(store->advanceRelay(
            10, {{8, QStringLiteral("category"), QStringLiteral("8"), QStringLiteral("why"), false, {}}}));
        PrunePlan plan = store->planPrune(keepRows(0)).value();
        QCOMPARE(plan.through, 7);
        QCOMPARE(plan.limit, PrunePlan::Limit::RefusedEvent);

        QVERIFY(store->registerWorkingCopy(QStringLiteral("a-1"), QStringLiteral("Train"), 3));
        plan = store->planPrune(keepRows(0)).value();
        QCOMPARE(plan.through, 3);
        QCOMPARE(plan.limit, PrunePlan::Limit::WorkingCopy);
        QCOMPARE(plan.workingCopy, QStringLiteral("Train"));
        QCOMPARE(store->pruneJournal(10, 100).value(), 3);
        QVERIFY(store->registerWorkingCopy(QStringLiteral("a-1"), QStringLiteral("Train"), 5));
        QCOMPARE(store->journalStatus()->workingCopies.size(), 1);
        QCOMPARE(store->pruneJournal(10, 100).value(), 2);
        QVERIFY(store->forgetWorkingCopy(QStringLiteral("a-1")));
        QCOMPARE(store->forgetWorkingCopy(QStringLiteral("a-1")).error().code, ErrorCode::NotFound);
        QCOMPARE(store->pruneJournal(10, 100).value(), 2); // up to the refused one
        QCOMPARE(store->dropRefused({8}, QStringLiteral("ada")).value(), 1);
        QCOMPARE(store->pruneJournal(10, 100).value(), 3);
        QCOMPARE(store->journalStatus()->rows, 0);
    }

    void keepsByAgeAlsoWhenTheClockWasSetBack_data() { onBoth(); }
    void keepsByAgeAlsoWhenTheClockWasSetBack()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        add(fixture, 1, 5);
        QCOMPARE(store->journalHead().value(), 5);
        QVERIFY(store->advanceRelay(5, {}));
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto age = [&](int sequence, int days) {
            fixture.sql({QStringLiteral("UPDATE journal SET at = '%2' WHERE sequence = %1")
                             .arg(sequence)
                             .arg(now.addDays(-days).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzzZ")))});
        };
        for (const auto &[sequence, days] : {std::pair{1, 90}, {2, 80}, {3, 10}, {4, 70}, {5, 0}})
            age(sequence, days);
        JournalRetention retention;
        retention.since = now.addDays(-30);
        QCOMPARE(store->planPrune(retention)->through, 2); // 4 looks old, and stands behind a young one
        retention.since = now.addDays(-100);
        QCOMPARE(store->planPrune(retention)->rows, 0);
        retention.since = now.addDays(1);
        QCOMPARE(store->planPrune(retention)->through, 5);
        retention.rows = 4;
        QCOMPARE(store->planPrune(retention)->through, 1);
    }

    void positionsGoOnAfterEverythingWasPruned_data() { onBoth(); }
    void positionsGoOnAfterEverythingWasPruned()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        add(fixture, 1, 4);
        QCOMPARE(store->journalHead().value(), 4);
        QVERIFY(store->advanceRelay(4, {}));
        QCOMPARE(store->pruneJournal(4, 100).value(), 4);
        QCOMPARE(store->journalHead().value(), 4);
        QCOMPARE(store->publishingState()->waiting, 0);
        add(fixture, 5, 6);
        const QList<JournalEntry> entries = store->readJournal(4, 10).value();
        QCOMPARE(entries.size(), 2);
        QCOMPARE(entries[0].position, 5);
        QCOMPARE(store->publishingState()->waiting, 2);
    }

    void stampingFindsLateCommitsAfterAPruning()
    {
        const StoreFixture fixture(DatabaseKind::PostgreSql);
        const auto store = fixture.open(m_catalog);
        {
            const auto late = fixture.openTransaction();
            late->exec(QStringLiteral("INSERT INTO category (id, name) VALUES (100, 'late')"));
            add(fixture, 1, 5);
            QCOMPARE(store->journalHead().value(), 5);
            QVERIFY(store->advanceRelay(5, {}));
            QCOMPARE(store->pruneJournal(5, 100).value(), 5);
            QVERIFY(store->readJournal(0, 10)->isEmpty());
            QVERIFY(late->commit());
        }
        const QList<JournalEntry> entries = store->readJournal(0, 10).value();
        QCOMPARE(entries.size(), 1);
        QCOMPARE(entries[0].id, QStringLiteral("100"));
        QCOMPARE(entries[0].position, 6);
    }

    // On PostgreSQL a statement's entries share one row of positions; a pruning may end within it.
    void takesOffPartOfWhatWasStampedTogether_data() { onBoth(); }
    void takesOffPartOfWhatWasStampedTogether()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        fixture.sql({QStringLiteral("INSERT INTO category (id, name) VALUES (1, 'c'), (2, 'c'), (3, 'c'), "
                                    "(4, 'c'), (5, 'c')")});
        QCOMPARE(store->journalHead().value(), 5);
        add(fixture, 6, 7);
        QCOMPARE(store->journalHead().value(), 7);
        QVERIFY(store->advanceRelay(7, {}));
        QCOMPARE(store->pruneJournal(3, 2).value(), 2);
        QCOMPARE(store->pruneJournal(3, 2).value(), 1);
        QCOMPARE(store->journalStatus()->oldestPosition, 4);
        QCOMPARE(store->journalStatus()->rows, 4);
        const QList<JournalEntry> left = store->readJournal(0, 10).value();
        QCOMPARE(left.size(), 4);
        for (int index = 0; index < left.size(); ++index) {
            QCOMPARE(left[index].position, 4 + index);
            QCOMPARE(left[index].id, QString::number(4 + index));
        }
        QCOMPARE(store->journalEntries({3, 4, 7}).value().size(), 2);
        QCOMPARE(store->history(QStringLiteral("category"), QStringLiteral("5"), 9)->constFirst().position,
                 5);
        add(fixture, 8, 8);
        QCOMPARE(store->readJournal(7, 10)->constFirst().position, 8);
        QVERIFY(store->advanceRelay(8, {}));
        QCOMPARE(store->pruneJournal(8, 100).value(), 5);
        QVERIFY(store->readJournal(0, 10)->isEmpty());
    }
};

QTEST_GUILESS_MAIN(JournalPruneTest)
#include "JournalPruneTest.moc"
