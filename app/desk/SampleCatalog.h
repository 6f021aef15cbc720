// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"

namespace desk {

// Fills a sample workspace's database, if nothing was ever changed in it, with the catalog that comes with
// the program. Blocking, on the store's thread. Fails only for the store's reasons.
[[nodiscard]] Expected<> fillSampleCatalog(Store &store);

} // namespace desk
