// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/FilterValue.h"

#include <QTest>
#include <QTimeZone>

#include <cmath>
#include <limits>

using namespace desk;

namespace {

const QDateTime Now(QDate(2026, 3, 4), QTime(12, 30, 15), Qt::UTC);

FilterValue bare(const QString &text)
{
    return FilterValue(text, FilterValue::Spelling::Bare, Now);
}

qint64 at(const char *iso)
{
    return QDateTime::fromString(QString::fromLatin1(iso), Qt::ISODateWithMs).toMSecsSinceEpoch();
}

} // namespace

class FilterValueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersAreComparedAsTheyAreWritten_data()
    {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<int>("order");
        const auto row = [](const char *left, const char *right, int order) {
            QTest::addRow("%s | %s", left, right) << QByteArray(left) << QByteArray(right) << order;
        };
        row("1", "1.00", 0);
        row("0", "-0.000", 0);
        row("0.1", "0.10000000000000000000000000000000001", -1);
        row("123456789012345678901234567890.01", "123456789012345678901234567890.02", -1);
        row("9", "10", -1);
        row("-9", "-10", 1);
        row("-1", "1", -1);
        row("0", "-1", 1);
        row("1e3", "1000", 0);
        row("1.5e-3", "0.0015", 0);
        row("0.0015", "0.015", -1);
        row("007", "7", 0);
        row("100", "99.99", 1);
        row("1e999999999999999999999", "2", 1);
        row(".5", "0.50", 0);
        row("5.", "5", 0);
    }
    void numbersAreComparedAsTheyAreWritten()
    {
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, right);
        QFETCH(int, order);
        const auto one = NumberText::read(left);
        const auto other = NumberText::read(right);
        QVERIFY(one && other);
        const auto sign = [](std::strong_ordering ordering) {
            return ordering < 0 ? -1 : ordering > 0 ? 1 : 0;
        };
        QCOMPARE(sign(*one <=> *other), order);
        QCOMPARE(sign(*other <=> *one), -order);
    }

    void whatIsNoNumberIsNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"", "-", "+", ".", "1.2.3", "1,5", "1e", "1e+", "e5", " 1", "1 ", "0x1", "NaN", "--1"})
            QTest::newRow(text) << QByteArray(text);
    }
    void whatIsNoNumberIsNone()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!NumberText::read(text));
    }

    void wholeNumbersOfSixtyFourBits()
    {
        QCOMPARE(NumberText::read("9223372036854775807")->toInteger(), std::numeric_limits<qint64>::max());
        QCOMPARE(NumberText::read("-9223372036854775808")->toInteger(), std::numeric_limits<qint64>::min());
        QVERIFY(!NumberText::read("9223372036854775808")->toInteger());
        QCOMPARE(NumberText::read("12e2")->toInteger(), 1200);
        QCOMPARE(NumberText::read("12.00")->toInteger(), 12);
        QVERIFY(!NumberText::read("12.01")->toInteger());
        QVERIFY(bare("18446744073709551615").compareUnsigned(std::numeric_limits<quint64>::max()) == 0);
        QVERIFY(bare("18446744073709551614").compareUnsigned(std::numeric_limits<quint64>::max()) > 0);
        QVERIFY(bare("2.5").compareInteger(2) < 0);
        QVERIFY(bare("2.5").compareInteger(3) > 0);
    }

    void aFloatIsWhatItIsShownAs()
    {
        QVERIFY(bare("9.99").compareFloat(9.99F) == 0);
        QVERIFY(bare("9.990000001").compareFloat(9.99F) < 0); // the same float, another number
        QVERIFY(bare("9.989999999").compareFloat(9.99F) > 0);
        QVERIFY(bare("0.1").compareDouble(0.1) == 0);
        QVERIFY(bare("0.1").compareDouble(0.30000000000000004) > 0);
        QVERIFY(bare("16777217").compareFloat(16777216.0F) < 0);
        QVERIFY(bare("1e400").compareDouble(1e308) < 0);
        QVERIFY(bare("1e400").compareDouble(std::numeric_limits<double>::infinity()) > 0);
        QVERIFY(bare("-1e400").compareDouble(-std::numeric_limits<double>::infinity()) < 0);
        QVERIFY(bare("1e-400").compareDouble(0) < 0);
        QVERIFY(bare("10.5e400").compareDouble(1) < 0);
        QVERIFY(bare("1").compareDouble(std::nan("")) == std::partial_ordering::unordered);
    }

    void textsAreComparedByCharactersUnlessANumberIsWritten()
    {
        QVERIFY(bare("Lamp").compareText("Lamp") == 0);
        QVERIFY(bare("lamp").compareText("Lamp") != 0);
        QVERIFY(bare("b").compareText("a") < 0);
        QVERIFY(bare("ä").compareText("z") < 0);
        QVERIFY(bare("100").compareText("20") < 0);
        QVERIFY(bare("1.5").compareText("1.50") == 0);
        QVERIFY(bare("100").compareText("lamp") == std::partial_ordering::unordered);
        const FilterValue quoted("100", FilterValue::Spelling::Quoted, Now);
        QVERIFY(quoted.compareText("20") > 0);
        QVERIFY(quoted.compareText("100.0") != 0);
        QVERIFY(quoted.compareInteger(100) == 0); // a number is still compared with a number
    }

    void timesAreStretches()
    {
        const FilterValue minute = bare("2024-01-31T10:00Z");
        QVERIFY(minute.compareTime(at("2024-01-31T09:59:59.999Z")) < 0);
        QVERIFY(minute.compareTime(at("2024-01-31T10:00:00.000Z")) == 0);
        QVERIFY(minute.compareTime(at("2024-01-31T10:00:59.999Z")) == 0);
        QVERIFY(minute.compareTime(at("2024-01-31T10:01:00.000Z")) > 0);
        QVERIFY(bare("2024-01-31T12:00:00.5+02:00").compareTime(at("2024-01-31T10:00:00.500Z")) == 0);
        const FilterValue day = bare("today");
        QVERIFY(day.compareTime(at("2026-03-04T00:00:00.000Z")) == 0);
        QVERIFY(day.compareTime(at("2026-03-04T23:59:59.999Z")) == 0);
        QVERIFY(day.compareTime(at("2026-03-05T00:00:00.000Z")) > 0);
        QVERIFY(bare("yesterday").compareTime(at("2026-03-03T12:00:00.000Z")) == 0);
        QVERIFY(bare("-1h").compareTime(at("2026-03-04T11:30:15.000Z")) == 0);
        QVERIFY(bare("-90s").compareTime(at("2026-03-04T12:28:44.999Z")) < 0);
        QVERIFY(bare("now").compareTime(Now.toMSecsSinceEpoch()) == 0);
        for (const char *none : {"2024-13-01", "2024-02-30", "2024-01-31T25:00", "2024-01-31T10:61", "-1y",
                                 "2024-01-31T10:00:00.", "2024-01-31T10:00+2", "soon", "2024-1-1"})
            QVERIFY2(!bare(QString::fromLatin1(none)).time(), none);
    }

    void localTimesAreOfThisComputer()
    {
        const QDateTime local(QDate(2024, 7, 1), QTime(10, 0));
        QVERIFY(bare("2024-07-01T10:00").compareTime(local.toMSecsSinceEpoch()) == 0);
        QVERIFY(bare("2024-07-01").compareTime(local.toMSecsSinceEpoch()) == 0);
    }

    void numbersMayBeTimes()
    {
        QVERIFY(bare("2024-01-31").compareInteger(at("2024-01-31T12:00:00.000Z") / 1000) == 0); // seconds
        QVERIFY(bare("2024-01-31T12:00Z").compareInteger(at("2024-01-31T12:00:00.000Z"))
                == 0); // milliseconds
        QVERIFY(bare("2024-01-31T12:00Z").compareText("2024-01-31T13:00:00+01:00") == 0);
    }

    void booleans()
    {
        QVERIFY(bare("true").compareBoolean(true) == 0);
        QVERIFY(bare("False").compareBoolean(false) == 0);
        QVERIFY(bare("1").compareBoolean(true) == 0);
        QVERIFY(bare("yes").compareBoolean(true) == std::partial_ordering::unordered);
    }
};

QTEST_GUILESS_MAIN(FilterValueTest)
#include "FilterValueTest.moc"
