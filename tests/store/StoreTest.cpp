// SPDX-License-Identifier: GPL-3.0-or-later
// What the Store promises, held on SQLite and on PostgreSQL alike.
#include "models/schema/ColumnText.h"
#include "tests/store/StoreFixture.h"

#include <QTest>

using namespace desk;

class StoreTest : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();
    const EntityType &m_product = *m_catalog->find(u"product");
    const EntityType &m_category = *m_catalog->find(u"category");
    const EntityType &m_image = *m_catalog->find(u"image");

    static void onBoth()
    {
        QTest::addColumn<DatabaseKind>("kind");
        QTest::newRow("SQLite") << DatabaseKind::Sqlite;
        QTest::newRow("PostgreSQL") << DatabaseKind::PostgreSql;
    }
    static void set(const EntityType &entity, Record &record, const char *column, const QString &text)
    {
        const int index = entity.indexOf(QString::fromLatin1(column));
        record.values[index] = valueFromText(entity.columns[index], text).value();
    }
    Record product(const QString &name, const QString &price, const QString &category = {}) const
    {
        Record record = newRecord(m_product);
        set(m_product, record, "name", name);
        set(m_product, record, "price", price);
        set(m_product, record, "category_id", category);
        return record;
    }
    static AppliedChange applyOne(Store &store, const Change &change)
    {
        const Expected<QList<AppliedChange>> applied = store.apply({{change}, QStringLiteral("maria")});
        if (!applied)
            qFatal("%s", qPrintable(applied.error().sentence));
        return applied->constFirst();
    }
    QVariant value(const Record &record, const char *column) const
    {
        return record.values[m_product.indexOf(QString::fromLatin1(column))];
    }

