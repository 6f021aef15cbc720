// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/OffsetReset.h"

#include <QTest>

using namespace desk;
using Note = ResetStep::Note;

namespace {

GroupPartition at(int partition, qint64 committed, qint64 low, qint64 high)
{
    return {{QStringLiteral("orders"), partition}, committed, low, high, {}};
}

ResetStep only(const GroupPartition &partition, const ResetRequest &request)
{
    return planReset({partition}, request).value(0);
}

ResetRequest toOffset(int partition, qint64 offset)
{
    return {ResetTarget::Offset, {}, {{{QStringLiteral("orders"), partition}, offset}}};
}

ResetRequest toTime(int partition, qint64 offset)
{
    return {ResetTarget::Time, {{{QStringLiteral("orders"), partition}, offset}}, {}};
}

} // namespace

class OffsetResetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void earliestRepeatsWhatIsStillThere()
    {
        const ResetStep step = only(at(0, 70, 40, 100), {ResetTarget::Earliest, {}, {}});
        QCOMPARE(step.current, 70);
        QCOMPARE(step.target, std::optional<qint64>(40));
        QCOMPARE(step.repeated, 30);
        QCOMPARE(step.skipped, 0);
        QVERIFY(step.isChange());
    }

    void latestSkipsTheLag()
    {
        const ResetStep step = only(at(0, 70, 40, 100), {ResetTarget::Latest, {}, {}});
        QCOMPARE(step.target, std::optional<qint64>(100));
        QCOMPARE(step.skipped, 30);
        QCOMPARE(step.repeated, 0);
    }

    void whatHasGoneIsNeitherSkippedNorRepeated()
    {
        // The group stands at 10, and messages before 40 have been deleted since.
        ResetStep step = only(at(0, 10, 40, 100), {ResetTarget::Latest, {}, {}});
        QCOMPARE(step.skipped, 60);
        step = only(at(0, 10, 40, 100), {ResetTarget::Earliest, {}, {}});
        QCOMPARE(step.target, std::optional<qint64>(40));
        QCOMPARE(step.skipped, 0);
        QCOMPARE(step.repeated, 0);
        QVERIFY(step.isChange());
    }

    void aTimePastTheEndMeansTheEnd()
    {
        for (const qint64 answer : {qint64(-1), qint64(101)}) {
            const ResetStep step = only(at(0, 70, 40, 100), toTime(0, answer));
            QCOMPARE(step.target, std::optional<qint64>(100));
            QCOMPARE(step.note, Note::PastEnd);
        }
        QCOMPARE(only(at(3, 70, 40, 100), toTime(0, 55)).note, Note::PastEnd); // no answer for this partition
        const ResetStep within = only(at(0, 70, 40, 100), toTime(0, 55));
        QCOMPARE(within.target, std::optional<qint64>(55));
        QCOMPARE(within.repeated, 15);
        QCOMPARE(within.note, Note::None);
    }

    void typedOffsetsStayWithinThePartition()
    {
        QCOMPARE(only(at(0, 70, 40, 100), toOffset(0, 90)).skipped, 20);
        const ResetStep past = only(at(0, 70, 40, 100), toOffset(0, 1'000));
        QCOMPARE(past.target, std::optional<qint64>(100));
        QCOMPARE(past.note, Note::PastEnd);
        const ResetStep before = only(at(0, 70, 40, 100), toOffset(0, 3));
        QCOMPARE(before.target, std::optional<qint64>(40));
        QCOMPARE(before.note, Note::BeforeBeginning);
    }

    void aPartitionWithoutATypedOffsetStays()
    {
        const ResetStep step = only(at(1, 70, 40, 100), toOffset(0, 90));
        QVERIFY(!step.target);
        QVERIFY(!step.isChange());
        QCOMPARE(step.skipped + step.repeated, 0);
    }

    void aPartitionThatDoesNotAnswerIsLeftAlone()
    {
        const ResetStep step = only(at(0, 70, -1, -1), {ResetTarget::Earliest, {}, {}});
        QVERIFY(!step.target);
        QCOMPARE(step.note, Note::Unknown);
    }

    void aGroupThatNeverCommittedBegins()
    {
        const ResetStep step = only(at(0, -1, 40, 100), {ResetTarget::Latest, {}, {}});
        QCOMPARE(step.target, std::optional<qint64>(100));
        QCOMPARE(step.skipped + step.repeated, 0);
        QVERIFY(step.isChange());
    }

    void onlyChangesAreSet()
    {
        const auto steps = planReset({at(0, 100, 40, 100), at(1, 70, 40, 100), at(2, 5, -1, -1)},
                                     {ResetTarget::Latest, {}, {}});
        QCOMPARE(steps.size(), 3);
        const auto offsets = offsetsOf(steps);
        QCOMPARE(offsets.size(), 1);
        QCOMPARE(offsets.value({QStringLiteral("orders"), 1}), 100);
    }

    void lagCountsWhatIsThere()
    {
        QCOMPARE(at(0, 70, 40, 100).lag(), 30);
        QCOMPARE(at(0, 10, 40, 100).lag(), 60); // the rest has gone
        QCOMPARE(at(0, -1, 40, 100).lag(), 60);
        QCOMPARE(at(0, 120, 40, 100).lag(), 0); // the topic was made anew
        QCOMPARE(at(0, 70, -1, -1).lag(), -1);
    }
};

QTEST_GUILESS_MAIN(OffsetResetTest)
#include "OffsetResetTest.moc"
