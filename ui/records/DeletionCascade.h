// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/StoreClient.h"

namespace desk {

// How many records of an entity go along when others are deleted.
struct CascadeCount {
    const EntityType *entity = nullptr;
    qint64 records = 0;
};

// Counts, on the database thread, what on_delete would take along with these records, and with what it takes
// along; in the catalog's order, only what there is any of.
[[nodiscard]] QFuture<Expected<QList<CascadeCount>>> countCascade(StoreClient &store,
                                                                  const EntityType &entity,
                                                                  const QList<RecordId> &ids);

// "2 images and 1 note"; empty for nothing.
[[nodiscard]] QString cascadeText(const QList<CascadeCount> &counts);

} // namespace desk
