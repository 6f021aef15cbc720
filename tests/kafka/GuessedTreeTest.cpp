// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/PayloadText.h"
#include "kafka/decoding/GuessedTree.h"
#include "tests/kafka/ProtoText.h"
#include "tests/schema/Bounded.h"

#include <QTest>

using namespace desk;
using Kind = DecodedNode::Kind;

class GuessedTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersTextsAndMessagesAreTold()
    {
        const QByteArray bytes = m_proto.bytes("Order", R"(
            id: 24 name: "Fish Steak" price: 14.99 weight: 0.25 negative: -1
            line { name: "Größe" count: 300 } numbers: 1 numbers: 2 numbers: 300
            prices: 1.5 prices: 2.5 prices: 3.5 raw: "\377\376\377")");
        const DecodedNode root = read(bytes);
        QCOMPARE(nodeNamed(root, "1").text, QString("24"));
        QCOMPARE(nodeNamed(root, "2").text, QString("Fish Steak"));
        QCOMPARE(nodeNamed(root, "2").type, QString("a guess: text"));
        QCOMPARE(nodeNamed(root, "3").text, QString("14.99"));
        QCOMPARE(nodeNamed(root, "3").type, QString("a guess: float"));
        QCOMPARE(nodeNamed(root, "4").text, QString("0.25"));
        QCOMPARE(nodeNamed(root, "5").text, QString("-1"));
        QCOMPARE(nodeNamed(root, "6.1").text, QString("Größe"));
        QCOMPARE(nodeNamed(root, "6.2").text, QString("300"));
        QCOMPARE(nodeNamed(root, "7").text, QString("1, 2, 300"));
        QCOMPARE(nodeNamed(root, "8").text, QString("1.5, 2.5, 3.5"));
        QCOMPARE(nodeNamed(root, "9").text, QString("ff fe ff"));
    }

    void textIsNotTakenForAMessage()
    {
        // "\n\x05hello" would be a message, " hello" is a text.
        QCOMPARE(nodeNamed(read(QByteArray::fromHex("0a06") + " hello"), "1").text, QString(" hello"));
        QCOMPARE(nodeNamed(read(QByteArray::fromHex("0a070a05") + "hello"), "1.1").text, QString("hello"));
    }

    void bytesThatDoNotComeOutEvenAreNone()
    {
        for (const char *hex :
             {"", "08", "0a05", "00", "0801ff", "08010c", "0b08010a", "ffffffff7f01", "80ea3f01"}) {
            GuessedTree guess(m_masking);
            QVERIFY2(!guess.read(QByteArray::fromHex(hex), 0), hex);
        }
    }

    void groupsAreRead()
    {
        const DecodedNode root = read(QByteArray::fromHex("0b0801120141"
                                                          "0c"
                                                          "1005"));
        QCOMPARE(nodeNamed(root, "1.1").text, QString("1"));
        QCOMPARE(nodeNamed(root, "1.2").text, QString("A"));
        QCOMPARE(nodeNamed(root, "2").text, QString("5"));
    }

    void whatLooksLikeACardNumberIsMasked()
    {
        const QByteArray bytes = m_proto.bytes("Order",
                                               "id: 1 name: \"4111 1111 1111 1111\" card: 5500005555555559");
        const DecodedNode root = read(bytes);
        QVERIFY(nodeNamed(root, "2").isSensitive);
        QVERIFY(nodeNamed(root, "10").isSensitive);
        QVERIFY(!nodeNamed(root, "1").isSensitive);
        QVERIFY(!maskedBytes(bytes, m_sensitive).contains("4111"));
        // Neither a time in microseconds nor what does not check is one.
        const DecodedNode other = read(
            m_proto.bytes("Order", "card: 1700000000000000 name: \"4111 1111 1111 1112\""));
        QVERIFY(!nodeNamed(other, "10").isSensitive);
        QVERIFY(!nodeNamed(other, "2").isSensitive);
    }

    void knownNumbersAreMasked()
    {
        GuessedTree guess(m_masking);
        guess.setSensitiveNumbers({2});
        const QByteArray bytes = m_proto.bytes("Order",
                                               "name: \"hunter2\" line { count: 1 name: \"shown\" }");
        const auto root = guess.read(bytes, 0);
        QCOMPARE(nodeNamed(*root, "2").text, MaskedValue.toString());
        QCOMPARE(nodeNamed(*root, "6.1").text, QString("shown"));
        QVERIFY(!maskedBytes(bytes, guess.sensitive()).contains("hunter2"));
    }

    void hostileBytesCostLittle()
    {
        const Bounded cost;
        QByteArray deep("\x08\x01", 2);
        while (deep.size() < 16000) {
            QByteArray outer("\x0a");
            for (qsizetype size = deep.size();; size >>= 7) {
                outer += char((size & 0x7f) | (size > 0x7f ? 0x80 : 0));
                if (size <= 0x7f)
                    break;
            }
            deep = outer + deep;
        }
        for (const QByteArray &bytes :
             {deep, QByteArray("\x08\x01", 2).repeated(500000), QByteArray("\x0b").repeated(1000000),
              QByteArray("\x0a\x04\x0a\x02\x0a\0", 6).repeated(170000), QByteArray::fromHex("0affffffff7f"),
              QByteArray("\x0a\x80\x80\x40").repeated(10) + QByteArray(1000000, '\x0a')}) {
            GuessedTree guess(m_masking);
            static_cast<void>(guess.read(bytes, 0));
            QVERIFY(guess.nodes() <= GuessedTree::MaximumNodes + 100);
        }
        QVERIFY(cost.holds(20, 200));
    }

private:
    DecodedNode read(const QByteArray &bytes)
    {
        GuessedTree guess(m_masking);
        auto root = guess.read(bytes, 0);
        if (!root)
            qFatal("These bytes are no message.");
        m_sensitive = guess.sensitive();
        return *std::move(root);
    }

    Masking m_masking;
    QList<ByteRange> m_sensitive;
    const ProtoText m_proto{R"(syntax = "proto3";
message Line { string name = 1; int32 count = 2; }
message Order {
  int32 id = 1; string name = 2; float price = 3; double weight = 4; int32 negative = 5; Line line = 6;
  repeated int32 numbers = 7; repeated double prices = 8; bytes raw = 9; int64 card = 10;
}
)"};
};

QTEST_GUILESS_MAIN(GuessedTreeTest)
#include "GuessedTreeTest.moc"
