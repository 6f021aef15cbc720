// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/Session.h"
#include "app/ctl/StopSignals.h"
#include "models/transfer/RecordExport.h"
#include "models/transfer/RecordImport.h"

#include <QDir>

namespace desk::ctl {
namespace {

QString placeText(const QString &file, TextPosition position)
{
    return QStringLiteral("%1:%2:%3").arg(file).arg(position.line).arg(position.column);
}

QString countText(const ImportReport &report, ImportMode mode)
{
    const QString text = mode == ImportMode::DryRun
        ? QStringLiteral("%1 would be added, %2 updated, %3 unchanged, %4 refused; nothing was written.")
        : QStringLiteral("%1 added, %2 updated, %3 unchanged, %4 refused.");
    return text.arg(report.added).arg(report.updated).arg(report.unchanged).arg(report.refusedCount);
}

QJsonObject countJson(const ImportReport &report, ImportMode mode)
{
    return {
        {QStringLiteral("added"), report.added},
        {QStringLiteral("updated"), report.updated},
        {QStringLiteral("unchanged"), report.unchanged},
        {QStringLiteral("refused"), report.refusedCount},
        {QStringLiteral("complete"), report.isComplete()},
        {QStringLiteral("dry_run"), mode == ImportMode::DryRun},
    };
}

ExitCode importFile(Session &session)
{
    const StopSignals stopSignals;
    Output &output = session.output();
    const QString file = QDir::toNativeSeparators(session.argument(1));
    const Expected<const EntityType *> entity = session.entity(session.argument(0));
    if (!entity)
        return session.fail(entity.error());
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());

    ImportOptions options;
    options.author = session.author();
    options.mode = session.isSet("dry-run") ? ImportMode::DryRun : ImportMode::Write;
    options.existing = session.isSet("update") ? ExistingRecords::Update : ExistingRecords::Refuse;
    RecordImport task(**store, **entity, options);
    task.onRefused([&](const RefusedRow &row) {
        output.plainProblem(placeText(file, row.position) + QStringLiteral(": ") + row.sentence);
    });
    const TaskProgress progress{[&](qint64 done, qint64 total) {
                                    if (total > 0)
                                        output.progress(QStringLiteral("%1 %").arg(done * 100 / total));
                                },
                                stopSignals.token()};
    const ImportReport report = task.runFile(session.argument(1), progress);

    const qint64 rows = report.added + report.updated + report.unchanged + report.refusedCount;
    if (!report.failure || rows > 0)
        output.result(countText(report, options.mode), countJson(report, options.mode));
    if (report.isCancelled)
        output.problem(QStringLiteral("The import was cancelled; the rows counted here are written."));
    if (report.failure && report.position)
        output.plainProblem(placeText(file, *report.position) + QStringLiteral(": ")
                            + report.failure->sentence);
    else if (report.failure)
        session.fail(*report.failure);
    return report.isComplete() ? ExitCode::Done : ExitCode::Failed;
}

ExitCode exportFile(Session &session)
{
    const StopSignals stopSignals;
    const Expected<const EntityType *> entity = session.entity(session.argument(0));
    if (!entity)
        return session.fail(entity.error());
    const Expected<Store *> store = session.store();
    if (!store)
        return session.fail(store.error());
    RecordQuery query;
    query.entity = *entity;
    query.sortColumn = (*entity)->idColumn;
    const TaskProgress progress{
        [&](qint64 done, qint64) { session.output().progress(QStringLiteral("%1 records").arg(done)); },
        stopSignals.token()};
    const Expected<qint64> written = exportToFile(**store, query, session.argument(1), progress);
    if (!written)
        return session.fail(written.error());
    session.output().result(
        QStringLiteral("%1 records written to %2.").arg(*written).arg(session.argument(1)),
        {{QStringLiteral("exported"), *written}, {QStringLiteral("file"), session.argument(1)}});
    return ExitCode::Done;
}

} // namespace

QList<Command> transferCommands()
{
    return {
        {QStringLiteral("import"),
         QStringLiteral("ENTITY FILE.csv"),
         QStringLiteral("Add records from a CSV file."),
         QStringLiteral("The first row names the columns, in any order, by name or label; a reference may be "
                        "given by id\n"
                        "(category_id) or by name (category). Without an id column the records are given "
                        "ids. Rows that are\n"
                        "refused are listed on stderr as FILE:LINE:COLUMN: why; the others are written, and "
                        "the exit status is 1."),
         {
             {QStringLiteral("dry-run"), {}, QStringLiteral("only say what would be done")},
             {QStringLiteral("update"), {}, QStringLiteral("update records whose id is there already")},
         },
         2,
         2,
         importFile},
        {QStringLiteral("export"),
         QStringLiteral("ENTITY FILE.csv"),
         QStringLiteral("Write all records to a CSV file."),
         QStringLiteral(
             "A file of that name is replaced once everything is written. Sensitive columns are left out."),
         {},
         2,
         2,
         exportFile},
    };
}

} // namespace desk::ctl
