// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace desk {

// Asks what to do with workspaces that were typed and not saved, before their dialog closes: save, discard, or
// stay. `name` is said where there is one of them. Asks once at a time and returns at once. GUI thread.
void askAboutTyping(QWidget *parent, const QString &name, qsizetype workspaces,
                    const std::function<void()> &save, const std::function<void()> &discard);

} // namespace desk
