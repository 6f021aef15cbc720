// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/PayloadText.h"
#include "kafka/decoding/ProtobufTree.h"
#include "tests/kafka/ProtoText.h"
#include "tests/schema/Bounded.h"

#include <google/protobuf/any.pb.h>

#include <QTest>

using namespace desk;
using Kind = DecodedNode::Kind;

class ProtobufTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTypeOfFieldIsRead()
    {
        const DecodedNode root = read("All", R"(
            d: 0.1 f: 9.99 i32: -5 i64: -9007199254740993 u32: 4294967295 u64: 18446744073709551615
            s32: -7 s64: -8 x32: 1 x64: 2 sx32: -3 sx64: -4 b: true s: "Größe x" y: "\001\377" status: SHIPPED)");
        const QList<std::pair<const char *, const char *>> texts{
            {"d", "0.1"},          {"f", "9.99"},
            {"i32", "-5"},         {"i64", "-9007199254740993"},
            {"u32", "4294967295"}, {"u64", "18446744073709551615"},
            {"s32", "-7"},         {"s64", "-8"},
            {"x32", "1"},          {"x64", "2"},
            {"sx32", "-3"},        {"sx64", "-4"},
            {"b", "true"},         {"s", "Größe x"},
            {"y", "01 ff"},        {"status", "SHIPPED"}};
        for (const auto &[name, text] : texts)
            QCOMPARE(nodeNamed(root, name).text, QString::fromUtf8(text));
        QCOMPARE(nodeNamed(root, "f").kind, Kind::Number);
        QCOMPARE(nodeNamed(root, "f").type, QString("float"));
        QCOMPARE(nodeNamed(root, "f").number, 2);
        QCOMPARE(nodeNamed(root, "status").type, QString("shop.Status"));
    }

    void absentFieldsStandWithWhatAReaderTakesForThem()
    {
        const DecodedNode root = read("All", "i32: 1");
        QVERIFY(!nodeNamed(root, "i32").isAbsent);
        QVERIFY(nodeNamed(root, "status").isAbsent);
        QCOMPARE(nodeNamed(root, "status").text, QString("PENDING"));
        QCOMPARE(nodeNamed(root, "b").text, QString("false"));
        QCOMPARE(nodeNamed(root, "maybe").name, QString()); // optional: not there is not 0
        ProtobufTree tree(m_masking, ProtobufTree::Fields::Present);
        QCOMPARE(tree.read(m_proto.type("All"), m_proto.bytes("All", "i32: 1"), 0)->children.size(),
                 size_t(1));
    }

    void listsMapsAndMessagesNest()
    {
        const DecodedNode root = read("Order", R"(
            lines { name: "Lamp" price: 1.5 } lines { name: "Rug" tags: "a" tags: "b" }
            amounts { key: "eur" value: 10 } amounts { key: "usd" value: 11 }
            numbers: 1 numbers: 300 loose: 4 loose: 5 by_id { key: 7 value { name: "Seven" } })");
        QCOMPARE(nodeNamed(root, "lines[0].name").text, QString("Lamp"));
        QCOMPARE(nodeNamed(root, "lines[1].tags[1]").text, QString("b"));
        QCOMPARE(nodeNamed(root, "amounts.usd").text, QString("11"));
        QCOMPARE(nodeNamed(root, "numbers[1]").text, QString("300"));
        QCOMPARE(nodeNamed(root, "loose[1]").text, QString("5"));
        QCOMPARE(nodeNamed(root, "by_id.7.name").text, QString("Seven"));
        QCOMPARE(nodeNamed(root, "lines").kind, Kind::List);
        QCOMPARE(nodeNamed(root, "lines").children.size(), size_t(2));
    }

    void wellKnownTypesReadAsWhatTheyMean()
    {
        const DecodedNode root = read("Known", R"(
            at { seconds: 1700000000 nanos: 500000000 } before { seconds: -1 } took { seconds: 90 nanos: 1000 }
            back { seconds: -1 nanos: -500000000 }
            wrong { seconds: 999999999999999 }
            count { value: 3 } word { value: "hi" } mask { paths: "a.b" paths: "c" }
            data { fields { key: "size" value { number_value: 2.5 } }
                   fields { key: "list" value { list_value { values { bool_value: true } values { null_value: NULL_VALUE } } } } })");
        QCOMPARE(nodeNamed(root, "at").text, QString("2023-11-14T22:13:20.500Z"));
        QCOMPARE(nodeNamed(root, "before").text, QString("1969-12-31T23:59:59Z"));
        QCOMPARE(nodeNamed(root, "took").text, QString("90.000001s"));
        QCOMPARE(nodeNamed(root, "back").text, QString("-1.500s"));
        QVERIFY(nodeNamed(root, "wrong").text.contains("no time"));
        QCOMPARE(nodeNamed(root, "count").text, QString("3"));
        QCOMPARE(nodeNamed(root, "count").kind, Kind::Number);
        QCOMPARE(nodeNamed(root, "word").text, QString("hi"));
        QCOMPARE(nodeNamed(root, "mask").text, QString("a.b, c"));
        QCOMPARE(nodeNamed(root, "data.size").text, QString("2.5"));
        QCOMPARE(nodeNamed(root, "data.list[0]").text, QString("true"));
        QCOMPARE(nodeNamed(root, "data.list[1]").kind, Kind::Null);
    }

    void anyIsReadByItsType()
    {
        const DecodedNode known = readBytes(
            "Known", anyOf("shop.Line", m_proto.bytes("Line", "name: 'Lamp' price: 2")));
        QCOMPARE(nodeNamed(known, "any.@type").text, QString("type.googleapis.com/shop.Line"));
        QCOMPARE(nodeNamed(known, "any.name").text, QString("Lamp"));
        const DecodedNode time = readBytes(
            "Known", anyOf("google.protobuf.Timestamp", QByteArray::fromHex("0880e2cfaa06")));
        QCOMPARE(nodeNamed(time, "any.value").text, QString("2023-11-14T22:13:20Z"));
        const DecodedNode unknown = readBytes("Known",
                                              anyOf("their.Thing", QByteArray::fromHex("08181204") + "Fish"));
        QCOMPARE(nodeNamed(unknown, "any.value.1").text, QString("24"));
        QCOMPARE(nodeNamed(unknown, "any.value.2").text, QString("Fish"));
        QVERIFY(nodeNamed(unknown, "any.value").type.contains("their.Thing"));
        // What is sensitive in it is so there, too.
        const QByteArray user = anyOf("shop.User", m_proto.bytes("User", "password: 'hunter2'"));
        QVERIFY(nodeNamed(readBytes("Known", user), "any.password").isSensitive);
        QVERIFY(!maskedBytes(user, m_sensitive).contains("hunter2"));
    }

    void sensitiveFieldsAreMaskedWithTheirBytes()
    {
        const DecodedNode root = read("User", R"(
            id: 1 password: "hunter2" email: "a@b.example" note: "shown" card { number: "4111" year: 2030 }
            secrets: "one" secrets: "two" extra { key: "api_key" value: "k-123" } extra { key: "city" value: "Rome" }
            data { fields { key: "token" value { string_value: "t-99" } } })");
        for (const char *name : {"password", "email", "card", "secrets", "extra.api_key", "data.token"}) {
            QVERIFY2(nodeNamed(root, name).isSensitive, name);
            QCOMPARE(nodeNamed(root, name).text, MaskedValue.toString());
            QVERIFY(nodeNamed(root, name).children.empty());
        }
        QCOMPARE(nodeNamed(root, "note").text, QString("shown"));
        QCOMPARE(nodeNamed(root, "extra.city").text, QString("Rome"));
        const QString json = jsonText(root);
        const QByteArray raw = maskedBytes(m_bytes, m_sensitive);
        const QString hex = hexTable(m_bytes, 100000, 64, m_sensitive);
        for (const char *secret : {"hunter2", "a@b", "4111", "one", "two", "k-123", "t-99"}) {
            QVERIFY2(m_bytes.contains(secret), secret);
            QVERIFY2(!json.contains(secret), secret);
            QVERIFY2(!raw.contains(secret), secret);
            QVERIFY2(!hex.contains(secret), secret);
        }
        QVERIFY(raw.contains("shown"));
        QVERIFY(hex.contains("shown"));
    }

    void maskIsTheSameForAnyValueAndForNone()
    {
        const DecodedNode none = read("User", "id: 1");
        QCOMPARE(nodeNamed(none, "password").text, MaskedValue.toString());
        QCOMPARE(nodeNamed(read("User", "password: \"x\""), "password").text, MaskedValue.toString());
    }

    void fieldOfAnotherWireTypeIsMaskedAllTheSame()
    {
        const DecodedNode root = readBytes("User", QByteArray::fromHex("102a")); // field 2 as a number
        QVERIFY(nodeNamed(root, "password").isSensitive);
        QCOMPARE(m_sensitive, QList<ByteRange>({{1, 2}}));
    }

    void clearModeMasksNothing()
    {
        const Masking clear({}, Masking::Mode::Clear);
        ProtobufTree tree(clear);
        const auto root = tree.read(m_proto.type("User"), m_proto.bytes("User", "password: \"hunter2\""), 0);
        QCOMPARE(nodeNamed(*root, "password").text, QString("hunter2"));
        QVERIFY(tree.sensitive().isEmpty());
    }

    void undescribedFieldsAreGuessed()
    {
        const DecodedNode root = readBytes("Line",
                                           QByteArray::fromHex("0a044c616d70"
                                                               "a20604526f6d65"
                                                               "a80605"));
        QCOMPARE(nodeNamed(root, "100").text, QString("Rome"));
        QVERIFY(nodeNamed(root, "100").type.startsWith("not described"));
        QCOMPARE(nodeNamed(root, "101").text, QString("5"));
    }

    void laterValueCountsAndMessagesMerge()
    {
        // Line: name "A", then "B". Known: count with value 3; and Order.first: name, then price.
        QCOMPARE(nodeNamed(readBytes("Line", QByteArray::fromHex("0a01410a0142")), "name").text,
                 QString("B"));
        const QByteArray twice = m_proto.bytes("Order", "first { name: \"Lamp\" }")
            + m_proto.bytes("Order", "first { price: 2 }");
        const DecodedNode root = readBytes("Order", twice);
        QCOMPARE(nodeNamed(root, "first.name").text, QString("Lamp"));
        QCOMPARE(nodeNamed(root, "first.price").text, QString("2"));
    }

    void placesOfValuesAreKnown()
    {
        const QByteArray bytes = m_proto.bytes("Order", "first { name: \"Lamp\" }");
        ProtobufTree tree(m_masking);
        const auto root = tree.read(m_proto.type("Order"), bytes, 100);
        const ByteRange place = nodeNamed(*root, "first.name").bytes;
        QCOMPARE(bytes.mid(place.begin - 100, place.end - place.begin), QByteArray("\x04Lamp"));
    }

    void brokenBytesAreRefusedWithTheirPlace()
    {
        for (const char *hex : {"0aff", "08", "0affffffff0f41", "00", "07", "0c", "0b0a", "0a0441"}) {
            ProtobufTree tree(m_masking);
            const auto root = tree.read(m_proto.type("Line"), QByteArray::fromHex(hex), 0);
            QVERIFY2(!root, hex);
            QVERIFY2(root.error().sentence.contains("shop.Line"), qPrintable(root.error().sentence));
        }
    }

    void jsonTextHoldsTheTree()
    {
        QCOMPARE(jsonText(read("Line", "name: \"a\\\"b\" price: 1.5 tags: \"x\"")),
                 QString("{\n  \"name\": \"a\\\"b\",\n  \"price\": 1.5,\n  \"tags\": [\n    \"x\"\n  ]\n}"));
        QVERIFY(jsonText(read("Line", "name: \"a\""), 5).endsWith(u'…'));
    }

    void hostileBytesCostLittle()
    {
        const Bounded cost;
        const auto tryOut = [&](const char *name, const QByteArray &bytes) {
            ProtobufTree tree(m_masking);
            static_cast<void>(tree.read(m_proto.type(name), bytes, 0));
        };
        constexpr qsizetype Large = 8 * 1024 * 1024;
        // Order.first twice and twice again; as many empty lines; numbers; unknown fields; one in another.
        tryOut("Order", QByteArray("\x3a\0", 2).repeated(Large / 2));
        tryOut("Order", QByteArray("\x0a\0", 2).repeated(Large / 2));
        tryOut("Order", QByteArray("\x20\x01", 2).repeated(Large / 2));
        tryOut("Order", QByteArray("\x7a\x02\x78\x01", 4).repeated(Large / 4));
        tryOut("Known", QByteArray::fromHex("4a020a00").repeated(Large / 4));
        QByteArray deep;
        for (int depth = 0; depth < 10000 && deep.size() < 1000000; ++depth) {
            QByteArray outer("\x0a");
            for (qsizetype size = deep.size();; size >>= 7) {
                outer += char((size & 0x7f) | (size > 0x7f ? 0x80 : 0));
                if (size <= 0x7f)
                    break;
            }
            deep = outer + deep;
        }
        ProtobufTree tree(m_masking);
        const auto root = tree.read(m_proto.type("Deep"), deep, 0);
        QVERIFY(!root);
        QVERIFY2(root.error().sentence.contains("100 levels"), qPrintable(root.error().sentence));
        QVERIFY(cost.holds(30, 400));
    }

    void largeMessageIsCutButMaskedToItsEnd()
    {
        QByteArray bytes = m_proto.bytes("User", "secrets: \"s\"");
        bytes = m_proto.bytes("User", "notes: \"n\"").repeated(30000)
            + bytes.replace("\x01s", QByteArray("\x07hunter2", 8));
        const DecodedNode root = readBytes("User", bytes);
        QCOMPARE(root.children.back().name, QString("…"));
        QVERIFY(!maskedBytes(bytes, m_sensitive).contains("hunter2"));
    }

