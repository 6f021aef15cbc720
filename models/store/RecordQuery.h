// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Record.h"

#include <QList>

#include <optional>

namespace desk {

enum class FilterKind {
    Contains,
    Equals,
    NotEquals,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Between,
    Empty,
    NotEmpty
};

// One column's condition. For reference columns Contains looks at the name shown, Equals at the id.
struct ColumnFilter {
    int column = 0;
    FilterKind kind = FilterKind::Contains;
    QVariant value; // of the column's type; text for Contains
    QVariant upper; // Between only

    friend bool operator==(const ColumnFilter &, const ColumnFilter &) = default;
};

// What an operator types under a header: "lamp", "=lamp", "!=x", "<= 200", "> 5", "10..20", "empty",
// "!empty". Plain text means "contains" for texts and references, "equals" for the rest. An empty text is no filter.
// InvalidValue if the value does not fit the column.
[[nodiscard]] Expected<std::optional<ColumnFilter>> filterFromText(const EntityType &entity, int column,
                                                                   const QString &text);

// A question for records of one entity.
struct RecordQuery {
    const EntityType *entity = nullptr;
    QString search; // in the searchable columns and the id; every word must be found; empty: all
    QList<ColumnFilter> filters;
    int sortColumn = 0; // ties are broken by id
    Qt::SortOrder sortOrder = Qt::AscendingOrder;

    friend bool operator==(const RecordQuery &, const RecordQuery &) = default;
};

// A record as a table shows it.
struct RecordRow {
    Record record;
    QStringList labels; // per column: what a reference is called; empty text elsewhere

    friend bool operator==(const RecordRow &, const RecordRow &) = default;
};

// Rows offset … offset+limit-1 of a query's result. With `anchor` (the row just before `offset`), the
// database need not count its way there.
struct PageRequest {
    RecordQuery query;
    qint64 offset = 0;
    int limit = 100;
    std::optional<RecordRow> anchor;
};

// One entry of a list to choose a reference from.
struct ReferenceChoice {
    RecordId id;
    QString label;
};

} // namespace desk
