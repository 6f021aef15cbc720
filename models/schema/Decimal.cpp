// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/Decimal.h"

#include <QByteArray>
#include <QLocale>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace desk {
namespace {

__extension__ typedef __int128 WideInteger; // holds any product of an 18-digit number and a power of ten

constexpr std::array<qint64, Decimal::MaximumDigits + 1> powersOfTen = [] {
    std::array<qint64, Decimal::MaximumDigits + 1> powers{};
    qint64 power = 1;
    for (qint64 &entry : powers) {
        entry = power;
        power *= power < 1'000'000'000'000'000'000 ? 10 : 1;
    }
    return powers;
}();

template <typename Float>
std::optional<Decimal> fromShortest(Float value)
{
    if (!std::isfinite(value))
        return std::nullopt;
    std::array<char, 64> buffer;
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    if (error != std::errc())
        return std::nullopt;
    return Decimal::fromText(QString::fromLatin1(buffer.data(), end - buffer.data()));
}

} // namespace

std::optional<Decimal> Decimal::fromText(QStringView text)
{
    qsizetype at = 0;
    const auto digitAt = [&](qsizetype index) {
        return index < text.size() && text[index] >= u'0' && text[index] <= u'9';
    };

    bool negative = false;
    if (at < text.size() && (text[at] == u'-' || text[at] == u'+'))
        negative = text[at++] == u'-';

    qint64 unscaled = 0;
    int scale = 0;
    int digits = 0;
    bool anyDigit = false;
    bool afterPoint = false;
    for (; at < text.size(); ++at) {
        if (text[at] == u'.' && !afterPoint) {
            afterPoint = true;
            continue;
        }
        if (!digitAt(at))
            break;
        anyDigit = true;
        const int digit = text[at].unicode() - u'0';
        if (digits > 0 || digit != 0)
            ++digits;
        if (digits > MaximumDigits)
            return std::nullopt;
        unscaled = unscaled * 10 + digit;
        scale += afterPoint ? 1 : 0;
    }
    if (!anyDigit)
        return std::nullopt;

    int exponent = 0;
    if (at < text.size() && (text[at] == u'e' || text[at] == u'E')) {
        ++at;
        bool exponentNegative = false;
        if (at < text.size() && (text[at] == u'-' || text[at] == u'+'))
            exponentNegative = text[at++] == u'-';
        if (!digitAt(at))
            return std::nullopt;
        for (; digitAt(at); ++at)
            exponent = std::min(exponent * 10 + (text[at].unicode() - u'0'), 10'000);
        exponent = exponentNegative ? -exponent : exponent;
    }
    if (at != text.size())
        return std::nullopt;

    if (unscaled == 0)
        return Decimal(0, std::clamp(scale - exponent, 0, MaximumDigits));
    scale -= exponent;
    while (scale > MaximumDigits && unscaled % 10 == 0) {
        unscaled /= 10;
        --scale;
    }
    while (scale < 0 && digits < MaximumDigits) {
        unscaled *= 10;
        ++scale;
        ++digits;
    }
    if (scale < 0 || scale > MaximumDigits)
        return std::nullopt;
    return Decimal(negative ? -unscaled : unscaled, scale);
}

std::optional<Decimal> Decimal::fromFloat(float value)
{
    return fromShortest(value);
}

std::optional<Decimal> Decimal::fromDouble(double value)
{
    return fromShortest(value);
}

std::optional<Decimal> Decimal::rescaled(int scale) const
{
    if (scale < 0 || scale > MaximumDigits)
        return std::nullopt;
    if (scale >= m_scale) {
        const WideInteger wide = static_cast<WideInteger>(m_unscaled) * powersOfTen[scale - m_scale];
        if (wide >= powersOfTen[MaximumDigits] || wide <= -powersOfTen[MaximumDigits])
            return std::nullopt;
        return Decimal(static_cast<qint64>(wide), scale);
    }
    const qint64 divisor = powersOfTen[m_scale - scale];
    if (m_unscaled % divisor != 0)
        return std::nullopt;
    return Decimal(m_unscaled / divisor, scale);
}

Decimal Decimal::normalised() const
{
    Decimal result = *this;
    while (result.m_scale > 0 && result.m_unscaled % 10 == 0) {
        result.m_unscaled /= 10;
        --result.m_scale;
    }
    return result;
}

QString Decimal::toText() const
{
    QString digits = QString::number(m_unscaled < 0 ? -m_unscaled : m_unscaled);
    if (m_scale > 0) {
        digits = digits.rightJustified(m_scale + 1, u'0');
        digits.insert(digits.size() - m_scale, u'.');
    }
    return m_unscaled < 0 ? u'-' + digits : digits;
}

double Decimal::toDouble() const
{
    // Both exact as doubles, so one division rounds once, as reading the text would.
    constexpr qint64 Exact = qint64(1) << std::numeric_limits<double>::digits;
    if (m_unscaled > -Exact && m_unscaled < Exact && powersOfTen[m_scale] < Exact)
        return static_cast<double>(m_unscaled) / static_cast<double>(powersOfTen[m_scale]);
    return QLocale::c().toDouble(toText());
}

std::strong_ordering operator<=>(const Decimal &left, const Decimal &right)
{
    const int scale = std::max(left.m_scale, right.m_scale);
    const WideInteger wideLeft = static_cast<WideInteger>(left.m_unscaled)
        * powersOfTen[scale - left.m_scale];
    const WideInteger wideRight = static_cast<WideInteger>(right.m_unscaled)
        * powersOfTen[scale - right.m_scale];
    return wideLeft <=> wideRight;
}

} // namespace desk
