// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Assignments.h"
#include "app/ctl/RecordText.h"
#include "app/ctl/Session.h"
#include "models/schema/RecordValidator.h"

namespace desk::ctl {
namespace {

ChangeSet changeSet(const Session &session, const Change &change,
                    OnConflict onConflict = OnConflict::MergeFields)
{
    ChangeSet set;
    set.changes = {change};
    set.author = session.author();
    set.onConflict = onConflict;
    return set;
}

// Every wrong field at once, so that nobody has to try again for each.
ExitCode failAll(Session &session, const QList<Error> &errors)
{
    for (const Error &error : errors)
        session.fail(error);
    return ExitCode::Failed;
}

// The record as it is now, in the format asked for.
ExitCode show(Session &session, Store &store, const EntityType &entity, const RecordId &id,
              const QString &text)
{
    Output &output = session.output();
    if (!output.isJson()) {
        output.line(text);
        return ExitCode::Done;
    }
    const Expected<RecordRow> row = store.fetch(entity, id);
    if (!row)
        return session.fail(row.error());
    output.json(recordToJson(entity, *row));
    return ExitCode::Done;
}

// The version of --version, 0 without it; empty: it is no number.
std::optional<qint64> wantedVersion(const Session &session)
{
    return session.isSet("version") ? wholeNumber(session.value("version"), 1) : 0;
}

Error staleVersion(const EntityType &entity, const Record &record, qint64 version)
{
    return {ErrorCode::Conflict,
            QStringLiteral("%1 is no longer at version %2: it is at version %3 now. Nothing was changed.")
                .arg(recordTitle(entity, record.id))
                .arg(version)
                .arg(record.version),
            {},
            {}};
}

ExitCode add(Session &session)
{
    const QStringList words = session.argumentsFrom(1);
    if (const QString wrong = firstNoAssignment(words); !wrong.isEmpty())
        return session.misuse(QStringLiteral("\"%1\" is no COLUMN=VALUE.").arg(wrong));
    const Expected<const EntityType *> entity = session.entity(session.argument(0));
    if (!entity)
        return session.fail(entity.error());
    const Expected<QList<Assignment>> assignments = readAssignments(**entity, words);
    if (!assignments)
        return session.fail(assignments.error());
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());

    Record record = blankRecord(**entity);
    if (const Expected<> assigned = assign(**entity, *assignments, **store, record); !assigned)
        return session.fail(assigned.error());
    if (const QList<Error> errors = validateRecord(**entity, record); !errors.isEmpty())
        return failAll(session, errors);
    const Expected<QList<AppliedChange>> applied = (*store)->apply(
        changeSet(session, addition(**entity, record)));
    if (!applied)
        return session.fail(applied.error());
    const RecordId id = applied->constFirst().id();
    return show(session, **store, **entity, id, QStringLiteral("Added %1.").arg(recordTitle(**entity, id)));
}

ExitCode set(Session &session)
{
    const QStringList words = session.argumentsFrom(2);
    if (const QString wrong = firstNoAssignment(words); !wrong.isEmpty())
        return session.misuse(QStringLiteral("\"%1\" is no COLUMN=VALUE.").arg(wrong));
    const std::optional<qint64> version = wantedVersion(session);
    if (!version)
        return session.misuse(QStringLiteral("--version needs a whole number from 1."));
    const Expected<const EntityType *> entity = session.entity(session.argument(0));
    if (!entity)
        return session.fail(entity.error());
    const Expected<RecordId> id = recordIdFromText(**entity, session.argument(1));
    if (!id)
        return session.fail(id.error());
    const Expected<QList<Assignment>> assignments = readAssignments(**entity, words);
    if (!assignments)
        return session.fail(assignments.error());
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());

