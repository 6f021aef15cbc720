// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Column.h"
#include "models/schema/Error.h"

namespace desk {

// Values as text and back, the same everywhere: forms, cells, CSV, catalogctl. Locale-free: "." is the
// point, timestamps are ISO 8601 in UTC, booleans true/false. Any thread.

// "" for null. Decimals show all digits of their scale.
[[nodiscard]] QString textOf(const Column &column, const QVariant &value);

// Reads a text into the column's type; "" is null (or "" for text columns). Checks the type only (number,
// decimals, boolean, time) and what the field can carry, not the limits: see validateValue. Bytes are read in
// hexadecimal, or in base64 behind "base64:". InvalidValue with a sentence otherwise.
[[nodiscard]] Expected<QVariant> valueFromText(const Column &column, const QString &text);

// Checks a value against the column's limits. InvalidValue with a sentence and `field` set otherwise.
[[nodiscard]] Expected<> validateValue(const Column &column, const QVariant &value);

// What a column of this type starts with when nothing else is said: "" for text, 0 for numbers, false,
// null for nullable columns.
[[nodiscard]] QVariant initialValue(const Column &column);

// True if both are the same value for the operator: null equals null, 1.5 equals 1.50.
[[nodiscard]] bool sameValue(const QVariant &left, const QVariant &right);

} // namespace desk
