// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/generation/RecordGenerator.h"

#include "models/schema/ColumnText.h"
#include "models/schema/RecordCodec.h"
#include "models/schema/RecordValidator.h"
#include "tests/kafka/MartEntities.h"

#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

using namespace desk;

// Records made up by the description of their entity, held against the program's own validation and codecs.
class RecordGeneratorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyRecordIsValid_data();
    void everyRecordIsValid();
    void sameSeedMakesTheSameRecords();
    void recordsDoNotDependOnTheMachine();
    void idsAreNotGivenTwice_data();
    void idsAreNotGivenTwice();
    void makesPlayers();
    void refersToGeneratedRecords();
    void refersToGivenRecords();
    void leavesOutOnlyWhatMayBeEmpty();
    void givesOneValueOfAChoice();
    void looksLikeAShop();
    void namesTheColumnThatCannotBeMade_data();
    void namesTheColumnThatCannotBeMade();
    void endsWhereIdsDo();

private:
    QVariant value(const EntityType &entity, const Record &record, const char *column) const
    {
        return record.values[entity.indexOf(QString::fromLatin1(column))];
    }
    Record first(const char *entity, quint64 seed = 1) const
    {
        RecordGenerator generator(m_catalog, *m_catalog->find(QString::fromLatin1(entity)), {seed});
        return *generator.next();
    }
    static std::shared_ptr<const EntityCatalog> catalogOf(const QByteArray &message)
    {
        return EntityCatalog::ofTexts(
            {{QStringLiteral("own.proto"),
              "syntax = \"proto3\";\npackage own;\nimport \"catalog/options.proto\";\n" + message}});
    }

    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
};

void RecordGeneratorTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    writeMartEntities(m_folder.path());
    QFile file(m_folder.filePath("shop.proto"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    // Everything a description can say.
    file.write(R"(syntax = "proto3";
package shop;
import "catalog/options.proto";
import "google/protobuf/timestamp.proto";
enum Colour { NONE = 0; RED = 1; BLUE = 2; }
message Size {
  double width = 1 [(catalog.column) = { gte: "0.5" lte: "0.75" }];
  optional int32 depth = 2 [(catalog.column) = { gte: "-20" lte: "-10" required: true }];
}
message Everything {
  option (catalog.entity) = { encoding: PROTOBUF };
  string id = 1 [(catalog.column) = { pattern: "[A-Z]{3}[0-9]{5}" }];
  string code = 2 [(catalog.column) = { required: true pattern: "[A-Z]+-[0-9a-f]*" min_len: 30 max_len: 32 }];
  string colour_name = 3 [(catalog.column) = { in: ["red", "blue", "a very long one"] max_len: 6 required: true }];
  Colour colour = 4;
  optional string remark = 5 [(catalog.column) = { min_len: 3 max_len: 4 }];
  bool active = 6;
  int32 small = 7 [(catalog.column) = { gte: "5" lte: "6" }];
  int64 large = 8 [(catalog.column) = { gte: "9223372036854775000" }];
  uint32 positive = 9 [(catalog.column) = { gte: "4294967290" }];
  uint64 number = 10;
  int64 negative = 11 [(catalog.column) = { lte: "-9223372036854775000" }];
  float ratio = 12 [(catalog.column) = { gte: "1e-3" lte: "2e-3" }];
  string price = 13 [(catalog.column) = { decimal: { precision: 4 scale: 3 } gte: "9.5" }];
  float weight = 14 [(catalog.column) = { decimal: { precision: 18 scale: 0 } lte: "-900000000000000000" }];
  google.protobuf.Timestamp created_at = 15;
  google.protobuf.Timestamp changed_at = 16 [(catalog.column) = { required: true }];
  int64 updated_at = 17;
  bytes photo = 18;
  repeated string tags = 19;
  repeated uint32 sizes = 20;
  repeated Colour colours = 21;
  repeated bytes marks = 22;
  repeated float weights = 23;
  Size size = 24;
  string category = 25 [(catalog.column) = { reference: "parent" required: true }];
  int32 product_id = 26 [(catalog.column) = { reference: "product" }];
  string card_num = 27;
  oneof contact {
    string phone = 28;
    string email = 29 [(catalog.column) = { max_len: 12 }];
    int64 pager = 30;
  }
}
message Parent {
  option (catalog.entity) = { encoding: JSON };
  string id = 1;
  string name = 2 [(catalog.column) = { required: true max_len: 3 }];
  string parent_id = 3 [(catalog.column) = { reference: "parent" }];
  Size size = 4;
  google.protobuf.Timestamp since = 5;
}
)");
    file.close();
    m_catalog = EntityCatalog::load(m_folder.path());
    QVERIFY2(m_catalog->problems().isEmpty(), qPrintable(m_catalog->problems().value(0).toText()));
}

void RecordGeneratorTest::everyRecordIsValid_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<quint64>("seed");
    QStringList names{QStringLiteral("player")};
    for (const auto &entity : m_catalog->entities())
        names.append(entity->name);
    for (const QString &name : std::as_const(names)) {
        for (const quint64 seed : {1ULL, 2ULL, 4711ULL, ~0ULL})
            QTest::addRow("%s %llu", qPrintable(name), seed) << name << quint64(seed);
    }
}

