// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/Deck.h"

#include <algorithm>
#include <numeric>

namespace desk::chaos {

Deck::Deck(const QList<Card> &cards, QRandomGenerator &random)
    : m_cards(cards)
    , m_random(random)
    , m_drawn(cards.size())
{
    Q_ASSERT(!cards.isEmpty());
}

Card Deck::draw()
{
    if (m_drawn == m_cards.size()) {
        std::shuffle(m_cards.begin(), m_cards.end(), m_random);
        m_drawn = 0;
    }
    return m_cards[m_drawn++];
}

qint64 Deck::share(qint64 left) const
{
    const auto last = m_cards.cbegin() + m_drawn - 1;
    const int weights = std::accumulate(last, m_cards.cend(), 0,
                                        [](int sum, const Card &card) { return sum + card.weight; });
    return left * last->weight / weights;
}

QStringList Deck::waiting() const
{
    QStringList names;
    for (auto card = m_cards.cbegin() + m_drawn; card != m_cards.cend(); ++card)
        names.append(card->name());
    return names;
}

} // namespace desk::chaos
