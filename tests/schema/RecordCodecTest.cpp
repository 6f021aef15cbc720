// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/ColumnText.h"
#include "models/schema/EntityCatalog.h"
#include "models/schema/RecordCodec.h"
#include "models/schema/RecordJson.h"

#include <google/protobuf/dynamic_message.h>

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class RecordCodecTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();
    const EntityType &m_product = *m_catalog->find(u"product");

    static void set(const EntityType &entity, Record &record, const char *column, const QString &text)
    {
        const int index = entity.indexOf(QString::fromLatin1(column));
        record.values[index] = valueFromText(entity.columns[index], text).value();
    }
    static QString get(const EntityType &entity, const Record &record, const char *column)
    {
        const int index = entity.indexOf(QString::fromLatin1(column));
        return textOf(entity.columns[index], record.values[index]);
    }
    Record lamp() const
    {
        Record record = newRecord(m_product);
        setRecordId(m_product, record, QStringLiteral("24"));
        set(m_product, record, "name", QStringLiteral("Lamp ü"));
        set(m_product, record, "price", QStringLiteral("14.99"));
        set(m_product, record, "stock_quantity", QStringLiteral("3"));
        set(m_product, record, "category_id", QStringLiteral("2"));
        set(m_product, record, "currency", QStringLiteral("EUR"));
        return record;
    }

