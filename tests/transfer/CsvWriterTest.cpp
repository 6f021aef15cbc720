// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/CsvReader.h"
#include "models/transfer/CsvWriter.h"

#include <QBuffer>
#include <QRandomGenerator>
#include <QTest>

using namespace desk;

class CsvWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quotesWhereNeeded();
    void writesWhatIsReadBack();
    void tellsWhenWritingFails();
};

void CsvWriterTest::quotesWhereNeeded()
{
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    CsvWriter writer(buffer);
    QVERIFY(writer.writeRow({"id", "name", ""}));
    QVERIFY(writer.writeRow({"1", "Lamp, \"big\"", " x"}));
    QVERIFY(writer.writeRow({"two\r\nlines", "größe", "a;b"}));
    QVERIFY(writer.writeRow({""}));
    QCOMPARE(buffer.data(),
             "id,name,\r\n1,\"Lamp, \"\"big\"\"\",\" x\"\r\n\"two\r\nlines\",größe,\"a;b\"\r\n\"\"\r\n");
}

void CsvWriterTest::writesWhatIsReadBack()
{
    QRandomGenerator random(1);
    const QStringList letters{"\"", ",", ";", "\t", "\r", "\n", " ", "a", "ü", "日", "\U0001f600", ""};
    // The first would be taken for the file's byte order mark.
    QList<QStringList> rows{{"\ufeffa", "b", "c"}};
    // Readers skip lines of nothing but blanks.
    for (const char *blank : {" ", "\v", "\f", "\t", ""})
        rows.append({QString::fromLatin1(blank)});
    for (int row = 0; row < 500; ++row) {
        QStringList values;
        for (int column = 0; column < 3; ++column) {
            QString value;
            for (int length = random.bounded(8); length > 0; --length)
                value += letters[random.bounded(int(letters.size()))];
            values.append(value);
        }
        rows.append(values);
    }
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::ReadWrite));
    CsvWriter writer(buffer);
    for (const QStringList &row : std::as_const(rows))
        QVERIFY(writer.writeRow(row));
    buffer.seek(0);
    CsvReader reader(buffer);
    for (const QStringList &row : std::as_const(rows)) {
        const auto read = reader.next();
        QVERIFY(read && *read);
        QStringList values;
        for (const CsvField &field : (*read)->fields)
            values.append(field.text);
        QCOMPARE(values, row);
    }
    QVERIFY(!reader.next());
}

void CsvWriterTest::tellsWhenWritingFails()
{
    QFile full("/dev/full");
    QVERIFY(full.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    const Expected<> written = CsvWriter(full).writeRow({"a"});
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::InputOutput);
}

QTEST_GUILESS_MAIN(CsvWriterTest)
#include "CsvWriterTest.moc"
