// SPDX-License-Identifier: GPL-3.0-or-later
// Conditions on the parts of a message and on its fields.
#include "kafka/SchemaFrame.h"
#include "models/schema/RecordCodec.h"
#include "tests/kafka/MartEntities.h"
#include "tests/kafka/Samples.h"
#include "tests/kafka/filter/FilterProbe.h"

#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class MessageFilterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        writePlayerEntity(m_folder.path());
        writeMartEntities(m_folder.path());
        QFile file(QDir(m_folder.path()).filePath("parcel.proto"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"(syntax = "proto3";
package parcel;
import "catalog/options.proto";
import "google/protobuf/timestamp.proto";
enum Kind { NONE = 0; LETTER = 1; BOX = 2; }
message Size { double width = 1; optional float height = 2; }
message Parcel {
  option (catalog.entity) = { topics: { prefix: "parcels" } };
  int32 id = 1;
  string name = 2;
  optional int64 weight = 3;
  Kind kind = 4;
  repeated string tags = 5;
  repeated int32 stops = 6;
  google.protobuf.Timestamp sent_at = 7;
  Size size = 8;
  bool express = 9;
  uint64 large = 10;
}
)");
        file.close();
        QFile secrets(QDir(m_folder.path()).filePath("secrets.proto"));
        QVERIFY(secrets.open(QIODevice::WriteOnly));
        secrets.write(R"(syntax = "proto3";
package secrets;
import "catalog/options.proto";
message Visit {
  option (catalog.entity) = { topics: { prefix: "visits" } encoding: JSON };
  int32 id = 1;
  string name = 2;
  string home_notes = 3 [(catalog.column) = { sensitive: true }];
}
message Pay {
  option (catalog.entity) = { topics: { prefix: "pays" } };
  int32 id = 1;
  string name = 2;
  float salary = 4 [(catalog.column) = { approximates: "exact_pay" }];
  string exact_pay = 16 [(catalog.column) = { name: "pay" sensitive: true
                                              decimal: { precision: 12, scale: 2 } }];
}
)");
        secrets.close();
        m_catalog = EntityCatalog::load(m_folder.path());
        QVERIFY2(m_catalog->problems().isEmpty(), qPrintable(problems()));
        m_probe = std::make_unique<FilterProbe>(m_catalog);
    }

    void partsOfTheMessage_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<bool>("isFound");
        const auto row = [](const char *expression, bool isFound) {
            QTest::newRow(expression) << expression << isFound;
        };
        row("", true);
        row("topic = letters", true);
        row("topic = letter", false);
        row("topic ~ LETT", true);
        row("topic in (a, letters)", true);
        row("topic not in (a, letters)", false);
        row("partition = 3", true);
        row("partition > 3", false);
        row("partition in (1, 2, 3)", true);
        row("partition not in (1, 2, 3)", false);
        row("offset >= 41 offset <= 42", true);
        row("offset < 42", false);
        row("offset != 42", false);
        row("offset = 42.5", false);
        row("offset < 42.5", true);
        row("size = 12", true); // key and value
        row("size > 12", false);
        row("time = 2026-03-04T11:00:00Z", true);
        row("time > -1h", false); // exactly an hour ago
        row("time > -61m", true);
        row("time = today", true);
        row("time < yesterday", false);
        row("key = order-7", true);
        row("key = ORDER-7", false);
        row("key ~ ORDER", true);
        row("key ~ /^order-\\d$/", true);
        row("key !~ order", false);
        row("key exists", true);
        row("value exists", true);
        row("value = null", false);
        row("value = hello", true);
        row("value ~ ELL", true);
        row("header.trace = abc", true);
        row("header.trace = ab", false);
        row("header.trace ~ B", true);
        row("header.trace exists", true);
        row("header.other exists", false);
        row("header.other = null", true);
        row("header.other != abc", false); // a header that is not there meets nothing
        row("not header.other = abc", true);
        row("header ~ abc", true);
        row("header exists", true);
        row("operation = update", true);
        row("operation != update", false);
        row("operation exists", true);
        row("partition = 3 or nonsense", true);
        row("partition = 4 or nonsense", false);
        row("not partition = 4", true);
    }
    void partsOfTheMessage()
    {
        StreamMessage message = plainMessage("hello");
        message.partition = 3;
        message.offset = 42;
        message.timestamp = QDateTime(QDate(2026, 3, 4), QTime(11, 0), Qt::UTC).toMSecsSinceEpoch();
        message.key = "order-7";
        message.headers = {{"trace", "abc"}, {"operation", "UPDATE"}};
        QFETCH(QString, expression);
        QFETCH(bool, isFound);
        QCOMPARE(m_probe->matches(expression, message), isFound);
    }

    void tombstonesAndWhatIsMissing()
    {
        StreamMessage message = plainMessage({});
        message.hasValue = false;
        message.hasKey = false;
        QVERIFY(m_probe->matches("value = null", message));
        QVERIFY(m_probe->matches("key = null", message));
        QVERIFY(!m_probe->matches("value ~ a", message));
        QVERIFY(!m_probe->matches("key != a", message));
        QVERIFY(!m_probe->matches("time > 2020-01-01", message)); // it has none
        QVERIFY(m_probe->matches("time = null", message));
        QVERIFY(m_probe->matches("price = null", message));
        QVERIFY(!m_probe->matches("price < 5", message));
    }

    void columnsOfAnEntity_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<bool>("isFound");
        const auto row = [](const char *expression, bool isFound) {
            QTest::newRow(expression) << expression << isFound;
        };
        row("price > 100", true);
        row("price > 149.99", false);
        row("price >= 149.99", true);
        row("price = 149.990", true);
        row("price < 149.990000000000000000000001", true);
        row("price > 100 and name ~ \"lamp\"", true);
        row("price > 100 and name ~ \"chair\"", false);
        row("price < 100 or name ~ \"lamp\"", true);
        row("name = \"Brass Lamp\"", true);
        row("name = \"brass lamp\"", false);
        row("name ~ /^brass/", false);
        row("name ~ /^brass/i", true);
        row("name !~ chair", true);
        row("name > \"Brass\"", true);
        row("stock_quantity = 74", true);
        row("stock_quantity in (1, 74)", true);
        row("stock_quantity ~ 7", true);
        row("value.name ~ lamp", true);
        row("exact_price = 149.99", true); // the field's own name
        row("category_id = 0", true);      // not on the wire: the start value
        row("category_id exists", false);
        row("category_id = null", true);
        row("name exists", true);
        row("colour = red", false);
        row("colour != red", false);
        row("not colour = red", true);
        row("colour exists", false);
        row("name.first = x", false);
        row("currency = EUR", true);
    }
    void columnsOfAnEntity()
    {
        const EntityType &product = *m_catalog->find(u"product");
        RecordCodec codec(product);
        const Record record = sampleRecord(
            product, "7",
            {{"name", "Brass Lamp"}, {"price", "149.99"}, {"currency", "EUR"}, {"stock_quantity", "74"}});
        QFETCH(QString, expression);
        QFETCH(bool, isFound);
        QCOMPARE(m_probe->matches(expression, plainMessage(codec.encode(record), "products_update")),
                 isFound);
    }

    // The service that knows only the float.
    void anOlderPriceStandsForTheExactOne()
    {
        const QByteArray older("\x08\x07\x12\x04Lamp\x25\x71\xfd\x15\x43", 13); // price 149.99
        const StreamMessage message = plainMessage(older, "products_add");
        QVERIFY(m_probe->matches("price = 149.99", message));
        QVERIFY(m_probe->matches("price > 149.98", message));
        QVERIFY(!m_probe->matches("price > 149.99", message));
        QVERIFY(m_probe->matches("price exists", message));
        QVERIFY(m_probe->matches("price = 0", plainMessage(QByteArray("\x08\x07", 2), "products_add")));
    }

    void aDeletionHasOnlyWhatItCarries()
    {
        const QByteArray onlyId("\x08\x07", 2);
        QVERIFY(m_probe->matches("id = 7", plainMessage(onlyId, "products_delete")));
        QVERIFY(!m_probe->matches("price < 5", plainMessage(onlyId, "products_delete")));
        QVERIFY(m_probe->matches("price < 5", plainMessage(onlyId, "products_update")));
        StreamMessage byHeader = plainMessage(onlyId, "products_update");
        byHeader.headers = {{"operation", "delete"}};
        QVERIFY(!m_probe->matches("price < 5", byHeader));
    }

    void oneRecordOfAListMeetsItAll()
    {
        const EntityType &product = *m_catalog->find(u"product");
        RecordCodec codec(product);
        const QByteArray list = codec.encodeList(
            {codec.encode(sampleRecord(product, "1", {{"name", "Lamp"}, {"price", "10.00"}})),
             codec.encode(sampleRecord(product, "2", {{"name", "Chair"}, {"price", "200.00"}}))});
        const StreamMessage message = plainMessage(list, "products_list");
        QVERIFY(m_probe->matches("name = Chair and price > 100", message));
        QVERIFY(!m_probe->matches("name = Lamp and price > 100", message));
        QVERIFY(m_probe->matches("lamp", message));
        QVERIFY(m_probe->matches("operation = list", message));
        QVERIFY(!m_probe->matches("name = Lamp", plainMessage({}, "products_list")));
    }

    void kindsOfFields_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<bool>("isFound");
        const auto row = [](const char *expression, bool isFound) {
            QTest::newRow(expression) << expression << isFound;
        };
        row("weight = null", true); // optional and not there
        row("weight = 0", false);
        row("weight != 5", false);
        row("kind = BOX", true);
        row("kind = 2", true);
        row("kind > 1", true);
        row("kind != LETTER", true);
        row("kind in (LETTER, BOX)", true);
        row("kind ~ bo", true);
        row("tags = red", true); // one of them
        row("tags = green", false);
        row("tags ~ lu", true);
        row("tags exists", true);
        row("stops = 20", true);
        row("stops > 30", false);
        row("sent_at > 2024-01-01", true);
        row("sent_at = 2024-01-31T10:00Z", true);
        row("sent_at < 2024-01-31T10:00Z", false);
        row("size.width > 1.2", true);
        row("size.width = 1.25", true);
        row("size_width = 1.25", true); // the column
        row("size.height exists", false);
        row("size.height < 5", false);
        row("size exists", true);
        row("express = true", true);
        row("express = false", false);
        row("express != true", false);
        row("large = 18446744073709551615", true);
        row("large > 9223372036854775807", true);
        row("large < 18446744073709551616", true);
    }
    void kindsOfFields()
    {
        const QByteArray parcel("\x08\x01\x12\x01P\x20\x02\x2a\x03red\x2a\x04"
                                "blue\x32\x02\x0a\x14"
                                "\x3a\x06\x08\xa0\xb4\xe8\xad\x06"
                                "\x42\x09\x09\x00\x00\x00\x00\x00\x00\xf4\x3f\x48\x01"
                                "\x50\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
                                5 + 2 + 5 + 6 + 4 + 8 + 11 + 2 + 11);
        QFETCH(QString, expression);
        QFETCH(bool, isFound);
        QCOMPARE(m_probe->matches(expression, plainMessage(parcel, "parcels_add")), isFound);
    }

    void jsonThatNobodyDescribed_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<bool>("isFound");
        const auto row = [](const char *expression, bool isFound) {
            QTest::newRow(expression) << expression << isFound;
        };
        row("id = 1", true);
        row("name = \"Möwe lamp\"", true);
        row("name ~ MÖWE", true);
        row("pricing.amount > 10", true);
        row("pricing.amount = 10.50", true);
        row("pricing.amount = 10.500000000000000000001", false);
        row("pricing.currency in (EUR, BRL)", true);
        row("availability.timestamp = 2024-01-01", true);
        row("availability.timestamp > 2024-01-01", false);
        row("tags = b", true);
        row("parts.number = 3", true); // of any part
        row("parts.number > 3", false);
        row("sold = false", true);
        row("nothing = null", true);
        row("nothing exists", false);
        row("pricing exists", true);
        row("code = 024", true);
        row("code = \"24\"", false);
        row("code = \"024\"", true);
        row("twice = 2", true); // the last counts
        row("twice = 1", false);
        row("\"two words\" = yes", true);
        row("möwe", true);
        row("line break", true);
        row("missing != 1", false);
    }
    void jsonThatNobodyDescribed()
    {
        const QByteArray json = R"({"id": 1, "name": "M\u00f6we lamp", "note": "line\nbreak",
            "pricing": {"amount": 10.5, "currency": "BRL"},
            "availability": {"quantity": 3, "timestamp": "2024-01-01T10:00:00Z"}, "tags": ["a", "b"],
            "parts": [{"number": 2}, {"number": 3}], "sold": false, "nothing": null, "code": "024",
            "twice": 1, "twice": 2, "two words": "yes"})";
        QFETCH(QString, expression);
        QFETCH(bool, isFound);
        QCOMPARE(m_probe->matches(expression, plainMessage(json, "produtos")), isFound);
        // The same behind a schema's id.
        QCOMPARE(m_probe->matches(expression, plainMessage(QByteArray("\0\0\0\0\7", 5) + json, "produtos")),
                 isFound);
    }

    void jsonOfAnEntity()
    {
        const StreamMessage message = plainMessage(R"({"id":"a","name":"Ann","speed":7})", "players");
        QVERIFY(m_probe->matches("speed > 6 and name = Ann", message));
        QVERIFY(!m_probe->matches("speed > 7", message));
        QVERIFY(!m_probe->matches("speed > 1", plainMessage("{\"speed\": 7", "players"))); // cut off
        QVERIFY(!m_probe->matches("speed > 1", plainMessage(QByteArray(100'000, '['), "players")));
    }

    void framesArePassedOver()
    {
        const QByteArray payload("\x08\x01\x32\x04Lamp\x38\x05\x45\x00\x00\xc0\x40\x48\x01", 17);
        const QByteArray framed = SchemaFrame{.schemaId = 42}.toBytes() + payload;
        QVERIFY(m_probe->matches("price = 6 and quantity = 5 and status = SHIPPED",
                                 plainMessage(framed, "order-events")));
        QVERIFY(m_probe->matches("product_name ~ lamp", plainMessage(framed, "order-events")));
        QVERIFY(!m_probe->matches("price = 6", plainMessage(payload, "order-events"))); // no frame
    }

    // By none of the names under which its value stands in a message.
    void aSensitiveColumnIsNotFoundByItsOtherNames()
    {
        const StreamMessage visit = plainMessage(R"({"id":7,"name":"Bo","homeNotes":"secret"})",
                                                 "visits_add");
        QVERIFY(m_probe->matches("name = Bo", visit));
        for (const char *filter :
             {"homeNotes ~ secr", "homeNotes = secret", "home_notes ~ secr", "value ~ secret", "secret"})
            QVERIFY2(!m_probe->matches(filter, visit), filter);
        const StreamMessage pay = plainMessage(QByteArray("\x08\x07\x12\x02"
                                                          "Bo\x25\x00\x40\x9c\x45",
                                                          11),
                                               "pays_add"); // salary 5000
        QVERIFY(m_probe->matches("name = Bo", pay));
        QVERIFY(!m_probe->matches("salary > 4999", pay));
        QVERIFY(!m_probe->matches("salary = 5000", pay));
        QVERIFY(!m_probe->matches("pay > 4999", pay));
    }

    // Masked by their looks, or in the frame of a schema: no filter finds out more than the eye.
    void whatIsMaskedByItsLooksIsNotFound()
    {
        StreamMessage card = plainMessage("4111 1111 1111 1111", "elsewhere");
        card.hasKey = true;
        card.key = "4111111111111111";
        QVERIFY(!m_probe->matches("value ~ 4111", card));
        QVERIFY(!m_probe->matches("key ~ 4111", card));
        QVERIFY(!m_probe->matches("/^4111/", card));
        card.key = SchemaFrame{.schemaId = 42}.toBytes() + "\x0a\x07hunter2";
        card.value = "4111";
        QVERIFY(!m_probe->matches("hunter2", card));
        QVERIFY(m_probe->matches("value ~ 4111", card));
    }

    void bytesThatAreNoMessageHaveNoFields()
    {
        const StreamMessage broken = plainMessage(QByteArray("\x12\xff\xff\xff\xff\x0f", 6), "products_add");
        QVERIFY(!m_probe->matches("price >= 0", broken));
        QVERIFY(!m_probe->matches("name != x", broken));
        QVERIFY(m_probe->matches("name = null", broken));
    }

private:
    QString problems() const
    {
        QStringList texts;
        for (const SchemaProblem &problem : m_catalog->problems())
            texts.append(problem.toText());
        return texts.join(u'\n');
    }

    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<FilterProbe> m_probe;
};

QTEST_GUILESS_MAIN(MessageFilterTest)
#include "MessageFilterTest.moc"
