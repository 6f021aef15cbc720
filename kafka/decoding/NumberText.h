// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <charconv>
#include <cmath>

namespace desk {

// The shortest text that reads back as the same number of the same type: 9.99f is "9.99", not what it is as a
// double. As JSON writes numbers; "NaN", "Infinity" and "-Infinity" for those that JSON does not have.
template <typename Float>
[[nodiscard]] QString numberText(Float number)
{
    if (std::isnan(number))
        return QStringLiteral("NaN");
    if (std::isinf(number))
        return number < 0 ? QStringLiteral("-Infinity") : QStringLiteral("Infinity");
    std::array<char, 48> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number);
    return QString::fromLatin1(text.data(), end.ptr - text.data());
}

} // namespace desk
