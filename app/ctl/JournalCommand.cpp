// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Session.h"
#include "app/ctl/StopSignals.h"

#include <QJsonArray>
#include <QLocale>

namespace desk::ctl {
namespace {

// A transaction of some tens of milliseconds: writers do not notice it.
constexpr int removedAtOnce = 2'000;

QString limitText(PrunePlan::Limit limit)
{
    switch (limit) {
    case PrunePlan::Limit::Relay:
        return QStringLiteral("relay");
    case PrunePlan::Limit::RefusedEvent:
        return QStringLiteral("refused event");
    case PrunePlan::Limit::WorkingCopy:
        return QStringLiteral("working copy");
    case PrunePlan::Limit::Retention:
        break;
    }
    return QStringLiteral("retention");
}

QString limitSentence(const PrunePlan &plan)
{
    switch (plan.limit) {
    case PrunePlan::Limit::Relay:
        return QStringLiteral(" What follows is kept: it is not published yet.");
    case PrunePlan::Limit::RefusedEvent:
        return QStringLiteral(" What follows is kept for a refused event; see \"catalogctl refused\".");
    case PrunePlan::Limit::WorkingCopy:
        return QStringLiteral(" What follows is kept for the working copy %1.").arg(plan.workingCopy);
    case PrunePlan::Limit::Retention:
        break;
    }
    return {};
}

// What keeps the journal from being pruned to its end.
QString needSentence(const JournalStatus &status)
{
    const qint64 through = status.prunableThrough();
    if (through >= status.head)
        return QStringLiteral("nothing");
    for (const WorkingCopy &copy : status.workingCopies) {
        if (copy.position == through)
            return QStringLiteral("working copy %1 (last seen %2)")
                .arg(copy.label.isEmpty() ? copy.id : copy.label, copy.seenAt.toString(Qt::ISODate));
    }
    if (status.oldestRefused && *status.oldestRefused - 1 == through)
        return QStringLiteral("the refused event at position %1").arg(*status.oldestRefused);
    return QStringLiteral("the relay, which has published up to position %1").arg(status.relayCursor);
}

ExitCode status(Session &session, Store &store)
{
    const Expected<JournalStatus> status = store.journalStatus();
    if (!status)
        return session.fail(status.error());
    Output &output = session.output();
    const QString oldest = status->rows > 0 ? status->oldestAt.toUTC().toString(Qt::ISODate) : QString();
    if (output.isJson()) {
        QJsonArray copies;
        for (const WorkingCopy &copy : status->workingCopies)
            copies.append(QJsonObject{{QStringLiteral("id"), copy.id},
                                      {QStringLiteral("label"), copy.label},
                                      {QStringLiteral("position"), copy.position},
                                      {QStringLiteral("seenAt"), copy.seenAt.toString(Qt::ISODateWithMs)}});
        output.json({{QStringLiteral("rows"), status->rows},
                     {QStringLiteral("bytes"), status->bytes},
                     {QStringLiteral("oldestPosition"), status->oldestPosition},
                     {QStringLiteral("oldestAt"), oldest},
                     {QStringLiteral("head"), status->head},
                     {QStringLiteral("relayCursor"), status->relayCursor},
                     {QStringLiteral("prunableThrough"), status->prunableThrough()},
                     {QStringLiteral("keptFor"), needSentence(*status)},
                     {QStringLiteral("workingCopies"), copies}});
        return ExitCode::Done;
    }
    const auto line = [&](const QString &name, const QString &value) {
        output.line(name.leftJustified(16) + visible(value));
    };
    line(QStringLiteral("rows"), QString::number(status->rows));
    line(QStringLiteral("size"), QLocale::c().formattedDataSize(status->bytes));
    line(QStringLiteral("oldest"),
         status->rows > 0 ? QStringLiteral("position %1, %2").arg(status->oldestPosition).arg(oldest)
                          : QStringLiteral("none"));
    line(QStringLiteral("head"), QStringLiteral("position %1").arg(status->head));
    line(QStringLiteral("relay cursor"), QStringLiteral("position %1").arg(status->relayCursor));
    for (const WorkingCopy &copy : status->workingCopies)
        line(QStringLiteral("working copy"),
             QStringLiteral("%1 %2, position %3, seen %4")
                 .arg(copy.id, copy.label)
                 .arg(copy.position)
                 .arg(copy.seenAt.toString(Qt::ISODate)));
    line(QStringLiteral("can be pruned"),
         QStringLiteral("through position %1").arg(status->prunableThrough()));
    line(QStringLiteral("kept for"), needSentence(*status));
    return ExitCode::Done;
}

ExitCode prune(Session &session, Store &store, const JournalRetention &retention, const std::stop_token &stop)
{
    const Expected<PrunePlan> plan = store.planPrune(retention);
    if (!plan)
        return session.fail(plan.error());
    const bool isDryRun = session.isSet("dry-run");
    qint64 removed = 0;
    while (!isDryRun && plan->rows > 0 && !stop.stop_requested()) {
        const Expected<qint64> batch = store.pruneJournal(plan->through, removedAtOnce);
        if (!batch)
            return session.fail(batch.error());
        if (*batch == 0)
            break;
        removed += *batch;
        session.output().progress(QStringLiteral("%1 of %2 removed").arg(removed).arg(plan->rows));
    }
    const qint64 count = isDryRun ? plan->rows : removed;
    session.output().result((isDryRun ? QStringLiteral("%1 entries would be removed.").arg(count)
                                      : QStringLiteral("%1 entries removed.").arg(count))
                                + limitSentence(*plan),
                            {{isDryRun ? QStringLiteral("removable") : QStringLiteral("removed"), count},
                             {QStringLiteral("through"), plan->through},
                             {QStringLiteral("limit"), limitText(plan->limit)}});
    return ExitCode::Done;
}

ExitCode forget(Session &session, Store &store, const QString &id)
{
    if (const Expected<> forgotten = store.forgetWorkingCopy(id); !forgotten)
        return session.fail(forgotten.error());
    session.output().result(QStringLiteral("The journal is no longer kept for %1.").arg(id),
                            {{QStringLiteral("forgotten"), id}});
    return ExitCode::Done;
}

ExitCode restored(Session &session, Store &store)
{
    const QString before = store.databaseId();
    const Expected<QString> now = store.renewDatabaseId();
    if (!now)
        return session.fail(now.error());
    session.output().result(
        QStringLiteral("The database was %1 and is %2 from now on. Next, \"catalogctl ingest --once\" brings "
                       "back what the topics still hold.")
            .arg(before, *now),
        {{QStringLiteral("before"), before}, {QStringLiteral("now"), *now}});
    return ExitCode::Done;
}

ExitCode journal(Session &session)
{
    const QString action = session.argument(0);
    const bool isPrune = action == QLatin1String("prune");
    const bool isForget = action == QLatin1String("forget");
    const bool isRestored = action == QLatin1String("restored");
    if (!isPrune && !isForget && !isRestored && action != QLatin1String("status"))
        return session.misuse(QStringLiteral("\"%1\" is not status, prune, forget or restored.").arg(action));
    if (isForget == session.argument(1).isEmpty())
        return session.misuse(isForget ? QStringLiteral("Which working copy?")
                                       : QStringLiteral("\"%1\" is too much.").arg(session.argument(1)));
    JournalRetention retention;
    if (session.isSet("older-than")) {
        const std::optional<qint64> days = wholeNumber(session.value("older-than"), 0);
        if (!days || *days > 100'000)
            return session.misuse(QStringLiteral("--older-than needs a whole number of days."));
        retention.since = QDateTime::currentDateTimeUtc().addDays(-*days);
    }
    if (session.isSet("keep")) {
        retention.rows = wholeNumber(session.value("keep"), 0);
        if (!retention.rows)
            return session.misuse(QStringLiteral("--keep needs a whole number of rows."));
    }
    const bool hasRetention = retention.since || retention.rows;
    if (isPrune != hasRetention || (session.isSet("dry-run") && !isPrune))
        return session.misuse(isPrune ? QStringLiteral("prune needs --older-than DAYS, --keep ROWS or both.")
                                      : QStringLiteral("--older-than, --keep and --dry-run go with prune."));
    const StopSignals stopSignals; // a batch that has begun is finished
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());
    if (isPrune)
        return prune(session, **store, retention, stopSignals.token());
    if (isRestored)
        return restored(session, **store);
    return isForget ? forget(session, **store, session.argument(1)) : status(session, **store);
}

} // namespace

Command journalCommand()
{
    return {
        QStringLiteral("journal"),
        QStringLiteral("status | prune | forget ID | restored"),
        QStringLiteral("Show how large the journal is; remove its oldest entries; go on after a restore."),
        QStringLiteral(
            "prune removes in small portions and never what is not published yet, what a refused event\n"
            "needs, or what a registered working copy has not fetched. With both --older-than and --keep "
            "the one that\nkeeps more counts. forget ID: that working copy will not come back; nothing is "
            "kept for it.\n\n"
            "restored: the database was put back to an older state. Gives it a new id, so that its next "
            "events\n"
            "are not taken for the ones it has lost; nobody else may have it open."),
        {{QStringLiteral("older-than"), QStringLiteral("DAYS"),
          QStringLiteral("remove entries older than that")},
         {QStringLiteral("keep"), QStringLiteral("ROWS"), QStringLiteral("keep the newest so many")},
         {QStringLiteral("dry-run"), {}, QStringLiteral("only say how many would go")}},
        1,
        2,
        journal};
}

} // namespace desk::ctl
