// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Record.h"

namespace desk {

// Every column that breaks its description, each with the sentence to show at that field. Empty: the
// record is fine. Knows no database: whether a reference names an existing record is the store's to say.
// A record without an id passes (the store gives it one).
[[nodiscard]] QList<Error> validateRecord(const EntityType &entity, const Record &record);

// Of the columns of one `oneof` at most one has a value: InvalidValue if another than this column has one too.
[[nodiscard]] Expected<> validateChoice(const EntityType &entity, const QVariantList &values, int column);

} // namespace desk
