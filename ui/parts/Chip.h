// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QSize>
#include <QString>

class QFont;
class QPainter;

namespace desk {

struct StateColours;

// A word of state on its coloured chip, as tables and headers show it. Plain functions for delegates; they
// leave the painter as it was. GUI thread.
[[nodiscard]] QSize chipSize(const QString &word, const QFont &font);
// At the left of `rect`, centred in its height; the word is elided where there is no room. On a ground (the
// painter's background) that is nearly the chip's own, such as a selected row, the chip gets an outline.
void paintChip(QPainter *painter, const QRect &rect, const QString &word, const StateColours &colours,
               const QFont &font);

} // namespace desk
