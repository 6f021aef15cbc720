// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace desk {

// Numbers that look random and follow from a seed, the same on every machine (SplitMix64, by Vigna; the standard
// library's distributions differ between libraries). Not for secrets. A value.
class Randomness
{
public:
    explicit Randomness(quint64 seed) : m_state(seed) { }

    [[nodiscard]] quint64 next()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        quint64 mixed = m_state;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
        return mixed ^ (mixed >> 31);
    }
    // Both ends included; least <= most.
    [[nodiscard]] qint64 between(qint64 least, qint64 most)
    {
        const quint64 width = quint64(most) - quint64(least) + 1;
        return width == 0 ? qint64(next()) : qint64(quint64(least) + next() % width);
    }
    [[nodiscard]] bool chance(int percent) { return between(1, 100) <= percent; }
    [[nodiscard]] double fraction() { return double(next() >> 11) / double(1ULL << 53); } // from 0, below 1
    // One of a list that is not empty.
    template <typename List>
    [[nodiscard]] const auto &pick(const List &list)
    {
        return list[static_cast<decltype(std::size(list))>(between(0, qint64(std::size(list)) - 1))];
    }

    // A seed of its own for a part of what another seed makes.
    [[nodiscard]] static quint64 seedFor(quint64 seed, QStringView part, quint64 index)
    {
        quint64 hash = 0xcbf29ce484222325ULL; // FNV-1a
        for (const QChar letter : part)
            hash = (hash ^ letter.unicode()) * 0x100000001b3ULL;
        Randomness first(seed ^ hash);
        return Randomness(first.next() + index).next();
    }

private:
    quint64 m_state;
};

} // namespace desk
