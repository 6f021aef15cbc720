// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Session.h"

#include <QSet>

namespace desk::ctl {
namespace {

// How a line of the list stands: refused itself, behind a refused one, or to be published by the relay.
class RefusedStates
{
public:
    QString next(const RefusedEvent &event)
    {
        const std::pair<QString, RecordId> record(event.entity, event.id);
        if (!event.isHeldBack) {
            m_blocked.insert(record);
            return QStringLiteral("refused");
        }
        return m_blocked.contains(record) ? QStringLiteral("held back") : QStringLiteral("on its way");
    }

private:
    QSet<std::pair<QString, RecordId>> m_blocked; // the list is in order
};

ExitCode list(Session &session, Store &store)
{
    const Expected<QList<RefusedEvent>> events = store.refusedEvents();
    if (!events)
        return session.fail(events.error());
    Output &output = session.output();
    using Align = TextTable::Align;
    TextTable table(output,
                    {{QStringLiteral("position"), Align::Right},
                     {QStringLiteral("at"), {}},
                     {QStringLiteral("entity"), {}},
                     {QStringLiteral("id"), {}},
                     {QStringLiteral("state"), {}},
                     {QStringLiteral("reason"), Align::Left, TextTable::AnyWidth}});
    RefusedStates states;
    for (const RefusedEvent &event : *events) {
        const QString state = states.next(event);
        if (output.isJson()) {
            output.json({{QStringLiteral("position"), event.position},
                         {QStringLiteral("at"), event.at.toUTC().toString(Qt::ISODateWithMs)},
                         {QStringLiteral("entity"), event.entity},
                         {QStringLiteral("id"), event.id},
                         {QStringLiteral("state"), state},
                         {QStringLiteral("reason"), event.reason}});
        } else {
            table.row({QString::number(event.position), event.at.toUTC().toString(Qt::ISODate), event.entity,
                       event.id, state, event.reason});
        }
    }
    if (!output.isJson())
        table.finish();
    return ExitCode::Done;
}

ExitCode decide(Session &session, Store &store, const QString &action, const QList<qint64> &positions)
{
    const bool isRetry = action == QLatin1String("retry");
    const Expected<qint64> count = isRetry ? store.retryRefused(positions, session.author())
                                           : store.dropRefused(positions, session.author());
    if (!count)
        return session.fail(count.error());
    session.output().result(isRetry ? QStringLiteral("%1 to be tried again by the relay.").arg(*count)
                                    : QStringLiteral("%1 given up.").arg(*count),
                            {{isRetry ? QStringLiteral("retried") : QStringLiteral("dropped"), *count}});
    return ExitCode::Done;
}

ExitCode refused(Session &session)
{
    const QString action = session.argument(0).isEmpty() ? QStringLiteral("list") : session.argument(0);
    const QStringList words = session.argumentsFrom(1);
    const bool wantsAll = session.isSet("all");
    if (action != QLatin1String("list") && action != QLatin1String("retry")
        && action != QLatin1String("drop"))
        return session.misuse(QStringLiteral("\"%1\" is not list, retry or drop.").arg(action));
    if (wantsAll && action != QLatin1String("retry"))
        return session.misuse(QStringLiteral("--all goes with retry only."));
    if (action == QLatin1String("list") && !words.isEmpty())
        return session.misuse(QStringLiteral("\"list\" takes nothing further."));
    if (action != QLatin1String("list") && words.isEmpty() != wantsAll)
        return session.misuse(wantsAll ? QStringLiteral("Give positions or --all, not both.")
                                       : QStringLiteral("Which positions?"));
    QList<qint64> positions;
    for (const QString &word : words) {
        const std::optional<qint64> position = wholeNumber(word, 1);
        if (!position)
            return session.misuse(QStringLiteral("\"%1\" is no position.").arg(word));
        if (!positions.contains(*position))
            positions.append(*position);
    }
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());
    if (action == QLatin1String("list"))
        return list(session, **store);
    if (wantsAll) {
        const Expected<QList<RefusedEvent>> events = (*store)->refusedEvents();
        if (!events)
            return session.fail(events.error());
        for (const RefusedEvent &event : *events) {
            if (!event.isHeldBack)
                positions.append(event.position);
        }
    }
    return decide(session, **store, action, positions);
}

} // namespace

Command refusedCommand()
{
    return {
        QStringLiteral("refused"),
        QStringLiteral("[list | retry POSITION… | retry --all | drop POSITION…]"),
        QStringLiteral("List events the broker refused; try them again or give them up."),
        QStringLiteral("retry: the relay, wherever it runs, publishes the refused event and then those of "
                       "its record that wait\nbehind it, in order. drop: the event is never published, "
                       "which cannot be taken back; those behind it are.\nWho decided what, and when, is "
                       "kept in the table relay_decision."),
        {{QStringLiteral("all"), {}, QStringLiteral("retry every refused event")}},
        0,
        -1,
        refused};
}

} // namespace desk::ctl
