// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/filter/FilterExpression.h"

#include <QByteArrayView>
#include <QRegularExpression>
#include <QStringMatcher>

#include <array>

namespace desk {

// Looks for the text or the regular expression of a filter in UTF-8 bytes, very often. A text of ASCII is
// found where it lies, in any case; others by folding as Unicode says. An expression that runs into PCRE's
// limits does not match there, which is counted; one that does so again and again is given up, so that no message can
// hold up a search for long. Keep one per thread.
class TextMatcher
{
public:
    explicit TextMatcher(const FilterPattern &pattern);

    [[nodiscard]] bool isIn(QByteArrayView text);
    // A text that is not in the whole is in no part of it either; an expression may be.
    [[nodiscard]] bool isExpression() const { return m_kind == FilterPattern::Kind::Expression; }
    // Why nothing is found any more, in a sentence; empty while all is well.
    [[nodiscard]] const QString &problem() const { return m_problem; }
    // How many texts an expression could not look through to their end.
    [[nodiscard]] qint64 partlySeen() const { return m_partlySeen; }

    // An expression looks at no more of a text: some take a time that grows with its square.
    static constexpr qsizetype MaximumExpressionBytes = 1024 * 1024;

private:
    [[nodiscard]] bool isAsciiIn(QByteArrayView text) const;
    [[nodiscard]] bool isExpressionIn(QByteArrayView text);
    [[nodiscard]] QStringView decoded(QByteArrayView text);

    FilterPattern::Kind m_kind;
    QByteArray m_ascii; // lower case; empty: not all of it is ASCII
    std::array<quint8, 256> m_skips{};
    QStringMatcher m_matcher;
    QRegularExpression m_expression;
    QRegularExpression m_patient; // the same without PCRE's small stack, some times slower
    int m_timesTooSlow = 0;
    qint64 m_partlySeen = 0;
    QString m_problem;
    QString m_text; // kept, so that it need not grow for each message
};

} // namespace desk
