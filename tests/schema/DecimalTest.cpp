// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/Decimal.h"

#include <QTest>

using namespace desk;

class DecimalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndWritesTextExactly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // empty: no number
        QTest::newRow("whole") << "12"
                               << "12";
        QTest::newRow("fraction") << "-0.05"
                                  << "-0.05";
        QTest::newRow("no leading digit") << ".5"
                                          << "0.5";
        QTest::newRow("exponent") << "1.5e3"
                                  << "1500";
        QTest::newRow("small exponent") << "15e-4"
                                        << "0.0015";
        QTest::newRow("18 digits") << "9999999999999999.99"
                                   << "9999999999999999.99";
        QTest::newRow("19 digits") << "99999999999999999.99"
                                   << "";
        QTest::newRow("leading zeros") << "0000000000000000000001.0"
                                       << "1.0";
        QTest::newRow("huge exponent") << "1e400"
                                       << "";
        QTest::newRow("zero with an exponent") << "0e400"
                                               << "0";
        QTest::newRow("two points") << "1.2.3"
                                    << "";
        QTest::newRow("comma") << "1,2"
                               << "";
        QTest::newRow("blank") << " 1"
                               << "";
        QTest::newRow("empty") << ""
                               << "";
        QTest::newRow("sign only") << "-"
                                   << "";
        QTest::newRow("word") << "nan"
                              << "";
        QTest::newRow("Arabic digits") << QStringLiteral("١٢") << "";
    }
    void readsAndWritesTextExactly()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const std::optional<Decimal> number = Decimal::fromText(text);
        QCOMPARE(number.has_value(), !expected.isEmpty());
        if (number)
            QCOMPARE(number->toText(), expected);
    }

    void takesAFloatForWhatAPersonTyped()
    {
        QCOMPARE(Decimal::fromFloat(9.99f)->toText(), QStringLiteral("9.99"));
        QCOMPARE(Decimal::fromFloat(0.1f)->toText(), QStringLiteral("0.1"));
        QCOMPARE(Decimal::fromFloat(13999.99f)->toText(), QStringLiteral("13999.99"));
        QCOMPARE(*Decimal::fromFloat(0.0f), Decimal(0, 0));
        QVERIFY(!Decimal::fromFloat(std::numeric_limits<float>::infinity()));
        QVERIFY(!Decimal::fromDouble(std::numeric_limits<double>::quiet_NaN()));
        QVERIFY(!Decimal::fromDouble(1e300));
        QVERIFY(!Decimal::fromDouble(1e-300));
    }

    void changesScaleOnlyWithoutLoss()
    {
        QCOMPARE(Decimal(5, 0).rescaled(2)->toText(), QStringLiteral("5.00"));
        QCOMPARE(Decimal(500, 2).rescaled(0)->toText(), QStringLiteral("5"));
        QVERIFY(!Decimal(501, 2).rescaled(1));
        QVERIFY(!Decimal(999'999'999'999'999'999, 0).rescaled(1));
        QCOMPARE(Decimal(-1500, 3).normalised().toText(), QStringLiteral("-1.5"));
    }

    void comparesByNumber()
    {
        QVERIFY(Decimal(15, 1) == Decimal(150, 2));
        QVERIFY(Decimal(-1, 18) < Decimal(0, 0));
        QVERIFY(Decimal(999'999'999'999'999'999, 0) > Decimal(999'999'999'999'999'999, 18));
        QVERIFY(QVariant::fromValue(Decimal(15, 1)) == QVariant::fromValue(Decimal(150, 2)));
    }
};

QTEST_GUILESS_MAIN(DecimalTest)
#include "DecimalTest.moc"
