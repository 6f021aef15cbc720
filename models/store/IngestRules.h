// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Ingest.h"

namespace desk {

// What a message makes of a record, apart from any database. Topics are not read in step: an update may come
// before the addition it belongs to, and everything may come twice.
struct IngestDecision {
    enum class Kind {
        Insert, // `record`
        Update, // to `record`
        Delete,
        Unchanged, // it is like that already
        Outdated,  // unless someone else than the topics has a say in the record: then it is a conflict
        Invalid,   // `reason`
    };
    Kind kind = Kind::Unchanged;
    Record record;
    QString reason;
};

// `current` is null if there is no such record. A message that names its version is outdated if the record
// has that version or a later one; an addition without a version, if the record is there. An update of a
// record that is not there makes it.
[[nodiscard]] IngestDecision decide(const IngestChange &change, const Record *current);

} // namespace desk
