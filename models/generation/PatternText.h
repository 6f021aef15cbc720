// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/generation/Randomness.h"

#include <QString>

#include <optional>
#include <vector>

namespace desk {

// Makes texts that a regular expression (PCRE) is likely to match: literals, classes, groups, alternatives and
// repetitions are followed; what looks around is passed over, so whoever asks has to check the text and to ask
// again. A value; const calls from any thread.
class PatternText
{
public:
    static constexpr qsizetype LongestText = 10'000; // characters; cut off there

    // Empty: it holds what is not known here (references to groups, recursion, rare properties).
    [[nodiscard]] static std::optional<PatternText> read(const QString &pattern);

    // How often what may be repeated is: up to so many times more than it must, or exactly so many.
    enum class Repeats { UpTo, Exactly };
    [[nodiscard]] QString text(Randomness &random, Repeats repeats, int more) const;

private:
    friend class PatternReader;
    struct Range {
        char16_t first;
        char16_t last;
    };
    struct Node {
        enum class Kind { Character, Sequence, Choice };
        Kind kind = Kind::Sequence;
        int least = 1;
        int most = 1;              // -1: any number
        std::vector<Range> ranges; // of a character
        std::vector<Node> children;
    };
    struct Writing;

    Node m_root;
};

} // namespace desk
