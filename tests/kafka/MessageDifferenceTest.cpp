// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/MessageDifference.h"

#include "kafka/MessageDecoder.h"

#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class MessageDifferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath("user.proto"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"(syntax = "proto3";
import "catalog/options.proto";
message User {
  option (catalog.entity) = { table: "shop_user" plural: "Users" topics: { all: "users" } };
  int32 id = 1;
  string name = 2;
  string password = 3;
}
)");
        file.close();
        m_catalog = EntityCatalog::load(m_folder.path());
        QVERIFY(m_catalog->problems().isEmpty());
        m_decoder = std::make_unique<MessageDecoder>(m_catalog);
    }

    void fieldsAreComparedByTheirNames()
    {
        const MessageDifference difference = compare(
            "{'id': 1, 'name': 'A', 'gone': true, 'deep': {'x': {'y': 1}}}",
            "{'name': 'B', 'id': 1, 'deep': {'x': {'y': 2}}, 'new': null}");
        QCOMPARE(difference.manner, MessageDifference::Manner::Fields);
        QCOMPARE(changes(difference),
                 (QStringList{"name: A | B", "gone: true < ", "deep.x.y: 1 | 2", "new:  > null"}));
        QVERIFY(rowOf(difference, "id").kind == DifferenceRow::Kind::Same);
    }

    void listsAreAlignedBeforeTheyAreCompared()
    {
        QCOMPARE(changes(compare("{'l': [1, 2, 3]}", "{'l': [0, 1, 2, 3]}")), QStringList{"l[0]:  > 0"});
        QCOMPARE(changes(compare("{'l': [{'p': 1, 'q': 1}, {'p': 2, 'q': 2}]}", "{'l': [{'p': 2, 'q': 3}]}")),
                 (QStringList{"l[0].p: 1 | 2", "l[0].q: 1 | 3", "l[1].p: 2 < ", "l[1].q: 2 < "}));
        QCOMPARE(changes(compare("{'l': ['x', {'a': 1}, 'y']}", "{'l': ['w', 'x', {'a': 2}, 'y']}")),
                 (QStringList{"l[0]:  > w", "l[1→2].a: 1 | 2"}));
        QCOMPARE(changes(compare("[1, 2]", "[1]")), QStringList{"[1]: 2 < "});
    }

    void kindsOfValuesAreToldApart()
    {
        QCOMPARE(changes(compare("{'a': 1}", "{'a': '1'}")), QStringList{"a: 1 | 1"});
        QCOMPARE(changes(compare("{'a': {'b': 1}}", "{'a': [1]}")).size(), 1);
        QCOMPARE(changes(compare("{'a': {}}", "{'a': {'b': 1}}")), QStringList{"a.b:  > 1"});
        QVERIFY(changes(compare("{'a': 1.50}", "{'a': 1.50}")).isEmpty());
        // Of members that occur more than once, each with its like.
        QCOMPARE(changes(compare("{'a': 1, 'a': 2}", "{'a': 1, 'a': 3, 'a': 4}")),
                 (QStringList{"a: 2 | 3", "a:  > 4"}));
    }

    void recordsOfTheCatalogAreComparedByTheirColumns()
    {
        const QByteArray before = QByteArray::fromHex("0801")
            + "\x12\x01"
              "A"
            + "\x1a\x03"
              "one";
        const QByteArray after = QByteArray::fromHex("0801")
            + "\x12\x01"
              "B"
            + "\x1a\x03"
              "two";
        const MessageDifference difference = compareBytes(before, after, "users");
        QCOMPARE(rowOf(difference, "name").left, QString("A"));
        QCOMPARE(rowOf(difference, "name").right, QString("B"));
        QVERIFY(rowOf(difference, "password").isDifferent());
        QVERIFY(rowOf(difference, "password").left == MaskedValue);
        const MessageDifference same = compareBytes(before, QByteArray(before).replace("A", "B"), "users");
        QCOMPARE(rowOf(same, "password").kind, DifferenceRow::Kind::MaskedSame);
        for (const DifferenceRow &row : difference.rows)
            QVERIFY2(!(row.left + row.right).contains("one") && !(row.left + row.right).contains("two"),
                     qPrintable(row.name));
    }

    void maskedValuesDifferWithoutTellingHow()
    {
        const MessageDifference difference = compare("{'id': 1, 'password': 'one', 'token': 'same'}",
                                                     "{'id': 1, 'password': 'two', 'token': 'same'}");
        const DifferenceRow row = rowOf(difference, "password");
        QCOMPARE(row.kind, DifferenceRow::Kind::MaskedChanged);
        QVERIFY(row.left == MaskedValue && row.right == MaskedValue);
        QCOMPARE(rowOf(difference, "token").kind, DifferenceRow::Kind::MaskedSame);
        // In lists, too: what is aligned by them is not shown.
        for (const DifferenceRow &listed :
             compare("{'l': [{'cvv': 'p-1'}]}", "{'l': [{'cvv': 'p-2'}, {'cvv': 'p-1'}]}").rows)
            QVERIFY2(!(listed.left + listed.right).contains("p-"), qPrintable(listed.name));
    }

    void whatIsNotReadIsComparedByItsBytes()
    {
        QCOMPARE(changes(compare("{'a': 1}", "{'a':1}")),
                 QStringList{"value: written differently: 8 bytes | 7 bytes"});
        QByteArray many = "{'l': [";
        for (int number = 0; number < 25'000; ++number)
            many += "1,";
        const MessageDifference same = compare(many + "2]}", many + "2]}");
        QVERIFY(changes(same).isEmpty());
        const QStringList lines = changes(compare(many + "2]}", many + "3]}"));
        QCOMPARE(lines.size(), 1);
        QVERIFY2(lines.constFirst().contains("the rest is not shown"), qPrintable(lines.constFirst()));
    }

    void textsAreComparedByTheirLines()
    {
        const MessageDifference difference = compareBytes("a\nb\nc\n", "a\nB\nc\nd\n");
        QCOMPARE(difference.manner, MessageDifference::Manner::Lines);
        QCOMPARE(changes(difference), (QStringList{"line 2: b | B", "line – → 4:  > d"}));
        // One line is a value.
        QCOMPARE(changes(compareBytes("hello there", "hello here")),
                 QStringList{"value: hello there | hello here"});
    }

    void bytesAreComparedByTheirPlaces()
    {
        QByteArray left(64, '\xff');
        QByteArray right = left;
        right[17] = '\x01';
        right += "\x02";
        const MessageDifference difference = compareBytes(left, right);
        QCOMPARE(difference.manner, MessageDifference::Manner::Bytes);
        QCOMPARE(changes(difference).size(), 2);
        QVERIFY(rowOf(difference, "00000010").right.startsWith("ff 01 ff"));
        QCOMPARE(rowOf(difference, "00000040").kind, DifferenceRow::Kind::OnlyRight);
    }

    void aTombstoneHasNoneOfTheFields()
    {
        ComparedMessage left = compared("{\"a\": 1}");
        ComparedMessage right = compared({});
        right.message.hasValue = false;
        right.decoded = m_decoder->decode(right.message);
        QCOMPARE(changes(differenceOf(left, right)), QStringList{"a: 1 < "});
        QCOMPARE(changes(differenceOf(right, left)), QStringList{"a:  > 1"});
        QVERIFY(changes(differenceOf(right, right)).isEmpty());
    }

    void placeHeadersAndKeyAreCompared()
    {
        ComparedMessage left = compared("{}");
        ComparedMessage right = left;
        left.message.headers = {{"a", "1"}, {"a", "2"}, {"password", "one"}};
        right.message.headers = {{"a", "1"}, {"b", "2"}, {"password", "two"}};
        right.message.offset = 8;
        right.message.key = "25";
        left.decoded = m_decoder->decode(left.message);
        right.decoded = m_decoder->decode(right.message);
        const MessageDifference difference = differenceOf(left, right);
        QStringList lines;
        for (const DifferenceRow &row : difference.rows) {
            if (row.isDifferent())
                lines.append(QStringLiteral("%1 %2").arg(int(row.section)).arg(row.name));
        }
        QCOMPARE(lines, (QStringList{"2 key", "1 a", "1 password", "1 b", "0 offset"}));
        QCOMPARE(rowOf(difference, "password").kind, DifferenceRow::Kind::MaskedChanged);
        QVERIFY(rowOf(difference, "password").right == MaskedValue);
        QCOMPARE(difference.differences, 5);
    }

    void longTextsBeginWhereTheyDiffer()
    {
        const QByteArray same(50'000, 'x');
        const MessageDifference difference = compareBytes(same + "left", same + "right");
        const DifferenceRow row = rowOf(difference, "value");
        QVERIFY2(row.left.startsWith("…x") && row.left.endsWith("xleft"), qPrintable(row.left.right(10)));
        QVERIFY(row.right.endsWith("xright"));
        QVERIFY(row.right.size() < 100);
    }

    void whatIsListedIsBounded()
    {
        QByteArray left;
        QByteArray right;
        for (int line = 0; line < 150'000; ++line) {
            left += "a" + QByteArray::number(line) + '\n';
            right += "b" + QByteArray::number(line) + '\n';
        }
        const MessageDifference texts = compareBytes(left, right);
        QVERIFY(texts.isCut);
        QVERIFY(texts.differences > 100'000);
        QVERIFY(texts.rows.size() <= 2 * MessageDifference::MaximumRows);
        const MessageDifference bytes = compareBytes(QByteArray(4'000'000, '\x01'),
                                                     QByteArray(4'000'000, '\x02'));
        QVERIFY(bytes.isCut);
        QByteArray deep;
        for (int depth = 0; depth < 60; ++depth)
            deep += "{\"l\":[1,2,3,";
        QVERIFY(compareBytes(deep, deep + "4").differences > 0);
    }

private:
    ComparedMessage compared(const QByteArray &value, const QString &topic = "other") const
    {
        const StreamMessage message{.topic = topic,
                                    .partition = 0,
                                    .offset = 7,
                                    .timestamp = -1,
                                    .hasKey = true,
                                    .hasValue = true,
                                    .key = "24",
                                    .value = value,
                                    .headers = {}};
        return {message, m_decoder->decode(message)};
    }
    MessageDifference compareBytes(const QByteArray &left, const QByteArray &right,
                                   const QString &topic = "other") const
    {
        return differenceOf(compared(left, topic), compared(right, topic));
    }
    // ' stands for ".
    MessageDifference compare(const char *left, const char *right) const
    {
        return compareBytes(QByteArray(left).replace('\'', '"'), QByteArray(right).replace('\'', '"'));
    }
    // Of the value; "<": only on the left.
    static QStringList changes(const MessageDifference &difference)
    {
        QStringList lines;
        for (const DifferenceRow &row : difference.rows) {
            const char *sign = row.kind == DifferenceRow::Kind::OnlyLeft ? "<"
                : row.kind == DifferenceRow::Kind::OnlyRight             ? ">"
                                                                         : "|";
            if (row.section == DifferenceRow::Section::Value && row.isDifferent())
                lines.append(
                    QStringLiteral("%1: %2 %3 %4").arg(row.name, row.left, QLatin1String(sign), row.right));
        }
        return lines;
    }
    static DifferenceRow rowOf(const MessageDifference &difference, const QString &name)
    {
        for (const DifferenceRow &row : difference.rows) {
            if (row.name == name)
                return row;
        }
        return {.name = QStringLiteral("there is no such row")};
    }

    QTemporaryDir m_folder;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<MessageDecoder> m_decoder;
};

QTEST_GUILESS_MAIN(MessageDifferenceTest)
#include "MessageDifferenceTest.moc"