private:
    // A message Known with nothing but this in its Any.
    static QByteArray anyOf(const std::string &type, const QByteArray &value)
    {
        google::protobuf::Any any;
        any.set_type_url("type.googleapis.com/" + type);
        any.set_value(value.toStdString());
        const QByteArray bytes = QByteArray::fromStdString(any.SerializeAsString());
        return QByteArray("\x52") + char(bytes.size()) + bytes;
    }

    DecodedNode readBytes(const char *name, const QByteArray &bytes)
    {
        ProtobufTree tree(m_masking);
        auto root = tree.read(m_proto.type(name), bytes, 0);
        if (!root)
            qFatal("%s", qPrintable(root.error().sentence));
        m_bytes = bytes;
        m_sensitive = tree.sensitive();
        return *std::move(root);
    }
    DecodedNode read(const char *name, const char *text)
    {
        return readBytes(name, m_proto.bytes(name, text));
    }

    Masking m_masking;
    QByteArray m_bytes;
    QList<ByteRange> m_sensitive;
    const ProtoText m_proto{R"(syntax = "proto3";
package shop;
import "catalog/options.proto";
import "google/protobuf/any.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";
enum Status { PENDING = 0; SHIPPED = 1; }
message All {
  double d = 1; float f = 2; int32 i32 = 3; int64 i64 = 4; uint32 u32 = 5; uint64 u64 = 6; sint32 s32 = 7;
  sint64 s64 = 8; fixed32 x32 = 9; fixed64 x64 = 10; sfixed32 sx32 = 11; sfixed64 sx64 = 12; bool b = 13;
  string s = 14; bytes y = 15; Status status = 16; optional int32 maybe = 17;
}
message Line { string name = 1; double price = 2; repeated string tags = 3; }
message Order {
  repeated Line lines = 1;
  map<string, int32> amounts = 2;
  map<int32, Line> by_id = 3;
  repeated int32 numbers = 4;
  repeated int32 loose = 5 [packed = false];
  Line first = 7;
}
message Known {
  google.protobuf.Timestamp at = 1;
  google.protobuf.Timestamp before = 2;
  google.protobuf.Duration took = 3;
  google.protobuf.Duration back = 4;
  google.protobuf.Timestamp wrong = 5;
  google.protobuf.Int32Value count = 6;
  google.protobuf.StringValue word = 7;
  google.protobuf.FieldMask mask = 8;
  google.protobuf.Struct data = 9;
  google.protobuf.Any any = 10;
}
message Card { string number = 1; int32 year = 2; }
message User {
  int32 id = 1;
  string password = 2;
  string email = 3 [(catalog.column) = { sensitive: true }];
  string note = 4;
  Card card = 5;
  repeated string secrets = 6;
  map<string, string> extra = 7;
  google.protobuf.Struct data = 8;
  repeated string notes = 9;
}
message Deep { Deep deep = 1; }
)"};
};

QTEST_GUILESS_MAIN(ProtobufTreeTest)
#include "ProtobufTreeTest.moc"
