// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace desk {

// Strict UTF-8, by the table of well-formed byte sequences in the Unicode standard (table 3-7): no
// overlong forms, no surrogates, nothing past U+10FFFF. Any thread.

// Index of the first byte that is not part of a well-formed sequence, or -1 if all is well.
[[nodiscard]] qsizetype firstMalformedByte(QByteArrayView bytes);

// Characters (code points), malformed bytes counted so that columns still make sense behind them.
[[nodiscard]] qint64 characterCount(QByteArrayView bytes);

// Well-formed bytes as text; a byte order mark is a character like any other.
[[nodiscard]] QString textFromUtf8(QByteArrayView bytes);

} // namespace desk
