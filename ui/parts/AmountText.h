// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace desk {

// Amounts in few characters, for where there is little room: at most three digits that count, and no zeros behind.
[[nodiscard]] QString compactNumber(double number); // "0.25", "12", "1.2 k", "34.5 M"
[[nodiscard]] QString compactSize(double bytes);    // "212 B", "1.2 kB", "34.5 MB"; a kB is 1,000 B

} // namespace desk
