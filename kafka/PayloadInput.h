// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"

#include <QByteArray>
#include <QString>

namespace desk {

// How the bytes of a key or a value are typed.
enum class InputFormat { Text, Json, Hex };

// What was typed, and where it went wrong.
struct InputProblem {
    qsizetype position = 0; // in the text, characters from 0
    QString sentence;       // with the line and the column
};

// A typed text as the bytes it stands for: text as UTF-8; JSON likewise, checked and as it is written; hex digits
// with blanks, line ends and "0x" between them as may be. Any thread.
[[nodiscard]] tl::expected<QByteArray, InputProblem> bytesFromInput(InputFormat format, const QString &text);

} // namespace desk
