// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/History.h"

namespace desk::chaos {

// One thing that must not be. The sentence says where.
struct Finding {
    enum class Kind {
        Lost,         // committed, and not in the journal or on its topic
        Reordered,    // a record's changes do not come in their order
        Duplicated,   // one change under two ids, or written twice
        Altered,      // an event says another thing than its change, or its repeat another than itself
        Invented,     // nobody committed this
        WrongRow,     // a row is not what its last change left
        NotTakenIn,   // an input that is neither applied nor poison
        TakenInTwice, // an input that took effect more than once
        FalsePoison,  // a sound input among the poison
    };
    Kind kind = Kind::Lost;
    QString sentence;
};

// Compares database, journal and topics at rest. Knows nothing of the production code: what it holds them to
// is what docs/architecture.md promises. An event may stand on its topic more than once, with the same id and
// the same bytes, because a crash repeats it; its first time must be in order, and whatever is repeated must
// lead up to the record's last event again.
[[nodiscard]] QList<Finding> check(const History &history);

// The same for a part each.
[[nodiscard]] QList<Finding> checkJournal(const History &history);   // rows, edits and journal
[[nodiscard]] QList<Finding> checkPublished(const History &history); // journal and topics
[[nodiscard]] QList<Finding> checkTakenIn(const History &history);   // inputs, journal and poison

// "3 findings:" and lines for the first of each kind, or empty.
[[nodiscard]] QString toText(const QList<Finding> &findings);

} // namespace desk::chaos
