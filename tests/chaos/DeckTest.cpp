// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/Deck.h"

#include <QSet>
#include <QTest>

using namespace desk::chaos;

// The order and the time of a chaos run.
class DeckTest : public QObject
{
    Q_OBJECT

    static QList<Card> cards()
    {
        return {{nullptr, "killed", "sqlite", 3},
                {nullptr, "killed", "postgresql", 3},
                {nullptr, "cut", {}, 1},
                {nullptr, "full", {}, 1},
                {nullptr, "late", {}, 2}};
    }
    static QStringList draw(Deck &deck, qsizetype count)
    {
        QStringList names;
        while (names.size() < count)
            names.append(deck.draw().name());
        return names;
    }

private Q_SLOTS:
    void drawsEachBeforeAnyComesAgain()
    {
        QRandomGenerator random(7);
        Deck deck(cards(), random);
        QSet<QStringList> orders;
        for (int pass = 0; pass < 20; ++pass) {
            const QStringList names = draw(deck, 5);
            QCOMPARE(QSet<QString>(names.cbegin(), names.cend()),
                     QSet<QString>({"killed:sqlite", "killed:postgresql", "cut", "full", "late"}));
            QVERIFY(deck.waiting().isEmpty());
            orders.insert(names);
        }
        QVERIFY(orders.size() > 5);
    }

    void isTheSameForTheSameSeed()
    {
        QRandomGenerator first(42);
        QRandomGenerator second(42);
        Deck one(cards(), first);
        Deck other(cards(), second);
        QCOMPARE(draw(one, 23), draw(other, 23));
    }

    void saysWhatHasNotComeYet()
    {
        QRandomGenerator random(1);
        Deck deck(cards(), random);
        const QStringList drawn = draw(deck, 3);
        QStringList all = drawn + deck.waiting();
        all.sort();
        QCOMPARE(all, QStringList({"cut", "full", "killed:postgresql", "killed:sqlite", "late"}));
    }

    // Each takes its whole share, and the last one ends with the time.
    void sharesOutTheTime()
    {
        QRandomGenerator random(3);
        Deck deck(cards(), random);
        qint64 left = 10'000;
        for (int number = 0; number < 5; ++number) {
            const Card card = deck.draw();
            const qint64 share = deck.share(left);
            QCOMPARE(share, 1'000 * card.weight);
            left -= share;
        }
        QCOMPARE(left, 0);
    }

    void givesToTheOthersWhatOneDidNotNeed()
    {
        QRandomGenerator random(3);
        Deck deck(cards(), random);
        static_cast<void>(deck.draw());
        const Card second = deck.draw();
        QVERIFY(deck.share(10'000) > 1'000 * second.weight);
        QCOMPARE(deck.share(0), 0); // late already: as short as it can be
    }
};

QTEST_GUILESS_MAIN(DeckTest)
#include "DeckTest.moc"
