// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/Chip.h"

#include "ui/shell/Theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <cstdlib>

namespace desk {
namespace {

constexpr int Padding = 8;
constexpr int LeastDifference = 40; // of red, green and blue together
constexpr int OutlineAlpha = 110;

bool blend(const QColor &left, const QColor &right)
{
    return std::abs(left.red() - right.red()) + std::abs(left.green() - right.green())
        + std::abs(left.blue() - right.blue())
        < LeastDifference;
}

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
    QColor outline = colours.text;
    outline.setAlpha(OutlineAlpha);
    const bool isOutlined = blend(painter->background().color(), colours.chip);
    painter->setPen(isOutlined ? QPen(outline) : QPen(Qt::NoPen));
    painter->setBrush(colours.chip);
    const QRectF shape = isOutlined ? QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5) : QRectF(chip);
    painter->drawRoundedRect(shape, shape.height() / 2, shape.height() / 2);
    painter->setFont(font);
    painter->setPen(colours.text);
    painter->drawText(chip, Qt::AlignCenter,
                      metrics.elidedText(word, Qt::ElideRight, chip.width() - Padding));
    painter->restore();
}

} // namespace desk
