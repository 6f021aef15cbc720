// SPDX-License-Identifier: GPL-3.0-or-later
// How far a group is behind, drawn over time.
#include "ui/groups/GroupLagChart.h"
#include "ui/groups/GroupDetailPane.h"
#include "ui/parts/ChartLegend.h"
#include "ui/parts/EmptyState.h"
#include "ui/shell/Theme.h"

#include <QTabWidget>
#include <QTest>

using namespace desk;

class GroupLagChartTest : public QObject
{
    Q_OBJECT

    static GroupDetail detail(qint64 ordersLag, qint64 usersLag)
    {
        GroupDetail detail;
        detail.name = QStringLiteral("billing");
        detail.partitions = {
            {{QStringLiteral("orders"), 0}, 100 - ordersLag, 0, 100, {}},
            {{QStringLiteral("orders"), 1}, 50, 0, 50, {}},
            {{QStringLiteral("orders"), 2}, 4, -1, -1, {}}, // it cannot be said of this one
            {{QStringLiteral("users"), 0}, 100 - usersLag, 0, 100, {}},
        };
        return detail;
    }

private Q_SLOTS:
    void drawsALineForEachTopic()
    {
        GroupDetailPane pane(m_theme, {});
        pane.resize(500, 400);
        pane.show();
        QVERIFY(QTest::qWaitForWindowExposed(&pane));
        auto *chart = pane.findChild<GroupLagChart *>();
        pane.findChild<QTabWidget *>()->setCurrentWidget(chart);
        pane.showGroup(QStringLiteral("billing"));
        QVERIFY(chart->findChild<EmptyState *>()->isVisible());
        pane.showDetail(detail(30, 5));
        QVERIFY(!chart->findChild<EmptyState *>()->isVisible());
        const QList<ChartLine> &lines = chart->chart().lines();
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0].name, QStringLiteral("orders"));
        QCOMPARE(lines[0].points.last().y(), 30.0);
        QCOMPARE(lines[1].points.last().y(), 5.0);
        QCOMPARE(chart->findChild<ChartLegend *>()->names(),
                 (QStringList{QStringLiteral("orders"), QStringLiteral("users")}));
        pane.showGroup(QStringLiteral("another"));
        QVERIFY(chart->chart().lines().isEmpty()); // nothing of the one before
        QVERIFY(chart->findChild<EmptyState *>()->isVisible());
    }

    void aGroupThatIsNotBehindHasALineAtZero()
    {
        GroupLagChart chart(m_theme, nullptr);
        chart.show();
        chart.add(detail(0, 0));
        QCOMPARE(chart.chart().lines().size(), 2);
        QCOMPARE(chart.chart().lines()[0].points.last().y(), 0.0);
    }

private:
    Theme m_theme{Theme::Mode::Light};
};

QTEST_MAIN(GroupLagChartTest)
#include "GroupLagChartTest.moc"
