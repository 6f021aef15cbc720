// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/SendingText.h"

namespace desk::ctl {
namespace {

constexpr qsizetype ReasonsTold = 5;

QString countsText(const SendReport &report)
{
    QString text = QStringLiteral("%1 sent, %2 acknowledged, %3 failed")
                       .arg(report.sent)
                       .arg(report.acknowledged)
                       .arg(report.failed);
    if (report.unanswered() > 0)
        text += QStringLiteral(", %1 without an answer").arg(report.unanswered());
    return text;
}

void tellFailures(Output &output, const SendReport &report)
{
    for (const SendFailure &failure : report.failures.first(qMin(ReasonsTold, report.failures.size())))
        output.problem(
            QStringLiteral("Message %1 was not taken: %2").arg(failure.index + 1).arg(failure.reason));
    if (report.failed > ReasonsTold)
        output.problem(QStringLiteral("And %1 more.").arg(report.failed - ReasonsTold));
}

} // namespace

ExitCode sendAndTell(Session &session, const BrokerSettings &brokers, const MessageSource &source,
                     const SendOptions &options, const std::stop_token &stop, const QJsonObject &details)
{
    Output &output = session.output();
    const Expected<SendReport> report = sendMessages(
        brokers, source, options,
        [&](const SendReport &counts) {
            if (counts.unanswered() > 0)
                output.progress(countsText(counts));
        },
        stop);
    if (!report)
        return session.fail(report.error());
    QJsonObject object = details;
    object.insert(QStringLiteral("sent"), report->sent);
    object.insert(QStringLiteral("acknowledged"), report->acknowledged);
    object.insert(QStringLiteral("failed"), report->failed);
    object.insert(QStringLiteral("unanswered"), report->unanswered());
    if (report->acknowledged > 0)
        object.insert(QStringLiteral("last"),
                      QJsonObject{{QStringLiteral("topic"), report->topic},
                                  {QStringLiteral("partition"), report->partition},
                                  {QStringLiteral("offset"), report->offset}});
    const QString seed = details.value(QStringLiteral("seed")).toString();
    output.result(countsText(*report) + (seed.isEmpty() ? QString() : QStringLiteral("; seed %1").arg(seed))
                      + u'.',
                  object);
    tellFailures(output, *report);
    const bool isStopped = report->isCancelled || stop.stop_requested();
    if (isStopped)
        output.problem(QStringLiteral("Stopped: the rest was not sent."));
    if (report->stopped)
        return session.fail(*report->stopped);
    return isStopped || report->acknowledged < report->sent ? ExitCode::Failed : ExitCode::Done;
}

} // namespace desk::ctl