private Q_SLOTS:
    void writesTheContractsFieldsAndOursBehindThem()
    {
        RecordCodec codec(m_product);
        // Fields 1, 2, 4 (float 14.99), 5, 6 as the product service writes them; then 16 and 17.
        const QByteArray expected = QByteArray::fromHex("0818"
                                                        "12074c616d7020c3bc"
                                                        "250ad76f41"
                                                        "2802"
                                                        "3003")
            + QByteArray::fromHex("820105") + "14.99" + QByteArray::fromHex("8a0103") + "EUR";
        QCOMPARE(codec.encode(lamp()).toHex(), expected.toHex());
        QCOMPARE(codec.encodeDelete(QStringLiteral("24")).toHex(), QByteArray("0818"));
        QCOMPARE(codec.encodeList({QByteArray("ab"), QByteArray("c")}).toHex(), QByteArray("0a0261620a0163"));
    }

    void readsBackWhatItWrote()
    {
        RecordCodec codec(m_product);
        const Record record = lamp();
        const Expected<Record> back = codec.decode(codec.encode(record));
        QVERIFY(back);
        QCOMPARE(back->values, record.values);
        QCOMPARE(back->id, QStringLiteral("24"));
        const Expected<QList<Record>> list = codec.decodeList(
            codec.encodeList({codec.encode(record), codec.encode(record)}));
        QVERIFY(list);
        QCOMPARE(list->size(), 2);
        QCOMPARE(list->at(1).values, record.values);
    }

    void writesTheBytesThatAMessageWouldWrite_data()
    {
        QTest::addColumn<QStringList>("texts");
        const QString long200 = QStringLiteral("ü").repeated(200);
        QStringList none(11);
        none[0] = "1";
        QTest::newRow("nothing set") << none;
        QTest::newRow("everything") << QStringList{"7",          "-9",   "-3000000000", "4000000000",
                                                   "5000000000", "true", "1.5",         "-2.25",
                                                   "TWO",        "00ff", "12.30"};
        QTest::newRow("zeros") << QStringList{"0", "0", "0", "0", "0", "false", "0", "0", "ONE", "", "0.00"};
        QTest::newRow("long text") << QStringList{"7", "1", "1",   "1",  "1",    "1",
                                                  "1", "1", "ONE", "01", "0.01", long200};
    }
    // Read by protobuf's own reflection and written again: any difference in order, presence or form shows.
    void writesTheBytesThatAMessageWouldWrite()
    {
        QFETCH(QStringList, texts);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("mixed.proto")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "syntax = \"proto3\";\nimport \"catalog/options.proto\";\n"
            "message Mixed {\n  option (catalog.entity) = {};\n"
            "  int32 id = 30;\n  int32 small = 1;\n  int64 large = 2;\n  uint32 counted = 3;\n"
            "  optional uint64 much = 4;\n  bool flag = 5;\n  float near = 6;\n  optional double far = 7;\n"
            "  enum Kind { ONE = 0; TWO = 2; }\n  Kind kind = 8;\n  bytes raw = 9;\n"
            "  float price = 10 [(catalog.column) = { approximates: \"exact\" }];\n"
            "  string exact = 20 [(catalog.column) = { decimal: { precision: 12, scale: 2 } }];\n"
            "  optional string note = 11;\n}\n");
        file.close();
        const auto catalog = EntityCatalog::load(folder.path());
        QVERIFY2(catalog->problems().isEmpty(), qPrintable(catalog->problems().value(0).toText()));
        const EntityType &mixed = *catalog->find(u"mixed");
        QVERIFY(WireWriter::forEntity(mixed));
        Record record = newRecord(mixed);
        const QList<const char *> names{"id",   "small", "large", "counted", "much",  "flag",
                                        "near", "far",   "kind",  "raw",     "exact", "note"};
        for (qsizetype index = 0; index < texts.size(); ++index) {
            if (!texts[index].isNull())
                set(mixed, record, names[index], texts[index]);
        }
        const QByteArray bytes = RecordCodec(mixed).encode(record);
        google::protobuf::DynamicMessageFactory factory;
        const std::unique_ptr<google::protobuf::Message> message(
            factory.GetPrototype(mixed.descriptor)->New());
        QVERIFY(message->ParseFromArray(bytes.constData(), int(bytes.size())));
        QCOMPARE(bytes.toHex(), QByteArray::fromStdString(message->SerializeAsString()).toHex());
        const Expected<Record> back = RecordCodec(mixed).decode(bytes);
        QVERIFY(back);
        for (qsizetype index = 0; index < mixed.columns.size(); ++index)
            QVERIFY2(sameValue(back->values[index], record.values[index]),
                     qPrintable(mixed.columns[index].name));
    }

    void readsListsBesideOtherColumns_data()
    {
        QTest::addColumn<QString>("tags");
        QTest::addColumn<QString>("numbers");
        QTest::newRow("empty") << QStringLiteral("[]") << QStringLiteral("[]");
        QTest::newRow("one") << QStringLiteral("[\"a\"]") << QStringLiteral("[7]");
        QTest::newRow("two") << QStringLiteral("[\"a\",\"b\"]") << QStringLiteral("[7,-8]");
    }
    // The lists stand before other columns and before the id.
    void readsListsBesideOtherColumns()
    {
        QFETCH(QString, tags);
        QFETCH(QString, numbers);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("tagged.proto")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("syntax = \"proto3\";\nimport \"catalog/options.proto\";\nmessage Tagged {\n"
                   "  option (catalog.entity) = {};\n  repeated string tags = 3;\n  string name = 2;\n"
                   "  repeated int32 numbers = 4;\n  string id = 1;\n}\n");
        file.close();
        const auto catalog = EntityCatalog::load(folder.path());
        const EntityType &tagged = *catalog->find(u"tagged");
        Record record = newRecord(tagged);
        setRecordId(tagged, record, QStringLiteral("k"));
        set(tagged, record, "tags", tags);
        set(tagged, record, "numbers", numbers);
        set(tagged, record, "name", QStringLiteral("n"));
        RecordCodec codec(tagged);
        const Expected<Record> back = codec.decode(codec.encode(record));
        QVERIFY(back);
        QCOMPARE(back->values.size(), tagged.columns.size());
        QCOMPARE(back->id, QStringLiteral("k"));
        QCOMPARE(get(tagged, *back, "name"), QStringLiteral("n"));
        QCOMPARE(get(tagged, *back, "tags"), tags);
        QCOMPARE(get(tagged, *back, "numbers"), numbers);
        QVERIFY(codec.decode(codec.encodeDelete(QStringLiteral("k"))));
    }

    void readsWhatTheOlderServiceWrites()
    {
        RecordCodec codec(m_product);
        const Expected<Record> record = codec.decode(QByteArray::fromHex("0818"
                                                                         "12044c616d70"
                                                                         "250ad76f41"
                                                                         "420131"));
        QVERIFY(record);
        QCOMPARE(get(m_product, *record, "price"), QStringLiteral("14.99"));
        QCOMPARE(get(m_product, *record, "stock_quantity"), QStringLiteral("0"));
        QVERIFY(!record->values[m_product.indexOf(u"category_id")].isValid());
    }

    void refusesBytesThatAreNoMessage_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("cut") << QByteArray::fromHex("1207");
        QTest::newRow("length prefix of 1 GB") << QByteArray::fromHex("1280808080040a");
        QTest::newRow("broken UTF-8") << QByteArray::fromHex("1202fffe");
        QTest::newRow("endless varint") << QByteArray(20, '\xff');
    }
    void refusesBytesThatAreNoMessage()
    {
        QFETCH(QByteArray, payload);
        RecordCodec codec(m_product);
        const Expected<Record> record = codec.decode(payload);
        QVERIFY(!record);
        QCOMPARE(record.error().code, ErrorCode::Format);
        QVERIFY(!codec.decodeList(payload));
    }

    void writesJsonAsTheDataflowServiceDoes()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("item.proto")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "syntax = \"proto3\";\nimport \"catalog/options.proto\";\nmessage Item {\n"
            "  option (catalog.entity) = { encoding: JSON topics: { all: \"produtos-persistidos\" } };\n"
            "  int32 id = 1;\n  string name = 2;\n"
            "  message Pricing { float amount = 1 [(catalog.column) = { decimal: { precision: 12, scale: 2 } "
            "}]; string currency = 2; }\n"
            "  Pricing pricing = 3;\n"
            "  message Availability { int32 quantity = 1; string timestamp = 2; }\n"
            "  Availability availability = 4;\n  string category = 5;\n}\n");
        file.close();
        const auto catalog = EntityCatalog::load(folder.path());
        QVERIFY2(catalog->problems().isEmpty(), qPrintable(catalog->problems().value(0).toText()));
        const EntityType &item = *catalog->find(u"item");
        RecordCodec codec(item);
        const QByteArray json = QByteArray(
                                    "{'id': 1, 'name': 'Açaí *x*', 'pricing': {'amount': 10.5, 'currency': "
                                    "'BRL'}, 'availability': "
                                    "{'quantity': 3, 'timestamp': '2024-01-01T10:00:00Z'}, 'category': ''}")
                                    .replace('\'', '"');
        const Expected<Record> record = codec.decode(json);
        QVERIFY(record);
        QCOMPARE(get(item, *record, "pricing_amount"), QStringLiteral("10.50"));
        QCOMPARE(codec.encode(*record), json);
        QCOMPARE(codec.encodeDelete(QStringLiteral("1")), QByteArray("{\"id\": 1}"));
        QVERIFY(!codec.decode("{\"id\": 1"));
        QVERIFY(!codec.decode("[]"));
        QVERIFY(!codec.decode("{\"id\": \"x\"}"));
        QVERIFY(!codec.decode(QByteArray(20'000, '[')));
    }
};

QTEST_GUILESS_MAIN(RecordCodecTest)
#include "RecordCodecTest.moc"
