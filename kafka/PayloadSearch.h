// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/DecodedNode.h"
#include "kafka/filter/FilterExpression.h"

#include <QByteArrayView>
#include <QRegularExpression>

#include <atomic>
#include <memory>

namespace desk {

// One place where something was found: in which of several texts, and where in it, in characters or bytes.
struct PayloadMatch {
    qsizetype item = 0;
    qsizetype begin = 0;
    qsizetype length = 0;

    friend bool operator==(const PayloadMatch &, const PayloadMatch &) = default;
};

struct PayloadMatches {
    QList<PayloadMatch> found; // in order
    bool isCut = false;        // there are more than MaximumMatches
    QString problem;           // why less was found than there is, in a sentence, or empty
};

// Finds every place of a text or of an expression in what a message shows. Looks in pieces, so that another
// thread can stop it; an expression is looked for within a line, and one that takes too long is given up.
// Searches take what is masked already: a hidden value cannot be guessed by looking for it. Any thread, one at
// a time.
class PayloadSearch
{
public:
    static constexpr qsizetype MaximumMatches = 100'000;

    explicit PayloadSearch(const FilterPattern &pattern, std::shared_ptr<const std::atomic_bool> stop = {});

    // Why the pattern cannot be looked for, in a sentence; empty: it can.
    [[nodiscard]] static QString problemOf(const FilterPattern &pattern);

    [[nodiscard]] PayloadMatches inText(QStringView text) const;
    [[nodiscard]] PayloadMatches inItems(const QStringList &items) const; // at most one in each
    // The pattern's text as UTF-8, and where it is written as bytes ("0a 04", "0x0a04") these. Never in, nor
    // over the edge of, what is masked.
    [[nodiscard]] PayloadMatches inBytes(QByteArrayView bytes, const QList<ByteRange> &masked) const;

private:
    [[nodiscard]] bool isStopped() const { return m_stop && *m_stop; }
    [[nodiscard]] bool isFull(PayloadMatches &matches) const;
    void findText(QStringView text, PayloadMatches &matches) const;
    void findExpression(QStringView text, qsizetype base, PayloadMatches &matches) const;
    void findBytes(QByteArrayView bytes, qsizetype base, PayloadMatches &matches) const;

    FilterPattern m_pattern;
    QRegularExpression m_expression;
    std::shared_ptr<const std::atomic_bool> m_stop;
};

} // namespace desk
