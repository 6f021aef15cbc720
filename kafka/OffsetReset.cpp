// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/OffsetReset.h"

#include <algorithm>

namespace desk {
namespace {

// The offset asked for, as the partition has it, and what is to be said about it.
std::optional<qint64> targetOf(const GroupPartition &partition, const ResetRequest &request,
                               ResetStep::Note &note)
{
    switch (request.target) {
    case ResetTarget::Earliest:
        return partition.low;
    case ResetTarget::Latest:
        return partition.high;
    case ResetTarget::Time: {
        const qint64 offset = request.atTime.value(partition.place, -1);
        if (offset < 0 || offset > partition.high) {
            note = ResetStep::Note::PastEnd;
            return partition.high;
        }
        return std::max(offset, partition.low);
    }
    case ResetTarget::Offset: {
        const auto offset = request.offsets.constFind(partition.place);
        if (offset == request.offsets.cend())
            return {};
        if (*offset > partition.high)
            note = ResetStep::Note::PastEnd;
        else if (*offset < partition.low)
            note = ResetStep::Note::BeforeBeginning;
        return std::clamp(*offset, partition.low, partition.high);
    }
    }
    return {};
}

} // namespace

qint64 GroupPartition::lag() const
{
    if (low < 0 || high < 0)
        return -1;
    return std::max<qint64>(0, high - std::max(committed, low));
}

QList<ResetStep> planReset(const QList<GroupPartition> &partitions, const ResetRequest &request)
{
    QList<ResetStep> steps;
    steps.reserve(partitions.size());
    for (const GroupPartition &partition : partitions) {
        ResetStep step;
        step.place = partition.place;
        step.current = partition.committed;
        if (partition.low < 0 || partition.high < 0) {
            step.note = ResetStep::Note::Unknown;
            steps.append(step);
            continue;
        }
        step.target = targetOf(partition, request, step.note);
        if (step.target && partition.committed >= 0) {
            // Between the old place and the new one, what is still there.
            const qint64 from = std::clamp(partition.committed, partition.low, partition.high);
            step.skipped = std::max<qint64>(0, *step.target - from);
            step.repeated = std::max<qint64>(0, from - *step.target);
        }
        steps.append(step);
    }
    return steps;
}

QMap<TopicPartition, qint64> offsetsOf(const QList<ResetStep> &steps)
{
    QMap<TopicPartition, qint64> offsets;
    for (const ResetStep &step : steps) {
        if (step.isChange())
            offsets.insert(step.place, *step.target);
    }
    return offsets;
}

} // namespace desk
