// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/Property.h"

#include <cstdio>
#include <cstdlib>

namespace desk::fuzz {

void fail(const char *property, const QString &detail)
{
    std::fprintf(stderr, "This does not hold: %s.\n%s\n", property, qPrintable(detail));
    std::abort();
}

void requireSentence(const QString &text)
{
    constexpr qsizetype Longest = 2000; // a list of an entity's columns is long
    require(text.size() > 2 && text.size() <= Longest && (text.endsWith(u'.') || text.endsWith(u'?')),
            "a problem is told in a sentence", [&] { return text.left(2 * Longest); });
}

} // namespace desk::fuzz
