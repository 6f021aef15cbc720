// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of an entity whose description changes: it grows where nothing is lost, and is closed where
// its values would be lost or taken for others. On SQLite and on PostgreSQL alike.
#include "models/schema/ColumnText.h"
#include "tests/store/StoreFixture.h"

#include <QTest>

using namespace desk;

class MigrationTest : public QObject
{
    Q_OBJECT

    static void onBoth()
    {
        QTest::addColumn<DatabaseKind>("kind");
        QTest::newRow("SQLite") << DatabaseKind::Sqlite;
        QTest::newRow("PostgreSQL") << DatabaseKind::PostgreSql;
    }

    // An entity "gadget" with these fields behind its id and name.
    std::shared_ptr<const EntityCatalog> describe(const QByteArray &fields,
                                                  const QByteArray &options = "{}") const
    {
        QFile file(m_folder.filePath(QStringLiteral("gadget.proto")));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            qFatal("%s", qPrintable(file.errorString()));
        file.write("syntax = \"proto3\";\nimport \"catalog/options.proto\";\nmessage Gadget {\n"
                   "  option (catalog.entity) = "
                   + options + ";\n  int32 id = 1;\n  string name = 2;\n" + fields + "}\n");
        file.close();
        auto catalog = EntityCatalog::load(m_folder.path());
        if (!catalog->problems().isEmpty())
            qFatal("%s", qPrintable(catalog->problems().constFirst().toText()));
        return catalog;
    }
    static QByteArray money(const char *digits)
    {
        return QByteArray("  string amount = 4 [(catalog.column) = { decimal: { ") + digits + " } }];\n";
    }
    static Record record(const EntityType &entity, const QList<std::pair<const char *, QString>> &values)
    {
        Record result = newRecord(entity);
        for (const auto &[name, text] : values) {
            const int index = entity.indexOf(QString::fromLatin1(name));
            result.values[index] = valueFromText(entity.columns[index], text).value();
        }
        return result;
    }
    static void add(Store &store, const Record &added, const char *name = "gadget")
    {
        const EntityType &entity = *store.catalog().find(QString::fromLatin1(name));
        const auto applied = store.apply({{addition(entity, added)}, QStringLiteral("maria")});
        if (!applied)
            qFatal("%s", qPrintable(applied.error().sentence));
    }
    static QString shown(Store &store, const char *column)
    {
        const EntityType &entity = *store.catalog().find(u"gadget");
        const int index = entity.indexOf(QString::fromLatin1(column));
        return textOf(entity.columns[index], store.fetch(entity, QStringLiteral("1"))->record.values[index]);
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void closesWhatItCannotFit_data() { onBoth(); }
    void closesWhatItCannotFit()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const QByteArray linked
            = "  int32 category_id = 9 [(catalog.column) = { reference: \"category\" }];\n";
        {
            const auto catalog = describe("  int32 cents = 3;\n  bool flag = 4;\n" + linked);
            const auto store = fixture.open(catalog);
            add(*store, record(*catalog->find(u"category"), {{"name", "Tools"}}), "category");
            add(*store,
                record(*catalog->find(u"gadget"),
                       {{"name", "Saw"}, {"cents", "1250"}, {"category_id", "1"}}));
        }
        const auto catalog = describe(
            "  string cents = 3 [(catalog.column) = { decimal: { precision: 12 scale: 2 } }];\n"
            "  int32 flag = 4;\n"
            + linked);
        const EntityType &gadget = *catalog->find(u"gadget");
        const EntityType &category = *catalog->find(u"category");
        const auto store = openStore(fixture.settings(), catalog).value();
        // Also who does not migrate, as a relay, knows.
        QCOMPARE(store->checkOpen(gadget).error().code, ErrorCode::RefusedMigration);
        const Expected<> refused = store->migrate();
        QCOMPARE(refused.error().code, ErrorCode::RefusedMigration);
        const QString sentence = refused.error().sentence;
        QVERIFY2(sentence.contains("\"cents\" holds integer") && sentence.contains("decimal(12,2)"),
                 qPrintable(sentence));
        QVERIFY2(sentence.contains("\"flag\" holds boolean") && !sentence.contains(u'\n'),
                 qPrintable(sentence));

        const auto isClosed = [&](const auto &answer) {
            return !answer && answer.error().sentence == sentence;
        };
        QVERIFY(isClosed(store->fetch(gadget, QStringLiteral("1"))));
        QVERIFY(isClosed(store->fetchPage({{&gadget}, 0, 10, {}})));
        QVERIFY(isClosed(store->count({&gadget})));
        QVERIFY(isClosed(store->findChoices(gadget, {}, 5)));
        QVERIFY(isClosed(store->forEach({&gadget}, [](const RecordRow &) { return true; })));
        QVERIFY(isClosed(store->history(QStringLiteral("gadget"), {}, 5)));
        QVERIFY(isClosed(store->apply({{addition(gadget, newRecord(gadget))}, QStringLiteral("maria")})));
        // The others go on: what refers to them from the closed table is not looked at.
        QCOMPARE(store->count({&category}).value(), 1);
        const Record tools = store->fetch(category, QStringLiteral("1"))->record;
        QVERIFY(store->apply({{deletion(category, tools)}, QStringLiteral("maria")}));
        QVERIFY(!store->readJournal(0, 10)->constFirst().id.isEmpty());
    }

