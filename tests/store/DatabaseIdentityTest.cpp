// SPDX-License-Identifier: GPL-3.0-or-later
// The id of a database that was put back to an older state, on both databases.
#include "tests/store/StoreFixture.h"

#include <QTest>

using namespace desk;

class DatabaseIdentityTest : public QObject
{
    Q_OBJECT

    static void onBoth()
    {
        QTest::addColumn<DatabaseKind>("kind");
        QTest::newRow("sqlite") << DatabaseKind::Sqlite;
        QTest::newRow("postgresql") << DatabaseKind::PostgreSql;
    }

private Q_SLOTS:
    void isAnotherOneAfterARestore_data() { onBoth(); }
    void isAnotherOneAfterARestore()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        auto store = fixture.open();
        const QString before = store->databaseId();
        const Expected<QString> now = store->renewDatabaseId();
        QVERIFY2(now, qPrintable(now ? QString() : now.error().sentence));
        QVERIFY(!QUuid::fromString(*now).isNull());
        QVERIFY(*now != before);
        QCOMPARE(store->databaseId(), *now);
        QCOMPARE(fixture.open()->databaseId(), *now);
        // The store goes on as before, and so do others beside it.
        QVERIFY(store->advanceRelay(0, {}));
        QVERIFY(fixture.open()->publishingState());
        if (kind == DatabaseKind::Sqlite)
            QCOMPARE(fixture.sql({QStringLiteral("PRAGMA journal_mode")}),
                     QStringList{QStringLiteral("wal")});
    }

    // Idle or not: it would go on under the old id.
    void staysWhileAnotherProgramHasTheDatabaseOpen_data() { onBoth(); }
    void staysWhileAnotherProgramHasTheDatabaseOpen()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        auto store = fixture.open();
        const QString before = store->databaseId();
        auto other = fixture.open();
        const Expected<QString> refused = store->renewDatabaseId();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InUse);
        QCOMPARE(store->databaseId(), before);
        QCOMPARE(fixture.open()->databaseId(), before);
        QVERIFY(other->publishingState());
        QVERIFY(store->publishingState());

        other.reset();
        // The server takes a moment to notice.
        QTRY_VERIFY(store->renewDatabaseId());
        QVERIFY(store->databaseId() != before);
    }
};

QTEST_GUILESS_MAIN(DatabaseIdentityTest)
#include "DatabaseIdentityTest.moc"
