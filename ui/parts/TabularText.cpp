// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/TabularText.h"

#include "ui/parts/GlyphLine.h"

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
    const GlyphLine &line = GlyphLine::of(painter->font());
    const auto advanceOf = [&](QChar character) {
        const auto glyph = line.glyph(character);
        return glyph ? glyph->advance : painter->fontMetrics().horizontalAdvance(character);
    };
    qreal digit = 0;
    for (char16_t number = u'0'; number <= u'9'; ++number)
        digit = std::max(digit, advanceOf(QChar(number)));
    const QChar ellipsis(0x2026);
    QList<quint32> glyphs;
    QList<QPointF> places; // from the right end
    const qreal baseline = rect.top() + (rect.height() - line.height()) / 2 + line.ascent();
    const QPointF end(rect.right() + 1, baseline);
    const auto put = [&](QChar character, qreal left) {
        if (const auto glyph = line.glyph(character)) {
            glyphs.append(glyph->index);
            places.append({left, 0});
        } else {
            painter->drawText(end + QPointF(left, 0), QString(character));
        }
    };
    qreal left = 0;
    for (qsizetype position = text.size() - 1; position >= 0; --position) {
        const QChar character = text.at(position);
        const qreal advance = advanceOf(character);
        const qreal cell = isDigit(character) ? digit : advance;
        if (position > 0 && end.x() + left - cell - advanceOf(ellipsis) < rect.left()) {
            put(ellipsis, left - advanceOf(ellipsis));
            break;
        }
        left -= cell;
        put(character, left + (cell - advance) / 2);
    }
    line.draw(*painter, end, glyphs, places);
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