void RecordGeneratorTest::everyRecordIsValid()
{
    QFETCH(QString, name);
    QFETCH(quint64, seed);
    const EntityType &entity = *m_catalog->findDescribed(name);
    RecordGenerator generator(m_catalog, entity, {seed});
    RecordCodec codec(entity);
    for (int count = 0; count < 1000; ++count) {
        const Expected<Record> record = generator.next();
        QVERIFY2(record, record ? "" : qPrintable(record.error().sentence));
        const QList<Error> errors = validateRecord(entity, *record);
        QVERIFY2(errors.isEmpty(), errors.isEmpty() ? "" : qPrintable(errors[0].sentence));
        const auto id = recordIdFromText(entity, record->id);
        QVERIFY2(id && *id == record->id, qPrintable(record->id));
        // What is sent is what is read.
        const QByteArray bytes = codec.encode(*record);
        const Expected<Record> read = codec.decode(bytes);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence));
        QCOMPARE(read->id, record->id);
        for (int index = 0; index < entity.columns.size(); ++index) {
            const Column &column = entity.columns[index];
            QVERIFY2(read->values[index] == record->values[index],
                     qPrintable(QStringLiteral("%1: %2, read %3")
                                    .arg(column.name, textOf(column, record->values[index]),
                                         textOf(column, read->values[index]))));
        }
        QVERIFY(validateRecord(entity, *read).isEmpty());
    }
}

void RecordGeneratorTest::sameSeedMakesTheSameRecords()
{
    for (const auto &entity : m_catalog->entities()) {
        RecordGenerator one(m_catalog, *entity, {5});
        RecordGenerator two(m_catalog, *entity, {5});
        RecordGenerator other(m_catalog, *entity, {6});
        int same = 0;
        for (int count = 0; count < 50; ++count) {
            const Record record = *one.next();
            QCOMPARE(*two.next(), record);
            same += *other.next() == record ? 1 : 0;
        }
        QVERIFY2(same < 10, qPrintable(entity->name));
    }
}

// Not on its standard library either: a seed that somebody passes on has to be worth something.
void RecordGeneratorTest::recordsDoNotDependOnTheMachine()
{
    const EntityType &product = *m_catalog->find(u"product");
    const Record record = first("product");
    QStringList values;
    for (const char *column : {"id", "name", "category_id", "price", "currency", "stock_quantity"})
        values.append(textOf(product.columns[product.indexOf(QString::fromLatin1(column))],
                             value(product, record, column)));
    QCOMPARE(values.join(QStringLiteral(" | ")),
             QStringLiteral("1000001 | Ceramic Mirror | 1000019 | 480.50 | AFN | 403"));
}

void RecordGeneratorTest::idsAreNotGivenTwice_data()
{
    QTest::addColumn<QString>("name");
    for (const auto &entity : m_catalog->entities())
        QTest::newRow(qPrintable(entity->name)) << entity->name;
}

