// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAction;
class QPushButton;
class QWidget;

namespace desk {

// A push button that triggers an action and follows its text, tool tip and state; named for tests and style.
// Owned by `parent`. GUI thread.
[[nodiscard]] QPushButton *actionButton(QAction *action, const QString &name, QWidget *parent);

} // namespace desk
