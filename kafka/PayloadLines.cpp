// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/PayloadLines.h"

#include "kafka/PayloadText.h"

#include <algorithm>

namespace desk {
namespace {

constexpr qsizetype MarkedLines = 32; // from one mark to the next it is counted anew
constexpr int TabColumns = 4;

// Close enough to break lines by: East Asian letters and most pictures take two columns.
int columnsOfCharacter(QChar character)
{
    const char16_t code = character.unicode();
    if (code == u'\t')
        return TabColumns;
    if (code < 0x1100 || character.isLowSurrogate())
        return 1;
    return code <= 0x115f || (code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3)
            || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe30 && code <= 0xfe6f)
            || (code >= 0xff00 && code <= 0xff60)
        ? 2
        : 1;
}

} // namespace

TextLines::TextLines(QString text, int columns)
    : m_text(std::move(text))
    , m_columns(std::max(columns, LeastColumns))
{
    for (Extent line; line.next >= 0;) {
        line = extentFrom(line.next);
        if (m_count++ % MarkedLines == 0)
            m_marks.push_back(line.begin);
    }
}

TextLines::Extent TextLines::extentFrom(qsizetype begin) const
{
    int columns = 0;
    for (qsizetype at = begin; at < m_text.size(); ++at) {
        const QChar character = m_text[at];
        if (character == u'\n')
            return {begin, at, at + 1};
        columns += columnsOfCharacter(character);
        if (columns > m_columns && at > begin) {
            // After a blank, if there is one not too far back; and not between the halves of a character.
            for (qsizetype blank = at; blank > begin + (at - begin) / 2; --blank) {
                if (m_text[blank - 1] == u' ')
                    return {begin, blank, blank};
            }
            const qsizetype end = character.isLowSurrogate() ? at - 1 : at;
            return {begin, end, end};
        }
    }
    return {begin, m_text.size(), -1};
}

TextLines::Extent TextLines::extent(qsizetype index) const
{
    Extent found = extentFrom(m_marks[size_t(index / MarkedLines)]);
    for (qsizetype step = index % MarkedLines; step > 0; --step)
        found = extentFrom(found.next);
    return found;
}

QString TextLines::line(qsizetype index) const
{
    const Extent found = extent(index);
    return m_text.mid(found.begin, found.end - found.begin);
}

bool TextLines::endsLine(qsizetype index) const
{
    const Extent found = extent(index);
    return found.next != found.end;
}

qsizetype TextLines::lineOf(qsizetype place) const
{
    const auto after = std::upper_bound(m_marks.cbegin(), m_marks.cend(), std::max<qsizetype>(place, 0));
    qsizetype index = (after - m_marks.cbegin() - 1) * MarkedLines;
    for (Extent line = extent(index); line.next >= 0 && line.next <= place; ++index)
        line = extentFrom(line.next);
    return index;
}

QList<PayloadLines::Columns> TextLines::columnsOf(qsizetype index, qsizetype place, qsizetype length) const
{
    const Extent line = extent(index);
    const qsizetype begin = std::max(place, line.begin);
    const qsizetype end = std::min(place + length, line.end);
    if (begin >= end)
        return {};
    return {{begin - line.begin, end - begin}};
}

HexLines::HexLines(QByteArray bytes, const QList<ByteRange> &masked, qsizetype perLine)
    : m_bytes(std::move(bytes))
    , m_masked(mergedRanges(masked))
    , m_perLine(perLine)
{ }

qsizetype HexLines::count() const
{
    return (m_bytes.size() + m_perLine - 1) / m_perLine;
}

QString HexLines::line(qsizetype index) const
{
    return hexLine(m_bytes, index * m_perLine, m_perLine, m_masked);
}

QList<PayloadLines::Columns> HexLines::columnsOf(qsizetype index, qsizetype place, qsizetype length) const
{
    const qsizetype first = index * m_perLine;
    const qsizetype begin = std::max(place, first) - first;
    const qsizetype end = std::min(place + length, std::min(first + m_perLine, m_bytes.size())) - first;
    if (begin >= end)
        return {};
    constexpr qsizetype Hex = 8 + 2;
    return {{Hex + 3 * begin, 3 * (end - begin) - 1}, {Hex + 3 * m_perLine - 1 + 2 + begin, end - begin}};
}

} // namespace desk
