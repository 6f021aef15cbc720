// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <vector>

namespace desk {

// Which element of the left goes with which of the right; -1: with none. In order on both sides.
struct AlignedPair {
    int left = -1;
    int right = -1;

    friend bool operator==(const AlignedPair &, const AlignedPair &) = default;
};

// Finds what two sequences have in common, by their elements' hashes: the longest common subsequence between their
// equal beginnings and ends, where that is no more than MaximumCells of work; else element by element. What lies
// between two common elements is paired in order. Bounded in time and memory for any input. Any thread.
constexpr qint64 MaximumAlignmentCells = 4'000'000;
[[nodiscard]] QList<AlignedPair> align(const std::vector<size_t> &left, const std::vector<size_t> &right);

} // namespace desk
