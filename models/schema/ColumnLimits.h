// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Column.h"
#include "models/schema/Error.h"

#include <QVariantList>

namespace desk {

// What the .proto field behind a column can carry, whatever the column's options say. Each answers with the
// reason as a sentence, or with an empty text. Any thread.

// Whole numbers by the width and sign of the field; unsigned 64-bit numbers up to the largest signed one.
[[nodiscard]] QString integerProblem(const Column &column, qint64 number);
[[nodiscard]] QString integerRange(const Column &column);
// Finite, and for a float field within its range.
[[nodiscard]] QString floatingProblem(const Column &column, double number);
// Years 1 to 9999, as google.protobuf.Timestamp has them.
[[nodiscard]] QString timestampProblem(const QDateTime &time);
// No zero character, no half of a surrogate pair.
[[nodiscard]] QString textProblem(const QString &text);
// The elements of a list in the field's own type: texts, whole numbers, true/false, numbers, the names of an
// enumeration, bytes in hexadecimal.
[[nodiscard]] tl::expected<QVariantList, QString> listElements(const Column &column,
                                                               const QVariantList &list);

} // namespace desk
