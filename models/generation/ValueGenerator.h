// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/generation/ColumnLook.h"
#include "models/generation/PatternText.h"

#include <QDateTime>

namespace desk {

// Makes values of one column by its description: type, limits, pattern, the texts allowed. Its name says what they
// look like. What comes out is checked by whoever asks; a pattern that cannot be followed or limits that contradict
// each other give a value that does not pass. References are not made here. The column belongs to its entity, which
// has to live as long. One thread.
class ValueGenerator
{
public:
    ValueGenerator(const EntityType &entity, const Column &column);

    // Of a record that was made at `created`, by which its times go.
    [[nodiscard]] QVariant value(Randomness &random, const QDateTime &created) const;
    // A text within the column's lengths from one that may be too short or too long, and has no characters past the
    // Basic Multilingual Plane.
    [[nodiscard]] static QString fitted(Randomness &random, const QString &text, const Column &column);

private:
    [[nodiscard]] QString text(Randomness &random, const QDateTime &created) const;
    [[nodiscard]] QString lookText(Randomness &random, const QDateTime &created) const;
    [[nodiscard]] QString patternText(Randomness &random) const;
    [[nodiscard]] qint64 integer(Randomness &random, const QDateTime &created) const;
    [[nodiscard]] Decimal decimal(Randomness &random) const;
    [[nodiscard]] std::optional<Decimal> asCarried(const Decimal &number) const;
    [[nodiscard]] double floating(Randomness &random) const;
    [[nodiscard]] QVariantList list(Randomness &random) const;

    const Column &m_column;
    ColumnLook m_look;
    QStringList m_allowed; // those that pass the column's other limits
    std::optional<PatternText> m_pattern;
};

} // namespace desk
