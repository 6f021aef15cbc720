// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/DecodedNode.h"
#include "models/schema/Error.h"
#include "models/schema/SensitiveNames.h"

#include <QByteArrayView>

namespace desk {

// Steps over the text of JSON where it lies, without making anything of it. The steps take any bytes and never
// go past their end; what they say of bytes that are no JSON is of no use. Any thread.

[[nodiscard]] constexpr bool isJsonBlank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}
[[nodiscard]] qsizetype afterBlanks(QByteArrayView json, qsizetype at);
// From an opening quote to past the closing one.
[[nodiscard]] qsizetype afterString(QByteArrayView json, qsizetype at);
// From the first byte of a value to past its last, however deeply it nests.
[[nodiscard]] qsizetype afterValue(QByteArrayView json, qsizetype at);
// What a reader takes the string for, quotes and escapes resolved: "pass\u0077ord" is a name like any other.
[[nodiscard]] QString stringOf(QByteArrayView token);

constexpr int MaximumJsonDepth = 1024; // what nests more deeply is not taken for JSON

// Format with a sentence if the bytes are no JSON object or array.
[[nodiscard]] Expected<> checkJson(QByteArrayView json);
// Of JSON: the values of sensitive names, at any depth, with their quotes.
[[nodiscard]] QList<ByteRange> sensitiveValues(QByteArrayView json, const SensitiveNames &names);

} // namespace desk
