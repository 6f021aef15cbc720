// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/RecordText.h"
#include "app/ctl/Session.h"

namespace desk::ctl {
namespace {

// "price: >= 5"; the colon keeps the shell's and the filter's own signs apart from the column.
Expected<std::optional<ColumnFilter>> readCondition(const EntityType &entity, const QString &text)
{
    const qsizetype colon = text.indexOf(QLatin1Char(':'));
    if (colon < 1) {
        return failure(
            ErrorCode::InvalidValue,
            QStringLiteral("\"%1\" is no condition. Write COLUMN:TEXT, for example \"price:<= 200\".")
                .arg(text));
    }
    const Expected<int> column = entity.requireColumn(text.left(colon).trimmed());
    if (!column)
        return tl::make_unexpected(column.error());
    return filterFromText(entity, *column, text.mid(colon + 1));
}

Expected<RecordQuery> readQuery(Session &session, const EntityType &entity)
{
    RecordQuery query;
    query.entity = &entity;
    query.search = session.value("filter");
    query.sortColumn = entity.idColumn;
    for (const QString &text : session.values("where")) {
        const Expected<std::optional<ColumnFilter>> filter = readCondition(entity, text);
        if (!filter)
            return tl::make_unexpected(filter.error());
        if (*filter)
            query.filters.append(**filter);
    }
    QString sort = session.value("sort");
    if (sort.startsWith(QLatin1Char('-'))) {
        query.sortOrder = Qt::DescendingOrder;
        sort.remove(0, 1);
    }
    if (!sort.isEmpty()) {
        const Expected<int> column = entity.requireColumn(sort);
        if (!column)
            return tl::make_unexpected(column.error());
        query.sortColumn = *column;
    }
    return query;
}

ExitCode list(Session &session)
{
    const std::optional<qint64> limit = session.isSet("limit") ? wholeNumber(session.value("limit"), 0)
                                                               : std::nullopt;
    if (session.isSet("limit") && !limit)
        return session.misuse(QStringLiteral("--limit needs a whole number."));
    const Expected<const EntityType *> entity = session.entity(session.argument(0));
    if (!entity)
        return session.fail(entity.error());
    const Expected<RecordQuery> query = readQuery(session, **entity);
    if (!query)
        return session.fail(query.error());
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());

    Output &output = session.output();
    TextTable table(output, tableColumns(**entity));
    qint64 rest = limit.value_or(-1);
    if (rest == 0)
        return ExitCode::Done;
    const Expected<> visited = (*store)->forEach(*query, [&](const RecordRow &row) {
        if (output.isJson())
            output.json(recordToJson(**entity, row));
        else
            table.row(tableCells(**entity, row));
        return --rest != 0 && output.isIntact();
    });
    if (!output.isJson())
        table.finish();
    return visited ? ExitCode::Done : session.fail(visited.error());
}

ExitCode get(Session &session)
{
    const Expected<const EntityType *> entity = session.entity(session.argument(0));
    if (!entity)
        return session.fail(entity.error());
    const Expected<RecordId> id = recordIdFromText(**entity, session.argument(1));
    if (!id)
        return session.fail(id.error());
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());
    const Expected<RecordRow> row = (*store)->fetch(**entity, *id);
    if (!row)
        return session.fail(row.error());
    if (session.output().isJson())
        session.output().json(recordToJson(**entity, *row));
    else
        printRecord(session.output(), **entity, *row);
    return ExitCode::Done;
}

} // namespace

QList<Command> readCommands()
{
    return {
        {QStringLiteral("list"),
         QStringLiteral("ENTITY"),
         QStringLiteral("List records."),
         QStringLiteral("Conditions are what stands under a column's header in the window: \"price:<= 200\", "
                        "\"name:lamp\",\n"
                        "\"stock_quantity:10..20\", \"category_id:Beauty\", \"description:empty\". Several "
                        "must all hold."),
         {
             {QStringLiteral("filter"), QStringLiteral("TEXT"),
              QStringLiteral("only records in which every word is found")},
             {QStringLiteral("where"), QStringLiteral("COLUMN:TEXT"),
              QStringLiteral("only records that meet this condition; may be repeated")},
             {QStringLiteral("sort"), QStringLiteral("COLUMN"),
              QStringLiteral("in this order; -COLUMN: downwards")},
             {QStringLiteral("limit"), QStringLiteral("N"), QStringLiteral("at most so many")},
         },
         1,
         1,
         list},
        {QStringLiteral("get"),
         QStringLiteral("ENTITY ID"),
         QStringLiteral("Show one record."),
         {},
         {},
         2,
         2,
         get},
    };
}

} // namespace desk::ctl
