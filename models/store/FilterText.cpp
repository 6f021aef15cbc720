// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/ColumnText.h"
#include "models/store/RecordQuery.h"

namespace desk {
namespace {

struct Prefix {
    QLatin1String text;
    FilterKind kind;
};

// Longer signs first.
constexpr Prefix prefixes[] = {
    {QLatin1String("!="), FilterKind::NotEquals}, {QLatin1String("<="), FilterKind::AtMost},
    {QLatin1String(">="), FilterKind::AtLeast},   {QLatin1String("<"), FilterKind::Less},
    {QLatin1String(">"), FilterKind::Greater},    {QLatin1String("="), FilterKind::Equals},
};

} // namespace

Expected<std::optional<ColumnFilter>> filterFromText(const EntityType &entity, int columnIndex,
                                                     const QString &text)
{
    const Column &column = entity.columns[columnIndex];
    QString rest = text.trimmed();
    rest.replace(u'≤', QStringLiteral("<="))
        .replace(u'≥', QStringLiteral(">="))
        .replace(u'≠', QStringLiteral("!="));
    if (rest.isEmpty())
        return std::nullopt;

    ColumnFilter filter;
    filter.column = columnIndex;
    if (rest == QLatin1String("empty") || rest == QLatin1String("!empty")) {
        filter.kind = rest.startsWith(u'!') ? FilterKind::NotEmpty : FilterKind::Empty;
        return filter;
    }
    // Whoever may search for a value learns it, letter by letter.
    if (column.sensitive) {
        return failure(
            ErrorCode::InvalidValue,
            QStringLiteral("%1: This column is sensitive, so it is not searched. Write empty or !empty.")
                .arg(column.label),
            {}, column.name);
    }

    const bool isText = column.type == ColumnType::Text && !column.isReference();
    const qsizetype range = isText ? -1 : rest.indexOf(QLatin1String(".."));
    const qsizetype dash = isText || column.isReference() ? -1 : rest.indexOf(QStringView(u" – "));
    if (range > 0 || dash > 0) {
        const Expected<QVariant> lower = valueFromText(column, rest.left(range > 0 ? range : dash));
        const Expected<QVariant> upper = valueFromText(column, rest.mid(range > 0 ? range + 2 : dash + 3));
        if (!lower || !upper)
            return tl::make_unexpected(lower ? upper.error() : lower.error());
        filter.kind = FilterKind::Between;
        filter.value = *lower;
        filter.upper = *upper;
        return filter;
    }

    std::optional<FilterKind> kind;
    for (const Prefix &prefix : prefixes) {
        if (rest.startsWith(prefix.text)) {
            kind = prefix.kind;
            rest = rest.mid(prefix.text.size()).trimmed();
            break;
        }
    }
    const bool byName = (isText || column.isReference()) && !kind;
    if (byName) {
        filter.value = rest;
        return filter;
    }
    const Expected<QVariant> value = valueFromText(column, rest);
    if (!value)
        return tl::make_unexpected(value.error());
    filter.kind = kind.value_or(FilterKind::Equals);
    filter.value = *value;
    return filter;
}

} // namespace desk
