// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/AmountText.h"

#include <array>
#include <cmath>

namespace desk {
namespace {

QString withPrefix(double amount, const QString &unit)
{
    static constexpr std::array<const char *, 6> Prefixes{"", "k", "M", "G", "T", "P"};
    double scaled = std::abs(amount);
    size_t prefix = 0;
    // What would be rounded up to four digits belongs to the next one.
    while (scaled >= 999.5 && prefix + 1 < Prefixes.size()) {
        scaled /= 1000;
        ++prefix;
    }
    const int decimals = scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
    QString digits = QString::number(amount < 0 ? -scaled : scaled, 'f', decimals);
    if (digits.contains(u'.')) {
        while (digits.endsWith(u'0'))
            digits.chop(1);
        if (digits.endsWith(u'.'))
            digits.chop(1);
    }
    const QString suffix = QLatin1String(Prefixes[prefix]) + unit;
    return suffix.isEmpty() ? digits : digits + QChar(QChar::Nbsp) + suffix;
}

} // namespace

QString compactNumber(double number)
{
    return withPrefix(number, {});
}

QString compactSize(double bytes)
{
    return withPrefix(bytes, QStringLiteral("B"));
}

} // namespace desk
