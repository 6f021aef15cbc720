// SPDX-License-Identifier: GPL-3.0-or-later
// Sequence order is no commit order: what commits late must still be read, and what is open elsewhere
// must hold nobody up. Also what older services see and write through the views.
#include "models/schema/ColumnText.h"
#include "tests/store/StoreFixture.h"

#include <QTest>

using namespace desk;

class JournalOrderTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();

    static QStringList ids(const QList<JournalEntry> &entries)
    {
        QStringList result;
        for (const JournalEntry &entry : entries)
            result.append(entry.id);
        return result;
    }

    static QStringList toPublish(Store &store, qint64 &position, int limit)
    {
        QStringList result;
        const Expected<int> count = store.readToPublish(position, limit, [&](const JournalEntry &entry) {
            result.append(entry.id);
            position = entry.position;
            return true;
        });
        return count && *count == result.size() ? result : QStringList(QStringLiteral("failed"));
    }

private Q_SLOTS:
    // In stretches that are shorter than what there is to stamp.
    void publishesWhatCommitsLateInShortStretches()
    {
        const StoreFixture fixture(DatabaseKind::PostgreSql);
        const auto store = fixture.open(m_catalog);
        const QString insert = QStringLiteral("INSERT INTO category (id, name) VALUES (%1, 'c')");
        // The highest id first: a transaction that hands out a new highest one has the others wait for it.
        fixture.sql({insert.arg(100), insert.arg(1), insert.arg(2)});
        OpenTransaction late(fixture.settings());
        late.exec(insert.arg(3));
        QStringList expected{QStringLiteral("100"), QStringLiteral("1"), QStringLiteral("2")};
        for (int id = 4; id <= 20; ++id) {
            fixture.sql({insert.arg(id)});
            expected.append(QString::number(id));
        }
        qint64 position = 0;
        QStringList read;
        for (int round = 0; round < 4; ++round)
            read += toPublish(*store, position, 3);
        fixture.sql({insert.arg(21)});
        for (int round = 0; round < 5; ++round)
            read += toPublish(*store, position, 3);
        expected.append(QStringLiteral("21"));
        QCOMPARE(read, expected);
        QVERIFY(late.commit());
        fixture.sql({insert.arg(22)});
        QCOMPARE(toPublish(*store, position, 3), QStringList({QStringLiteral("3"), QStringLiteral("22")}));
        QCOMPARE(store->journalHead().value(), 23);
        QVERIFY(toPublish(*store, position, 3).isEmpty());
    }

    void otherCallsDoNotDisturbWhatIsReadAhead()
    {
        const StoreFixture fixture(DatabaseKind::PostgreSql);
        const auto store = fixture.open(m_catalog);
        fixture.sql(
            {QStringLiteral("INSERT INTO category (id, name) SELECT i, 'c' FROM generate_series(1, 5) i")});
        qint64 position = 0;
        QCOMPARE(toPublish(*store, position, 2), QStringList({QStringLiteral("1"), QStringLiteral("2")}));
        QCOMPARE(store->journalHead().value(), 5); // on the connection that is being read ahead on
        QVERIFY(store->advanceRelay(position, {}));
        QCOMPARE(toPublish(*store, position, 2), QStringList({QStringLiteral("3"), QStringLiteral("4")}));
        qint64 again = 0; // not where it was going to go on
        QCOMPARE(toPublish(*store, again, 2), QStringList({QStringLiteral("1"), QStringLiteral("2")}));
        QCOMPARE(store->relayCursor().value(), 2);
        QCOMPARE(toPublish(*store, position, 2), QStringList(QStringLiteral("5")));
    }

    // Statements of many rows take turns with one that commits late: positions come in runs, and the order within
    // and between them is kept however short the stretches are that are read.
    void readsRunsInShortStretches()
    {
        const StoreFixture fixture(DatabaseKind::PostgreSql);
        const auto store = fixture.open(m_catalog);
        const QString insert = QStringLiteral("INSERT INTO category (id, name) SELECT i, 'c' FROM "
                                              "generate_series(%1, %2) i");
        fixture.sql({insert.arg(100).arg(100)}); // the highest id first
        OpenTransaction late(fixture.settings());
        late.exec(insert.arg(1).arg(5));
        fixture.sql({insert.arg(6).arg(9)});
        QCOMPARE(store->journalHead().value(), 5);
        late.exec(insert.arg(10).arg(12));
        fixture.sql({insert.arg(13).arg(14)});
        QCOMPARE(store->journalHead().value(), 7);
        QVERIFY(late.commit());
        QCOMPARE(store->journalHead().value(), 15);
        const QStringList expected{QStringLiteral("100"), QStringLiteral("6"),  QStringLiteral("7"),
                                   QStringLiteral("8"),   QStringLiteral("9"),  QStringLiteral("13"),
                                   QStringLiteral("14"),  QStringLiteral("1"),  QStringLiteral("2"),
                                   QStringLiteral("3"),   QStringLiteral("4"),  QStringLiteral("5"),
                                   QStringLiteral("10"),  QStringLiteral("11"), QStringLiteral("12")};
        QCOMPARE(fixture.sql({QStringLiteral("SELECT count(*) FROM journal_run")}),
                 QStringList(QStringLiteral("5")));
        for (int limit = 1; limit <= 16; ++limit) {
            QStringList read;
            qint64 position = 0;
            for (QStringList some; !(some = toPublish(*store, position, limit)).isEmpty();)
                read += some;
            QCOMPARE(read, expected);
        }
        const QList<JournalEntry> entries = store->readJournal(0, 100).value();
        QCOMPARE(ids(entries), expected);
        QList<qint64> positions;
        for (const JournalEntry &entry : entries) {
            positions.append(entry.position);
            QCOMPARE(store->history(entry.entity, entry.id, 1)->constFirst().position, entry.position);
        }
        QCOMPARE(ids(store->journalEntries(positions).value()), expected);
        QVERIFY(store->journalEntries({0, 16}).value().isEmpty());
    }

    // A database from before: a row for each entry.
    void takesOverPositionsThatStoodOneByOne()
    {
        const StoreFixture fixture(DatabaseKind::PostgreSql);
        {
            const auto store = fixture.open(m_catalog);
            for (int id = 1; id <= 3; ++id) {
                fixture.sql({QStringLiteral("INSERT INTO category (id, name) VALUES (%1, 'c')").arg(id)});
                QCOMPARE(store->journalHead().value(), id);
            }
        }
        fixture.sql({QStringLiteral("ALTER TABLE journal_run DROP COLUMN entries"),
                     QStringLiteral("ALTER TABLE journal_run RENAME TO journal_position"),
                     QStringLiteral("UPDATE catalog_meta SET value = 'older' WHERE key = 'base'")});
        const auto store = fixture.open(m_catalog);
        QCOMPARE(ids(store->readJournal(1, 10).value()),
                 QStringList({QStringLiteral("2"), QStringLiteral("3")}));
    }

    void readsWhatCommitsLateAndWaitsForNobody()
    {
        const StoreFixture fixture(DatabaseKind::PostgreSql);
        const auto store = fixture.open(m_catalog);
        const QString insert = QStringLiteral("INSERT INTO category (id, name) VALUES (%1, 'c')");
        OpenTransaction late(fixture.settings());
        late.exec(insert.arg(1)); // draws the first sequence, commits last
        fixture.sql({insert.arg(2), insert.arg(3)});

        QList<JournalEntry> read = store->readJournal(0, 100).value();
        QCOMPARE(ids(read), QStringList({QStringLiteral("2"), QStringLiteral("3")}));
        qint64 reached = read.constLast().position;
        for (int round = 0; round < 5; ++round) { // the search for unstamped rows narrows meanwhile
            fixture.sql({insert.arg(10 + round)});
            read = store->readJournal(reached, 100).value();
            QCOMPARE(ids(read), QStringList(QString::number(10 + round)));
            reached = read.constLast().position;
        }
        QVERIFY(late.commit());
        read = store->readJournal(reached, 100).value();
        QCOMPARE(ids(read), QStringList(QStringLiteral("1")));
        QCOMPARE(read.constLast().position, 8);
        QVERIFY(read.constLast().sequence < store->readJournal(0, 1).value().constFirst().sequence);
        QVERIFY(store->readJournal(8, 100).value().isEmpty());
    }

    void aLongTransactionKeepsNobodyFromAddingRecords()
    {
        const StoreFixture fixture(DatabaseKind::PostgreSql);
        const auto store = fixture.open(m_catalog);
        const QString insert = QStringLiteral("INSERT INTO category (id, name) VALUES (%1, 'c')");
        OpenTransaction late(fixture.settings());
        late.exec(insert.arg(100)); // beyond every id handed out so far, as is each that follows
        QString error;
        fixture.sql({QStringLiteral("SET statement_timeout = '20s'"), insert.arg(200), insert.arg(300)},
                    &error);
        QCOMPARE(error, QString());
        QVERIFY(late.commit());
        QCOMPARE(fixture.sql({QStringLiteral("SELECT nextval('category_id_sequence')")}),
                 QStringList(QStringLiteral("301")));
        QCOMPARE(
            fixture.sql({QStringLiteral("SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = "
                                        "pg_locks.database WHERE locktype = 'advisory' AND datname = "
                                        "current_database()")}),
            QStringList(QStringLiteral("0")));
    }

    void passesOverTransactionsThatFailed()
    {
        const StoreFixture fixture(DatabaseKind::PostgreSql);
        const auto store = fixture.open(m_catalog);
        {
            OpenTransaction lost(fixture.settings());
            lost.exec(QStringLiteral("INSERT INTO category (id, name) VALUES (1, 'c')"));
            QVERIFY(lost.rollback());
        }
        for (int id = 2; id < 6; ++id) {
            fixture.sql({QStringLiteral("INSERT INTO category (id, name) VALUES (%1, 'c')").arg(id)});
            QCOMPARE(store->journalHead().value(), id - 1);
        }
        for (int round = 0; round < 3; ++round)
            QVERIFY(store->journalHead());
        const QStringList horizon = fixture.sql({QStringLiteral("SELECT through FROM journal_horizon")});
        QVERIFY2(horizon.constFirst().toInt() >= 4, qPrintable(horizon.constFirst()));
    }

    // A role that may not read the sequence cannot stamp; it must not be told that there is nothing.
    void saysWhatARoleMayNotDo()
    {
        const StoreFixture fixture(DatabaseKind::PostgreSql);
        const auto store = fixture.open(m_catalog);
        fixture.sql({QStringLiteral("INSERT INTO category (id, name) VALUES (1, 'c')"),
                     QStringLiteral("REVOKE ALL ON SEQUENCE journal_sequence_seq FROM current_user")});
        const Expected<qint64> head = store->journalHead();
        QVERIFY(!head);
        QCOMPARE(head.error().code, ErrorCode::Unauthorised);
        QVERIFY2(head.error().sentence.contains(QStringLiteral("journal_sequence_seq")),
                 qPrintable(head.error().sentence));
        fixture.sql({QStringLiteral("GRANT SELECT ON SEQUENCE journal_sequence_seq TO current_user")});
        QCOMPARE(store->journalHead().value(), 1);
    }

    void letsOlderServicesReadAndWriteTheirTables()
    {
        const StoreFixture fixture(DatabaseKind::PostgreSql);
        const auto store = fixture.open(m_catalog);
        fixture.sql(
            {QStringLiteral("INSERT INTO categorycreate (id, name, description) VALUES (4, 'Beauty', '')")});
        const QString id = fixture
                               .sql({QStringLiteral("INSERT INTO productcreate (name, description, price, "
                                                    "category_id, stock_quantity, image_id) "
                                                    "VALUES ('Mascara', 'x', 9.99, 4, 3, 0) RETURNING id")})
                               .value(0);
        QVERIFY(id.toInt() > 0);
        fixture.sql({QStringLiteral("INSERT INTO productcreate (id, name, price) VALUES (20, 'Brush', 5)")});
        // Ids that came along are not handed out again.
        QCOMPARE(fixture
                     .sql({QStringLiteral(
                         "INSERT INTO productcreate (name, price) VALUES ('Comb', 1) RETURNING id")})
                     .value(0),
                 QStringLiteral("21"));
        fixture.sql(
            {QStringLiteral("INSERT INTO imagecreate (image_url, product_id) VALUES ('http://x/y.png', %1)")
                 .arg(id)});
        QCOMPARE(fixture.sql({QStringLiteral("SELECT price + 0.01 FROM productcreate WHERE id = %1").arg(id)})
                     .value(0)
                     .toDouble(),
                 10.0);
        QCOMPARE(fixture
                     .sql({QStringLiteral(
                         "SELECT category_id || '/' || image_id FROM productcreate WHERE id = 20")})
                     .value(0),
                 QStringLiteral("0/0"));
        fixture.sql(
            {QStringLiteral("UPDATE productcreate SET price = 12.345, stock_quantity = 9 WHERE id = %1")
                 .arg(id)});
        QCOMPARE(fixture
                     .sql({QStringLiteral(
                               "SELECT p.*, c.id AS category_id, c.name AS category_name, c.description AS "
                               "category_description, "
                               "i.id AS image_id, i.image_url AS image_url, i.product_id AS image_product_id "
                               "FROM productcreate p LEFT JOIN categorycreate c ON p.category_id = c.id "
                               "LEFT JOIN imagecreate i ON p.id = i.product_id WHERE p.id = %1 OR "
                               "i.image_url = 'nothing'")
                               .arg(id)})
                     .size(),
                 1);
        const EntityType &product = *m_catalog->find(u"product");
        const RecordRow row = store->fetch(product, id).value();
        QCOMPARE(row.record.version, 2);
        QCOMPARE(
            textOf(product.columns[product.indexOf(u"price")], row.record.values[product.indexOf(u"price")]),
            QStringLiteral("12.35"));
        fixture.sql({QStringLiteral("DELETE FROM productcreate WHERE id = 20")});
        QCOMPARE(store->history(QStringLiteral("product"), QStringLiteral("20"), 9)->size(), 2);
        QString error;
        fixture.sql({QStringLiteral("TRUNCATE product")}, &error);
        QVERIFY(error.contains(QStringLiteral("journal")));
    }

    void saysWhatIsWrongWithAConnection()
    {
        DatabaseSettings settings = DatabaseSettings::fromUrl(qEnvironmentVariable("DATABASE_URL")).value();
        const auto sentence = [&](const DatabaseSettings &tried) {
            const auto store = openStore(tried, m_catalog);
            return store ? QString() : store.error().sentence;
        };
        DatabaseSettings wrong = settings;
        wrong.password = QStringLiteral("wrong");
        QVERIFY2(sentence(wrong).contains(QStringLiteral("user and password")), qPrintable(sentence(wrong)));
        wrong = settings;
        wrong.name = QStringLiteral("nosuchdatabase");
        QVERIFY2(sentence(wrong).contains(QStringLiteral("no such database")), qPrintable(sentence(wrong)));
        wrong = settings;
        wrong.port = 1;
        QVERIFY2(sentence(wrong).contains(QStringLiteral("nothing answers")), qPrintable(sentence(wrong)));
        wrong = settings;
        wrong.host = QStringLiteral("no-such-host.invalid");
        QVERIFY2(sentence(wrong).contains(QStringLiteral("no host of that name")),
                 qPrintable(sentence(wrong)));
    }
};

QTEST_GUILESS_MAIN(JournalOrderTest)
#include "JournalOrderTest.moc"
