// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/PayloadSearch.h"

#include "kafka/PayloadText.h"

#include <QByteArrayMatcher>
#include <QStringMatcher>

#include <algorithm>

namespace desk {
namespace {

const QString Limits = QStringLiteral("(*LIMIT_MATCH=100000)(*LIMIT_DEPTH=10000)"); // steps for one match
constexpr qsizetype PieceLength = 1024 * 1024;    // looked at before asking whether to stop
constexpr qsizetype ExpressionPiece = 16 * 1024;  // of one line
constexpr qsizetype ExpressionOverlap = 4 * 1024; // matches that are longer may be missed where pieces meet

QByteArray lowerAscii(QByteArrayView bytes)
{
    QByteArray lower = bytes.toByteArray();
    for (char &byte : lower) {
        if (byte >= 'A' && byte <= 'Z')
            byte = char(byte + 'a' - 'A');
    }
    return lower;
}

// "0a 04", "0x0a04": bytes as they are written in a dump. Empty: it is no such text.
QByteArray bytesOfHex(const QString &text)
{
    static const QRegularExpression pairs(
        QStringLiteral("\\A\\s*(?:0x((?:[0-9a-f]{2})+)|([0-9a-f]{2}(?:\\s+[0-9a-f]{2})+))\\s*\\z"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = pairs.match(text);
    return QByteArray::fromHex((match.captured(1) + match.captured(2)).toLatin1());
}

QRegularExpression expressionOf(const FilterPattern &pattern)
{
    return QRegularExpression(Limits + pattern.text,
                              pattern.sensitivity == Qt::CaseInsensitive
                                  ? QRegularExpression::CaseInsensitiveOption
                                  : QRegularExpression::NoPatternOption);
}

} // namespace

PayloadSearch::PayloadSearch(const FilterPattern &pattern, std::shared_ptr<const std::atomic_bool> stop)
    : m_pattern(pattern)
    , m_stop(std::move(stop))
{
    if (pattern.kind == FilterPattern::Kind::Expression)
        m_expression = expressionOf(pattern);
}

QString PayloadSearch::problemOf(const FilterPattern &pattern)
{
    if (pattern.kind != FilterPattern::Kind::Expression)
        return {};
    if (pattern.text.size() > MaximumFilterLength)
        return QStringLiteral("The expression is too long.");
    const QRegularExpression expression = expressionOf(pattern);
    if (expression.isValid())
        return {};
    return QStringLiteral("Column %1: %2.")
        .arg(std::max<qsizetype>(expression.patternErrorOffset() - Limits.size(), 0) + 1)
        .arg(expression.errorString());
}

bool PayloadSearch::isFull(PayloadMatches &matches) const
{
    matches.isCut = matches.isCut || matches.found.size() >= MaximumMatches;
    return matches.isCut;
}

PayloadMatches PayloadSearch::inText(QStringView text) const
{
    PayloadMatches matches;
    if (m_pattern.text.isEmpty())
        return matches;
    if (m_pattern.kind == FilterPattern::Kind::Text) {
        findText(text, matches);
        return matches;
    }
    for (qsizetype begin = 0; begin <= text.size() && matches.problem.isEmpty() && !isStopped();) {
        qsizetype end = text.indexOf(u'\n', begin);
        end = end < 0 ? text.size() : end;
        findExpression(text.sliced(begin, end - begin), begin, matches);
        begin = end + 1;
        if (isFull(matches))
            break;
    }
    return matches;
}

void PayloadSearch::findText(QStringView text, PayloadMatches &matches) const
{
    const QStringMatcher matcher(m_pattern.text, m_pattern.sensitivity);
    const qsizetype length = m_pattern.text.size();
    qsizetype from = 0;
    for (qsizetype begin = 0; begin < text.size() && !isStopped(); begin += PieceLength) {
        const QStringView piece = text.first(std::min(text.size(), begin + PieceLength + length - 1));
        for (qsizetype at = matcher.indexIn(piece, std::max(from, begin)); at >= 0;
             at = matcher.indexIn(piece, from)) {
            if (isFull(matches))
                return;
            matches.found.append({0, at, length});
            from = at + length;
        }
    }
}

void PayloadSearch::findExpression(QStringView text, qsizetype base, PayloadMatches &matches) const
{
    qsizetype from = 0;
    for (qsizetype begin = 0; !isStopped(); begin += ExpressionPiece) {
        const QStringView piece = text.first(
            std::min(text.size(), begin + ExpressionPiece + ExpressionOverlap));
        from = std::max(from, begin);
        while (from <= piece.size()) {
            const QRegularExpressionMatch match = m_expression.match(piece, from);
            if (!match.isValid()) {
                matches.problem = QStringLiteral(
                    "The expression takes too long on this message and was given "
                    "up; make it simpler, with fewer + and * within each other.");
                return;
            }
            if (!match.hasMatch() || match.capturedStart() >= begin + ExpressionPiece)
                break;
            if (isFull(matches))
                return;
            if (match.capturedLength() > 0)
                matches.found.append({0, base + match.capturedStart(), match.capturedLength()});
            from = std::max(match.capturedEnd(), match.capturedStart() + 1);
        }
        if (begin + ExpressionPiece >= text.size())
            return;
    }
}

PayloadMatches PayloadSearch::inItems(const QStringList &items) const
{
    PayloadMatches matches;
    for (qsizetype item = 0; item < items.size() && !isStopped(); ++item) {
        const PayloadMatches within = inText(items[item]);
        matches.problem = within.problem;
        if (!matches.problem.isEmpty())
            break;
        if (within.found.isEmpty())
            continue;
        if (isFull(matches))
            break;
        matches.found.append({item, 0, 0});
    }
    return matches;
}

PayloadMatches PayloadSearch::inBytes(QByteArrayView bytes, const QList<ByteRange> &masked) const
{
    PayloadMatches matches;
    if (m_pattern.text.isEmpty())
        return matches;
    QList<ByteRange> hidden = mergedRanges(masked);
    hidden.append({bytes.size(), bytes.size()});
    qsizetype begin = 0;
    for (const ByteRange &range : std::as_const(hidden)) {
        const qsizetype end = std::clamp(range.begin, begin, bytes.size());
        findBytes(bytes.sliced(begin, end - begin), begin, matches);
        begin = std::clamp(range.end, end, bytes.size());
        if (isStopped() || isFull(matches) || !matches.problem.isEmpty())
            break;
    }
    return matches;
}

void PayloadSearch::findBytes(QByteArrayView bytes, qsizetype base, PayloadMatches &matches) const
{
    if (m_pattern.kind == FilterPattern::Kind::Expression) {
        for (qsizetype begin = 0; begin < bytes.size() && !isStopped(); begin += PieceLength) {
            const QByteArrayView piece = bytes.sliced(begin, std::min(PieceLength, bytes.size() - begin));
            findExpression(QString::fromLatin1(piece), base + begin, matches);
            if (isFull(matches) || !matches.problem.isEmpty())
                return;
        }
        return;
    }
    const bool anyCase = m_pattern.sensitivity == Qt::CaseInsensitive;
    const QByteArray hex = bytesOfHex(m_pattern.text);
    const QByteArray text = anyCase ? lowerAscii(m_pattern.text.toUtf8()) : m_pattern.text.toUtf8();
    const QByteArrayMatcher asText(text);
    const QByteArrayMatcher asBytes(hex);
    const qsizetype overlap = std::max(text.size(), hex.size()) - 1;
    qsizetype from = 0;
    for (qsizetype begin = 0; begin < bytes.size() && !isStopped(); begin += PieceLength) {
        const qsizetype size = std::min(PieceLength + overlap, bytes.size() - begin);
        const QByteArray plain = bytes.sliced(begin, size).toByteArray();
        const QByteArray folded = anyCase ? lowerAscii(plain) : plain;
        for (;;) {
            const qsizetype start = std::max(from - begin, qsizetype(0));
            const qsizetype textAt = asText.indexIn(folded, start);
            const qsizetype bytesAt = hex.isEmpty() ? -1 : asBytes.indexIn(plain, start);
            const bool isText = textAt >= 0 && (bytesAt < 0 || textAt <= bytesAt);
            const qsizetype at = isText ? textAt : bytesAt;
            if (at < 0)
                break;
            if (isFull(matches))
                return;
            const qsizetype length = isText ? text.size() : hex.size();
            matches.found.append({0, base + begin + at, length});
            from = begin + at + length;
        }
    }
}

} // namespace desk
