// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/filter/FilterExpression.h"

namespace desk {

// The words and signs of an expression. A value; any thread.
struct FilterToken {
    enum class Kind { Word, Quoted, Expression, Operator, Open, Close, Comma, End };
    Kind kind = Kind::End;
    qsizetype position = 0;
    qsizetype length = 0;
    QString text; // without quotes or slashes; "==" and "<>" as "=" and "!="
    Qt::CaseSensitivity sensitivity = Qt::CaseSensitive; // of an expression
};

// Always ends with a token of kind End.
[[nodiscard]] tl::expected<QList<FilterToken>, FilterProblem> readTokens(const QString &text);

} // namespace desk
