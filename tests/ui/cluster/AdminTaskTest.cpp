// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of many topics or groups: in portions, stopped between them, reported row by row; and which rows are
// asked about first.
#include "ui/cluster/AdminTask.h"
#include "ui/cluster/AdminReports.h"
#include "ui/cluster/FigureQueue.h"
#include "ui/shell/Theme.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTest>

using namespace desk;

namespace {

QStringList names(int count)
{
    QStringList names;
    for (int number = 0; number < count; ++number)
        names.append(QStringLiteral("topic-%1").arg(number));
    return names;
}

QFuture<Expected<Refusals>> answer(const Expected<Refusals> &outcome)
{
    QPromise<Expected<Refusals>> promise;
    promise.start();
    promise.addResult(outcome);
    promise.finish();
    return promise.future();
}

Error refusal(const QString &sentence)
{
    return {ErrorCode::Broker, sentence, {}, {}};
}

} // namespace

class AdminTaskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_task = std::make_unique<AdminTask>();
        m_reports.clear();
        connect(m_task.get(), &AdminTask::finished, this,
                [this](const AdminReport &report) { m_reports.append(report); });
    }

    void worksInPortionsAndTellsHowFarItIs()
    {
        QSignalSpy progress(m_task.get(), &AdminTask::progressed);
        QList<qsizetype> portions;
        m_task->start(names(60), [&portions](const QStringList &portion) {
            portions.append(portion.size());
            return answer(Refusals{});
        });
        QVERIFY(m_task->isRunning());
        QTRY_COMPARE(m_reports.size(), 1);
        QCOMPARE(portions, (QList<qsizetype>{25, 25, 10}));
        QCOMPARE(m_reports[0].done, names(60));
        QCOMPARE(progress.size(), 3);
        QCOMPARE(progress[2][0].toLongLong(), 50);
        QCOMPARE(progress[2][1].toLongLong(), 60);
        QVERIFY(!m_task->isRunning());
    }

    void stopsBetweenPortions()
    {
        m_task->start(names(60), [this](const QStringList &) {
            m_task->cancel();
            return answer(Refusals{});
        });
        QTRY_COMPARE(m_reports.size(), 1);
        QCOMPARE(m_reports[0].done.size(), 25);
        QCOMPARE(m_reports[0].notTried, names(60).mid(25));
    }

    void goesOnPastSingleRefusalsAndStopsWhenNobodyAnswers()
    {
        int asked = 0;
        m_task->start(names(75), [&asked](const QStringList &) {
            if (asked++ == 0)
                return answer(
                    Refusals{{QStringLiteral("topic-3"), refusal(QStringLiteral("Not this one."))}});
            return answer(tl::make_unexpected(refusal(QStringLiteral("Away."))));
        });
        QTRY_COMPARE(m_reports.size(), 1);
        QCOMPARE(asked, 2);
        QCOMPARE(m_reports[0].done.size(), 24);
        QCOMPARE(m_reports[0].refused.size(), 26);
        QCOMPARE(m_reports[0].refused.value(QStringLiteral("topic-3")).sentence,
                 QStringLiteral("Not this one."));
        QCOMPARE(m_reports[0].notTried.size(), 25);
    }

    void reportsSayWhatWasDoneAndWhatWasNot()
    {
        Theme theme{Theme::Mode::Light};
        QWidget page;
        const AdminReportText text{QStringLiteral("deleted"), QStringLiteral("topic"),
                                   QStringLiteral("topics"), QStringLiteral("topics")};
        const auto sentence = [&](const AdminReport &report) {
            return noticeOf(report, text, &page, theme).sentence;
        };
        QCOMPARE(sentence({{QStringLiteral("orders")}, {}, {}}), QStringLiteral("orders: deleted."));
        QCOMPARE(sentence({names(3), {}, {}}), QStringLiteral("3 topics deleted."));
        QCOMPARE(sentence({names(2), {}, names(1)}),
                 QStringLiteral("Stopped. 2 topics deleted. The other 1 topic are as they were."));
        const Notice failed = noticeOf({names(2),
                                        {{QStringLiteral("a"), refusal(QStringLiteral("No."))},
                                         {QStringLiteral("b"), refusal(QStringLiteral("Neither."))}},
                                        {}},
                                       text, &page, theme);
        QCOMPARE(failed.kind, Notice::Kind::Error);
        QVERIFY(failed.sentence.contains(QStringLiteral("2 topics deleted.")));
        QVERIFY(failed.action); // the list
    }

    void asksAboutWhatIsOnTheScreenFirst()
    {
        FigureQueue queue;
        queue.begin(names(10));
        QCOMPARE(
            queue.take({QStringLiteral("topic-7"), QStringLiteral("topic-8")}, 3),
            (QStringList{QStringLiteral("topic-7"), QStringLiteral("topic-8"), QStringLiteral("topic-0")}));
        // The operator has scrolled on; what was asked is not asked again.
        QCOMPARE(queue.take({QStringLiteral("topic-8"), QStringLiteral("topic-9")}, 2),
                 (QStringList{QStringLiteral("topic-9"), QStringLiteral("topic-1")}));
        QCOMPARE(queue.taken(), 5);
        QCOMPARE(queue.take({}, 100).size(), 5);
        QVERIFY(queue.take({QStringLiteral("topic-1")}, 1).isEmpty());
    }

private:
    std::unique_ptr<AdminTask> m_task;
    QList<AdminReport> m_reports;
};

QTEST_MAIN(AdminTaskTest)
#include "AdminTaskTest.moc"
