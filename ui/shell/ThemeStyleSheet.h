// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace desk {

struct Colours;

// The application's one style sheet, in these colours. `images` is the folder with the arrows and ticks
// that Theme draws. The properties it knows are listed at Theme.
[[nodiscard]] QString themeStyleSheet(const Colours &colours, const QString &images);

} // namespace desk
