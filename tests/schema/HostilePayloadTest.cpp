// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/EntityCatalog.h"
#include "models/schema/RecordCodec.h"
#include "tests/schema/Bounded.h"

#include <QTest>

using namespace desk;

// Payloads that claim much, nest deeply or repeat themselves: refused in a sentence, in bounded time and memory.
class HostilePayloadTest : public QObject
{
    Q_OBJECT

    static constexpr qsizetype Mebibyte = 1024 * 1024;

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::ofTexts(
        {{"own.proto", R"(syntax = "proto3";
import "catalog/options.proto";
enum Kind { NONE = 0; ONE = 1; }
message Box {
  option (catalog.entity) = {};
  int32 id = 1;
  string name = 2;
  repeated bool flags = 3;
  repeated string words = 4;
  Kind kind = 5;
  repeated Kind kinds = 6;
  repeated uint64 counts = 7;
  repeated double weights = 8;
}
message BoxText {
  option (catalog.entity) = { encoding: JSON };
  string id = 1;
  repeated string words = 2;
  repeated int32 numbers = 3;
}
)"}});
    const EntityType &m_box = *m_catalog->find(u"box");
    const EntityType &m_text = *m_catalog->find(u"box_text");

    static QByteArray varint(quint64 value)
    {
        QByteArray bytes;
        for (; value >= 0x80; value >>= 7)
            bytes += char(value | 0x80);
        return bytes + char(value);
    }
    static QByteArray repeated(const QByteArray &part, qsizetype bytes)
    {
        return part.repeated(bytes / part.size());
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_catalog->problems().isEmpty()); }

    void isRefused_data()
    {
        QTest::addColumn<bool>("isJson");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("words");
        const QByteArray gigabyte = varint(1 << 30);
        const QString no = QStringLiteral("no Box message");
        QTest::newRow("a text of a gigabyte") << false << QByteArray("\x12" + gigabyte) << no;
        QTest::newRow("a list of a gigabyte") << false << QByteArray("\x1a" + gigabyte) << no;
        QTest::newRow("an unknown field of a gigabyte") << false << QByteArray("\x7a" + gigabyte) << no;
        QTest::newRow("a length past 32 bits")
            << false << QByteArray("\x12" + varint(quint64(1) << 40)) << no;
        QTest::newRow("10,000 groups in groups") << false << QByteArray(10'000, '\x7b') << no;
        QTest::newRow("10,000 groups that end")
            << false << QByteArray(QByteArray(10'000, '\x7b') + QByteArray(10'000, '\x7c')) << no;
        QTest::newRow("packed ones") << false
                                     << QByteArray("\x1a" + varint(8 * Mebibyte)
                                                   + QByteArray(8 * Mebibyte, '\x01'))
                                     << QStringLiteral("at most 100000");
        QTest::newRow("empty texts") << false << repeated(QByteArray("\x22\0", 2), 8 * Mebibyte)
                                     << QStringLiteral("at most 100000");
        QTest::newRow("more than is read")
            << false << QByteArray(17 * Mebibyte, '\x08') << QStringLiteral("at most 16 MiB");
        QTest::newRow("JSON: more than is read")
            << true << QByteArray(17 * Mebibyte, ' ') << QStringLiteral("at most 16 MiB");
        QTest::newRow("JSON: 10,000 arrays in arrays")
            << true << QByteArray(QByteArray(10'000, '[') + QByteArray(10'000, ']'))
            << QStringLiteral("deep");
        QTest::newRow("JSON: 10,000 objects in objects")
            << true << QByteArray(QByteArray("{\"a\":").repeated(10'000) + '1' + QByteArray(10'000, '}'))
            << QStringLiteral("deep");
        QTest::newRow("JSON: elements of a wrong type")
            << true << QByteArray(R"({"id": "a", "words": ["b", {}]})") << QStringLiteral("Element 2");
        QTest::newRow("JSON: an element past its range")
            << true << QByteArray(R"({"id": "a", "numbers": [2147483648]})") << QStringLiteral("range");
        QTest::newRow("JSON: half a character")
            << true << QByteArray(R"({"id": "\ud83d"})") << QStringLiteral("half a character");
    }
    void isRefused()
    {
        QFETCH(bool, isJson);
        QFETCH(QByteArray, payload);
        QFETCH(QString, words);
        const Bounded cost;
        RecordCodec codec(isJson ? m_text : m_box);
        const auto record = codec.decodeWithPresence(payload);
        QVERIFY(!record);
        QCOMPARE(record.error().code, ErrorCode::Format);
        QVERIFY2(record.error().sentence.contains(words), qPrintable(record.error().sentence));
        QVERIFY2(record.error().sentence.endsWith(u'.'), qPrintable(record.error().sentence));
        QVERIFY(cost.holds(20, 700));
    }

    void listIsRefused_data()
    {
        QTest::addColumn<bool>("isJson");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("words");
        QTest::newRow("a record of a gigabyte")
            << false << QByteArray("\x0a" + varint(1 << 30)) << "ends in the middle";
        QTest::newRow("empty records")
            << false << repeated(QByteArray("\x0a\0", 2), 8 * Mebibyte) << "more than 100000";
        QTest::newRow("more than is read")
            << false << repeated(QByteArray("\x0a\0", 2), 17 * Mebibyte) << "at most 16 MiB";
        QTest::newRow("JSON: empty records")
            << true << QByteArray('[' + QByteArray("{},").repeated(2'000'000) + "{}]") << "at most 100000";
        QTest::newRow("JSON: numbers") << true << QByteArray("[1, 2]") << "JSON object";
        QTest::newRow("JSON: no array") << true << QByteArray("{}") << "JSON array";
    }
    void listIsRefused()
    {
        QFETCH(bool, isJson);
        QFETCH(QByteArray, payload);
        QFETCH(QString, words);
        const Bounded cost;
        const auto records = RecordCodec(isJson ? m_text : m_box).decodeList(payload);
        QVERIFY(!records);
        QVERIFY2(records.error().sentence.contains(words), qPrintable(records.error().sentence));
        QVERIFY(cost.holds(30, 700));
    }

    // The message object is used again; what a large message took must not stay with it.
    void givesBackWhatALargeMessageTook()
    {
        RecordCodec codec(m_box);
        const QByteArray payload = repeated(QByteArray("\x22\x01x", 3), 250'000);
        for (int round = 0; round < 3; ++round) {
            const auto record = codec.decode(payload);
            QVERIFY2(record, record ? "" : qPrintable(record.error().sentence));
            QCOMPARE(record->values[m_box.indexOf(u"words")].toList().size(), 83'333);
        }
        const auto small = codec.decode(QByteArray("\x08\x07"));
        QVERIFY(small);
        QCOMPARE(small->id, QString("7"));
        QVERIFY(small->values[m_box.indexOf(u"words")].toList().isEmpty());
    }

    // A newer service may know more names than this description.
    void enumerationNumberWithoutANameIsKept()
    {
        RecordCodec codec(m_box);
        const QByteArray payload("\x08\x07\x28\x63\x32\x02\x01\x63", 8);
        const auto record = codec.decode(payload);
        QVERIFY(record);
        QCOMPARE(record->values[m_box.indexOf(u"kind")].toString(), QString("99"));
        QCOMPARE(codec.encode(*record).toHex(), payload.toHex());
    }

    void listElementsThatCannotBeKeptAreRefused_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("past the largest signed number")
            << QByteArray("\x3a\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12);
        QTest::newRow("infinite") << QByteArray("\x42\x08\0\0\0\0\0\0\xf0\x7f", 10);
    }
    void listElementsThatCannotBeKeptAreRefused()
    {
        QFETCH(QByteArray, payload);
        const auto record = RecordCodec(m_box).decode(payload);
        QVERIFY(!record);
        QVERIFY2(record.error().sentence.contains("cannot be kept"), qPrintable(record.error().sentence));
    }
};

QTEST_GUILESS_MAIN(HostilePayloadTest)
#include "HostilePayloadTest.moc"