    const Expected<RecordRow> before = (*store)->fetch(**entity, *id);
    if (!before)
        return session.fail(before.error());
    // Also when the values are the same already: the caller has seen another record than this one.
    if (*version > 0 && before->record.version != *version)
        return session.fail(staleVersion(**entity, before->record, *version));
    Record after = before->record;
    if (const Expected<> assigned = assign(**entity, *assignments, **store, after); !assigned)
        return session.fail(assigned.error());
    if (after.id != *id)
        return session.fail(
            {ErrorCode::InvalidValue, QStringLiteral("The id of a record cannot be changed."), {}, {}});
    const Change change = update(**entity, before->record, after);
    for (const FieldChange &field : change.fields) {
        if ((*entity)->columns[field.column].readOnly)
            return session.fail(readOnlyColumn((*entity)->columns[field.column]));
    }
    if (change.fields.isEmpty())
        return show(session, **store, **entity, *id,
                    QStringLiteral("%1 has these values already.").arg(recordTitle(**entity, *id)));
    const OnConflict onConflict = *version > 0 ? OnConflict::Refuse : OnConflict::MergeFields;
    const Expected<QList<AppliedChange>> applied = (*store)->apply(changeSet(session, change, onConflict));
    if (!applied)
        return session.fail(applied.error());
    return show(session, **store, **entity, *id,
                QStringLiteral("Changed %1.").arg(recordTitle(**entity, *id)));
}

void reportDeletion(Session &session, const QList<AppliedChange> &applied)
{
    Output &output = session.output();
    for (const AppliedChange &change : applied) {
        const bool isDeletion = change.operation == Operation::Delete;
        output.result(
            (isDeletion ? QStringLiteral("Deleted %1.") : QStringLiteral("Changed %1, which referred to it."))
                .arg(recordTitle(*change.entity, change.id())),
            {{QStringLiteral("operation"), operationText(change.operation)},
             {QStringLiteral("entity"), change.entity->name},
             {QStringLiteral("id"), change.id()}});
    }
}

ExitCode remove(Session &session)
{
    const std::optional<qint64> version = wantedVersion(session);
    if (!version)
        return session.misuse(QStringLiteral("--version needs a whole number from 1."));
    const Expected<const EntityType *> entity = session.entity(session.argument(0));
    if (!entity)
        return session.fail(entity.error());
    const Expected<RecordId> id = recordIdFromText(**entity, session.argument(1));
    if (!id)
        return session.fail(id.error());
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());
    const Expected<RecordRow> before = (*store)->fetch(**entity, *id);
    if (!before)
        return session.fail(before.error());
    if (*version > 0 && before->record.version != *version)
        return session.fail(staleVersion(**entity, before->record, *version));
    const Expected<QList<AppliedChange>> applied = (*store)->apply(
        changeSet(session, deletion(**entity, before->record), OnConflict::Refuse));
    if (!applied)
        return session.fail(applied.error());
    reportDeletion(session, *applied);
    return ExitCode::Done;
}

} // namespace

QList<Command> editCommands()
{
    const Option version{QStringLiteral("version"), QStringLiteral("N"),
                         QStringLiteral("only if the record is still at this version")};
    const QString values = QStringLiteral(
        "A reference takes an id (category_id=3) or a name (category=Beauty).");
    return {
        {QStringLiteral("add"),
         QStringLiteral("ENTITY COLUMN=VALUE…"),
         QStringLiteral("Add a record."),
         values + QStringLiteral(" Without id=… the record is given one."),
         {},
         2,
         -1,
         add},
        {QStringLiteral("set"),
         QStringLiteral("ENTITY ID COLUMN=VALUE…"),
         QStringLiteral("Change fields of a record."),
         values,
         {version},
         3,
         -1,
         set},
        {QStringLiteral("delete"),
         QStringLiteral("ENTITY ID"),
         QStringLiteral("Delete a record."),
         QStringLiteral("What else is deleted or changed with it, as the entities describe it, is listed."),
         {version},
         2,
         2,
         remove},
    };
}

} // namespace desk::ctl
