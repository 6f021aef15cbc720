// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transfer/CsvText.h"

#include <QTest>

using namespace desk;

// Well-formed files, as programs of all kinds write them.
class CsvReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsRows_data();
    void readsRows();
    void tellsWhereValuesBegin();
    void tellsPlacesInCharacters();
    void keepsValuesToTheLetter();
    void readsRowsAcrossChunks();
    void readsFromSequentialDevice();
    void countsBytes();
};

void CsvReaderTest::readsRows_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("rows");
    QTest::newRow("nothing") << QByteArray() << QStringList{};
    QTest::newRow("only line ends") << QByteArray("\r\n\n\n") << QStringList{};
    QTest::newRow("CRLF") << QByteArray("a,b\r\n1,2\r\n") << QStringList{"1:1 a|b", "2:1 1|2"};
    QTest::newRow("LF") << QByteArray("a,b\n1,2\n") << QStringList{"1:1 a|b", "2:1 1|2"};
    QTest::newRow("CR") << QByteArray("a,b\r1,2\r") << QStringList{"1:1 a|b", "2:1 1|2"};
    QTest::newRow("no end") << QByteArray("a,b\n1,2") << QStringList{"1:1 a|b", "2:1 1|2"};
    QTest::newRow("no end, quoted") << QByteArray("a,b\n1,\"2\"") << QStringList{"1:1 a|b", "2:1 1|2"};
    QTest::newRow("ends with comma") << QByteArray("a,b\n1,") << QStringList{"1:1 a|b", "2:1 1|"};
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf"
                                                   "a,b\n1,2\n")
                                     << QStringList{"1:1 a|b", "2:1 1|2"};
    QTest::newRow("mark and quote") << QByteArray("\xef\xbb\xbf\"a\",b\n") << QStringList{"1:1 a|b"};
    QTest::newRow("only a mark") << QByteArray("\xef\xbb\xbf") << QStringList{};
    QTest::newRow("empty lines") << QByteArray("a,b\r\n\r\n \r\n1,2\r\n\r\n")
                                 << QStringList{"1:1 a|b", "4:1 1|2"};
    QTest::newRow("empty values") << QByteArray("a,b,c\n,,\n\"\",,\"\"\n")
                                  << QStringList{"1:1 a|b|c", "2:1 ||", "3:1 ||"};
    QTest::newRow("one empty value") << QByteArray("a\n\"\"\nx\n") << QStringList{"1:1 a", "2:1 ", "3:1 x"};
    QTest::newRow("quoted comma") << QByteArray("a,b\n\"1,5\",2\n") << QStringList{"1:1 a|b", "2:1 1,5|2"};
    QTest::newRow("quoted quote") << QByteArray("a\n\"say \"\"hi\"\"\"\n")
                                  << QStringList{"1:1 a", "2:1 say \"hi\""};
    QTest::newRow("quoted lines") << QByteArray("a,b\n\"1\r\n2\n3\",x\ny,z\n")
                                  << QStringList{"1:1 a|b", "2:1 1\r\n2\n3|x", "5:1 y|z"};
    QTest::newRow("only quotes") << QByteArray("\"\"\"\"\n") << QStringList{"1:1 \""};
    QTest::newRow("other lengths") << QByteArray("a,b\n1\n1,2,3\n")
                                   << QStringList{"1:1 a|b", "2:1 1", "3:1 1|2|3"};
    QTest::newRow("semicolons") << QByteArray("a;b\n1,5;2\n\"x;y\";z\n")
                                << QStringList{"1:1 a|b", "2:1 1,5|2", "3:1 x;y|z"};
    QTest::newRow("tabs") << QByteArray("a\tb\n1,5\t2\n") << QStringList{"1:1 a|b", "2:1 1,5|2"};
    QTest::newRow("comma in quotes") << QByteArray("\"a,b\";c\n1;2\n") << QStringList{"1:1 a,b|c", "2:1 1|2"};
    QTest::newRow("semicolon in quotes") << QByteArray("\";\"\n\"a;\",\n") << QStringList{"1:1 ;", "2:1 a;|"};
    QTest::newRow("semicolons, quoted lines")
        << QByteArray("\"a\nb\";c\n1;2,3\n") << QStringList{"1:1 a\nb|c", "3:1 1|2,3"};
    QTest::newRow("semicolons, CR") << QByteArray("a;b\r1;2,3\r") << QStringList{"1:1 a|b", "2:1 1|2,3"};
    QTest::newRow("comma wins") << QByteArray("a;x,b\n1;2,3\n") << QStringList{"1:1 a;x|b", "2:1 1;2|3"};
}

