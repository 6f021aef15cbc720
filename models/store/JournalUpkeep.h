// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>
#include <QString>

#include <algorithm>
#include <optional>

namespace desk {

// A copy of the records somewhere else that catches up from this journal by position.
struct WorkingCopy {
    QString id;
    QString label;
    qint64 position = 0; // has everything up to here
    QDateTime seenAt;    // UTC
};

// How large the journal is and what of it is still needed.
struct JournalStatus {
    qint64 rows = 0;
    qint64 bytes = 0;          // on disk with its indexes; on SQLite reckoned from the newest rows
    qint64 oldestPosition = 0; // 0: the journal is empty
    QDateTime oldestAt;        // UTC
    qint64 head = 0;
    qint64 relayCursor = 0;
    std::optional<qint64> oldestRefused; // position of the oldest event in the refused list
    QList<WorkingCopy> workingCopies;

    // Entries up to here are needed by nobody.
    [[nodiscard]] qint64 prunableThrough() const
    {
        qint64 through = relayCursor;
        if (oldestRefused)
            through = std::min(through, *oldestRefused - 1);
        for (const WorkingCopy &copy : workingCopies)
            through = std::min(through, copy.position);
        return through;
    }
};

// How much of the journal is to be kept. Both may be set; the one that keeps more counts.
struct JournalRetention {
    std::optional<QDateTime>
        since; // entries as old as this or younger are kept, and all after the first such
    std::optional<qint64> rows;
};

// What a pruning would do.
struct PrunePlan {
    enum class Limit { Retention, Relay, RefusedEvent, WorkingCopy };

    qint64 through = 0;             // position of the last entry that goes; 0: none
    qint64 rows = 0;                // how many go
    Limit limit = Limit::Retention; // what keeps the first entry that stays
    QString workingCopy;            // its label or id, if that is the limit
};

} // namespace desk
