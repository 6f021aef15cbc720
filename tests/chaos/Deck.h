// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QRandomGenerator>
#include <QStringList>

namespace desk::chaos {

// One fault, on one kind of database if it strikes both. A value.
struct Card {
    QObject *faults = nullptr; // whose function it is
    QString function;
    QString row;    // of its data, or empty
    int weight = 1; // how much of the time it gets

    // As Qt Test wants it.
    [[nodiscard]] QString name() const { return row.isEmpty() ? function : function + u':' + row; }
};

// The faults of a run, in an order of chance: none comes again before all have come. It also shares out the time,
// so that a run gets through all of them: a card that needed less than its share leaves the rest to the others.
// Test thread.
class Deck
{
public:
    Deck(const QList<Card> &cards, QRandomGenerator &random);

    // Shuffles when all have been drawn.
    [[nodiscard]] Card draw();
    // Of the time that is left, what the card drawn last may take of it, in the same unit.
    [[nodiscard]] qint64 share(qint64 left) const;
    // Not drawn yet since the last shuffle.
    [[nodiscard]] QStringList waiting() const;

private:
    QList<Card> m_cards;
    QRandomGenerator &m_random;
    qsizetype m_drawn = 0;
};

} // namespace desk::chaos
