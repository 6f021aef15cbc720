// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Session.h"
#include "kafka/Publisher.h"

namespace desk::ctl {
namespace {

Expected<QList<RecordId>> readIds(const EntityType &entity, const QStringList &texts)
{
    QList<RecordId> ids;
    for (const QString &text : texts) {
        const Expected<RecordId> id = recordIdFromText(entity, text);
        if (!id)
            return tl::make_unexpected(id.error());
        ids.append(*id);
    }
    return ids;
}

// publishRecords sends those that exist; whoever asked for others is told.
Expected<> requireAll(Store &store, const EntityType &entity, const QList<RecordId> &ids)
{
    for (const RecordId &id : ids) {
        if (const Expected<RecordRow> row = store.fetch(entity, id); !row)
            return tl::make_unexpected(row.error());
    }
    return {};
}

ExitCode publish(Session &session)
{
    if (session.workspace().brokers.embedded)
        return session.misuse(withinWindowOnly);
    const QString what = session.argument(0);
    const bool isList = what == QLatin1String("list");
    if (!isList && what != QLatin1String("get"))
        return session.misuse(QStringLiteral("\"%1\" cannot be published; list and get can.").arg(what));
    if (isList && !session.argument(2).isEmpty())
        return session.misuse(QStringLiteral("A list holds every record; name ids with \"publish get\"."));
    if (!isList && session.argument(2).isEmpty())
        return session.misuse(QStringLiteral("\"publish get\" needs the ids of the records."));
    const Expected<const EntityType *> entity = session.entity(session.argument(1));
    if (!entity)
        return session.fail(entity.error());
    const Expected<QList<RecordId>> ids = readIds(**entity, session.argumentsFrom(2));
    if (!ids)
        return session.fail(ids.error());
    const Expected<BrokerSettings> brokers = session.writableBrokers();
    if (!brokers)
        return session.fail(brokers.error());
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());
    if (const Expected<> known = requireAll(**store, **entity, *ids); !known)
        return session.fail(known.error());

    const Expected<qint64> published = isList ? publishList(**store, **entity, *brokers)
                                              : publishRecords(**store, **entity, *ids, *brokers);
    if (!published)
        return session.fail(published.error());
    const QString topic = (*entity)->topics.value(isList ? Verb::List : Verb::Get);
    session.output().result(QStringLiteral("Published %1 messages to %2.").arg(*published).arg(topic),
                            {{QStringLiteral("published"), *published}, {QStringLiteral("topic"), topic}});
    return ExitCode::Done;
}

} // namespace

Command publishCommand()
{
    return {QStringLiteral("publish"),
            QStringLiteral("list|get ENTITY [ID…]"),
            QStringLiteral("Publish records as they are to the list or get topic."),
            QStringLiteral("\"publish list ENTITY\" sends all records to the entity's list topic, \"publish "
                           "get ENTITY ID…\" sends\n"
                           "single ones to its get topic. Changes are published by \"relay\"."),
            {},
            2,
            -1,
            publish};
}

} // namespace desk::ctl