void RecordGeneratorTest::idsAreNotGivenTwice()
{
    QFETCH(QString, name);
    RecordGenerator generator(m_catalog, *m_catalog->find(name));
    QSet<QString> ids;
    for (int count = 0; count < 5000; ++count)
        ids.insert(generator.next()->id);
    QCOMPARE(ids.size(), 5000);
}

// As their own generator makes them.
void RecordGeneratorTest::makesPlayers()
{
    const EntityType &player = *m_catalog->findDescribed(u"player");
    RecordGenerator generator(m_catalog, player);
    QSet<QString> positions;
    QSet<int> speeds;
    for (int count = 0; count < 500; ++count) {
        const Record record = *generator.next();
        QVERIFY(!QUuid::fromString(record.id).isNull());
        QVERIFY(value(player, record, "name").toString().contains(u' '));
        positions.insert(value(player, record, "position").toString());
        speeds.insert(value(player, record, "speed").toInt());
    }
    QCOMPARE(positions, (QSet<QString>{"Forward", "Midfielder", "Defender", "Goalkeeper"}));
    QCOMPARE(speeds.size(), 11); // 0 to 10
}

void RecordGeneratorTest::refersToGeneratedRecords()
{
    const auto idsOf = [this](const char *name) {
        RecordGenerator generator(m_catalog, *m_catalog->find(QString::fromLatin1(name)), {3, 500});
        QSet<QString> ids;
        for (int count = 0; count < RecordGenerator::ReferredRecords; ++count)
            ids.insert(generator.next()->id);
        return ids;
    };
    const QSet<QString> parents = idsOf("parent");
    const QSet<QString> products = idsOf("product");
    const EntityType &everything = *m_catalog->find(u"everything");
    RecordGenerator generator(m_catalog, everything, {3, 500});
    QSet<QString> used;
    for (int count = 0; count < 200; ++count) {
        const Record record = *generator.next();
        QVERIFY(parents.contains(value(everything, record, "category").toString()));
        const QVariant product = value(everything, record, "product_id");
        QVERIFY(!product.isValid() || products.contains(product.toString()));
        used.insert(product.toString());
    }
    QVERIFY(used.size() > 20);

    // Within one entity a record refers only to earlier ones.
    const EntityType &parent = *m_catalog->find(u"parent");
    RecordGenerator tree(m_catalog, parent, {3, 500});
    QSet<QString> earlier;
    int referring = 0;
    for (int count = 0; count < 50; ++count) {
        const Record record = *tree.next();
        const QString above = value(parent, record, "parent_id").toString();
        QVERIFY(above.isEmpty() || earlier.contains(above));
        referring += above.isEmpty() ? 0 : 1;
        earlier.insert(record.id);
    }
    QVERIFY(referring > 20);
}

void RecordGeneratorTest::refersToGivenRecords()
{
    const EntityType &product = *m_catalog->find(u"product");
    RecordGenerator generator(m_catalog, product,
                              {1,
                               1,
                               {{QStringLiteral("category"), {QStringLiteral("7"), QStringLiteral("9")}},
                                {QStringLiteral("image"), {}}}});
    QSet<qlonglong> categories;
    for (int count = 0; count < 100; ++count) {
        const Record record = *generator.next();
        if (const QVariant category = value(product, record, "category_id"); category.isValid())
            categories.insert(category.toLongLong());
        QVERIFY(!value(product, record, "image_id").isValid());
    }
    QCOMPARE(categories, (QSet<qlonglong>{7, 9}));
}

void RecordGeneratorTest::leavesOutOnlyWhatMayBeEmpty()
{
    const EntityType &entity = *m_catalog->find(u"everything");
    RecordGenerator generator(m_catalog, entity);
    int withoutRemark = 0;
    for (int count = 0; count < 500; ++count) {
        const Record record = *generator.next();
        withoutRemark += value(entity, record, "remark").isValid() ? 0 : 1;
        QVERIFY(value(entity, record, "changed_at").isValid());
        QVERIFY(value(entity, record, "size_depth").isValid());
    }
    QVERIFY2(withoutRemark > 20 && withoutRemark < 200, qPrintable(QString::number(withoutRemark)));
}

