// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QString>

class QFontMetrics;
class QPainter;

namespace desk {

// Numbers in tabular figures: every digit takes the width of the widest, so that columns of numbers line
// up in any font. (Fonts have a feature for this that Qt can ask for from 6.7 only.) GUI thread.
[[nodiscard]] int tabularWidth(const QFontMetrics &metrics, QStringView text);
// Right-aligned and centred in the height of `rect`, in the painter's font and pen; elided at its left end.
void drawTabular(QPainter *painter, const QRect &rect, const QString &text);

// "312 400": digits grouped by threes with a space that does not break.
[[nodiscard]] QString groupedNumber(qint64 number);

} // namespace desk
