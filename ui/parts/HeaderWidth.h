// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace desk {

// How a table's header may be used: one that sorts needs room for its arrow as well.
enum class HeaderUse { Read, Sort };

// The least width at which a column's title stands uncut in its header, in pixels.
[[nodiscard]] int headerWidth(const QFont &font, const QString &title, HeaderUse use);

} // namespace desk
