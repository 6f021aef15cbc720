// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/Theme.h"

namespace desk {

// The stroke icons of resources/icons in the theme's colours. Used by Theme only; pages ask Theme::icon().
// The icon keeps the colours it is given and reads them anew each time it is drawn, so it follows a change
// of theme without being set again.
[[nodiscard]] QIcon themeIcon(const QString &name, const std::shared_ptr<const Colours> &colours,
                              Theme::IconColour colour);

// The SVG itself with its strokes in `colour`; empty if there is no such icon.
[[nodiscard]] QByteArray tintedIcon(const QString &name, const QColor &colour);

} // namespace desk
