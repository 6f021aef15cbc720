// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/TopicPartition.h"

#include <QDateTime>
#include <QList>
#include <QMap>

#include <optional>

namespace desk {

// Plans where a consumer group is to go on reading, before anything is changed: what the operator is shown is
// what is then done. Plain functions over values, any thread.

// Where a group stands in one partition. Offsets; -1: unknown or none.
struct GroupPartition {
    TopicPartition place;
    qint64 committed = -1; // what it reads next
    qint64 low = -1;       // the first message that is there
    qint64 high = -1;      // after the last one
    QString member;        // who reads it now, or empty

    // How far it is behind; -1 if that cannot be said. A group that never committed here has the whole
    // partition before it.
    [[nodiscard]] qint64 lag() const;
    friend bool operator==(const GroupPartition &, const GroupPartition &) = default;
};

enum class ResetTarget { Earliest, Latest, Time, Offset };

struct ResetRequest {
    ResetTarget target = ResetTarget::Earliest;
    // Time: the first offset that is not older, by partition; negative or missing: none is that new, which
    // means the end.
    QMap<TopicPartition, qint64> atTime;
    QMap<TopicPartition, qint64> offsets; // Offset: by partition; one that is missing stays where it is
};

// What becomes of one partition.
struct ResetStep {
    enum class Note {
        None,
        Unknown,         // the partition does not tell its offsets, so none can be set
        PastEnd,         // Time: nothing is that new, so the end; Offset: more than there is, so the end
        BeforeBeginning, // Offset: those messages have gone, so the first that is there
    };

    TopicPartition place;
    qint64 current = -1;          // -1: none yet
    std::optional<qint64> target; // nothing: stays as it is
    qint64 skipped = 0;           // offsets that will not be read
    qint64 repeated = 0;          // offsets that will be read again
    Note note = Note::None;

    [[nodiscard]] bool isChange() const { return target && *target != current; }
};

// A step per partition, in their order. Skipped and repeated are counted over what is there: a group that
// never committed repeats nothing and skips nothing.
[[nodiscard]] QList<ResetStep> planReset(const QList<GroupPartition> &partitions,
                                         const ResetRequest &request);

// The offsets to set, of the steps that change something.
[[nodiscard]] QMap<TopicPartition, qint64> offsetsOf(const QList<ResetStep> &steps);

} // namespace desk
