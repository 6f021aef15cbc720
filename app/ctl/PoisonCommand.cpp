// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Session.h"
#include "kafka/Ingest.h"

namespace desk::ctl {
namespace {

constexpr int MostListed = 10'000;

QString placeText(const TopicMessage &message)
{
    return QStringLiteral("%1/%2/%3").arg(message.topic).arg(message.partition).arg(message.offset);
}

QJsonValue base64(const std::optional<QByteArray> &bytes)
{
    return bytes ? QJsonValue(QString::fromLatin1(bytes->toBase64())) : QJsonValue();
}

ExitCode list(Session &session, const QList<PoisonMessage> &messages)
{
    Output &output = session.output();
    using Align = TextTable::Align;
    TextTable table(output,
                    {{QStringLiteral("id"), Align::Right},
                     {QStringLiteral("topic/partition/offset"), {}},
                     {QStringLiteral("bytes"), Align::Right},
                     {QStringLiteral("reason"), Align::Left, TextTable::AnyWidth}});
    for (const PoisonMessage &poison : messages) {
        const TopicMessage &message = poison.message;
        if (output.isJson()) {
            output.json({{QStringLiteral("id"), poison.id},
                         {QStringLiteral("topic"), message.topic},
                         {QStringLiteral("partition"), message.partition},
                         {QStringLiteral("offset"), message.offset},
                         {QStringLiteral("key"), base64(message.key)},
                         {QStringLiteral("value"), base64(message.value)},
                         {QStringLiteral("at"), message.at.toString(Qt::ISODateWithMs)},
                         {QStringLiteral("reason"), poison.reason}});
        } else {
            table.row({QString::number(poison.id), placeText(message),
                       message.value ? QString::number(message.value->size()) : QStringLiteral("–"),
                       poison.reason});
        }
    }
    if (!output.isJson())
        table.finish();
    return ExitCode::Done;
}

ExitCode retry(Session &session, Store &store, const QList<PoisonMessage> &messages)
{
    const Expected<IngestOutcome> outcome = retryPoison(store, messages);
    if (!outcome)
        return session.fail(outcome.error());
    const qint64 gone = messages.size() - outcome->poison;
    session.output().result(QStringLiteral("%1 done, %2 still poison.").arg(gone).arg(outcome->poison),
                            {{QStringLiteral("done"), gone}, {QStringLiteral("poison"), outcome->poison}});
    return outcome->poison == 0 ? ExitCode::Done : ExitCode::Failed;
}

ExitCode poison(Session &session)
{
    const QString action = session.argument(0).isEmpty() ? QStringLiteral("list") : session.argument(0);
    const bool isList = action == QLatin1String("list");
    if (!isList && action != QLatin1String("retry") && action != QLatin1String("drop"))
        return session.misuse(QStringLiteral("poison does \"list\", \"retry\" or \"drop\"."));
    QList<qint64> ids;
    for (const QString &word : session.argumentsFrom(1)) {
        const std::optional<qint64> id = wholeNumber(word, 1);
        if (!id || isList)
            return session.misuse(QStringLiteral("\"%1\" is no id of a poison message.").arg(word));
        ids.append(*id);
    }
    if (!isList && ids.isEmpty() != session.isSet("all"))
        return session.misuse(QStringLiteral("Name the messages by their ids, or say --all."));
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());
    const Expected<QList<PoisonMessage>> all = (*store)->ingest().poison(MostListed);
    if (!all)
        return session.fail(all.error());
    if (isList)
        return list(session, *all);

    QList<PoisonMessage> chosen;
    for (const PoisonMessage &message : *all) {
        if (session.isSet("all") || ids.removeOne(message.id))
            chosen.append(message);
    }
    if (!ids.isEmpty())
        return session.fail({ErrorCode::NotFound,
                             QStringLiteral("There is no poison message %1.").arg(ids.constFirst()),
                             {},
                             {}});
    if (action == QLatin1String("retry"))
        return retry(session, **store, chosen);
    for (const PoisonMessage &message : std::as_const(chosen))
        ids.append(message.id);
    if (const Expected<> dropped = (*store)->ingest().dropPoison(ids); !dropped)
        return session.fail(dropped.error());
    session.output().result(QStringLiteral("%1 dropped.").arg(ids.size()),
                            {{QStringLiteral("dropped"), ids.size()}});
    return ExitCode::Done;
}

} // namespace

Command poisonCommand()
{
    return {QStringLiteral("poison"),
            QStringLiteral("[list|retry ID…|drop ID…]"),
            QStringLiteral("Messages from topics that could not be applied."),
            QStringLiteral(
                "list shows them with their reasons (--json: with their bytes); retry applies them now, "
                "after a fix;\n"
                "drop gives them up."),
            {{QStringLiteral("all"), {}, QStringLiteral("retry or drop all of them")}},
            0,
            -1,
            poison};
}

} // namespace desk::ctl
