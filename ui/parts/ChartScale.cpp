// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/ChartScale.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace desk {
namespace {

constexpr double MostSteps = 4;

double stepFor(double most)
{
    const double rough = most / MostSteps;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        // Not quite, because a power of ten may be a little less than it should.
        if (rough <= factor * power * (1 + 1e-9))
            return factor * power;
    }
    return 10 * power;
}

} // namespace

QList<double> ChartScale::amounts(double most, double leastStep)
{
    const double reach = std::max(std::isfinite(most) ? most : 0, leastStep);
    const double step = std::max(stepFor(reach), leastStep);
    const int steps = std::max(1, int(std::ceil(reach / step * (1 - 1e-9))));
    QList<double> amounts;
    for (int index = 0; index <= steps; ++index)
        amounts.append(index * step);
    return amounts;
}

QList<qint64> ChartScale::times(qint64 from, qint64 to)
{
    static constexpr std::array<qint64, 13> Steps{1,   2,   5,   10,  15,   30,  60,
                                                  120, 300, 600, 900, 1800, 3600}; // seconds
    qint64 step = Steps.back() * 1000;
    for (const qint64 seconds : Steps) {
        if ((to - from) / (seconds * 1000) <= 5) {
            step = seconds * 1000;
            break;
        }
    }
    QList<qint64> times;
    for (qint64 time = (from + step - 1) / step * step; time <= to; time += step)
        times.append(time);
    return times;
}

} // namespace desk
