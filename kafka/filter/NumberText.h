// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <compare>
#include <optional>

namespace desk {

// A decimal number as it is written, looked at where it lies: compared digit by digit, so however many it
// has, none is rounded and nothing is allocated. A value that looks into bytes of others; any thread.
class NumberText
{
public:
    // "12", "-0.5", "+1.50", "1e3". Empty if it is anything else; no blanks, no grouping.
    [[nodiscard]] static std::optional<NumberText> read(QByteArrayView text);

    // By number: 1.5 is 1.50.
    friend std::strong_ordering operator<=>(const NumberText &left, const NumberText &right);
    friend bool operator==(const NumberText &left, const NumberText &right) { return (left <=> right) == 0; }

    // Between -1 and 1, both left out.
    [[nodiscard]] bool isFraction() const { return m_isZero || m_magnitude < 0; }
    // If it is a whole number of 64 bits.
    [[nodiscard]] std::optional<qint64> toInteger() const;

private:
    // From the first digit that is not 0 on; a point may stand among them.
    const char *m_digits = nullptr;
    const char *m_end = nullptr;
    qint64 m_magnitude = 0; // power of ten of the first digit
    bool m_isNegative = false;
    bool m_isZero = true;
};

} // namespace desk
