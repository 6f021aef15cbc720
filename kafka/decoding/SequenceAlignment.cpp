// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/SequenceAlignment.h"

#include <algorithm>

namespace desk {
namespace {

// [leftBegin, leftEnd) and [rightBegin, rightEnd) have nothing in common that is known of.
void pairInOrder(QList<AlignedPair> &pairs, int leftBegin, int leftEnd, int rightBegin, int rightEnd)
{
    while (leftBegin < leftEnd || rightBegin < rightEnd)
        pairs.append({leftBegin < leftEnd ? leftBegin++ : -1, rightBegin < rightEnd ? rightBegin++ : -1});
}

} // namespace

QList<AlignedPair> align(const std::vector<size_t> &left, const std::vector<size_t> &right)
{
    const int leftSize = int(left.size());
    const int rightSize = int(right.size());
    const int shorter = std::min(leftSize, rightSize);
    int begin = 0;
    while (begin < shorter && left[size_t(begin)] == right[size_t(begin)])
        ++begin;
    int tail = 0;
    while (tail < shorter - begin && left[size_t(leftSize - 1 - tail)] == right[size_t(rightSize - 1 - tail)])
        ++tail;

    QList<AlignedPair> pairs;
    for (int index = 0; index < begin; ++index)
        pairs.append({index, index});
    const int rows = leftSize - tail - begin;
    const int columns = rightSize - tail - begin;
    int gapLeft = begin;
    int gapRight = begin;
    if (qint64(rows) * columns <= MaximumAlignmentCells) {
        // The length of the longest common subsequence of what follows each place.
        const size_t width = size_t(columns) + 1;
        std::vector<int> longest((size_t(rows) + 1) * width);
        for (int row = rows - 1; row >= 0; --row) {
            for (int column = columns - 1; column >= 0; --column) {
                const size_t cell = size_t(row) * width + size_t(column);
                longest[cell] = left[size_t(begin + row)] == right[size_t(begin + column)]
                    ? longest[cell + width + 1] + 1
                    : std::max(longest[cell + width], longest[cell + 1]);
            }
        }
        for (int row = 0, column = 0; row < rows && column < columns;) {
            const size_t cell = size_t(row) * width + size_t(column);
            if (left[size_t(begin + row)] == right[size_t(begin + column)]) {
                pairInOrder(pairs, gapLeft, begin + row, gapRight, begin + column);
                pairs.append({begin + row, begin + column});
                gapLeft = begin + ++row;
                gapRight = begin + ++column;
            } else if (longest[cell + width] >= longest[cell + 1]) {
                ++row;
            } else {
                ++column;
            }
        }
    }
    pairInOrder(pairs, gapLeft, leftSize - tail, gapRight, rightSize - tail);
    for (int index = tail; index > 0; --index)
        pairs.append({leftSize - index, rightSize - index});
    return pairs;
}

} // namespace desk