void CsvReaderTest::readsRows()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, rows);
    QCOMPARE(readAll(bytes), rows);
}

void CsvReaderTest::tellsWhereValuesBegin()
{
    QByteArray bytes("id,name,note\r\n1,\"Lamp, big\",\"two\r\nlines\"\r\n2,x,y\r\n");
    QBuffer buffer(&bytes);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    CsvReader reader(buffer);
    QVERIFY(*reader.next());
    const auto row = reader.next();
    QVERIFY(row && *row);
    QCOMPARE((*row)->fields[0].position, (TextPosition{2, 1}));
    QCOMPARE((*row)->fields[1].position, (TextPosition{2, 3}));
    QCOMPARE((*row)->fields[2].position, (TextPosition{2, 15}));
    const auto next = reader.next();
    QCOMPARE((*next)->fields[2].position, (TextPosition{4, 5}));
    QVERIFY(!reader.next());
    QVERIFY(!reader.next());
}

void CsvReaderTest::tellsPlacesInCharacters()
{
    QByteArray bytes("größe,b\n\"日本\U0001f600\",x\n");
    QBuffer buffer(&bytes);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    CsvReader reader(buffer);
    QCOMPARE((**reader.next()).fields[1].position, (TextPosition{1, 7}));
    QCOMPARE((**reader.next()).fields[1].position, (TextPosition{2, 7}));
}

void CsvReaderTest::keepsValuesToTheLetter()
{
    QCOMPARE(readAll(" a , b\t,\"  c \",\xef\xbb\xbf"
                     "d\n"),
             QStringList{QString::fromUtf16(u"1:1  a | b\t|  c |\ufeffd")});
}

// Every row at every place of the reader's buffer: pieces of the file must not show.
void CsvReaderTest::readsRowsAcrossChunks()
{
    QByteArray bytes("id,text\r\n");
    QStringList expected{"1:1 id|text"};
    qint64 line = 2;
    for (int index = 0; index < 4000; ++index) {
        const QByteArray value = QByteArray(index % 97, 'x') + "ü\r\n\"\"\"\",";
        QByteArray quoted = value;
        quoted.replace("\"", "\"\"");
        bytes += QByteArray::number(index) + ",\"" + quoted + "\"\r\n";
        expected.append(QStringLiteral("%1:1 %2|%3").arg(line).arg(index).arg(QString::fromUtf8(value)));
        line += 2;
    }
    QVERIFY(bytes.size() > 4 * 64 * 1024);
    QCOMPARE(readAll(bytes), expected);
}

void CsvReaderTest::readsFromSequentialDevice()
{
    struct Drop : QIODevice { // hands out one byte at a time, as a slow pipe might
        QByteArray bytes{"a,b\r\n1,\"x\ny\"\r\n"};
        qsizetype at = 0;
        bool isSequential() const override { return true; }
        qint64 readData(char *data, qint64) override
        {
            if (at >= bytes.size())
                return 0;
            *data = bytes[at++];
            return 1;
        }
        qint64 writeData(const char *, qint64) override { return -1; }
    } device;
    QVERIFY(device.open(QIODevice::ReadOnly | QIODevice::Unbuffered));
    CsvReader reader(device);
    QCOMPARE((**reader.next()).fields.size(), 2);
    QCOMPARE((**reader.next()).fields[1].text, "x\ny");
    QVERIFY(!reader.next());
}

void CsvReaderTest::countsBytes()
{
    QByteArray bytes("a,b\n1,2\n3,4\n");
    QBuffer buffer(&bytes);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    CsvReader reader(buffer);
    QVERIFY(*reader.next());
    QCOMPARE(reader.bytesRead(), 4);
    QVERIFY(*reader.next());
    QCOMPARE(reader.bytesRead(), 8);
    QVERIFY(*reader.next());
    QVERIFY(!reader.next());
    QCOMPARE(reader.bytesRead(), bytes.size());
}

QTEST_GUILESS_MAIN(CsvReaderTest)
#include "CsvReaderTest.moc"
