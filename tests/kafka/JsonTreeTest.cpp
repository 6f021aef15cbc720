// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/PayloadText.h"
#include "kafka/decoding/JsonScan.h"
#include "kafka/decoding/JsonTree.h"
#include "tests/kafka/ProtoText.h"
#include "tests/schema/Bounded.h"

#include <QTest>

using namespace desk;
using Kind = DecodedNode::Kind;

class JsonTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void orderAndNumbersStayAsTheyWereWritten()
    {
        const DecodedNode root = read(
            " {\"b\": 1.50, \"a\": [1, {\"x\": null}], \"t\": true, \"s\": \"Größe \\u00e9\"} ");
        QCOMPARE(root.children[0].name, QString("b"));
        QCOMPARE(nodeNamed(root, "b").text, QString("1.50"));
        QCOMPARE(nodeNamed(root, "b").kind, Kind::Number);
        QCOMPARE(nodeNamed(root, "a[1].x").kind, Kind::Null);
        QCOMPARE(nodeNamed(root, "t").kind, Kind::Boolean);
        QCOMPARE(nodeNamed(root, "s").text, QString("Größe é"));
        QCOMPARE(read("[]").kind, Kind::List);
        QCOMPARE(read("{ }").children.size(), size_t(0));
    }

    void sensitiveMembersAreMaskedAtAnyDepth()
    {
        const QByteArray json
            = R"({"user": {"name": "Ana", "password": {"old": ["hunter2"]}, "pass\u0077ord": "h3"},
            "list": [{"cvv" : 123 , "ok": 1}], "card": "4111"})";
        const DecodedNode root = read(json);
        QCOMPARE(nodeNamed(root, "user.name").text, QString("Ana"));
        QVERIFY(nodeNamed(root, "user.password").isSensitive);
        QVERIFY(nodeNamed(root, "list[0].cvv").isSensitive);
        QCOMPARE(nodeNamed(root, "list[0].ok").text, QString("1"));
        QVERIFY(nodeNamed(root, "card").isSensitive);
        const QByteArray masked = maskedBytes(json, sensitiveValues(json, SensitiveNames::defaults()),
                                              MaskStyle::Json);
        for (const char *secret : {"hunter2", "h3", "123", "4111"}) {
            QVERIFY2(!jsonText(root).contains(secret), secret);
            QVERIFY2(!masked.contains(secret), secret);
        }
        QVERIFY2(checkJson(masked), masked.constData());
        QVERIFY(masked.contains("\"ok\": 1"));
    }

    void brokenJsonIsRefusedWithTheReason()
    {
        QVERIFY(checkJson("{}"));
        QVERIFY(checkJson(" [1, 2.5e3, \"x\"] "));
        for (const char *json :
             {"", "1", "\"x\"", "{", "{\"a\"}", "[1,]", "{} x", "{\"a\": 01}", "[\"\xff\"]"}) {
            const auto checked = checkJson(json);
            QVERIFY2(!checked, json);
            QVERIFY2(checked.error().sentence.endsWith(u'.'), qPrintable(checked.error().sentence));
        }
        QVERIFY(checkJson("[1,]").error().sentence.contains("byte 3"));
        QVERIFY(checkJson(QByteArray(1024, '[') + QByteArray(1024, ']')));
        QVERIFY(!checkJson(QByteArray(1025, '[') + QByteArray(1025, ']')));
    }

    void brokenOffJsonIsMaskedAsFarAsItHasNames()
    {
        const QByteArray json = "{\"name\": \"Ana\", \"password\": \"hunter2";
        const QByteArray masked = maskedBytes(json, sensitiveValues(json, SensitiveNames::defaults()));
        QVERIFY(!masked.contains("hunter2"));
        QVERIFY(masked.contains("Ana"));
        const QByteArray bare = "{\"password\": hunter two, \"a\": 1";
        QVERIFY(!maskedBytes(bare, sensitiveValues(bare, SensitiveNames::defaults())).contains("two"));
    }

    void deepJsonIsShownAsTextBelow()
    {
        QByteArray json = "{\"password\": \"hunter2\"}";
        for (int depth = 0; depth < 200; ++depth)
            json = '[' + json + ']';
        QVERIFY(checkJson(json));
        const DecodedNode root = read(json);
        const QString text = jsonText(root);
        QVERIFY(!text.contains("hunter2"));
        QVERIFY(text.contains(MaskedValue));
    }

    void hostileBytesCostLittle()
    {
        const Bounded cost;
        for (const QByteArray &json :
             {'[' + QByteArray("[],").repeated(2000000) + "[]]", QByteArray("{\"a\":").repeated(1000000),
              QByteArray(4000000, '['), QByteArray("\"").repeated(4000000),
              "{\"a\": \"" + QByteArray(4000000, '\\'), QByteArray("{\"a\":1,").repeated(1000),
              '[' + QByteArray("\"password\":").repeated(300000)}) {
            static_cast<void>(checkJson(json));
            static_cast<void>(sensitiveValues(json, SensitiveNames::defaults()));
            static_cast<void>(jsonTree(json, 0, SensitiveNames::defaults(), Masking::Mode::Masked));
        }
        QVERIFY(cost.holds(30, 300));
    }

private:
    static DecodedNode read(const QByteArray &json)
    {
        return jsonTree(json, 0, SensitiveNames::defaults(), Masking::Mode::Masked);
    }
};

QTEST_GUILESS_MAIN(JsonTreeTest)
#include "JsonTreeTest.moc"
