// SPDX-License-Identifier: GPL-3.0-or-later
// Two messages of the live stream beside each other.
#include "ui/streams/MessageComparing.h"

#include "kafka/EmbeddedBroker.h"
#include "tests/kafka/TopicWriter.h"
#include "ui/shell/Theme.h"
#include "ui/streams/DifferenceModel.h"
#include "ui/streams/MessageDetail.h"
#include "ui/streams/MessageDifferenceDialog.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/PreviousMessageDialog.h"
#include "ui/streams/StreamPanel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace desk;

class MessageComparingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
        m_broker = *EmbeddedBroker::start(1);
        QVERIFY(m_broker->create({"payments"}));
        m_writer = std::make_unique<TopicWriter>(m_broker->settings());
        m_panel = std::make_unique<StreamPanel>(m_broker->settings(), EntityCatalog::load(), *m_theme);
        m_panel->setStart({.kind = StreamStart::Kind::Beginning});
        m_panel->setTopics({"payments"});
        m_panel->resize(1200, 400);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        m_writer->write("payments", "7", R"({"id": 7, "state": "new", "card": "4111"})");
        m_writer->write("payments", "8", R"({"id": 8})");
        m_writer->write("payments", "7", R"({"id": 7, "state": "paid", "card": "4222"})");
        QVERIFY(m_writer->flush());
        QTRY_COMPARE(m_panel->table().model()->rowCount(), 3);
    }
    void cleanup()
    {
        m_panel.reset();
        m_writer.reset();
        m_broker.reset();
        m_theme.reset();
    }

    void theModelShowsWhatDiffersOrAll()
    {
        DifferenceModel model;
        const QAbstractItemModelTester tester(&model);
        MessageDifference difference;
        difference.rows = {{.kind = DifferenceRow::Kind::Same, .name = "a", .left = "1", .right = "1"},
                           {.section = DifferenceRow::Section::Value,
                            .kind = DifferenceRow::Kind::Changed,
                            .name = "b",
                            .left = "1",
                            .right = "2"}};
        model.setDifference(difference);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, DifferenceModel::NameColumn).data().toString(), QString("b"));
        QCOMPARE(model.text(), QString("value\tb\t1\t2\tdiffers"));
        model.setShown(DifferenceModel::Shown::All);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, DifferenceModel::StateColumn).data().toString(), QString("same"));
    }

    void comparesTheTwoThatAreSelected()
    {
        QVERIFY(!action("compareSelected").isEnabled());
        select({0, 2});
        QVERIFY(action("compareSelected").isEnabled());
        action("compareSelected").trigger();
        QVERIFY(dialog());
        QTRY_VERIFY(dialog()->model().rowCount() > 0);
        QStringList lines;
        for (const QString &line : dialog()->model().text().split('\n')) {
            if (line.startsWith("value"))
                lines.append(line);
        }
        // The older one on the left, and nothing of what is masked.
        QCOMPARE(lines,
                 (QStringList{"value\tstate\tnew\tpaid\tdiffers",
                              "value\tcard\t••••••\t••••••\tmasked, differs"}));
        QVERIFY2(dialog()->summary().contains("by their fields"), qPrintable(dialog()->summary()));
        const int few = dialog()->model().rowCount();
        dialog()->findChild<QCheckBox *>("onlyDifferences")->click();
        QVERIFY(dialog()->model().rowCount() > few);
        QTest::keyClick(dialog(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QApplication::clipboard()->text().contains("state\tnew\tpaid"));
        QVERIFY(!QApplication::clipboard()->text().contains("4111"));
        const QPointer<MessageDifferenceDialog> gone(dialog());
        dialog()->close();
        QTRY_VERIFY(!gone);
        select({0, 1, 2});
        QVERIFY(!action("compareSelected").isEnabled());
    }

    void comparesWithThePreviousOfTheKey()
    {
        select({0});
        action("comparePrevious").trigger();
        QTRY_VERIFY(dialog() && dialog()->model().rowCount() > 0);
        QVERIFY(dialog()->model().text().contains("state\tnew\tpaid"));
    }

    void findsThePreviousOnTheBrokerWhereItIsNotKept()
    {
        m_panel->clear();
        m_writer->write("payments", "7", R"({"id": 7, "state": "sent", "card": "4111"})");
        QVERIFY(m_writer->flush());
        QTRY_COMPARE(m_panel->table().model()->rowCount(), 1);
        select({0});
        action("comparePrevious").trigger();
        QTRY_VERIFY(searching());
        QVERIFY(!dialog());
        const QPointer<PreviousMessageDialog> offer = searching();
        QVERIFY2(offer->findChild<QLabel *>("previousQuestion")->text().contains("payments"),
                 qPrintable(offer->findChild<QLabel *>("previousQuestion")->text()));
        auto *go = offer->findChild<QPushButton *>("previousGo");
        QTest::mouseClick(go, Qt::LeftButton);
        QCOMPARE(go->text(), QString("Cancel"));
        QTRY_VERIFY(dialog() && dialog()->model().rowCount() > 0);
        QVERIFY(dialog()->model().text().contains("state\tpaid\tsent"));
        QVERIFY(!dialog()->model().text().contains("4222"));
        QTRY_VERIFY(!offer);
    }

    void saysWhenTheBrokerHasNoPrevious()
    {
        select({1});
        action("comparePrevious").trigger();
        QTRY_VERIFY(searching());
        QTest::mouseClick(searching()->findChild<QPushButton *>("previousGo"), Qt::LeftButton);
        auto *status = searching()->findChild<QLabel *>("previousStatus");
        QTRY_COMPARE(status->text(), QString("There is none. Messages looked at: 1."));
        QVERIFY(!dialog());
    }

    void previousIsOfTheRecordsTopicsByTime()
    {
        MessageLog log;
        const auto message = [](const char *topic, int partition, qint64 offset, qint64 time,
                                const char *key) {
            return StreamMessage{.topic = topic,
                                 .partition = partition,
                                 .offset = offset,
                                 .timestamp = time,
                                 .hasKey = true,
                                 .hasValue = true,
                                 .key = key,
                                 .value = "v",
                                 .headers = {}};
        };
        const StreamMessage asked = message("update", 0, 5, 100, "1");
        log.append({message("update", 0, 3, 50, "1"), message("add", 0, 9, 70, "1"),
                    message("other", 0, 1, 90, "1"), message("update", 0, 4, 95, "2"), asked,
                    message("add", 0, 10, 101, "1"), message("update", 0, 6, 60, "1")});
        const quint32 update = log.topicId("update");
        const quint32 add = log.topicId("add");
        QCOMPARE(MessageComparing::previousOfKey(log, asked, {update, add}), qint64(1));
        QCOMPARE(MessageComparing::previousOfKey(log, asked, {update}), qint64(0));
        QCOMPARE(MessageComparing::previousOfKey(log, message("update", 0, 3, 50, "1"), {update, add}),
                 qint64(-1));
    }

private:
    void select(const QList<int> &rows)
    {
        MessageTableView &table = m_panel->table();
        table.setCurrentIndex(table.model()->index(rows.constFirst(), 0));
        for (const int row : rows)
            table.selectionModel()->select(table.model()->index(row, 0),
                                           QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    QAction &action(const QString &name) const { return *m_panel->findChild<QAction *>(name); }
    PreviousMessageDialog *searching() const { return m_panel->findChild<PreviousMessageDialog *>(); }
    MessageDifferenceDialog *dialog() const { return m_panel->findChild<MessageDifferenceDialog *>(); }
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::unique_ptr<TopicWriter> m_writer;
    std::unique_ptr<StreamPanel> m_panel;
};

QTEST_MAIN(MessageComparingTest)
#include "MessageComparingTest.moc"
