// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/GlyphLine.h"

#include <QGlyphRun>
#include <QPainter>

#include <algorithm>
#include <memory>
#include <vector>

namespace desk {
namespace {

constexpr QChar Ellipsis(0x2026);

// Latin, Greek and Cyrillic letters that stand alone, and punctuation.
bool isSimple(char16_t character)
{
    return (character >= 0x20 && character < 0x7F)
        || (character >= 0xA0 && character < 0x250 && character != 0xAD)
        || (character >= 0x384 && character < 0x483) || (character >= 0x2010 && character < 0x2028);
}

// False if there is a character that has to be shaped. `text` is not looked at behind the width.
bool fit(const GlyphLine &line, const QString &text, qreal width, QList<quint32> &glyphs,
         QList<QPointF> &places)
{
    qreal right = 0;
    for (const QChar character : text) {
        const auto glyph = line.glyph(character);
        if (!glyph)
            return false;
        glyphs.append(glyph->index);
        places.append({right, 0});
        right += glyph->advance;
        if (right > width)
            break;
    }
    if (right <= width)
        return true;
    const auto ellipsis = line.glyph(Ellipsis);
    if (!ellipsis)
        return false;
    while (!places.isEmpty() && places.constLast().x() + ellipsis->advance > width) {
        places.removeLast();
        glyphs.removeLast();
    }
    if (!places.isEmpty()) // where the last of those stood there is room for it
        glyphs.last() = ellipsis->index;
    return true;
}

} // namespace

GlyphLine::GlyphLine(const QFont &font) : m_font(QRawFont::fromFont(font)), m_metrics(font)
{
    m_ascent = m_metrics.ascent();
    m_height = m_metrics.ascent() + m_metrics.descent();
}

GlyphLine::Glyph GlyphLine::ask(QChar character) const
{
    if (!isSimple(character.unicode()))
        return {0, None};
    const QChar drawn = character == QChar::Nbsp ? QChar(u' ') : character;
    const QList<quint32> found = m_font.glyphIndexesForString(QString(drawn));
    if (found.size() != 1 || found.first() == 0) // 0: the font has none
        return {0, None};
    return {found.first(), m_metrics.horizontalAdvance(drawn)};
}

const GlyphLine &GlyphLine::of(const QFont &font)
{
    static std::vector<std::pair<QFont, std::unique_ptr<const GlyphLine>>> lines;
    const auto known = std::find_if(lines.begin(), lines.end(),
                                    [&](const auto &line) { return line.first == font; });
    if (known != lines.end())
        return *known->second;
    return *lines.emplace_back(font, std::make_unique<const GlyphLine>(font)).second;
}

std::optional<GlyphLine::Glyph> GlyphLine::glyph(QChar character) const
{
    const char16_t code = character.unicode();
    if (code >= CharactersKept)
        return {};
    std::optional<Glyph> &known = m_glyphs[code];
    if (!known)
        known = ask(character);
    return known->advance == None ? std::nullopt : known;
}

void GlyphLine::draw(QPainter &painter, QPointF at, const QList<quint32> &glyphs,
                     const QList<QPointF> &places) const
{
    QGlyphRun run;
    run.setRawFont(m_font);
    run.setGlyphIndexes(glyphs);
    run.setPositions(places);
    painter.drawGlyphRun(at, run);
}

void drawLine(QPainter &painter, const QRect &rect, const QString &text)
{
    const QFont font = painter.font();
    const GlyphLine &line = GlyphLine::of(font);
    QList<quint32> glyphs;
    QList<QPointF> places;
    if (!fit(line, text, rect.width(), glyphs, places)) {
        painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
        return;
    }
    const qreal baseline = rect.top() + (rect.height() - line.height()) / 2 + line.ascent();
    line.draw(painter, QPointF(rect.left(), baseline), glyphs, places);
}

} // namespace desk
