// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/DecodedNode.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace desk {

// Bytes as something to read, for payloads nobody has described. Bounded in time and size whatever the
// bytes are. Any thread.

// The text if the bytes are UTF-8 without control characters (but for tabs and line ends).
[[nodiscard]] std::optional<QString> textOfBytes(QByteArrayView bytes);
// JSON with a line for each of its parts, indented; as it is written where it nests so deeply that the blanks
// would be most of it. Empty if it is none, or too long to be looked at.
[[nodiscard]] std::optional<QString> textOfJson(const QByteArray &bytes);
// "0a 04 46 69 73 68 …": at most `maximum` bytes of them.
[[nodiscard]] QString shortHex(QByteArrayView bytes, qsizetype maximum);
// So many bytes a line: offset, hex, characters; "••" and "•" for each byte that is masked.
[[nodiscard]] QString hexTable(QByteArrayView bytes, qsizetype maximum, qsizetype perLine = 16,
                               const QList<ByteRange> &masked = {});
// One line of it: those from `begin` on. `masked`: as mergedRanges() has them.
[[nodiscard]] QString hexLine(QByteArrayView bytes, qsizetype begin, qsizetype perLine,
                              const QList<ByteRange> &masked);
// In order, and none within or over another.
[[nodiscard]] QList<ByteRange> mergedRanges(QList<ByteRange> ranges);
// The bytes with MaskedValue in place of each range: as it is, or as a JSON text.
enum class MaskStyle { Plain, Json };
[[nodiscard]] QByteArray maskedBytes(QByteArrayView bytes, QList<ByteRange> masked,
                                     MaskStyle style = MaskStyle::Plain);
// All of the bytes as text, the mask in place of what is masked, and "·" for what is no character.
[[nodiscard]] QString shownText(const QByteArray &bytes, const QList<ByteRange> &masked);
// On one line, blanks collapsed, at most `maximum` characters and "…".
[[nodiscard]] QString oneLine(QStringView text, qsizetype maximum);

} // namespace desk
