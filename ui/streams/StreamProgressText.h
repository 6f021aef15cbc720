// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/StreamProgress.h"

namespace desk {

// "3 of 4 partitions at their end, 82 %", with those that wait.
[[nodiscard]] QString progressText(const StreamProgress &progress);

} // namespace desk
