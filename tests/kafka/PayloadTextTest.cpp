// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/JsonLine.h"
#include "kafka/PayloadText.h"

#include <QTest>

using namespace desk;

class PayloadTextTest : public QObject
{
    Q_OBJECT

private:
    // So that samples stay readable: ' stands for ".
    static QByteArray json(const char *text) { return QByteArray(text).replace('\'', '"'); }

private Q_SLOTS:
    void textIsUtf8WithoutControlCharacters()
    {
        QCOMPARE(*textOfBytes("Grüße\tan alle\n"), QString("Grüße\tan alle\n"));
        QVERIFY(!textOfBytes(QByteArray("a\0b", 3)));
        QVERIFY(!textOfBytes("\xff\xfe"));
        QVERIFY(!textOfBytes("cut \xc3"));
    }

    void jsonIsIndentedAsFarAsThatIsBearable()
    {
        QCOMPARE(*textOfJson("{\"a\":[1,\"[[[\"]}"),
                 QString("{\n    \"a\": [\n        1,\n        \"[[[\"\n    ]\n}\n"));
        QVERIFY(!textOfJson("{broken"));
        // Indented, 100,000 ones on lines of their own would have 3,200 blanks each.
        const QByteArray deep = QByteArray(800, '[') + QByteArray("1,").repeated(100'000) + '1'
            + QByteArray(800, ']');
        QCOMPARE(textOfJson(deep)->size(), deep.size());
        // Brackets in texts close nothing.
        const QByteArray sly = QByteArray("[\"]\\\"]\",").repeated(800) + '1' + QByteArray(800, ']');
        QCOMPARE(textOfJson(sly)->size(), sly.size());
        QVERIFY(!textOfJson(QByteArray(5'000'000, ' ') + "1"));
    }

    void hexIsBounded()
    {
        QCOMPARE(shortHex("Fish", 10), QString("46 69 73 68"));
        QCOMPARE(shortHex("Fish", 2), QString("46 69 …"));
        const QString table = hexTable("0123456789abcdefXYZ\n", 1000);
        QCOMPARE(table.count('\n'), 2);
        QVERIFY(table.startsWith("00000000  30 31 32"));
        QVERIFY(table.contains("|") || table.contains("0123456789abcdef"));
        QVERIFY(table.contains("XYZ."));
        QVERIFY(hexTable(QByteArray(1000, 'x'), 100).contains("900 more bytes"));
    }

    void oneLineCutsBetweenCharacters()
    {
        QCOMPARE(oneLine(u"a\n  b", 10), QString("a b"));
        QCOMPARE(oneLine(QString("aaa😀😀").mid(0), 4), QString("aaa…"));
        QVERIFY(oneLine(QString(1'000'000, u'x'), 200).size() <= 201);
    }

    void jsonLineKeepsOrderAndDropsBlanks()
    {
        QCOMPARE(jsonLine("{\n  \"b\" : 1.50,\n  \"a\": [1,  2]\n}\n", 100),
                 QString::fromUtf8(json("{'b': 1.50, 'a': [1, 2]}")));
        QCOMPARE(jsonLine("{\"text\": \"a  \\\" b\"}", 100), QString("{\"text\": \"a  \\\" b\"}"));
        QCOMPARE(jsonLine("[\"a\nb", 100), QString("[\"a b"));
    }

    void jsonLineMasksSecrets()
    {
        QCOMPARE(jsonLine(json("{'password': 'hunter2', 'x': 1}"), 100),
                 QString::fromUtf8(json("{'password': '••••••', 'x': 1}")));
        QCOMPARE(jsonLine(json("{'card_num': 4111, 'cvv':123}"), 100),
                 QString::fromUtf8(json("{'card_num': '••••••', 'cvv': '••••••'}")));
        QCOMPARE(jsonLine(json("{'tokens': {'a': ['hunter2', {'b': '}'}]}, 'y': 2}"), 100),
                 QString::fromUtf8(json("{'tokens': '••••••', 'y': 2}")));
        QVERIFY(!jsonLine(json("{'password': 'hunter2"), 100).contains("hunter"));
    }

    void jsonLineTakesAnyBytes()
    {
        QCOMPARE(jsonLine("", 10), QString());
        QVERIFY(jsonLine("{\"a\"", 10).startsWith("{"));
        QVERIFY(jsonLine("]]}}{{", 10).size() <= 11);
        QVERIFY(jsonLine(json("{'password':"), 100).contains("••••••"));
        QVERIFY(jsonLine(QByteArray(1'000'000, '['), 200).size() <= 201);
        QVERIFY(jsonLine(json("'") + QByteArray(1'000'000, 'x'), 200).size() <= 201);
        for (int byte = 0; byte < 256; ++byte)
            static_cast<void>(jsonLine(QByteArray(3, char(byte)) + "\"\\", 100));
    }
};

QTEST_GUILESS_MAIN(PayloadTextTest)
#include "PayloadTextTest.moc"
