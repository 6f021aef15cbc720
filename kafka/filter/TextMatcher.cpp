// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/TextMatcher.h"

#include <QStringDecoder>

#include <algorithm>

namespace desk {
namespace {

// Steps of PCRE per text: some tenths of a second.
const QString Limits = QStringLiteral("(*LIMIT_MATCH=20000000)");
const QString PatientLimits = QStringLiteral("(*NO_JIT)(*LIMIT_MATCH=1000000)(*LIMIT_HEAP=131072)"); // KiB
// Without its compiler PCRE does not count the steps within a run of letters.
constexpr qsizetype PatientBytes = 64 * 1024;
constexpr int MostTimesTooSlow = 10;

constexpr std::array<quint8, 256> Lower = [] {
    std::array<quint8, 256> table{};
    for (int byte = 0; byte < 256; ++byte)
        table[size_t(byte)] = quint8(byte >= 'A' && byte <= 'Z' ? byte + 'a' - 'A' : byte);
    return table;
}();

bool isAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar character) { return character.unicode() < 0x80; });
}

} // namespace

TextMatcher::TextMatcher(const FilterPattern &pattern) : m_kind(pattern.kind)
{
    if (isExpression()) {
        m_expression.setPattern(Limits + pattern.text);
        m_patient.setPattern(PatientLimits + pattern.text);
        const auto options = pattern.sensitivity == Qt::CaseInsensitive
            ? QRegularExpression::CaseInsensitiveOption
            : QRegularExpression::NoPatternOption;
        m_expression.setPatternOptions(options);
        m_patient.setPatternOptions(options);
        m_expression.optimize();
        return;
    }
    m_matcher.setPattern(pattern.text);
    m_matcher.setCaseSensitivity(Qt::CaseInsensitive);
    if (!isAscii(pattern.text) || pattern.text.size() > std::numeric_limits<quint8>::max())
        return;
    m_ascii = pattern.text.toLatin1().toLower();
    // Horspool: by the byte under the last place, how far to move on.
    m_skips.fill(quint8(m_ascii.size()));
    for (qsizetype at = 0; at + 1 < m_ascii.size(); ++at)
        m_skips[quint8(m_ascii[at])] = quint8(m_ascii.size() - 1 - at);
}

bool TextMatcher::isIn(QByteArrayView text)
{
    if (isExpression())
        return isExpressionIn(text);
    if (!m_ascii.isEmpty())
        return isAsciiIn(text);
    return m_matcher.indexIn(decoded(text)) >= 0;
}

bool TextMatcher::isAsciiIn(QByteArrayView text) const
{
    const qsizetype length = m_ascii.size();
    const auto *const bytes = reinterpret_cast<const quint8 *>(text.data());
    const auto *const wanted = reinterpret_cast<const quint8 *>(m_ascii.constData());
    const quint8 last = wanted[length - 1];
    for (qsizetype at = 0; at + length <= text.size();) {
        const quint8 under = Lower[bytes[at + length - 1]];
        if (under == last) {
            qsizetype same = 0;
            while (same < length - 1 && Lower[bytes[at + same]] == wanted[same])
                ++same;
            if (same == length - 1)
                return true;
        }
        at += m_skips[under];
    }
    return false;
}

bool TextMatcher::isExpressionIn(QByteArrayView text)
{
    if (!m_problem.isEmpty()) {
        ++m_partlySeen;
        return false;
    }
    const QStringView seen = decoded(text.first(std::min(text.size(), MaximumExpressionBytes)));
    QRegularExpressionMatch match = m_expression.match(seen);
    if (!match.isValid() && text.size() <= PatientBytes)
        match = m_patient.match(seen);
    if (match.isValid()) {
        if (!match.hasMatch() && text.size() > MaximumExpressionBytes)
            ++m_partlySeen;
        return match.hasMatch();
    }
    ++m_partlySeen;
    if (++m_timesTooSlow >= MostTimesTooSlow)
        m_problem = QStringLiteral("The expression takes too long on these messages and was given up; make "
                                   "it simpler, with fewer + and * within each other.");
    return false;
}

QStringView TextMatcher::decoded(QByteArrayView text)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    if (m_text.size() < decoder.requiredSpace(text.size()))
        m_text.resize(decoder.requiredSpace(text.size()));
    const QChar *const end = decoder.appendToBuffer(m_text.data(), text);
    return QStringView(m_text.constData(), end);
}

} // namespace desk
