// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

namespace desk {

// Where an axis is labelled, in round numbers.
struct ChartScale {
    // From 0 to at least `most`, in two to four steps that are 1, 2 or 5 times a power of ten, and not less than
    // `leastStep`. What it goes through, 0 included. (Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990.)
    [[nodiscard]] static QList<double> amounts(double most, double leastStep);
    // Times of the clock in [from, to], milliseconds since 1970: whole seconds, minutes, … so that there are three to
    // six of them. They stay where they are as time moves on.
    [[nodiscard]] static QList<qint64> times(qint64 from, qint64 to);
};

} // namespace desk
