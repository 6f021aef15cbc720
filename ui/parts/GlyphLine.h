// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFontMetricsF>
#include <QList>
#include <QPointF>
#include <QRawFont>
#include <QRect>
#include <QString>

#include <array>
#include <optional>

class QFont;
class QPainter;

namespace desk {

// A font's glyphs and their widths, for text that stands on one line and is painted many times a second. QPainter
// shapes a text anew whenever it draws it, and once more to elide it; letters of the European scripts and their
// punctuation can simply be put one beside another (without kerning and ligatures). GUI thread.
class GlyphLine
{
public:
    struct Glyph {
        quint32 index = 0;
        qreal advance = 0; // pixels
    };

    // Kept for as long as the program runs; there are few fonts.
    [[nodiscard]] static const GlyphLine &of(const QFont &font);

    // No value for what has to be shaped, or is not in this font.
    [[nodiscard]] std::optional<Glyph> glyph(QChar character) const;
    // The glyphs at their places to the right of `at`, which is on the baseline, in the painter's pen.
    void draw(QPainter &painter, QPointF at, const QList<quint32> &glyphs,
              const QList<QPointF> &places) const;
    // Pixels. QPainter rounds neither before it has found the baseline.
    [[nodiscard]] qreal height() const { return m_height; }
    [[nodiscard]] qreal ascent() const { return m_ascent; }

    explicit GlyphLine(const QFont &font);

private:
    [[nodiscard]] Glyph ask(QChar character) const;

    QRawFont m_font;
    QFontMetricsF m_metrics;
    qreal m_height = 0;
    qreal m_ascent = 0;
    static constexpr char16_t CharactersKept = 0x2028;
    static constexpr qreal None = -1;
    mutable std::array<std::optional<Glyph>, CharactersKept>
        m_glyphs{}; // that were asked for; None as advance
};

// The text from the left, in the middle of the height, elided at its right end, in the painter's font and pen. Text
// that GlyphLine cannot do is drawn by QPainter, at the same place.
void drawLine(QPainter &painter, const QRect &rect, const QString &text);

} // namespace desk
