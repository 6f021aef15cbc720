// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/filter/FilterValue.h"

#include <QDateTime>
#include <QStringList>

#include <tl/expected.hpp>

#include <vector>

namespace desk {

// What an operator types to find messages, taken apart. Values only; any thread.
//
//   lamp                      text in key, value or headers, in any case; "brass lamp" with a blank in it
//   /lam[bp]/  /lamp/i        a regular expression (PCRE), in the same places; i: in any case
//   price > 100               a field of the decoded value; nested ones as pricing.amount
//   key  value  header.NAME   the parts of a message; header alone is any of them
//   topic  partition  offset  time  size  operation
//   value.key = 3             a field that is called as one of those
//   =  !=  <  <=  >  >=       numbers exactly as written, texts by their characters in their case
//   name ~ lamp               holds the text, in any case; name ~ /^lamp/ the expression; !~ does not
//   status in (NEW, "ON HOLD")   also: not in
//   discount exists           the message says something of it; the same as discount != null
//   time > -1h                times: today, yesterday, now, -90s, -15m, -1h, -2d, -1w, 2024-01-31,
//                             2024-01-31T10:00 (of this computer), 2024-01-31T10:00:00Z; one that names a
//                             day, a minute or a second equals all of it
//   and  or  not  ( )         "and" may be left out; it binds more tightly than "or"
//
// A field that a message does not have meets no condition, != and "not in" included; `not (…)` does meet it.
// Of a repeated field one element that meets the condition is enough. Numbers that stand for times
// (seconds or milliseconds since 1970) are compared with times where a time is written.

// Why an expression cannot be used, and where.
struct FilterProblem {
    qsizetype position = 0; // of the first character, from 0
    qsizetype length = 0;   // 0: something is missing there
    QString sentence;

    [[nodiscard]] QString toText() const; // "Column 9: …"
};

enum class FilterOperator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Holds,
    HoldsNot,
    In,
    NotIn,
    Exists,
    ExistsNot,
};

struct FilterPattern {
    enum class Kind { Text, Expression };
    Kind kind = Kind::Text;
    QString text;
    Qt::CaseSensitivity sensitivity = Qt::CaseInsensitive;
};

struct FilterSubject {
    enum class Kind {
        AnyText, // key, value, headers
        Key,
        Value,
        Header,
        AnyHeader,
        Topic,
        Partition,
        Offset,
        Time,
        Size,
        Operation,
        Field,
    };
    Kind kind = Kind::AnyText;
    QStringList path; // Field: from the message down; Header: its name
};

struct FilterNode {
    enum class Kind { And, Or, Not, Condition };
    Kind kind = Kind::And; // And of nothing: every message
    std::vector<FilterNode> children;

    // Of a condition.
    FilterSubject subject;
    FilterOperator comparison = FilterOperator::Holds;
    QList<FilterValue> values; // one, or those of In
    FilterPattern pattern;     // Holds, HoldsNot
};

// Numbers of an expression are bounded, so that it can be typed and pasted by anyone.
constexpr qsizetype MaximumFilterLength = 10'000; // characters
constexpr int MaximumFilterDepth = 64;            // parentheses and nots within each other
constexpr int MaximumFieldDepth = 16;             // names in a path

// An empty text is a filter that everything meets. Times that depend on it are counted from `now`.
[[nodiscard]] tl::expected<FilterNode, FilterProblem> parseFilter(
    const QString &text, const QDateTime &now = QDateTime::currentDateTime());

} // namespace desk
