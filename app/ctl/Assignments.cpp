// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Assignments.h"

namespace desk::ctl {

QString firstNoAssignment(const QStringList &words)
{
    for (const QString &word : words) {
        if (word.indexOf(QLatin1Char('=')) < 1)
            return word;
    }
    return {};
}

Expected<QList<Assignment>> readAssignments(const EntityType &entity, const QStringList &words)
{
    QList<Assignment> assignments;
    for (const QString &word : words) {
        const qsizetype equals = word.indexOf(QLatin1Char('='));
        const Expected<ColumnBinding> binding = bindColumn(entity, word.left(equals));
        if (!binding)
            return tl::make_unexpected(binding.error());
        for (const Assignment &other : std::as_const(assignments)) {
            if (other.binding.column == binding->column) {
                const QString name = entity.columns[binding->column].name;
                return failure(ErrorCode::InvalidValue,
                               QStringLiteral("The column \"%1\" is given twice.").arg(name), {}, name);
            }
        }
        assignments.append({*binding, word.mid(equals + 1)});
    }
    return assignments;
}

Expected<> assign(const EntityType &entity, const QList<Assignment> &assignments, Store &store,
                  Record &record)
{
    ReferenceLookup references(store);
    for (const Assignment &assignment : assignments) {
        if (assignment.binding.column == entity.idColumn) {
            const Expected<RecordId> id = recordIdFromText(entity, assignment.text);
            if (!id)
                return tl::make_unexpected(id.error());
            setRecordId(entity, record, *id);
            continue;
        }
        Expected<QVariant> value = boundValue(entity, assignment.binding, assignment.text, references);
        if (!value)
            return tl::make_unexpected(value.error());
        record.values[assignment.binding.column] = *std::move(value);
    }
    return {};
}

} // namespace desk::ctl
