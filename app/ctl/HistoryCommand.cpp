// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/RecordText.h"
#include "app/ctl/Session.h"
#include "models/schema/ColumnText.h"

#include <limits>

namespace desk::ctl {
namespace {

QList<int> changedColumns(const EntityType &entity, const JournalEntry &entry)
{
    QList<int> columns;
    if (!entry.before || !entry.after)
        return columns;
    for (int index = 0; index < entity.columns.size(); ++index) {
        if (!sameValue(entry.before->values[index], entry.after->values[index]))
            columns.append(index);
    }
    return columns;
}

QString changeText(const EntityType &entity, const JournalEntry &entry)
{
    QStringList changes;
    for (const int index : changedColumns(entity, entry)) {
        const Column &column = entity.columns[index];
        changes.append(QStringLiteral("%1: %2 → %3")
                           .arg(column.name, shownValue(column, entry.before->values[index]),
                                shownValue(column, entry.after->values[index])));
    }
    if (!changes.isEmpty())
        return changes.join(QStringLiteral("; "));
    const std::optional<Record> &record = entry.after ? entry.after : entry.before;
    return record ? shownValue(entity.display(), record->values[entity.displayColumn]) : QString();
}

QJsonValue recordOrNull(const EntityType &entity, const std::optional<Record> &record)
{
    return record ? QJsonValue(recordToJson(entity, {*record, {}})) : QJsonValue();
}

QJsonObject entryJson(const EntityType &entity, const JournalEntry &entry)
{
    return {
        {QStringLiteral("position"), entry.position},
        {QStringLiteral("entity"), entry.entity},
        {QStringLiteral("id"), entry.id},
        {QStringLiteral("operation"), operationText(entry.operation)},
        {QStringLiteral("version"), entry.version},
        {QStringLiteral("author"), entry.author},
        {QStringLiteral("origin"), originText(entry.origin)},
        {QStringLiteral("at"), entry.at.toUTC().toString(Qt::ISODateWithMs)},
        {QStringLiteral("before"), recordOrNull(entity, entry.before)},
        {QStringLiteral("after"), recordOrNull(entity, entry.after)},
    };
}

ExitCode history(Session &session)
{
    const std::optional<qint64> limit = session.isSet("limit") ? wholeNumber(session.value("limit"), 1) : 100;
    if (!limit || *limit > std::numeric_limits<int>::max())
        return session.misuse(QStringLiteral("--limit needs a whole number from 1."));
    const Expected<const EntityType *> entity = session.entity(session.argument(0));
    if (!entity)
        return session.fail(entity.error());
    const Expected<RecordId> id = recordIdFromText(**entity, session.argument(1));
    if (!id)
        return session.fail(id.error());
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());
    const Expected<QList<JournalEntry>> entries = (*store)->history((*entity)->name, *id, int(*limit));
    if (!entries)
        return session.fail(entries.error());
    if (entries->isEmpty()) {
        return session.fail({ErrorCode::NotFound,
                             QStringLiteral("There is no history of %1.").arg(recordTitle(**entity, *id)),
                             {},
                             {}});
    }

    Output &output = session.output();
    using Align = TextTable::Align;
    TextTable table(output,
                    {{QStringLiteral("at"), {}},
                     {QStringLiteral("version"), Align::Right},
                     {QStringLiteral("operation"), {}},
                     {QStringLiteral("author"), {}},
                     {QStringLiteral("origin"), {}},
                     {QStringLiteral("change"), Align::Left, TextTable::AnyWidth}});
    for (const JournalEntry &entry : *entries) {
        if (output.isJson())
            output.json(entryJson(**entity, entry));
        else
            table.row({entry.at.toUTC().toString(Qt::ISODate), QString::number(entry.version),
                       operationText(entry.operation), entry.author, originText(entry.origin),
                       changeText(**entity, entry)});
    }
    if (!output.isJson())
        table.finish();
    return ExitCode::Done;
}

} // namespace

Command historyCommand()
{
    return {
        QStringLiteral("history"),
        QStringLiteral("ENTITY ID"),
        QStringLiteral("Show who changed a record, newest first."),
        QStringLiteral("Also of records that are deleted, and of changes made by other programs."),
        {{QStringLiteral("limit"), QStringLiteral("N"), QStringLiteral("at most so many (default: 100)")}},
        2,
        2,
        history};
}

} // namespace desk::ctl
