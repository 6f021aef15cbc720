// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/ReferenceLookup.h"

namespace desk {

// What the words of a CSV header, or catalogctl's COLUMN=VALUE, stand for. A value.
struct ColumnBinding {
    enum class As {
        Value, // the column's own value; for a reference the other record's id
        Name,  // a reference, by what the other record is called
    };
    int column = 0;
    As as = As::Value;
};

// Finds the column by its name ("category_id": holds an id), by a reference's name without "_id"
// ("category": holds a name) or by its label (for a reference: holds a name), whatever the case. Any
// thread. UnknownColumn with a sentence that lists the columns there are.
[[nodiscard]] Expected<ColumnBinding> bindColumn(const EntityType &entity, const QString &word);

// Reads a text into the bound column's type, references by name included; limits are not checked, save that
// a required value cannot be empty.
// InvalidValue with the column as field. On the store's thread.
[[nodiscard]] Expected<QVariant> boundValue(const EntityType &entity, ColumnBinding binding,
                                            const QString &text, ReferenceLookup &references);

// The answer to a change of a column that operators only read.
[[nodiscard]] Error readOnlyColumn(const Column &column);

// A new record in which nothing is taken for granted that must be said: required columns are empty unless
// the description gives them a default. (An empty price is no price of 0.)
[[nodiscard]] Record blankRecord(const EntityType &entity);

// "category" for a reference column called "category_id", else empty.
[[nodiscard]] QString referenceWord(const Column &column);

} // namespace desk
