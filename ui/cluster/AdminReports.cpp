// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cluster/AdminReports.h"

#include "ui/shell/ProblemsDialog.h"
#include "ui/shell/Theme.h"

#include <QCoreApplication>
#include <QPointer>

namespace desk {

namespace {

struct AdminReports {
    Q_DECLARE_TR_FUNCTIONS(AdminReports)
};

QString countedText(qsizetype count, const AdminReportText &text)
{
    return count == 1 ? AdminReports::tr("1 %1").arg(text.one)
                      : AdminReports::tr("%1 %2").arg(count).arg(text.many);
}

} // namespace

Notice noticeOf(const AdminReport &report, const AdminReportText &text, QWidget *page, Theme &theme)
{
    Notice notice;
    notice.topic = text.topic;
    const QString done = report.done.size() == 1
        ? AdminReports::tr("%1: %2.").arg(report.done.constFirst(), text.done)
        : AdminReports::tr("%1 %2.").arg(countedText(report.done.size(), text), text.done);
    if (report.refused.isEmpty()) {
        notice.kind = report.notTried.isEmpty() ? Notice::Kind::Success : Notice::Kind::Information;
        notice.sentence = report.notTried.isEmpty()
            ? done
            : AdminReports::tr("Stopped. %1 The other %2 are as they were.")
                  .arg(done, countedText(report.notTried.size(), text));
        return notice;
    }
    notice.kind = Notice::Kind::Error;
    const QString first = report.refused.first().sentence;
    notice.sentence = report.done.isEmpty() ? first : AdminReports::tr("%1 %2").arg(done, first);
    if (report.refused.size() + report.notTried.size() < 2)
        return notice;
    QStringList lines;
    for (auto refusal = report.refused.cbegin(); refusal != report.refused.cend(); ++refusal)
        lines.append(AdminReports::tr("%1: %2").arg(refusal.key(), refusal->sentence));
    for (const QString &name : report.notTried)
        lines.append(AdminReports::tr("%1: not tried.").arg(name));
    notice.actionText = AdminReports::tr("Show…");
    notice.action = [page = QPointer<QWidget>(page), theme = QPointer<Theme>(&theme), lines, text] {
        if (!page || !theme)
            return;
        auto *dialog = new ProblemsDialog(
            AdminReports::tr("Not %1").arg(text.done),
            AdminReports::tr("What is listed here was not %1; everything else was.").arg(text.done), lines,
            *theme, page);
        dialog->open();
    };
    return notice;
}

} // namespace desk
