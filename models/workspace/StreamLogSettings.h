// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"

namespace desk {

// How much of a live stream the window keeps; whichever bound is met first, the oldest messages go. A value.
struct StreamLogSettings {
    static constexpr qint64 LeastRows = 1'000;
    static constexpr qint64 MostRows = 50'000'000;
    static constexpr qint64 LeastMebibytes = 16;
    static constexpr qint64 MostMebibytes = 16'384;

    qint64 rows = 1'000'000;
    qint64 mebibytes = 512; // of memory

    friend bool operator==(const StreamLogSettings &, const StreamLogSettings &) = default;
};

// InvalidValue, with `field` "rows" or "mebibytes", if a bound is out of its range. Any thread.
[[nodiscard]] Expected<> checkStreamLog(const StreamLogSettings &settings);

} // namespace desk