private Q_SLOTS:
    void keepsEveryTypeExactly_data() { onBoth(); }
    void keepsEveryTypeExactly()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        Record record = product(QStringLiteral("Lampe „Höhe“ 灯, 'x'; \\ %"),
                                QStringLiteral("9999999999.99"));
        set(m_product, record, "stock_quantity", QStringLiteral("2147483647"));
        const AppliedChange added = applyOne(*store, addition(m_product, record));
        QCOMPARE(added.after->version, 1);
        const Expected<RecordRow> row = store->fetch(m_product, added.id());
        QVERIFY(row);
        QCOMPARE(row->record, *added.after);
        QCOMPARE(value(row->record, "price").value<Decimal>().toText(), QStringLiteral("9999999999.99"));
        QVERIFY(!value(row->record, "category_id").isValid());
    }

    void countsVersionsAndJournalsEachChange_data() { onBoth(); }
    void countsVersionsAndJournalsEachChange()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        const Record first = *applyOne(
                                  *store,
                                  addition(m_product, product(QStringLiteral("Lamp"), QStringLiteral("10"))))
                                  .after;
        Record changed = first;
        set(m_product, changed, "price", QStringLiteral("12.50"));
        const Record second = *applyOne(*store, update(m_product, first, changed)).after;
        QCOMPARE(second.version, 2);
        applyOne(*store, deletion(m_product, second));

        const Expected<QList<JournalEntry>> journal = store->readJournal(0, 100);
        QVERIFY(journal);
        QCOMPARE(journal->size(), 3);
        QCOMPARE(journal->at(0).operation, Operation::Add);
        QCOMPARE(*journal->at(0).after, first);
        QCOMPARE(journal->at(1).operation, Operation::Update);
        QCOMPARE(*journal->at(1).before, first);
        QCOMPARE(*journal->at(1).after, second);
        QCOMPARE(journal->at(2).operation, Operation::Delete);
        QCOMPARE(journal->at(2).version, 3);
        QCOMPARE(*journal->at(2).before, second);
        QVERIFY(!journal->at(2).after);
        for (int index = 0; index < 3; ++index) {
            QCOMPARE(journal->at(index).position, index + 1);
            QCOMPARE(journal->at(index).author, QStringLiteral("maria"));
            QCOMPARE(journal->at(index).origin, Origin::Desk);
        }
        QCOMPARE(store->history(QStringLiteral("product"), first.id, 10)->size(), 3);
        QCOMPARE(store->journalHead().value(), 3);
    }

    void journalsWhatOtherProgramsWrite_data() { onBoth(); }
    void journalsWhatOtherProgramsWrite()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        const Record record = *applyOne(
                                   *store,
                                   addition(m_product, product(QStringLiteral("Lamp"), QStringLiteral("10"))))
                                   .after;
        fixture.sql({QStringLiteral("UPDATE product SET stock_quantity = stock_quantity + 5"),
                     QStringLiteral("UPDATE product SET name = name"),
                     QStringLiteral("DELETE FROM product")});
        const QList<JournalEntry> journal = store->readJournal(1, 100).value();
        QCOMPARE(journal.size(), 2); // the update that changed nothing is no change
        QCOMPARE(journal[0].origin, Origin::Other);
        QCOMPARE(journal[0].version, 2);
        QCOMPARE(value(*journal[0].before, "stock_quantity").toInt(), 0);
        QCOMPARE(value(*journal[0].after, "stock_quantity").toInt(), 5);
        QCOMPARE(journal[1].operation, Operation::Delete);
        QCOMPARE(journal[1].version, 3);
    }

    void mergesEditsOfDifferentFields_data() { onBoth(); }
    void mergesEditsOfDifferentFields()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        const Record seen = *applyOne(
                                 *store,
                                 addition(m_product, product(QStringLiteral("Lamp"), QStringLiteral("10"))))
                                 .after;
        Record theirs = seen;
        set(m_product, theirs, "stock_quantity", QStringLiteral("7"));
        applyOne(*store, update(m_product, seen, theirs));
        Record mine = seen;
        set(m_product, mine, "price", QStringLiteral("11"));
        const Change change = update(m_product, seen, mine);

        const Expected<QList<AppliedChange>> refused = store->apply(
            {{change}, QStringLiteral("me"), Origin::Desk, OnConflict::Refuse});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Conflict);
        const Record merged = *applyOne(*store, change).after;
        QCOMPARE(merged.version, 3);
        QCOMPARE(value(merged, "stock_quantity").toInt(), 7);
        QCOMPARE(value(merged, "price").value<Decimal>(), Decimal(11, 0));
    }

    void refusesAnEditOfAFieldThatOthersChanged_data() { onBoth(); }
    void refusesAnEditOfAFieldThatOthersChanged()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        const Record seen = *applyOne(
                                 *store,
                                 addition(m_product, product(QStringLiteral("Lamp"), QStringLiteral("10"))))
                                 .after;
        Record theirs = seen;
        set(m_product, theirs, "price", QStringLiteral("12"));
        applyOne(*store, update(m_product, seen, theirs));
        Record mine = seen;
        set(m_product, mine, "price", QStringLiteral("11"));
        const Expected<QList<AppliedChange>> refused = store->apply(
            {{update(m_product, seen, mine)}, QStringLiteral("me")});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Conflict);
        QCOMPARE(refused.error().field, QStringLiteral("price"));
        QVERIFY(refused.error().sentence.contains(QStringLiteral("12.00")));
        QVERIFY(refused.error().sentence.contains(QStringLiteral("maria")));
        QCOMPARE(store->journalHead().value(), 2);
    }

    void appliesAllChangesOrNone_data() { onBoth(); }
    void appliesAllChangesOrNone()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        const Expected<QList<AppliedChange>> refused = store->apply(
            {{addition(m_product, product(QStringLiteral("Good"), QStringLiteral("1"))),
              addition(m_product,
                       product(QStringLiteral("Orphan"), QStringLiteral("1"), QStringLiteral("77")))},
             QStringLiteral("me")});
        QVERIFY(!refused);
        QCOMPARE(refused.error().field, QStringLiteral("category_id"));
        QCOMPARE(store->count({&m_product}).value(), 0);
        QCOMPARE(store->journalHead().value(), 0);
        // Ids that were reserved in the failed transaction are handed out only once all the same.
        applyOne(*store, addition(m_product, product(QStringLiteral("A"), QStringLiteral("1"))));
        const auto second = fixture.open(m_catalog);
        applyOne(*second, addition(m_product, product(QStringLiteral("B"), QStringLiteral("1"))));
        applyOne(*store, addition(m_product, product(QStringLiteral("C"), QStringLiteral("1"))));
        QCOMPARE(store->count({&m_product}).value(), 3);
    }

    void followsReferencesOnDeletionAndTakesItBack_data() { onBoth(); }
    void followsReferencesOnDeletionAndTakesItBack()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        Record category = newRecord(m_category);
        set(m_category, category, "name", QStringLiteral("Lighting"));
        category = *applyOne(*store, addition(m_category, category)).after;
        Record lamp = *applyOne(*store,
                                addition(m_product,
                                         product(QStringLiteral("Lamp"), QStringLiteral("10"), category.id)))
                           .after;
        Record image = newRecord(m_image);
        set(m_image, image, "image_url", QStringLiteral("https://shop.example/lamp.webp"));
        set(m_image, image, "product_id", lamp.id);
        image = *applyOne(*store, addition(m_image, image)).after;
        Record withImage = lamp;
        set(m_product, withImage, "image_id", image.id);
        lamp = *applyOne(*store, update(m_product, lamp, withImage)).after;

        const Expected<QList<AppliedChange>> inUse = store->apply(
            {{deletion(m_category, category)}, QStringLiteral("me")});
        QVERIFY(!inUse);
        QCOMPARE(inUse.error().code, ErrorCode::InUse);
        QVERIFY2(inUse.error().sentence.contains(QStringLiteral("1 product")),
                 qPrintable(inUse.error().sentence));

        const Expected<QList<AppliedChange>> deleted = store->apply(
            {{deletion(m_product, lamp)}, QStringLiteral("me")});
        QVERIFY(deleted);
        QCOMPARE(deleted->size(), 2); // the image goes with its product
        ChangeSet back;
        for (auto change = deleted->crbegin(); change != deleted->crend(); ++change)
            back.changes.append(change->inverse());
        QVERIFY(store->apply(back));
        const RecordRow again = store->fetch(m_product, lamp.id).value();
        QCOMPARE(again.record.values, lamp.values);
        QCOMPARE(again.record.version, lamp.version + 2); // the deletion and the return each count
        QCOMPARE(again.labels[m_product.indexOf(u"category_id")], QStringLiteral("Lighting"));
    }

    void pagesFilterAndSort_data() { onBoth(); }
    void pagesFilterAndSort()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        ChangeSet set;
        for (int index = 0; index < 50; ++index)
            set.changes.append(addition(m_product,
                                        product(QStringLiteral("Item %1").arg(index % 10),
                                                QString::number(index) + QStringLiteral(".50"))));
        QVERIFY(store->apply(set));

        RecordQuery query{&m_product, QStringLiteral("item 3")};
        QCOMPARE(store->count(query).value(), 6); // five by name, and the one with the id 3
        query.search.clear();
        query.filters = {
            *filterFromText(m_product, m_product.indexOf(u"price"), QStringLiteral("10..19.5")).value()};
        QCOMPARE(store->count(query).value(), 10);
        query.sortColumn = m_product.indexOf(u"name");
        query.sortOrder = Qt::DescendingOrder;
        const QList<RecordRow> all = store->fetchPage({query, 0, 100, {}}).value();
        QCOMPARE(all.size(), 10);
        const QList<RecordRow> jumped = store->fetchPage({query, 4, 3, {}}).value();
        const QList<RecordRow> anchored = store->fetchPage({query, 4, 3, all[3]}).value();
        QCOMPARE(jumped, all.mid(4, 3));
        QCOMPARE(anchored, all.mid(4, 3));
        QList<RecordRow> streamed;
        QVERIFY(store->forEach(query, [&](const RecordRow &row) {
            streamed.append(row);
            return true;
        }));
        QCOMPARE(streamed, all);
    }

    void takesAReplayedPushOnlyOnce_data() { onBoth(); }
    void takesAReplayedPushOnlyOnce()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        ChangeSet push{{addition(m_product, product(QStringLiteral("A"), QStringLiteral("1"))),
                        addition(m_product, product(QStringLiteral("B"), QStringLiteral("1")))},
                       QStringLiteral("me"),
                       Origin::Sync,
                       OnConflict::MergeFields,
                       QStringLiteral("laptop"),
                       7};
        QCOMPARE(store->apply(push)->size(), 2);
        QCOMPARE(store->apply(push)->size(), 0);
        QCOMPARE(store->count({&m_product}).value(), 2);
    }

    void growsTablesAndRefusesWhatWouldLoseData_data() { onBoth(); }
    void growsTablesAndRefusesWhatWouldLoseData()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        QTemporaryDir folder;
        const auto describe = [&](const char *fields) {
            QFile file(folder.filePath(QStringLiteral("supplier.proto")));
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(QByteArray("syntax = \"proto3\";\nimport \"catalog/options.proto\";\nmessage Supplier "
                                  "{\n  option (catalog.entity) = {};\n")
                       + fields + "}\n");
        };
        describe("  int32 id = 1;\n  string name = 2;\n");
        auto catalog = EntityCatalog::load(folder.path());
        QVERIFY(catalog->problems().isEmpty());
        {
            const auto store = fixture.open(catalog);
            const EntityType &supplier = *catalog->find(u"supplier");
            Record record = newRecord(supplier);
            set(supplier, record, "name", QStringLiteral("Acme"));
            applyOne(*store, addition(supplier, record));
        }
        describe("  int32 id = 1;\n  string name = 2;\n  bool active = 3;\n  optional string city = 4;\n");
        catalog = EntityCatalog::load(folder.path());
        {
            const auto store = fixture.open(catalog);
            const EntityType &supplier = *catalog->find(u"supplier");
            const RecordRow row = store->fetch(supplier, QStringLiteral("1")).value();
            QCOMPARE(row.record.values[supplier.indexOf(u"active")], QVariant(false));
            QVERIFY(!row.record.values[supplier.indexOf(u"city")].isValid());
        }
        describe("  int32 id = 1;\n  int64 name = 2;\n  bool active = 3;\n  optional string city = 4;\n");
        catalog = EntityCatalog::load(folder.path());
        const auto store = openStore(fixture.settings(), catalog).value();
        const Expected<> refused = store->migrate();
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::RefusedMigration);
        QVERIFY(refused.error().sentence.contains(QStringLiteral("\"name\"")));
        QCOMPARE(store->count({catalog->find(u"product")}).value(), 0); // the rest works
    }

    void keepsTheRelaysCursorAndRefusals_data() { onBoth(); }
    void keepsTheRelaysCursorAndRefusals()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto store = fixture.open(m_catalog);
        const auto other = fixture.open(m_catalog);
        QVERIFY(!store->databaseId().isEmpty());
        QCOMPARE(store->databaseId(), other->databaseId());
        // Also for one that does not migrate, as a relay.
        QCOMPARE(openStore(fixture.settings(), m_catalog).value()->databaseId(), store->databaseId());
        QVERIFY(store->lockRelay().value().isHeld);
        QVERIFY(store->lockRelay().value().isHeld);
        QVERIFY(!other->lockRelay().value().isHeld);
        for (const char *name : {"A", "B", "C"})
            applyOne(*store, addition(m_product, product(QString::fromLatin1(name), QStringLiteral("1"))));
        QCOMPARE(other->publishingState()->waiting, 3);
        QVERIFY(store->advanceRelay(
            2,
            {{2, QStringLiteral("product"), QStringLiteral("2"), QStringLiteral("too large"), false, {}}}));
        const PublishingState state = other->publishingState().value();
        QCOMPARE(state.cursor, 2);
        QCOMPARE(state.head, 3);
        QCOMPARE(state.waitingRecords.size(), 1);
        QCOMPARE(state.refused.size(), 1);
        QCOMPARE(state.refused[0].reason, QStringLiteral("too large"));
    }
};

QTEST_GUILESS_MAIN(StoreTest)
#include "StoreTest.moc"
