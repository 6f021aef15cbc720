// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

namespace desk::bench {

// One figure of ours beside a peer's, as `./dev bench` prints it. Ours and the peer's run in turn, so that
// a machine that slows down slows both; the median of each counts.
struct Figure {
    QString name;
    QString unit;      // "rows/s" and the like: more is better; "ms": less is better
    QString peer;      // what theirs is
    double wanted = 0; // at least this ratio; 0: only to be known
    int runs = 5;      // 0: one, without one before it to warm up
};

// Each run returns its figure in the unit. The ratio is above 1 where ours is better.
inline bool measure(const Figure &figure, const std::function<double()> &ours,
                    const std::function<double()> &theirs)
{
    std::vector<double> our;
    std::vector<double> their;
    for (int run = 0; run <= figure.runs; ++run) {
        const double mine = ours();
        const double peers = theirs();
        if (run == 0 && figure.runs > 0)
            continue; // to warm up
        our.push_back(mine);
        their.push_back(peers);
    }
    const auto median = [](std::vector<double> values) {
        std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                         values.end());
        return values[values.size() / 2];
    };
    const bool lessIsBetter = !figure.unit.endsWith(QLatin1String("/s"));
    const double ratio = lessIsBetter ? median(their) / median(our) : median(our) / median(their);
    const bool ok = ratio >= figure.wanted;
    const QJsonObject line{{QStringLiteral("name"), figure.name},     {QStringLiteral("unit"), figure.unit},
                           {QStringLiteral("ours"), median(our)},     {QStringLiteral("peer"), figure.peer},
                           {QStringLiteral("theirs"), median(their)}, {QStringLiteral("ratio"), ratio},
                           {QStringLiteral("wanted"), figure.wanted}, {QStringLiteral("ok"), ok}};
    std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    return ok;
}

// A figure beside a bound it has to keep, instead of a peer.
inline bool judge(const QString &name, const QString &unit, double ours, const QString &bound, double most)
{
    return measure(
        {name, unit, bound, 1, 0}, [ours] { return ours; }, [most] { return most; });
}

// Seconds that the work takes.
inline double seconds(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

} // namespace desk::bench
