// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/NumberText.h"

#include <algorithm>
#include <limits>

namespace desk {
namespace {

constexpr qint64 LargestExponent = 1'000'000'000; // past it, numbers are all the same to us

bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

// The next digit, '0' behind the last.
char nextDigit(const char *&at, const char *end)
{
    if (at != end && *at == '.')
        ++at;
    return at == end ? '0' : *at++;
}

std::strong_ordering compareDigits(const char *left, const char *leftEnd, const char *right,
                                   const char *rightEnd)
{
    while (left != leftEnd || right != rightEnd) {
        const char one = nextDigit(left, leftEnd);
        const char other = nextDigit(right, rightEnd);
        if (one != other)
            return one <=> other;
    }
    return std::strong_ordering::equal;
}

} // namespace

std::optional<NumberText> NumberText::read(QByteArrayView text)
{
    NumberText number;
    const char *at = text.begin();
    const char *const end = text.end();
    if (at != end && (*at == '-' || *at == '+'))
        number.m_isNegative = *at++ == '-';
    if (at == end)
        return {};

    const char *point = nullptr;
    bool hasDigit = false;
    const char *first = nullptr; // that is not 0
    for (; at != end; ++at) {
        if (*at == '.') {
            if (point)
                return {};
            point = at;
            continue;
        }
        if (!isDigit(*at))
            break;
        hasDigit = true;
        if (!first && *at != '0')
            first = at;
    }
    if (!hasDigit)
        return {};
    const char *const behindDigits = at;
    if (!point)
        point = behindDigits;

    qint64 exponent = 0;
    if (at != end) {
        if (*at != 'e' && *at != 'E')
            return {};
        ++at;
        const bool isSmall = at != end && *at == '-';
        if (at != end && (*at == '-' || *at == '+'))
            ++at;
        if (at == end)
            return {};
        for (; at != end; ++at) {
            if (!isDigit(*at))
                return {};
            exponent = std::min(exponent * 10 + (*at - '0'), LargestExponent);
        }
        exponent = isSmall ? -exponent : exponent;
    }

    number.m_isZero = !first;
    if (first) {
        number.m_digits = first;
        number.m_end = behindDigits;
        // Digits before the point count from 0 up, those behind it from -1 down.
        number.m_magnitude = exponent + (first < point ? point - first - 1 : point - first);
    }
    return number;
}

std::strong_ordering operator<=>(const NumberText &left, const NumberText &right)
{
    const auto sign = [](const NumberText &number) {
        return number.m_isZero ? 0 : number.m_isNegative ? -1 : 1;
    };
    if (sign(left) != sign(right) || left.m_isZero)
        return sign(left) <=> sign(right);
    const NumberText &small = left.m_isNegative ? right : left;
    const NumberText &large = left.m_isNegative ? left : right;
    if (small.m_magnitude != large.m_magnitude)
        return small.m_magnitude <=> large.m_magnitude;
    return compareDigits(small.m_digits, small.m_end, large.m_digits, large.m_end);
}

std::optional<qint64> NumberText::toInteger() const
{
    if (m_isZero)
        return 0;
    constexpr qint64 MostDigits = 19; // of 64 bits
    if (m_magnitude < 0 || m_magnitude >= MostDigits)
        return {};
    quint64 whole = 0;
    const char *at = m_digits;
    for (qint64 digit = 0; digit <= m_magnitude; ++digit)
        whole = whole * 10 + quint64(nextDigit(at, m_end) - '0');
    for (; at != m_end; ++at) {
        if (*at != '.' && *at != '0')
            return {}; // a fraction
    }
    constexpr quint64 Largest = quint64(std::numeric_limits<qint64>::max());
    if (whole > Largest + (m_isNegative ? 1 : 0))
        return {};
    return m_isNegative ? qint64(0 - whole) : qint64(whole);
}

} // namespace desk
