// SPDX-License-Identifier: GPL-3.0-or-later
// The charts of the live stream on the in-process broker, with mouse and keys.
#include "ui/streams/StreamCharts.h"

#include "kafka/EmbeddedBroker.h"
#include "tests/kafka/TopicWriter.h"
#include "ui/parts/ChartLegend.h"
#include "ui/parts/ChartPane.h"
#include "ui/parts/EmptyState.h"
#include "ui/shell/Theme.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/StreamBody.h"
#include "ui/streams/StreamPanel.h"
#include "ui/streams/StreamReading.h"

#include <QComboBox>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace desk;

class StreamChartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
        m_broker = *EmbeddedBroker::start(2);
        QVERIFY(m_broker->create({QStringLiteral("letters"), QStringLiteral("numbers")}));
        m_writer = std::make_unique<TopicWriter>(m_broker->settings());
        open();
    }
    void cleanup()
    {
        m_panel.reset();
        m_writer.reset();
        m_broker.reset();
        m_theme.reset();
    }

    void areFoldedUntilTheyAreWanted()
    {
        QVERIFY(!charts().isVisible());
        QVERIFY(m_panel->table().isVisible());
        QTest::keyClick(&m_panel->table(), Qt::Key_H, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(charts().isVisible());
        QVERIFY(m_panel->table().isVisible()); // there is room for both
        QVERIFY(charts().findChild<EmptyState *>()->isVisible());
        QTest::mouseClick(m_panel->findChild<QToolButton *>(QStringLiteral("streamShowCharts")),
                          Qt::LeftButton);
        QVERIFY(!charts().isVisible());
    }

    void standInTheTablesPlaceWhereThereIsNoRoom()
    {
        m_panel->table().setFocus();
        QTest::keyClick(&m_panel->table(), Qt::Key_H, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(m_panel->table().isVisible());
        m_panel->resize(1100, 230); // as the dock is
        QTRY_VERIFY(!m_panel->table().isVisible());
        QVERIFY(charts().isAncestorOf(QApplication::focusWidget())); // not lost with the table
        // A message that is asked for is shown all the same.
        write("letters", 3, 10);
        QTRY_COMPARE(m_panel->session().log()->endRow(), 3);
        m_panel->showMessage(1);
        QVERIFY(m_panel->table().isVisible());
        QVERIFY(!charts().isVisible());
    }

    void drawWhatArrives()
    {
        m_panel->body().setChartsShown(true);
        write("letters", 40, 100);
        write("numbers", 10, 500);
        QTRY_COMPARE(m_panel->session().log()->endRow(), 50);
        charts().look();
        QVERIFY(!charts().findChild<EmptyState *>()->isVisible());
        QCOMPARE(
            charts().findChild<ChartLegend *>()->names(),
            (QStringList{QStringLiteral("letters"), QStringLiteral("numbers"), QStringLiteral("largest")}));
        const QList<ChartLine> sizes = chart("sizeChart").lines();
        QCOMPARE(sizes[0].name, QStringLiteral("letters"));
        QCOMPARE(sizes[0].points.last().y(), 101.0); // the key has one byte
        QCOMPARE(sizes[1].points.last().y(), 501.0);
        QCOMPARE(sizes[2].points.last().y(), 501.0);
        double messages = 0;
        const auto looks = charts().history().intervals(0, QDateTime::currentMSecsSinceEpoch() + 1, 1);
        for (const auto &look : looks)
            messages += double(look.total().messages);
        QCOMPARE(messages, 50.0);
        double most = 0;
        for (const QPointF &point : chart("messagesChart").lines()[0].points)
            most = std::max(most, point.y());
        QVERIFY(most > 0);
        QVERIFY(chart("messagesChart").top() >= most);
    }

    void tellHowFarReadingIsBehind()
    {
        write("letters", 40, 10);
        QTRY_COMPARE(m_panel->session().log()->endRow(), 40);
        charts().look();
        m_panel->body().setChartsShown(true);
        QCOMPARE(chart("lagChart").lines()[0].points.last().y(), 0.0);
        QCOMPARE(charts()
                     .findChild<ChartPane *>(QStringLiteral("lagChart"))
                     ->findChild<QLabel *>(QStringLiteral("chartNow"))
                     ->text(),
                 QStringLiteral("0"));
    }

    void goOnWhenReadingBeginsAnew()
    {
        write("letters", 30, 10);
        QTRY_COMPARE(m_panel->session().log()->endRow(), 30);
        charts().look();
        StreamStart beginning;
        beginning.kind = StreamStart::Kind::Beginning;
        m_panel->setStart(beginning);
        QTRY_COMPARE(m_panel->session().log()->endRow(), 30);
        QTRY_COMPARE(total(), 60); // they have arrived twice
    }

    void areKeptOverARestart()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("settings.ini"));
        m_panel->keepIn(file, QStringLiteral("shop"));
        QVERIFY(!m_panel->body().areChartsShown());
        m_panel->body().setChartsShown(true);
        auto *span = charts().findChild<QComboBox *>(QStringLiteral("chartMinutes"));
        span->setCurrentIndex(span->findData(15));
        open();
        m_panel->keepIn(file, QStringLiteral("shop"));
        QVERIFY(m_panel->body().areChartsShown());
        QVERIFY(charts().isVisible());
        QCOMPARE(charts().minutes(), 15);
        open();
        m_panel->keepIn(file, QStringLiteral("other"));
        QVERIFY(!m_panel->body().areChartsShown());
    }

private:
    void open()
    {
        m_panel = std::make_unique<StreamPanel>(m_broker->settings(), EntityCatalog::load(), *m_theme);
        m_panel->setTopics({QStringLiteral("letters"), QStringLiteral("numbers")});
        m_panel->resize(1100, 600);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        QTRY_COMPARE(m_panel->session().state(), StreamSession::State::Reading);
    }
    void write(const QString &topic, int count, int size)
    {
        for (int number = 0; number < count; ++number)
            m_writer->write(topic, "k", QByteArray(size, 'x'));
        QVERIFY(m_writer->flush());
    }
    [[nodiscard]] qint64 total() const
    {
        charts().look();
        qint64 messages = 0;
        const auto looks = charts().history().intervals(0, QDateTime::currentMSecsSinceEpoch() + 1, 1);
        for (const auto &look : looks)
            messages += look.total().messages;
        return messages;
    }
    [[nodiscard]] StreamCharts &charts() const { return *m_panel->findChild<StreamCharts *>(); }
    [[nodiscard]] TimeChart &chart(const char *name) const
    {
        return charts().findChild<ChartPane *>(QLatin1String(name))->chart();
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::unique_ptr<TopicWriter> m_writer;
    std::unique_ptr<StreamPanel> m_panel;
};

QTEST_MAIN(StreamChartsTest)
#include "StreamChartsTest.moc"
