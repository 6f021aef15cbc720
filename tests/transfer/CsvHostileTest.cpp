// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/schema/Bounded.h"
#include "tests/transfer/CsvText.h"

#include <QRandomGenerator>
#include <QTest>

using namespace desk;

// Malformed files: every problem is told with its place, and the rows around it are not lost.
class CsvHostileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsProblemsAndGoesOn_data();
    void tellsProblemsAndGoesOn();
    void tellsBrokenTextByPlace_data();
    void tellsBrokenTextByPlace();
    void refusesOtherEncodings_data();
    void refusesOtherEncodings();
    void boundsRows();
    void boundsLines();
    void boundsValues();
    void boundsAQuoteThatIsNeverClosed();
    void staysLinearOnManyQuotes();
    void tellsWhenReadingFails();
    void survivesRandomBytes();
};

void CsvHostileTest::tellsProblemsAndGoesOn_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("rows");
    QTest::newRow("quote inside") << QByteArray("a,b\n1,x\"y\n2,z\n")
                                  << QStringList{"1:1 a|b", "2:4 !", "3:1 2|z"};
    QTest::newRow("blank before quote")
        << QByteArray("a,b\n1, \"x\"\n2,z\n") << QStringList{"1:1 a|b", "2:4 !", "3:1 2|z"};
    QTest::newRow("text behind quote")
        << QByteArray("a,b\n1,\"x\"y\n2,z\n") << QStringList{"1:1 a|b", "2:6 !", "3:1 2|z"};
    QTest::newRow("blank behind quote")
        << QByteArray("a,b\n1,\"x\" ,3\n2,z\n") << QStringList{"1:1 a|b", "2:6 !", "3:1 2|z"};
    QTest::newRow("never closed") << QByteArray("a,b\n1,\"x\n2,y\n3,z\n")
                                  << QStringList{"1:1 a|b", "2:3 !", "3:1 2|y", "4:1 3|z"};
    QTest::newRow("never closed, last")
        << QByteArray("a,b\n1,x\n2,\"y") << QStringList{"1:1 a|b", "2:1 1|x", "3:3 !"};
    QTest::newRow("never closed, CRLF")
        << QByteArray("a,b\r\n1,\"x\r\n2,y\r\n") << QStringList{"1:1 a|b", "2:3 !", "3:1 2|y"};
    QTest::newRow("never closed, CR")
        << QByteArray("a,b\r1,\"x\r2,y\r") << QStringList{"1:1 a|b", "2:3 !", "3:1 2|y"};
    QTest::newRow("closed by the next") << QByteArray("a,b\n1,\"x\n2,y\n3,\"z\"\n4,u\n")
                                        << QStringList{"1:1 a|b", "2:3 !", "3:1 2|y", "4:1 3|z", "5:1 4|u"};
    QTest::newRow("header broken") << QByteArray("a,b\"\n1,2\n") << QStringList{"1:4 !", "2:1 1|2"};
    QTest::newRow("several") << QByteArray("a,b\n\"1\"x,2\n3,4\n5,\"6\"7\n8,9\n")
                             << QStringList{"1:1 a|b", "2:4 !", "3:1 3|4", "4:6 !", "5:1 8|9"};
    QTest::newRow("column counts characters")
        << QByteArray("a,b\nü日,x\"y\n") << QStringList{"1:1 a|b", "2:5 !"};
    QTest::newRow("zero byte") << QByteArray("a,b\n1,x\0y\n2,z\n", 14)
                               << QStringList{"1:1 a|b", "2:4 !", "3:1 2|z"};
    QTest::newRow("zero in quoted lines")
        << QByteArray("a,b\n1,\"x\n\0\"\n2,z\n", 16) << QStringList{"1:1 a|b", "3:1 !", "4:1 2|z"};
}

void CsvHostileTest::tellsProblemsAndGoesOn()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, rows);
    QCOMPARE(readPlaces(bytes), rows);
}

void CsvHostileTest::tellsBrokenTextByPlace_data()
{
    QTest::addColumn<QByteArray>("broken");
    QTest::newRow("Latin-1") << QByteArray("gr\xfc\xdf"
                                           "e");
    QTest::newRow("lone continuation") << QByteArray("gr\x80"
                                                     "e");
    QTest::newRow("cut short") << QByteArray("gr\xe6\x97");
    QTest::newRow("overlong slash") << QByteArray("gr\xc0\xaf");
    QTest::newRow("overlong, three") << QByteArray("gr\xe0\x80\xaf");
    QTest::newRow("surrogate") << QByteArray("gr\xed\xa0\x80");
    QTest::newRow("past Unicode") << QByteArray("gr\xf4\x90\x80\x80");
    QTest::newRow("impossible byte") << QByteArray("gr\xff");
}

void CsvHostileTest::tellsBrokenTextByPlace()
{
    QFETCH(QByteArray, broken);
    QCOMPARE(readPlaces("a,b\nü1," + broken + "\n2,z\n"), (QStringList{"1:1 a|b", "2:6 !", "3:1 2|z"}));
    QCOMPARE(readPlaces("a,b\nü1,\"\r\n" + broken + "\"\n2,z\n"),
             (QStringList{"1:1 a|b", "3:3 !", "4:1 2|z"}));
}

void CsvHostileTest::refusesOtherEncodings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("UTF-16 LE") << QByteArray("\xff\xfe"
                                             "a\0,\0b\0\n\0",
                                             10);
    QTest::newRow("UTF-16 BE") << QByteArray("\xfe\xff"
                                             "\0a\0,\0b\0\n",
                                             10);
}

