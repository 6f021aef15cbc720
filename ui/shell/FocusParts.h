// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QWidget;

namespace desk {

enum class FocusStep { Next, Previous };

// Moves the focus from the part of the window that has it to the next one that is in sight, around the end.
// Without the focus in any of them, to the first or last. GUI thread.
void moveFocus(const QList<QWidget *> &parts, FocusStep step);

} // namespace desk
