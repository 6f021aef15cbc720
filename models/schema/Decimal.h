// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <compare>
#include <optional>

namespace desk {

// An exact decimal number: unscaled * 10^-scale. Money and every other column with a decimal option is
// held in this type from the database to the wire, so no binary float ever stands in between.
// A value; holds up to 18 digits.
class Decimal
{
public:
    static constexpr int MaximumDigits = 18;

    constexpr Decimal() = default;
    constexpr Decimal(qint64 unscaled, int scale) : m_unscaled(unscaled), m_scale(scale) { }

    // Reads "12", "-0.5", "1e3"; nothing else (no blanks, no grouping). Empty if it is no number or
    // needs more than 18 digits.
    [[nodiscard]] static std::optional<Decimal> fromText(QStringView text);
    // The shortest decimal that reads back as the same float: 9.99f gives 9.99, as a person typed it.
    // Empty for NaN, infinities and numbers past 18 digits.
    [[nodiscard]] static std::optional<Decimal> fromFloat(float value);
    [[nodiscard]] static std::optional<Decimal> fromDouble(double value);

    [[nodiscard]] qint64 unscaled() const { return m_unscaled; }
    [[nodiscard]] int scale() const { return m_scale; } // digits after the point, 0 to 18

    // The same number with exactly `scale` digits after the point; empty if digits would be lost or
    // there are too many.
    [[nodiscard]] std::optional<Decimal> rescaled(int scale) const;
    // Without trailing zeros after the point.
    [[nodiscard]] Decimal normalised() const;

    [[nodiscard]] QString toText() const; // "." as the point, all `scale` digits
    [[nodiscard]] double toDouble() const;

    // By number: 1.5 equals 1.50.
    friend std::strong_ordering operator<=>(const Decimal &left, const Decimal &right);
    friend bool operator==(const Decimal &left, const Decimal &right) { return (left <=> right) == 0; }

private:
    qint64 m_unscaled = 0;
    int m_scale = 0;
};

} // namespace desk

Q_DECLARE_METATYPE(desk::Decimal)
