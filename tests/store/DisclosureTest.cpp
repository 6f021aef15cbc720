// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept of sensitive fields that somebody had shown, on both databases.
#include "tests/store/StoreFixture.h"

#include <QTest>

using namespace desk;

class DisclosureTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();

    static void onBoth()
    {
        QTest::addColumn<DatabaseKind>("kind");
        QTest::newRow("sqlite") << DatabaseKind::Sqlite;
        QTest::newRow("postgresql") << DatabaseKind::PostgreSql;
    }
    static Disclosure disclosure(const QString &field)
    {
        Disclosure disclosure;
        disclosure.author = "ana";
        disclosure.topic = "payment-events";
        disclosure.partition = 2;
        disclosure.offset = 9'000'000'000;
        disclosure.field = field;
        return disclosure;
    }

private Q_SLOTS:
    void whoSawWhatIsKeptNewestFirst_data() { onBoth(); }
    void whoSawWhatIsKeptNewestFirst()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        QVERIFY(store->disclosures(10, 0)->isEmpty());
        const QDateTime before = QDateTime::currentDateTimeUtc().addSecs(-60);
        QVERIFY(store->recordDisclosure(disclosure("value: card_num")));
        QVERIFY(store->recordDisclosure(disclosure("key")));
        const auto kept = store->disclosures(10, 0);
        QVERIFY2(kept, kept ? "" : qPrintable(kept.error().sentence));
        QCOMPARE(kept->size(), 2);
        QCOMPARE(kept->at(0).field, QString("key"));
        const Disclosure &first = kept->at(1);
        QCOMPARE(first.author, QString("ana"));
        QCOMPARE(first.topic, QString("payment-events"));
        QCOMPARE(first.partition, 2);
        QCOMPARE(first.offset, qint64(9'000'000'000));
        QCOMPARE(first.field, QString("value: card_num"));
        QVERIFY(first.at > before && first.at < before.addSecs(3600));
        QCOMPARE(store->disclosures(1, 0)->size(), 1);
        const auto older = store->disclosures(10, kept->at(0).number);
        QVERIFY(older);
        QCOMPARE(older->size(), 1); // page by page
        QCOMPARE(older->at(0).number, first.number);
        QVERIFY(store->disclosures(10, first.number)->isEmpty());
    }

    void nobodyIsRefused_data() { onBoth(); }
    void nobodyIsRefused()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        Disclosure nobodys = disclosure("key");
        nobodys.author.clear();
        QCOMPARE(store->recordDisclosure(nobodys).error().code, ErrorCode::InvalidValue);
        QVERIFY(store->disclosures(10, 0)->isEmpty());
    }

    void databaseOfAnEarlierVersionGetsTheTable_data() { onBoth(); }
    void databaseOfAnEarlierVersionGetsTheTable()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        static_cast<void>(fixture.open(m_catalog));
        fixture.sql(
            {"DROP TABLE catalog_disclosure", "UPDATE catalog_meta SET value = 'older' WHERE key = 'base'"});
        const auto store = fixture.open(m_catalog);
        QVERIFY(store->recordDisclosure(disclosure("key")));
    }
};

QTEST_GUILESS_MAIN(DisclosureTest)
#include "DisclosureTest.moc"
