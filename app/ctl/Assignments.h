// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/ColumnBinding.h"

#include <QStringList>

namespace desk::ctl {

// One COLUMN=VALUE of "add" and "set". A value.
struct Assignment {
    ColumnBinding binding;
    QString text;
};

// The first word that is no COLUMN=VALUE, or empty if all are.
[[nodiscard]] QString firstNoAssignment(const QStringList &words);

// Reads COLUMN=VALUE words. UnknownColumn, or InvalidValue for a column that is given twice.
[[nodiscard]] Expected<QList<Assignment>> readAssignments(const EntityType &entity, const QStringList &words);

// Puts the values into the record, references looked up; stops at the first that cannot be read.
[[nodiscard]] Expected<> assign(const EntityType &entity, const QList<Assignment> &assignments, Store &store,
                                Record &record);

} // namespace desk::ctl
