// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/SchemaFrame.h"

#include <QRandomGenerator>
#include <QTest>

using namespace desk;

class SchemaFrameTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesWhatTheFormatSays_data()
    {
        QTest::addColumn<qint32>("id");
        QTest::addColumn<QList<int>>("indexes");
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("first message") << 1 << QList<int>{0} << QByteArray("000000000100");
        QTest::newRow("big endian") << 0x01020304 << QList<int>{0} << QByteArray("000102030400");
        QTest::newRow("second message") << 7 << QList<int>{1} << QByteArray("00000000070202");
        QTest::newRow("nested") << 7 << QList<int>{1, 0} << QByteArray("0000000007040200");
        QTest::newRow("two bytes") << 7 << QList<int>{64} << QByteArray("0000000007028001");
        QTest::newRow("largest id") << 0x7fffffff << QList<int>{0} << QByteArray("007fffffff00");
    }

    void writesWhatTheFormatSays()
    {
        QFETCH(qint32, id);
        QFETCH(QList<int>, indexes);
        QFETCH(QByteArray, hex);
        const SchemaFrame frame{id, indexes};
        QCOMPARE(frame.toBytes().toHex(), hex);
        const QByteArray framed = frame.toBytes() + "payload";
        const auto read = readFrame(framed);
        QVERIFY2(read, read ? "" : qPrintable(read.error().sentence));
        QCOMPARE(read->frame, frame);
        QCOMPARE(read->payload, QByteArrayView("payload"));
    }

    void firstMessageIsAlsoReadWrittenOut()
    {
        const QByteArray bytes = QByteArray::fromHex("00000000090200") + "x";
        const auto read = readFrame(bytes);
        QVERIFY(read);
        QCOMPARE(read->frame, (SchemaFrame{9, {0}}));
        QCOMPARE(read->payload, QByteArrayView("x"));
    }

    void payloadMayBeEmpty()
    {
        const QByteArray bytes = QByteArray::fromHex("000000000900");
        const auto read = readFrame(bytes);
        QVERIFY(read);
        QVERIFY(read->payload.isEmpty());
    }

    void refusesWhatIsNoFrame_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("zero") << QByteArray("00");
        QTest::newRow("id only") << QByteArray("0000000001");
        QTest::newRow("other first byte") << QByteArray("010000000100");
        QTest::newRow("negative id") << QByteArray("00ffffffff00");
        QTest::newRow("negative count") << QByteArray("000000000101");
        QTest::newRow("count past the end") << QByteArray("000000000106");
        QTest::newRow("two thousand million indexes") << QByteArray("0000000001feffffff0f");
        QTest::newRow("negative index") << QByteArray("00000000010203");
        QTest::newRow("varint without end") << QByteArray("0000000001ffffffffffffffffff");
        QTest::newRow("varint of 35 bits") << QByteArray("0000000001ffffffff7f");
        QTest::newRow("index cut off") << QByteArray("0000000001028080");
    }

    void refusesWhatIsNoFrame()
    {
        QFETCH(QByteArray, hex);
        const QByteArray bytes = QByteArray::fromHex(hex);
        const auto read = readFrame(bytes);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Format);
        QVERIFY2(read.error().sentence.startsWith("The message has no schema frame"),
                 qPrintable(read.error().sentence));
    }

    void takesAnyBytes()
    {
        QRandomGenerator random(20240101);
        for (int round = 0; round < 200'000; ++round) {
            QByteArray bytes(random.bounded(24), '\0');
            for (qsizetype index = 1; index < bytes.size(); ++index)
                bytes[index] = char(random.bounded(256));
            if (const auto read = readFrame(bytes)) {
                QVERIFY(read->payload.size() < bytes.size());
                QVERIFY(read->frame.messageIndexes.size() <= 32);
            }
        }
    }
};

QTEST_GUILESS_MAIN(SchemaFrameTest)
#include "SchemaFrameTest.moc"
