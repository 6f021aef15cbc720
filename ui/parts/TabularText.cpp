// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/TabularText.h"

#include <QFontMetrics>
#include <QPainter>

namespace desk {
namespace {

bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

int digitWidth(const QFontMetrics &metrics)
{
    int widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

} // namespace

int tabularWidth(const QFontMetrics &metrics, QStringView text)
{
    const int digit = digitWidth(metrics);
    int width = 0;
    for (const QChar character : text)
        width += isDigit(character) ? digit : metrics.horizontalAdvance(character);
    return width;
}

void drawTabular(QPainter *painter, const QRect &rect, const QString &text)
{
    const QFontMetrics metrics = painter->fontMetrics();
    const int digit = digitWidth(metrics);
    const int baseline = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent();
    const int ellipsis = metrics.horizontalAdvance(QChar(0x2026));
    int right = rect.right() + 1;
    for (qsizetype position = text.size() - 1; position >= 0; --position) {
        const QChar character = text.at(position);
        const int advance = metrics.horizontalAdvance(character);
        const int cell = isDigit(character) ? digit : advance;
        if (position > 0 && right - cell - ellipsis < rect.left()) {
            painter->drawText(right - ellipsis, baseline, QString(QChar(0x2026)));
            return;
        }
        right -= cell;
        painter->drawText(right + (cell - advance) / 2, baseline, QString(character));
    }
}

QString groupedNumber(qint64 number)
{
    QString text = QString::number(number);
    const qsizetype first = number < 0 ? 1 : 0;
    for (qsizetype position = text.size() - 3; position > first; position -= 3)
        text.insert(position, QChar(QChar::Nbsp));
    return text;
}

} // namespace desk
