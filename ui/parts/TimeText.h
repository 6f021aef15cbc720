// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace desk {

// "just now", "2 min ago", "3 h ago", "yesterday", then the date. `now` is handed in for tests.
[[nodiscard]] QString timeAgo(const QDateTime &time, const QDateTime &now = QDateTime::currentDateTimeUtc());
// To the second, in local time: for tool tips and history.
[[nodiscard]] QString exactTime(const QDateTime &time);

} // namespace desk