void CsvHostileTest::refusesOtherEncodings()
{
    QFETCH(QByteArray, bytes);
    const QStringList lines = readAll(bytes);
    QCOMPARE(lines.size(), 1);
    QVERIFY(lines[0].startsWith("1:1 ! fatal"));
    QVERIFY(lines[0].contains("UTF-8"));
}

void CsvHostileTest::boundsRows()
{
    // A quote that opens and then swallows line after line: the row is given up at the bound, not at the
    // end of the file, and none of the lines is lost.
    QByteArray bytes("a,b\n1,\"x\n");
    const QByteArray line = QByteArray(100, 'y') + ",2\n";
    constexpr int lines = 60'000;
    for (int index = 0; index < lines; ++index)
        bytes += line;
    QVERIFY(bytes.size() > CsvReader::MaximumRowBytes);
    const QStringList rows = readPlaces(bytes);
    QCOMPARE(rows.size(), 2 + lines);
    QCOMPARE(rows[1], "2:1 !");
    QCOMPARE(rows.last(), QStringLiteral("%1:1 %2|2").arg(lines + 2).arg(QString(100, 'y')));
}

void CsvHostileTest::boundsLines()
{
    // One endless line costs no memory and hides nothing behind it.
    const QByteArray bytes = "a,b\n" + QByteArray(3 * CsvReader::MaximumRowBytes, 'x') + "\n1,2\n";
    QCOMPARE(readPlaces(bytes), (QStringList{"1:1 a|b", "2:1 !", "3:1 1|2"}));
}

void CsvHostileTest::boundsValues()
{
    const Bounded cost;
    const QByteArray bytes = "a,b\n" + QByteArray(10'000'000, ',') + "\n1,2\n";
    const QStringList lines = readAll(bytes);
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[1], QString("2:1 ! This row has more than 10000 values."));
    QCOMPARE(lines[2], QString("3:1 1|2"));
    // As many as there may be.
    QCOMPARE(readPlaces(QByteArray(CsvReader::MaximumValues - 1, ',') + "\n").constFirst().count('|'),
             CsvReader::MaximumValues - 1);
    QVERIFY(cost.holds(20, 300));
}

void CsvHostileTest::boundsAQuoteThatIsNeverClosed()
{
    // 300 MB that nobody has to keep: no row ends before the bound, and none is behind it.
    struct Endless : QIODevice {
        qint64 left = 300'000'000;
        bool isSequential() const override { return true; }
        qint64 readData(char *data, qint64 size) override
        {
            const qint64 count = std::min(size, left);
            std::fill_n(data, count, 'x');
            if (left == 300'000'000)
                data[0] = '"';
            left -= count;
            return count;
        }
        qint64 writeData(const char *, qint64) override { return -1; }
    } device;
    const Bounded cost;
    QVERIFY(device.open(QIODevice::ReadOnly | QIODevice::Unbuffered));
    CsvReader reader(device);
    const auto problem = reader.next();
    QVERIFY(problem && !*problem);
    QVERIFY2(problem->error().sentence.contains("longer than 4 MB"), qPrintable(problem->error().sentence));
    QVERIFY(!reader.next());
    QCOMPARE(device.left, 0);
    QVERIFY(cost.holds(60, 200));
}

void CsvHostileTest::staysLinearOnManyQuotes()
{
    // Rows that are given up are read again from their second line; that must not add up.
    QByteArray bytes("a\n");
    for (int index = 0; index < 200'000; ++index)
        bytes += index % 2 ? "\"x\n" : "\"\"\n";
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!readPlaces(bytes).isEmpty());
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

void CsvHostileTest::tellsWhenReadingFails()
{
    struct Failing : QIODevice {
        int reads = 0;
        bool isSequential() const override { return true; }
        qint64 readData(char *data, qint64) override
        {
            if (reads++ > 0) {
                setErrorString("the disk is on fire");
                return -1;
            }
            memcpy(data, "a,b\n1,2\n3,", 10);
            return 10;
        }
        qint64 writeData(const char *, qint64) override { return -1; }
    } device;
    QVERIFY(device.open(QIODevice::ReadOnly | QIODevice::Unbuffered));
    CsvReader reader(device);
    QVERIFY(*reader.next());
    QVERIFY(*reader.next());
    const auto failed = reader.next();
    QVERIFY(failed && !*failed);
    QVERIFY(failed->error().isFatal);
    QVERIFY(failed->error().sentence.contains("the disk is on fire"));
    QVERIFY(!reader.next());
}

void CsvHostileTest::survivesRandomBytes()
{
    QRandomGenerator random(20240131);
    static constexpr char alphabet[] = "\"\",,\n\r\r\n;\tab\xc3\xbc\xff\0 ";
    const QByteArray letters(alphabet, sizeof alphabet - 1);
    for (int round = 0; round < 3000; ++round) {
        QByteArray bytes;
        const int size = random.bounded(200);
        for (int index = 0; index < size; ++index)
            bytes += letters[random.bounded(letters.size())];
        qint64 line = 0;
        QBuffer buffer(&bytes);
        QVERIFY(buffer.open(QIODevice::ReadOnly));
        CsvReader reader(buffer);
        int items = 0;
        while (const auto item = reader.next()) {
            QVERIFY(++items <= size + 1);
            if (*item) {
                QVERIFY((*item)->position.line > line); // forward, and no row twice
                line = (*item)->position.line;
                QVERIFY(!(*item)->fields.isEmpty());
            }
        }
    }
}

QTEST_GUILESS_MAIN(CsvHostileTest)
#include "CsvHostileTest.moc"
