// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Session.h"

#include <QJsonArray>

namespace desk::ctl {
namespace {

QJsonObject columnJson(const Column &column)
{
    QJsonObject json{
        {QStringLiteral("name"), column.name},
        {QStringLiteral("label"), column.label},
        {QStringLiteral("type"), logicalType(column)},
        {QStringLiteral("required"), column.required},
    };
    if (column.isReference())
        json.insert(QStringLiteral("reference"), column.reference);
    if (column.maximumLength)
        json.insert(QStringLiteral("max_len"), *column.maximumLength);
    return json;
}

QJsonObject entityJson(const EntityType &entity)
{
    QJsonArray columns;
    for (const Column &column : entity.columns)
        columns.append(columnJson(column));
    QJsonObject topics;
    for (auto topic = entity.topics.cbegin(); topic != entity.topics.cend(); ++topic)
        topics.insert(verbText(topic.key()), topic.value());
    return {
        {QStringLiteral("name"), entity.name},      {QStringLiteral("table"), entity.table},
        {QStringLiteral("label"), entity.singular}, {QStringLiteral("plural"), entity.plural},
        {QStringLiteral("file"), entity.file},      {QStringLiteral("columns"), columns},
        {QStringLiteral("topics"), topics},
    };
}

ExitCode migrate(Session &session)
{
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());
    // Once more for its answer: the session passes over what was refused, this command does not.
    if (const Expected<> migrated = (*store)->migrate(); !migrated)
        return ExitCode::Failed; // the sentence has been printed
    const QString database = session.workspace().database.toText();
    const auto count = qint64(session.catalog()->entities().size());
    session.output().result(QStringLiteral("%1 is ready: %2 entities.").arg(database).arg(count),
                            {{QStringLiteral("database"), database}, {QStringLiteral("entities"), count}});
    return ExitCode::Done;
}

ExitCode entities(Session &session)
{
    Output &output = session.output();
    TextTable table(output,
                    {{QStringLiteral("entity"), {}},
                     {QStringLiteral("table"), {}},
                     {QStringLiteral("columns"), TextTable::Align::Left, TextTable::AnyWidth}});
    for (const auto &entity : session.catalog()->entities()) {
        if (output.isJson()) {
            output.json(entityJson(*entity));
            continue;
        }
        QStringList names;
        for (const Column &column : entity->columns)
            names.append(column.name);
        table.row({entity->name, entity->table, names.join(QLatin1String(", "))});
    }
    if (!output.isJson())
        table.finish();
    return ExitCode::Done;
}

} // namespace

QList<Command> schemaCommands()
{
    return {
        {QStringLiteral("migrate"),
         {},
         QStringLiteral("Create or grow the database's tables."),
         QStringLiteral("Safe to repeat. Changes that would lose data are refused. The other commands on "
                        "records do this\n"
                        "by themselves."),
         {},
         0,
         0,
         migrate},
        {QStringLiteral("entities"),
         {},
         QStringLiteral("List the entities and their columns."),
         QStringLiteral("Needs no database. With --json also types, references and topics."),
         {},
         0,
         0,
         entities},
    };
}

} // namespace desk::ctl
