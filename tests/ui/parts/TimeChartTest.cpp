// SPDX-License-Identifier: GPL-3.0-or-later
// The chart, its axes and its words.
#include "ui/parts/AmountText.h"
#include "ui/parts/ChartLegend.h"
#include "ui/parts/ChartScale.h"
#include "ui/parts/TimeChart.h"
#include "ui/shell/Theme.h"

#include <QCategoryAxis>
#include <QGraphicsLineItem>
#include <QLineSeries>
#include <QTest>

using namespace desk;

namespace {

constexpr qint64 Noon = 1'700'000'000'000;

QString plain(QString text)
{
    return text.replace(QChar(QChar::Nbsp), u' ');
}

} // namespace

class TimeChartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void amountsAreShort_data()
    {
        QTest::addColumn<double>("amount");
        QTest::addColumn<QString>("number");
        QTest::addColumn<QString>("size");
        QTest::newRow("none") << 0.0 << "0"
                              << "0 B";
        QTest::newRow("quarter") << 0.25 << "0.25"
                                 << "0.25 B";
        QTest::newRow("whole") << 12.0 << "12"
                               << "12 B";
        QTest::newRow("hundreds") << 212.4 << "212"
                                  << "212 B";
        QTest::newRow("just below") << 999.4 << "999"
                                    << "999 B";
        QTest::newRow("rounds up") << 999.6 << "1 k"
                                   << "1 kB";
        QTest::newRow("thousands") << 1204.0 << "1.2 k"
                                   << "1.2 kB";
        QTest::newRow("millions") << 34'560'000.0 << "34.6 M"
                                  << "34.6 MB";
    }
    void amountsAreShort()
    {
        QFETCH(double, amount);
        QTEST(plain(compactNumber(amount)), "number");
        QTEST(plain(compactSize(amount)), "size");
    }

    void exactAmountsAreWhole()
    {
        QCOMPARE(plain(exactAmountText(ChartAmount::NumberPerSecond, 1204.4)), QString("1 204/s"));
        QCOMPARE(plain(exactAmountText(ChartAmount::Number, 0.5)), QString("0.5"));
        QCOMPARE(plain(exactAmountText(ChartAmount::Bytes, 212'403)), QString("212 403 B"));
        QCOMPARE(plain(amountText(ChartAmount::BytesPerSecond, 412'000)), QString("412 kB/s"));
    }

    // Grid, labels and lines share one plot, whatever size the chart is given and when.
    void gridFollowsTheSize_data()
    {
        QTest::addColumn<QList<QSize>>("sizes");
        QTest::newRow("grows") << QList<QSize>{{120, 40}, {420, 160}};
        QTest::newRow("shrinks") << QList<QSize>{{420, 160}, {360, 70}};
        QTest::newRow("grows again") << QList<QSize>{{420, 160}, {250, 60}, {700, 150}};
        QTest::newRow("from nothing") << QList<QSize>{{0, 0}, {420, 160}};
    }
    void gridFollowsTheSize()
    {
        QFETCH(QList<QSize>, sizes);
        Theme theme(Theme::Mode::Light);
        TimeChart chart(QString("Messages"), ChartAmount::NumberPerSecond, theme, nullptr);
        const ChartLine line{.name = "orders", .points = {{double(Noon), 5}, {double(Noon + 60'000), 90}}};
        chart.setLines({line}, Noon, Noon + 60'000);
        chart.resize(sizes.first());
        chart.show();
        for (const QSize &size : std::as_const(sizes)) {
            chart.resize(size);
            QCoreApplication::processEvents();
            chart.setLines({line}, Noon, Noon + 60'000); // the labels stay as they are
        }
        QCoreApplication::processEvents();
        const QRectF plot = chart.chart()->plotArea();
        QCOMPARE(plot.right(), chart.width() - 8);
        double lowest = 0;
        double highest = 1e9;
        for (QGraphicsItem *item : chart.scene()->items()) {
            const auto *grid = qgraphicsitem_cast<QGraphicsLineItem *>(item);
            if (!grid || !grid->isVisible() || grid->line().dy() != 0 || grid->line().length() < 20)
                continue;
            const QLineF drawn(grid->mapToScene(grid->line().p1()), grid->mapToScene(grid->line().p2()));
            QVERIFY2(std::abs(drawn.x2() - plot.right()) < 2, qPrintable(QString::number(drawn.x2())));
            lowest = std::max(lowest, drawn.y1());
            highest = std::min(highest, drawn.y1());
        }
        QVERIFY2(std::abs(lowest - plot.bottom()) < 2, qPrintable(QString::number(lowest)));
        QVERIFY2(std::abs(highest - plot.top()) < 2, qPrintable(QString::number(highest)));
    }

    void axesHaveRoundNumbers()
    {
        QCOMPARE(ChartScale::amounts(0, 1), (QList<double>{0, 1}));
        QCOMPARE(ChartScale::amounts(3, 1), (QList<double>{0, 1, 2, 3}));
        QCOMPARE(ChartScale::amounts(100, 1), (QList<double>{0, 50, 100}));
        QCOMPARE(ChartScale::amounts(101, 1), (QList<double>{0, 50, 100, 150}));
        QCOMPARE(ChartScale::amounts(std::numeric_limits<double>::infinity(), 1), (QList<double>{0, 1}));
        for (double most = 0.001; most < 1e15; most *= 1.37) {
            const QList<double> amounts = ChartScale::amounts(most, 1);
            QVERIFY2(amounts.size() >= 2 && amounts.size() <= 5, qPrintable(QString::number(most)));
            QVERIFY(amounts.last() >= most * 0.999999);
            QVERIFY(most < 1 || amounts.last() <= most * 2.5);
        }
    }

    void timesAreThoseOfTheClock()
    {
        for (const qint64 minutes : {1, 5, 15, 60}) {
            const QList<qint64> times = ChartScale::times(Noon + 123, Noon + 123 + minutes * 60'000);
            QVERIFY2(times.size() >= 3 && times.size() <= 6, qPrintable(QString::number(times.size())));
            QVERIFY(times.first() >= Noon + 123);
            const qint64 step = times[1] - times[0];
            for (const qint64 time : times)
                QCOMPARE(time % step, 0);
        }
        // As time moves on a label stays at its time.
        const QList<qint64> before = ChartScale::times(Noon, Noon + 60'000);
        QVERIFY(ChartScale::times(Noon + 1000, Noon + 61'000).contains(before[1]));
    }

    void drawsItsLinesAndSaysTheirValues()
    {
        Theme theme(Theme::Mode::Light);
        TimeChart chart(QStringLiteral("Messages"), ChartAmount::NumberPerSecond, theme, nullptr);
        chart.resize(400, 200);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.setLines(linesOf(120), Noon, Noon + 60'000);
        QCOMPARE(chart.chart()->series().size(), 2);
        QCOMPARE(chart.top(), 150.0);
        QCOMPARE(static_cast<QLineSeries *>(chart.chart()->series()[0])->count(), 3);
        QCOMPARE(chart.momentNear(Noon + 21'000), std::optional(Noon + 20'000));
        QCOMPARE(chart.momentNear(0), std::optional(Noon + 10'000));
        const QStringList values = chart.valuesAt(Noon + 20'000);
        QCOMPARE(values.size(), 3);
        QCOMPARE(values[1], QStringLiteral("a<b>: 120/s"));
        QCOMPARE(values[2], QStringLiteral("b: 5/s"));
        QCOMPARE(chart.valuesAt(Noon + 30'000).size(), 2); // b has none there

        // The line is there to be seen, in its colour.
        const QImage image = chart.grab().toImage();
        QVERIFY(has(image, theme.colours().lines[0]));
        QVERIFY(has(image, theme.colours().lines[1]));
        theme.setMode(Theme::Mode::Dark);
        QVERIFY(has(chart.grab().toImage(), Colours::dark().lines[0]));
        QVERIFY(!has(chart.grab().toImage(), Colours::light().lines[0]));

        // A single value is there to be seen, too: a dot, and not a point.
        theme.setMode(Theme::Mode::Light);
        chart.setLines({{QStringLiteral("a"), 0, ChartLine::Style::Solid, {{double(Noon + 30'000), 60}}}},
                       Noon, Noon + 60'000);
        const QRect plot = chart.chart()->plotArea().toRect();
        const QImage dot = chart.grab().toImage().copy(QRect(plot.center().x() - 6, plot.top() - 6, 12, 12));
        QVERIFY(pixelsOf(dot, theme.colours().lines[0]) >= 9);

        chart.setLines({}, Noon, Noon + 60'000);
        QCOMPARE(chart.chart()->series().size(), 0);
        QVERIFY(!chart.momentNear(Noon));
    }

    // Wherever time stands, a label that is shown is whole.
    void noLabelIsCut()
    {
        Theme theme(Theme::Mode::Light);
        TimeChart chart(QStringLiteral("Messages"), ChartAmount::NumberPerSecond, theme, nullptr);
        chart.resize(240, 150);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        auto *axis = qobject_cast<QCategoryAxis *>(chart.chart()->axes(Qt::Horizontal).value(0));
        QVERIFY(axis);
        const double half = QFontMetricsF(axis->labelsFont()).horizontalAdvance(QStringLiteral("00:00")) / 2;
        for (qint64 second = 0; second < 60; ++second) {
            const qint64 to = Noon + second * 1000;
            chart.setLines(linesOf(120), to - 300'000, to);
            QVERIFY(axis->categoriesLabels().size() >= 3);
            const double last = axis->endValue(axis->categoriesLabels().constLast());
            const double place = chart.chart()->mapToPosition({last, 0}).x();
            QVERIFY2(place + half <= chart.width() + 1, qPrintable(QString::number(place)));
        }
    }

    void mouseAndKeysPointAtAMoment()
    {
        Theme theme(Theme::Mode::Light);
        TimeChart chart(QStringLiteral("Messages"), ChartAmount::NumberPerSecond, theme, nullptr);
        chart.resize(400, 200);
        chart.show();
        QVERIFY(QTest::qWaitForWindowActive(&chart));
        chart.setLines(linesOf(120), Noon, Noon + 60'000);
        const QRectF plot = chart.chart()->plotArea();
        QTest::mouseMove(chart.viewport(),
                         QPoint(int(plot.left() + plot.width() / 3), int(plot.center().y())));
        QTRY_COMPARE(chart.pointedAt(), std::optional(Noon + 20'000));
        QVERIFY2(chart.accessibleDescription().contains(QStringLiteral("b: 5/s")),
                 qPrintable(chart.accessibleDescription()));
        // New values come while the mouse rests.
        chart.setLines(linesOf(130), Noon, Noon + 60'000);
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("130/s")));

        chart.setFocus();
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.pointedAt(), std::optional(Noon + 30'000));
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.pointedAt(), std::optional(Noon + 30'000)); // the last
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(chart.pointedAt(), std::optional(Noon + 20'000));
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!chart.pointedAt());
    }

    void theLegendCountsWhatHasNoRoom()
    {
        Theme theme(Theme::Mode::Light);
        ChartLegend legend(theme, nullptr);
        legend.setLines(linesOf(1));
        QCOMPARE(legend.names(), (QStringList{QStringLiteral("a<b>"), QStringLiteral("b")}));
        legend.resize(300, 20);
        const QImage wide = legend.grab().toImage();
        QVERIFY(has(wide, theme.colours().lines[0]));
        QVERIFY(has(wide, theme.colours().lines[1]));
        legend.resize(70, 20);
        const QImage narrow = legend.grab().toImage();
        QVERIFY(!has(narrow, theme.colours().lines[1]));
    }

private:
    static QList<ChartLine> linesOf(double most)
    {
        return {{QStringLiteral("a<b>"),
                 0,
                 ChartLine::Style::Solid,
                 {{double(Noon + 10'000), 60}, {double(Noon + 20'000), most}, {double(Noon + 30'000), 80}}},
                {QStringLiteral("b"),
                 1,
                 ChartLine::Style::Dashed,
                 {{double(Noon + 10'000), 30}, {double(Noon + 20'000), 5}}}};
    }
    static bool has(const QImage &image, const QColor &colour) { return pixelsOf(image, colour) > 0; }
    static int pixelsOf(const QImage &image, const QColor &colour)
    {
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y);
                const int distance = std::abs(pixel.red() - colour.red())
                    + std::abs(pixel.green() - colour.green()) + std::abs(pixel.blue() - colour.blue());
                count += distance < 24;
            }
        }
        return count;
    }
};

QTEST_MAIN(TimeChartTest)
#include "TimeChartTest.moc"
