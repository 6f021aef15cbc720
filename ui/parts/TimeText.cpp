// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/TimeText.h"

#include <QCoreApplication>
#include <QLocale>

namespace desk {

QString timeAgo(const QDateTime &time, const QDateTime &now)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("desk::TimeText", text); };
    const qint64 seconds = time.secsTo(now);
    if (seconds < 45) // a server's clock may be ahead of ours
        return say("just now");
    if (seconds < 90 * 60)
        return say("%1 min ago").arg(std::max<qint64>(1, (seconds + 30) / 60));
    const qint64 days = time.toLocalTime().date().daysTo(now.toLocalTime().date());
    if (days <= 0 || seconds < 6 * 3600)
        return say("%1 h ago").arg((seconds + 1800) / 3600);
    if (days == 1)
        return say("yesterday");
    if (days < 7)
        return say("%1 days ago").arg(days);
    return QLocale().toString(time.toLocalTime().date(), QLocale::ShortFormat);
}

QString exactTime(const QDateTime &time)
{
    return time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

} // namespace desk
