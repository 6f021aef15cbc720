// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/HeaderWidth.h"

#include <QFontMetrics>

namespace desk {
namespace {

constexpr int Padding = 8; // at each side, as in the style sheet
constexpr int Arrow = 14;  // and the gap before it
constexpr int Slack = 2;   // what eliding rounds up to

} // namespace

int headerWidth(const QFont &font, const QString &title, HeaderUse use)
{
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    return QFontMetrics(bold).horizontalAdvance(title) + 2 * Padding + Slack
        + (use == HeaderUse::Sort ? Arrow : 0);
}

} // namespace desk
