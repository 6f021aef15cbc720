// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageShape.h"
#include "kafka/SchemaFrame.h"
#include "kafka/UnknownFields.h"
#include "tests/kafka/FakeRegistry.h"
#include "tests/kafka/ProtoText.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class MessageShapeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath("order.proto"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(Proto), Proto.size());
        file.close();
        m_sources.schemas = std::make_shared<SchemaLibrary>(BrokerSettings());
        m_sources.settings.rules = {
            {"orders*", MessagePart::Value, PayloadFormat::ProtoFile, file.fileName(), "Order"},
            {"wrong", MessagePart::Value, PayloadFormat::ProtoFile, m_folder.filePath("none.proto"), {}},
            {"texts", MessagePart::Value, PayloadFormat::Text, {}, {}}};
    }

    void isFoundByTheRule()
    {
        m_sources.schemas->watch(this, [] {});
        QTRY_VERIFY(find("orders_new").has_value());
        QCOMPARE(find("orders_new")->name(), QString("shop.Order"));
        QVERIFY(!find("texts"));
        QVERIFY(!find("anything"));
        QTRY_VERIFY(!MessageShape::find(m_sources, "wrong", {}).isWaiting);
        QVERIFY(!find("wrong"));
        QVERIFY(!MessageShape::find({}, "orders", {}).shape);
        m_sources.schemas->forgetWatcher(this);
    }

    // Every field is there to be filled in, and an outline as it stands can be sent.
    void outlineHasEveryField()
    {
        QTRY_VERIFY(find("orders"));
        const QString outline = find("orders")->outline();
        const QJsonObject fields = QJsonDocument::fromJson(outline.toUtf8()).object();
        QCOMPARE(fields.keys(),
                 QStringList({"attributes", "id", "lines", "note", "placed_at", "state", "total"}));
        QCOMPARE(fields["lines"].toArray().size(), 1);
        QCOMPARE(fields["lines"].toArray()[0].toObject().keys(), QStringList({"product", "quantity"}));
        QCOMPARE(fields["state"].toString(), QString("NEW"));
        QVERIFY(find("orders")->bytes(outline));
    }

    void textAndBytesAreTheSameMessage()
    {
        QTRY_VERIFY(find("orders"));
        const QByteArray bytes = m_proto.bytes("Order", R"(id: 7 note: "Größe" state: SENT total: 9.5
            lines { product: "Lamp" quantity: 3 } attributes { key: "colour" value: "red" }
            placed_at { seconds: 1700000000 })");
        const auto text = find("orders")->text(bytes);
        QVERIFY2(text, text ? "" : qPrintable(text.error().sentence));
        QVERIFY2(text->contains("\"placed_at\": \"2023-11-14T22:13:20Z\""), qPrintable(*text));
        const auto again = find("orders")->bytes(*text);
        QVERIFY2(again, again ? "" : qPrintable(again.error().sentence));
        QCOMPARE(*again, bytes);
        QVERIFY(!find("orders")->text("\xff\xff\xff"));
    }

    void frameAndUnknownFieldsAreKept()
    {
        QTRY_VERIFY(find("orders"));
        const QByteArray frame = SchemaFrame{4711, {0}}.toBytes();
        const QByteArray unknown = QByteArray::fromHex("fa0103") + "new"; // field 31
        const QByteArray value = frame + m_proto.bytes("Order", "id: 7") + unknown;
        const auto found = MessageShape::find(m_sources, "orders", value);
        QVERIFY(found.shape);
        const auto text = found.shape->text(value);
        QVERIFY2(text && text->contains("\"id\": 7"), text ? qPrintable(*text) : "none");
        const auto bytes = found.shape->bytes(R"({"id": 8})", value);
        QVERIFY2(bytes, bytes ? "" : qPrintable(bytes.error().sentence));
        QCOMPARE(*bytes, frame + m_proto.bytes("Order", "id: 8") + unknown);
    }

    // Of a topic that is still empty.
    void isFoundByTheRegistrysLatestSchema()
    {
        FakeRegistry registry;
        registry.setAnswer(
            "/subjects/parcels-value/versions/latest",
            {{"subject", "parcels-value"},
             {"version", 3},
             {"id", 4711},
             {"schemaType", "PROTOBUF"},
             {"schema",
              "syntax = \"proto3\"; import \"size.proto\"; message Parcel { int32 id = 1; Size "
              "size = 2; } message Other { int32 id = 1; }"},
             {"references",
              QJsonArray{QJsonObject{{"name", "size.proto"}, {"subject", "size"}, {"version", 2}}}}});
        registry.setAnswer("/subjects/size/versions/2",
                           {{"schemaType", "PROTOBUF"},
                            {"schema", "syntax = \"proto3\"; message Size { int32 width = 1; }"}});
        registry.setAnswer("/subjects/parcels-key/versions/latest",
                           {{"id", 12},
                            {"schemaType", "PROTOBUF"},
                            {"schema", "syntax = \"proto3\"; message Key { string region = 1; }"}});
        registry.setAnswer("/subjects/avro-value/versions/latest", {{"id", 13}, {"schema", "\"string\""}});
        BrokerSettings settings;
        settings.registryUrl = registry.url();
        DecodingSources sources;
        sources.schemas = std::make_shared<SchemaLibrary>(settings);
        const auto found = [&](const QString &topic, MessagePart part = MessagePart::Value) {
            return MessageShape::find(sources, topic, {}, part);
        };

        QVERIFY(found("parcels").isWaiting);
        QTRY_VERIFY(found("parcels").shape);
        QCOMPARE(found("parcels").shape->name(), "Parcel");
        QVERIFY(found("parcels").reason.isEmpty());
        const auto bytes = found("parcels").shape->bytes(R"({"id": 7, "size": {"width": 3}})");
        QVERIFY(bytes);
        QCOMPARE(*bytes, SchemaFrame{4711}.toBytes() + QByteArray::fromHex("080712020803"));

        QTRY_VERIFY(found("parcels", MessagePart::Key).shape);
        QCOMPARE(*found("parcels", MessagePart::Key).shape->bytes(R"({"region": "EU"})"),
                 SchemaFrame{12}.toBytes() + QByteArray::fromHex("0a024555"));

        QTRY_VERIFY(!found("letters").isWaiting);
        QVERIFY2(found("letters").reason.contains("\"letters-value\""), qPrintable(found("letters").reason));
        QTRY_VERIFY(!found("avro").isWaiting);
        QVERIFY2(found("avro").reason.contains("no protobuf"), qPrintable(found("avro").reason));
        QVERIFY(!MessageShape::find(sources, "parcels", "raw").shape); // a message of it that has no frame

        registry.set(FakeRegistry::Fault::Away);
        QTRY_VERIFY(!found("others").isWaiting);
        QVERIFY2(found("others").reason.contains("cannot be reached"), qPrintable(found("others").reason));
    }

    // At any depth, as long as what holds them is there.
    void nestedUnknownFieldsAreKept()
    {
        const ProtoText newer{"syntax = \"proto3\"; message Size { int32 width = 1; int32 depth = 7; } "
                              "message Parcel { int32 id = 1; Size size = 2; string note = 9; }"};
        const ProtoText older{"syntax = \"proto3\"; message Size { int32 width = 1; } "
                              "message Parcel { int32 id = 1; Size size = 2; }"};
        const auto &described = older.type("Parcel");
        const QByteArray original = newer.bytes("Parcel", "id: 1 size { width: 2 depth: 3 } note: 'new'");
        const auto text = [&](const char *made) {
            return newer.text("Parcel", withUnknownFields(older.bytes("Parcel", made), original, described));
        };
        QCOMPARE(text("id: 5 size { width: 6 }"), "id: 5 size { width: 6 depth: 3 } note: \"new\"");
        QCOMPARE(text("id: 5"), "id: 5 note: \"new\"");
        QCOMPARE(withUnknownFields("\x08\x05", "\xff\xff", described), "\x08\x05"); // no such message
    }

    void mistakesHaveAPlace_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("at");
        QTest::addColumn<QString>("says");
        QTest::newRow("no JSON") << "{\"id\": 1,}"
                                 << ""
                                 << "Line 1, column 11";
        QTest::newRow("number") << "{\n \"note\": \"a\", \"id\": \"seven\"}"
                                << "\"id\""
                                << "id:";
        QTest::newRow("nested") << "{\"id\": 1, \"lines\": [{\"quantity\": true}]}"
                                << "\"quantity\""
                                << "quantity";
        QTest::newRow("enum") << "{\"state\": \"LOST\"}"
                              << "\"state\""
                              << "state";
        QTest::newRow("unknown field") << "{\"id\": 1, \"colour\": 3}"
                                       << ""
                                       << "colour";
        QTest::newRow("empty") << ""
                               << ""
                               << "no JSON yet";
    }
    void mistakesHaveAPlace()
    {
        QFETCH(QString, text);
        QFETCH(QString, at);
        QFETCH(QString, says);
        QTRY_VERIFY(find("orders"));
        const auto bytes = find("orders")->bytes(text);
        QVERIFY(!bytes);
        QVERIFY2(bytes.error().sentence.contains(says), qPrintable(bytes.error().sentence));
        if (!at.isEmpty())
            QVERIFY2(text.mid(bytes.error().position).startsWith(at),
                     qPrintable(QString::number(bytes.error().position) + bytes.error().sentence));
    }

private:
    static inline const QByteArray Proto = "syntax = \"proto3\";\n"
                                           "package shop;\n"
                                           "import \"google/protobuf/timestamp.proto\";\n"
                                           "enum State { NEW = 0; SENT = 1; }\n"
                                           "message Line { string product = 1; int32 quantity = 2; }\n"
                                           "message Order {\n"
                                           "  int32 id = 1;\n"
                                           "  string note = 2;\n"
                                           "  State state = 3;\n"
                                           "  double total = 4;\n"
                                           "  repeated Line lines = 5;\n"
                                           "  map<string, string> attributes = 6;\n"
                                           "  google.protobuf.Timestamp placed_at = 7;\n"
                                           "}\n";

    std::optional<MessageShape> find(const QString &topic) const
    {
        return MessageShape::find(m_sources, topic, {}).shape;
    }

    QTemporaryDir m_folder;
    DecodingSources m_sources;
    const ProtoText m_proto{Proto};
};

QTEST_GUILESS_MAIN(MessageShapeTest)
#include "MessageShapeTest.moc"
