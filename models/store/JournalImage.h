// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Record.h"

#include <QByteArrayView>

namespace desk {

// Reads a record from the JSON image that a trigger wrote into the journal. What the image does not hold, or
// holds in a form that the column does not take any more, has the column's start value. Empty if it is no JSON
// object. Any thread.
[[nodiscard]] std::optional<Record> recordFromImage(const EntityType &entity, QByteArrayView json,
                                                    qint64 version);

} // namespace desk
