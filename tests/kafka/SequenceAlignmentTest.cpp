// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/SequenceAlignment.h"

#include <QRandomGenerator>
#include <QTest>

#include <numeric>

using namespace desk;

class SequenceAlignmentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatIsCommon()
    {
        QCOMPARE(align({1, 2, 3}, {1, 2, 3}), (QList<AlignedPair>{{0, 0}, {1, 1}, {2, 2}}));
        QCOMPARE(align({1, 2, 3}, {1, 9, 2, 3}), (QList<AlignedPair>{{0, 0}, {-1, 1}, {1, 2}, {2, 3}}));
        QCOMPARE(align({1, 2, 3}, {1, 3}), (QList<AlignedPair>{{0, 0}, {1, -1}, {2, 1}}));
        QCOMPARE(align({1, 5, 3}, {1, 6, 3}), (QList<AlignedPair>{{0, 0}, {1, 1}, {2, 2}}));
        QCOMPARE(align({7, 1, 2, 8}, {9, 1, 5, 2}),
                 (QList<AlignedPair>{{0, 0}, {1, 1}, {-1, 2}, {2, 3}, {3, -1}}));
        QCOMPARE(align({}, {4}), (QList<AlignedPair>{{-1, 0}}));
        QVERIFY(align({}, {}).isEmpty());
    }

    void everyElementIsThereOnceAndInOrder()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 300; ++round) {
            std::vector<size_t> left(random.bounded(30));
            std::vector<size_t> right(random.bounded(30));
            for (size_t &element : left)
                element = random.bounded(5u);
            for (size_t &element : right)
                element = random.bounded(5u);
            int nextLeft = 0;
            int nextRight = 0;
            for (const AlignedPair &pair : align(left, right)) {
                QVERIFY(pair.left >= 0 || pair.right >= 0);
                if (pair.left >= 0)
                    QCOMPARE(pair.left, nextLeft++);
                if (pair.right >= 0)
                    QCOMPARE(pair.right, nextRight++);
            }
            QCOMPARE(nextLeft, int(left.size()));
            QCOMPARE(nextRight, int(right.size()));
        }
    }

    // More work than is allowed: element by element, but what is equal at both ends still is.
    void tooLongOnesArePairedInOrder()
    {
        std::vector<size_t> left(5'000);
        std::vector<size_t> right(5'000);
        std::iota(left.begin(), left.end(), size_t(0));
        std::iota(right.begin(), right.end(), size_t(100'000));
        left.front() = right.front() = 1'000'000;
        left.back() = right.back() = 1'000'001;
        const QList<AlignedPair> pairs = align(left, right);
        QCOMPARE(pairs.size(), 5'000);
        for (int index = 0; index < pairs.size(); ++index)
            QCOMPARE(pairs[index], (AlignedPair{index, index}));
    }
};

QTEST_GUILESS_MAIN(SequenceAlignmentTest)
#include "SequenceAlignmentTest.moc"
