// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/PayloadLines.h"

#include "kafka/PayloadText.h"

#include <QTest>

using namespace desk;

class PayloadLinesTest : public QObject
{
    Q_OBJECT

private:
    static QStringList linesOf(const PayloadLines &lines)
    {
        QStringList all;
        for (qsizetype index = 0; index < lines.count(); ++index)
            all.append(lines.line(index));
        return all;
    }

private Q_SLOTS:
    void textIsBrokenAtItsColumns()
    {
        const TextLines lines("one\n\n0123456789abcdef0123", 8);
        QCOMPARE(linesOf(lines), (QStringList{"one", "", "01234567", "89abcdef", "0123"}));
        QVERIFY(lines.endsLine(0) && lines.endsLine(1) && lines.endsLine(4));
        QVERIFY(!lines.endsLine(2) && !lines.endsLine(3));
        QCOMPARE(linesOf(TextLines("", 80)), QStringList{""});
        QCOMPARE(linesOf(TextLines("end\n", 80)), (QStringList{"end", ""}));
        // After a blank, where there is one.
        QCOMPARE(linesOf(TextLines("a lamp and a shade", 8)), (QStringList{"a lamp ", "and a ", "shade"}));
        QCOMPARE(linesOf(TextLines("1 23456789", 8)), (QStringList{"1 234567", "89"}));
        // Not between the halves of a character, and wide ones count twice.
        QCOMPARE(linesOf(TextLines("1234567😀x", 8)), (QStringList{"1234567", "😀x"}));
        QCOMPARE(linesOf(TextLines("漢字漢字漢", 8)), (QStringList{"漢字漢字", "漢"}));
    }

    void everyPlaceIsFoundOnItsLine()
    {
        QString text;
        for (int number = 0; number < 500; ++number)
            text += QString::number(number).repeated(number % 7) + u'\n';
        const TextLines lines(text, 10);
        QVERIFY(lines.count() > 500);
        qsizetype place = 0;
        for (qsizetype index = 0; index < lines.count(); ++index) {
            const QString line = lines.line(index);
            for (qsizetype column = 0; column < line.size(); ++column, ++place) {
                QCOMPARE(lines.lineOf(place), index);
                QCOMPARE(text[place], line[column]);
                QCOMPARE(lines.columnsOf(index, place, 1), (QList<PayloadLines::Columns>{{column, 1}}));
            }
            if (lines.endsLine(index))
                ++place;
        }
        QCOMPARE(place, text.size() + 1);
    }

    void whatGoesOverLinesIsMarkedInEach()
    {
        const TextLines lines("0123456789abcdef", 8);
        QCOMPARE(lines.columnsOf(0, 6, 4), (QList<PayloadLines::Columns>{{6, 2}}));
        QCOMPARE(lines.columnsOf(1, 6, 4), (QList<PayloadLines::Columns>{{0, 2}}));
        QVERIFY(lines.columnsOf(1, 2, 4).isEmpty());
    }

    void bytesAreAsInTheTable()
    {
        QByteArray bytes;
        for (int byte = 0; byte < 1000; ++byte)
            bytes += char(byte * 7);
        // Ranges within, over and beside each other.
        const QList<ByteRange> masked = {{100, 400}, {110, 120}, {390, 420}, {3, 4}};
        for (const qsizetype perLine : {8, 16}) {
            const HexLines lines(bytes, masked, perLine);
            QCOMPARE(linesOf(lines).join('\n') + '\n', hexTable(bytes, bytes.size(), perLine, masked));
        }
        const HexLines lines(bytes, masked, 16);
        QCOMPARE(lines.line(15).count(u'•'), 3 * 16);
        QCOMPARE(lines.columnsOf(1, 17, 2), (QList<PayloadLines::Columns>{{13, 5}, {60, 2}}));
        QCOMPARE(lines.line(1).size(), HexLines::columnsFor(16));
        QCOMPARE(HexLines({}, {}, 16).count(), 0);
    }

    void aLargeValueCostsWhatIsShown()
    {
        const HexLines lines(QByteArray(20 * 1024 * 1024, 'x'), {}, 16);
        QCOMPARE(lines.count(), 20 * 1024 * 1024 / 16);
        QVERIFY(lines.line(lines.count() - 1).startsWith("013ffff0"));
        const TextLines text(QString(20 * 1024 * 1024, u'x'), 100);
        QCOMPARE(text.lineOf(20'000'000), 200'000);
        QCOMPARE(text.line(200'000).size(), 100);
    }
};

QTEST_GUILESS_MAIN(PayloadLinesTest)
#include "PayloadLinesTest.moc"
