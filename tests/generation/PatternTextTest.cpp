// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/generation/PatternText.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace desk;

class PatternTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesTextsThatMatch_data()
    {
        QTest::addColumn<QString>("pattern");
        for (const char *pattern : {"[A-Z]{2}-[0-9]{4,6}",
                                    "abc",
                                    "a|bc|d+",
                                    "(ab)+c?",
                                    "(?:x|y){3}",
                                    "^[^@ ]+@[a-z]+[.](com|org)$",
                                    "\\d{3}-\\d{2}",
                                    "\\w+\\s\\w+",
                                    "[\\d\\-]+",
                                    "[]a-]+",
                                    "[[:upper:]][[:lower:]]*",
                                    "\\p{Lu}\\p{Ll}+",
                                    "(?<year>20\\d\\d)-(0[1-9]|1[0-2])",
                                    "\\x41{2}\\x{42}",
                                    "a*?b++",
                                    "[^a-zA-Z0-9]",
                                    ".{8}",
                                    "\\S\\D\\W",
                                    "(?i)hallo",
                                    "#[0-9a-f]{6}",
                                    "\\(\\+\\)",
                                    "a{,3}",
                                    "x{2}y{0}",
                                    "(?=[a-z])[a-z]+"})
            QTest::newRow(pattern) << QString::fromLatin1(pattern);
    }

    void makesTextsThatMatch()
    {
        QFETCH(QString, pattern);
        const auto maker = PatternText::read(pattern);
        QVERIFY(maker);
        const QRegularExpression expression(QRegularExpression::anchoredPattern(pattern));
        QVERIFY(expression.isValid());
        Randomness random(7);
        for (int more = 0; more < 60; ++more) {
            const auto repeats = more % 2 == 0 ? PatternText::Repeats::UpTo : PatternText::Repeats::Exactly;
            const QString text = maker->text(random, repeats, more / 2);
            QVERIFY2(expression.match(text).hasMatch(), qPrintable(text));
        }
    }

    void saysWhatItCannotFollow_data()
    {
        QTest::addColumn<QString>("pattern");
        for (const char *pattern :
             {"(a)\\1", "(?R)", "\\Qa.b\\E", "[a", "(a", "a)", "[z-a]", "\\p{Greek}", "[[:punct:]]", "\\"})
            QTest::newRow(pattern) << QString::fromLatin1(pattern);
        QTest::newRow("too deep") << QString(60, u'(') + QString(60, u')');
    }

    void saysWhatItCannotFollow()
    {
        QFETCH(QString, pattern);
        QVERIFY(!PatternText::read(pattern));
    }

    void textsDiffer()
    {
        const auto maker = PatternText::read(QStringLiteral("[a-z]{8}"));
        Randomness random(1);
        QSet<QString> texts;
        for (int count = 0; count < 100; ++count)
            texts.insert(maker->text(random, PatternText::Repeats::UpTo, 0));
        QCOMPARE(texts.size(), 100);
    }

    void comesToAnEnd()
    {
        Randomness random(1);
        const auto longOne = PatternText::read(QStringLiteral("((a{9000}){9000}){9000}"));
        QVERIFY(longOne);
        QVERIFY(longOne->text(random, PatternText::Repeats::UpTo, 1).size() <= PatternText::LongestText);
        const auto empty = PatternText::read(QStringLiteral("((()*)*)*"));
        QVERIFY(empty);
        QCOMPARE(empty->text(random, PatternText::Repeats::Exactly, 9000), QString());
    }
};

QTEST_GUILESS_MAIN(PatternTextTest)
#include "PatternTextTest.moc"