    void showsReferencesToAClosedEntityById_data() { onBoth(); }
    void showsReferencesToAClosedEntityById()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto first = fixture.open(describe("  int32 extra = 3;\n"));
        const QByteArray part
            = "}\nmessage Part {\n  option (catalog.entity) = {};\n  int32 id = 1;\n  string name = 2;\n"
              "  int32 gadget_id = 3 [(catalog.column) = { reference: \"gadget\" }];\n";
        const auto catalog = describe(part); // "extra" is gone
        const EntityType &type = *catalog->find(u"part");
        const auto store = openStore(fixture.settings(), catalog).value();
        QVERIFY(!store->migrate());
        add(*store, record(type, {{"name", "Blade"}, {"gadget_id", "7"}}), "part");
        RecordQuery query{&type};
        query.sortColumn = type.indexOf(u"gadget_id");
        const auto rows = store->fetchPage({query, 0, 10, {}});
        QVERIFY2(rows, qPrintable(rows ? QString() : rows.error().sentence));
        QCOMPARE(rows->constFirst().labels[query.sortColumn], QStringLiteral("7"));
    }

    void movesThePointWhereNothingIsLost_data() { onBoth(); }
    void movesThePointWhereNothingIsLost()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        {
            const auto catalog = describe(money("precision: 12 scale: 2"));
            add(*fixture.open(catalog),
                record(*catalog->find(u"gadget"), {{"name", "Saw"}, {"amount", "12.34"}}));
        }
        const auto catalog = describe(money("precision: 14 scale: 4"));
        const auto store = openStore(fixture.settings(), catalog).value();
        const Expected<> migrated = store->migrate();
        QVERIFY2(migrated, qPrintable(migrated ? QString() : migrated.error().sentence));
        QCOMPARE(shown(*store, "amount"), QStringLiteral("12.3400"));
        const EntityType &gadget = *catalog->find(u"gadget");
        const Record saw = store->fetch(gadget, QStringLiteral("1"))->record;
        QCOMPARE(saw.version, 1); // the same value, so no change
        Record other = saw;
        other.values[gadget.indexOf(u"amount")] = QVariant::fromValue(Decimal(123456, 4));
        QVERIFY(store->apply({{update(gadget, saw, other)}, QStringLiteral("maria")}));
        const auto history = store->history(QStringLiteral("gadget"), QStringLiteral("1"), 5).value();
        QCOMPARE(history.size(), 2);
        QCOMPARE(textOf(gadget.columns[gadget.indexOf(u"amount")],
                        history[0].after->values[gadget.indexOf(u"amount")]),
                 QStringLiteral("12.3456"));

        // Back again would lose digits.
        const auto back = openStore(fixture.settings(), describe(money("precision: 12 scale: 2"))).value();
        const Expected<> refused = back->migrate();
        QVERIFY(!refused);
        QVERIFY2(refused.error().sentence.contains("decimal(14,4)"), qPrintable(refused.error().sentence));
    }

    void growsSmallIntegersAndMandatoryColumns_data() { onBoth(); }
    void growsSmallIntegersAndMandatoryColumns()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        {
            const auto catalog = describe("  int32 cents = 3;\n  string city = 4;\n");
            add(*fixture.open(catalog),
                record(*catalog->find(u"gadget"), {{"cents", "5"}, {"city", "Bonn"}}));
        }
        const auto store = openStore(fixture.settings(),
                                     describe("  int64 cents = 3;\n  optional string city = 4;\n"))
                               .value();
        const Expected<> migrated = store->migrate();
        QVERIFY2(migrated, qPrintable(migrated ? QString() : migrated.error().sentence));
        QCOMPARE(shown(*store, "cents"), QStringLiteral("5"));
        QCOMPARE(shown(*store, "city"), QStringLiteral("Bonn"));
    }

    // Databases from before the notes: what they hold is what is described at the first start.
    void takesAnOldDatabaseAsDescribed_data() { onBoth(); }
    void takesAnOldDatabaseAsDescribed()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        const auto first = describe(money("precision: 12 scale: 2"));
        add(*fixture.open(first), record(*first->find(u"gadget"), {{"amount", "12.34"}}));
        fixture.sql({QStringLiteral("DELETE FROM catalog_meta WHERE key = 'columns:gadget'"),
                     QStringLiteral("UPDATE catalog_meta SET value = 'x' WHERE key = 'entity:gadget'")});
        QCOMPARE(shown(*fixture.open(first), "amount"), QStringLiteral("12.34"));
        const auto store = fixture.open(describe(money("precision: 14 scale: 4")));
        QCOMPARE(shown(*store, "amount"), QStringLiteral("12.3400"));
    }

    // A table whose making fails costs nothing but itself, and says why.
    void closesAnEntityWhoseTableCannotBeMade_data() { onBoth(); }
    void closesAnEntityWhoseTableCannotBeMade()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        fixture.sql({QStringLiteral("CREATE TABLE other (x integer)"),
                     QStringLiteral("CREATE INDEX gadget ON other (x)")});
        const auto catalog = describe({});
        const auto store = openStore(fixture.settings(), catalog).value();
        const Expected<> refused = store->migrate();
        QCOMPARE(refused.error().code, ErrorCode::RefusedMigration);
        QVERIFY2(refused.error().sentence.contains("already"), qPrintable(refused.error().sentence));
        QVERIFY(!store->count({catalog->find(u"gadget")}));
        QCOMPARE(store->count({catalog->find(u"product")}).value(), 0);
    }

    void saysWhoseTheJournalTableIs_data() { onBoth(); }
    void saysWhoseTheJournalTableIs()
    {
        QFETCH(DatabaseKind, kind);
        const StoreFixture fixture(kind);
        fixture.sql({QStringLiteral("CREATE TABLE journal (x integer)")});
        const Expected<> refused = openStore(fixture.settings(), EntityCatalog::load()).value()->migrate();
        QVERIFY(!refused);
        QVERIFY2(refused.error().sentence.contains("\"journal\""), qPrintable(refused.error().sentence));
    }
};

QTEST_GUILESS_MAIN(MigrationTest)
#include "MigrationTest.moc"
