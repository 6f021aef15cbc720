// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/DecodedMessage.h"

#include <QStringList>

namespace desk {

// A field of a decoded message as one cell of a table shows it. A value.
struct FieldCell {
    enum class Kind { Absent, Text, Number, Masked };
    Kind kind = Kind::Absent;
    QString text; // one line, at most some 200 characters; the mask where it is sensitive

    friend bool operator==(const FieldCell &, const FieldCell &) = default;
};

// Fields are named as in filters: "price", "pricing.amount", "lines[3].price"; "lines.price" is that of every line;
// "value.key" is a field called as a part of the message is, "key.region" a field of the key, "header.NAME" a
// header. Names that hold dots themselves are found as they stand. Any thread.

// Needs a message decoded with Depth::Whole. What is masked there is masked here, and whatever is in it.
[[nodiscard]] FieldCell fieldCell(const DecodedMessage &message, QStringView path);
// The same in full, for files: what a cell sums up is JSON on one line here.
[[nodiscard]] QString fieldText(const DecodedMessage &message, QStringView path);
// As JSON on one line; a list where the path leads to several; "null" where it leads nowhere.
[[nodiscard]] QString fieldJson(const DecodedMessage &message, QStringView path);
// The paths of all that has a text of its own, in the message's order, each once; at most so many.
[[nodiscard]] QStringList fieldPaths(const DecodedMessage &message, qsizetype maximum);
// The path of one node of the key's or the value's tree; empty for the whole of a value.
[[nodiscard]] QString fieldPath(const DecodedNode &root, MessagePart part, const NodePath &path);

} // namespace desk