void RecordGeneratorTest::givesOneValueOfAChoice()
{
    const EntityType &entity = *m_catalog->find(u"everything");
    RecordGenerator generator(m_catalog, entity);
    QMap<QByteArray, int> given;
    for (int count = 0; count < 300; ++count) {
        const Record record = *generator.next();
        int values = 0;
        for (const char *column : {"phone", "email", "pager"}) {
            if (!value(entity, record, column).isValid())
                continue;
            ++values;
            ++given[column];
        }
        QVERIFY(values <= 1);
    }
    QCOMPARE(given.size(), 3);
}

void RecordGeneratorTest::looksLikeAShop()
{
    const EntityType &product = *m_catalog->find(u"product");
    const EntityType &order = *m_catalog->find(u"order");
    RecordGenerator products(m_catalog, product);
    RecordGenerator orders(m_catalog, order);
    QSet<QString> names;
    for (int count = 0; count < 200; ++count) {
        const Record record = *products.next();
        names.insert(value(product, record, "name").toString());
        const auto price = value(product, record, "price").value<Decimal>();
        QVERIFY(price >= Decimal(1, 0) && price <= Decimal(500, 0));
        const Record ordered = *orders.next();
        const QString email = value(order, ordered, "email").toString();
        QVERIFY2(email.isEmpty() || email.endsWith("@shop.example"), qPrintable(email));
        // Seconds, of these years; changed after it was created.
        const qint64 created = value(order, ordered, "created_at").toLongLong();
        const qint64 changed = value(order, ordered, "updated_at").toLongLong();
        QVERIFY(created > 1'700'000'000 && created < changed && changed < 1'800'000'000);
    }
    QVERIFY2(names.size() > 100, qPrintable(QString::number(names.size())));
}

void RecordGeneratorTest::namesTheColumnThatCannotBeMade_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("limits") << QByteArray("int32 bad = 2 [(catalog.column) = { gte: \"5\" lte: \"4\" }];");
    QTest::newRow("lengths") << QByteArray("string bad = 2 [(catalog.column) = { min_len: 5 max_len: 4 }];");
    QTest::newRow("nothing allowed") << QByteArray(
        "string bad = 2 [(catalog.column) = { required: true max_len: 0 }];");
    QTest::newRow("pattern") << QByteArray(
        "string bad = 2 [(catalog.column) = { required: true pattern: \"(a|b)c\\\\1\" }];");
    QTest::newRow("reference") << QByteArray(
        "int32 bad = 2 [(catalog.column) = { required: true reference: \"thing\" }];");
}

void RecordGeneratorTest::namesTheColumnThatCannotBeMade()
{
    QFETCH(QByteArray, field);
    const auto catalog = catalogOf("message Thing { option (catalog.entity) = {}; int32 id = 1; " + field
                                   + " }\n");
    QVERIFY2(catalog->problems().isEmpty(), qPrintable(catalog->problems().value(0).toText()));
    RecordGenerator generator(catalog, *catalog->find(u"thing"));
    const Expected<Record> record = generator.next();
    QVERIFY(!record);
    QCOMPARE(record.error().field, QStringLiteral("bad"));
    QVERIFY2(record.error().sentence.contains(QStringLiteral("Bad:")), qPrintable(record.error().sentence));
}

void RecordGeneratorTest::endsWhereIdsDo()
{
    const auto catalog = catalogOf("message Thing { option (catalog.entity) = {}; string id = 1 "
                                   "[(catalog.column) = { in: [\"a\", \"b\"] }]; }\n"
                                   "message Other { option (catalog.entity) = {}; int32 id = 1 "
                                   "[(catalog.column) = { lte: \"3\" }]; }\n");
    for (const auto &[name, most] : {std::pair(u"thing", 2), std::pair(u"other", 3)}) {
        RecordGenerator generator(catalog, *catalog->find(QStringView(name)));
        int made = 0;
        Expected<Record> record = generator.next();
        for (; record && made < 10; record = generator.next())
            ++made;
        QCOMPARE(made, most);
        QVERIFY2(record.error().sentence.contains(QStringLiteral("no more than %1").arg(most)),
                 qPrintable(record.error().sentence));
    }
}

QTEST_GUILESS_MAIN(RecordGeneratorTest)
#include "RecordGeneratorTest.moc"
