// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/Ingest.h"

namespace desk {

IngestOutcome &IngestOutcome::operator+=(const IngestOutcome &other)
{
    applied += other.applied;
    unchanged += other.unchanged;
    outdated += other.outdated;
    repeated += other.repeated;
    poison += other.poison;
    return *this;
}

} // namespace desk
