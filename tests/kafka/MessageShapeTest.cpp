// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageShape.h"
#include "kafka/SchemaFrame.h"
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
