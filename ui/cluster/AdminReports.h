// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/Notice.h"
#include "ui/cluster/AdminTask.h"

#include <QWidget>

namespace desk {

class Theme;

// How a change of many is told of.
struct AdminReportText {
    QString done;  // "deleted"
    QString one;   // "topic"
    QString many;  // "topics"
    QString topic; // of the notice
};

// A notice that says what was done, and, where something was not, lists it row by row with its reason. GUI thread.
[[nodiscard]] Notice noticeOf(const AdminReport &report, const AdminReportText &text, QWidget *page,
                              Theme &theme);

} // namespace desk
