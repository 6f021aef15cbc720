// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/PayloadSearch.h"

#include <QTest>

using namespace desk;

class PayloadSearchTest : public QObject
{
    Q_OBJECT

private:
    static FilterPattern text(const QString &words, Qt::CaseSensitivity sensitivity = Qt::CaseInsensitive)
    {
        return {FilterPattern::Kind::Text, words, sensitivity};
    }
    static FilterPattern expression(const QString &words,
                                    Qt::CaseSensitivity sensitivity = Qt::CaseInsensitive)
    {
        return {FilterPattern::Kind::Expression, words, sensitivity};
    }
    static QList<qsizetype> beginsOf(const PayloadMatches &matches)
    {
        QList<qsizetype> begins;
        for (const PayloadMatch &match : matches.found)
            begins.append(match.begin);
        return begins;
    }

private Q_SLOTS:
    void findsEveryPlaceOfAText()
    {
        QCOMPARE(beginsOf(PayloadSearch(text("lamp")).inText(u"A lamp, a Lamp and LAMPS")),
                 (QList<qsizetype>{2, 10, 19}));
        QCOMPARE(beginsOf(PayloadSearch(text("Lamp", Qt::CaseSensitive)).inText(u"A lamp, a Lamp")),
                 (QList<qsizetype>{10}));
        QCOMPARE(beginsOf(PayloadSearch(text("aa")).inText(u"aaaaa")), (QList<qsizetype>{0, 2}));
        QVERIFY(PayloadSearch(text("")).inText(u"anything").found.isEmpty());
    }

    void findsWhatLiesWherePiecesMeet()
    {
        QString large(3'000'000, u'.');
        const QList<qsizetype> places = {0, 1024 * 1024 - 2, 2 * 1024 * 1024 - 4, 2'999'996};
        for (const qsizetype place : places)
            large.replace(place, 4, QStringLiteral("lamp"));
        QCOMPARE(beginsOf(PayloadSearch(text("lamp")).inText(large)), places);
        QCOMPARE(beginsOf(PayloadSearch(expression("la.p")).inText(large)), places);
        QCOMPARE(beginsOf(PayloadSearch(text("lamp")).inBytes(large.toLatin1(), {})), places);
    }

    void expressionsAreFoundWithinALine()
    {
        const PayloadMatches found = PayloadSearch(expression("^\\w+\\d$")).inText(u"ab1\nab\nc2");
        QCOMPARE(found.found, (QList<PayloadMatch>{{0, 0, 3}, {0, 7, 2}}));
        QVERIFY(PayloadSearch(expression("x*")).inText(u"abc").found.isEmpty());
    }

    void anExpressionThatIsNoneIsToldWithItsPlace()
    {
        QVERIFY(PayloadSearch::problemOf(expression("(a|b)")).isEmpty());
        const QString problem = PayloadSearch::problemOf(expression("ab(c"));
        QVERIFY2(problem.startsWith("Column 5"), qPrintable(problem));
        QVERIFY(PayloadSearch::problemOf(text("ab(c")).isEmpty());
    }

    void anExpressionThatTakesTooLongIsGivenUp()
    {
        const PayloadMatches found = PayloadSearch(expression("(a|aa)+$"))
                                         .inText(QString(50'000, u'a') + u'b');
        QVERIFY2(found.problem.contains("takes too long"), qPrintable(found.problem));
    }

    void bytesAreFoundAsTextAndAsTheyAreWritten()
    {
        const QByteArray bytes("\x0a\x04"
                               "Fish"
                               "\x0a\x04"
                               "0a 04",
                               13);
        QCOMPARE(beginsOf(PayloadSearch(text("fish")).inBytes(bytes, {})), (QList<qsizetype>{2}));
        QCOMPARE(beginsOf(PayloadSearch(text("0a 04")).inBytes(bytes, {})), (QList<qsizetype>{0, 6, 8}));
        QCOMPARE(beginsOf(PayloadSearch(text("0x0A04")).inBytes(bytes, {})), (QList<qsizetype>{0, 6}));
        QCOMPARE(beginsOf(PayloadSearch(expression("[a-z]{3}$")).inBytes("x fish", {})),
                 (QList<qsizetype>{3}));
        QCOMPARE(beginsOf(PayloadSearch(text("Ü")).inBytes("gr\xc3\x9c", {})), (QList<qsizetype>{2}));
    }

    void whatIsMaskedIsNotFound()
    {
        const QByteArray bytes = "id 4111 and 4111";
        const QList<ByteRange> masked = {{3, 7}};
        QCOMPARE(beginsOf(PayloadSearch(text("4111")).inBytes(bytes, masked)), (QList<qsizetype>{12}));
        QCOMPARE(beginsOf(PayloadSearch(text("41")).inBytes(bytes, masked)), (QList<qsizetype>{12}));
        QVERIFY(PayloadSearch(text("d 4")).inBytes(bytes, masked).found.size() == 1); // "and 4111"
        QVERIFY(PayloadSearch(text("id 4")).inBytes(bytes, masked).found.isEmpty());
        QCOMPARE(beginsOf(PayloadSearch(expression("\\d+")).inBytes(bytes, masked)), (QList<qsizetype>{12}));
    }

    void itemsAreNumbered()
    {
        const PayloadMatches found = PayloadSearch(text("b")).inItems({"a", "B", "c", "abb"});
        QCOMPARE(found.found, (QList<PayloadMatch>{{1, 0, 0}, {3, 0, 0}}));
        // Within a line of any of them, however far on.
        const QString far = QString(40'000, u'x') + QStringLiteral("\nend");
        QCOMPARE(PayloadSearch(expression("^end$")).inItems({"the end", far}).found,
                 (QList<PayloadMatch>{{1, 0, 0}}));
        QVERIFY(
            !PayloadSearch(expression("(a|aa)+$")).inItems({QString(50'000, u'a') + u'b'}).problem.isEmpty());
    }

    void endsWhenItIsStoppedAndWhenItHasEnough()
    {
        const auto stop = std::make_shared<std::atomic_bool>(true);
        QVERIFY(PayloadSearch(text("a"), stop).inText(u"aaa").found.isEmpty());
        const PayloadMatches many = PayloadSearch(text("a")).inText(QString(200'000, u'a'));
        QVERIFY(many.isCut);
        QCOMPARE(many.found.size(), PayloadSearch::MaximumMatches);
    }
};

QTEST_GUILESS_MAIN(PayloadSearchTest)
#include "PayloadSearchTest.moc"
