// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/Chip.h"

#include "ui/shell/Theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace desk {
namespace {

constexpr int Padding = 8;

} // namespace

QSize chipSize(const QString &word, const QFont &font)
{
    const QFontMetrics metrics(font);
    return {metrics.horizontalAdvance(word) + 2 * Padding, metrics.height() + 4};
}

void paintChip(QPainter *painter, const QRect &rect, const QString &word, const StateColours &colours,
               const QFont &font)
{
    const QFontMetrics metrics(font);
    const QSize wanted = chipSize(word, font);
    const QRect chip(rect.left(), rect.top() + (rect.height() - wanted.height()) / 2,
                     std::min(wanted.width(), rect.width()), wanted.height());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colours.chip);
    painter->drawRoundedRect(chip, chip.height() / 2.0, chip.height() / 2.0);
    painter->setFont(font);
    painter->setPen(colours.text);
    painter->drawText(chip, Qt::AlignCenter,
                      metrics.elidedText(word, Qt::ElideRight, chip.width() - Padding));
    painter->restore();
}

} // namespace desk
