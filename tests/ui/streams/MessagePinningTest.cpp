// SPDX-License-Identifier: GPL-3.0-or-later
// Messages that are kept while the stream drops and clears.
#include "ui/streams/MessagePinning.h"

#include "kafka/EmbeddedBroker.h"
#include "tests/kafka/TopicWriter.h"
#include "ui/produce/MessageExportDialog.h"
#include "ui/shell/Theme.h"
#include "ui/streams/DifferenceModel.h"
#include "ui/streams/MessageDetail.h"
#include "ui/streams/MessageDifferenceDialog.h"
#include "ui/streams/MessageFilterField.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/PinnedBand.h"
#include "ui/streams/StreamPanel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class MessagePinningTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_theme = std::make_unique<Theme>(Theme::Mode::Light); }
    void cleanup()
    {
        m_panel.reset();
        m_writer.reset();
        m_broker.reset();
        m_theme.reset();
    }

    void aPinnedMessageOutlivesASmallLog()
    {
        const auto log = std::make_shared<MessageLog>(MessageLog::Bounds{.rows = 20, .bytes = 1 << 20});
        MessageTableModel model(log, nullptr);
        QWidget window;
        MessageTableView table(*m_theme, &window);
        table.setModel(&model);
        const MessagePinning pinning(table, model, log, *m_theme, &window);
        const QAbstractItemModelTester tester(&pinning.model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        log->append(numbered(0, 5));
        model.update();
        table.selectRow(4); // the oldest
        pinning.actions()[0]->trigger();
        log->append(numbered(5, 500));
        model.update();
        QCOMPARE(log->message(0).offset, -1);
        QCOMPARE(pinning.model().rowCount(), 1);
        QCOMPARE(pinning.model().message(0).value, numbered(0, 1)[0].value);
        QCOMPARE(pinning.model().decoded(0).fields.value(0).second, QString("0"));
    }

    void beyondTheBoundItSaysSo()
    {
        const auto log = std::make_shared<MessageLog>();
        MessageTableModel model(log, nullptr);
        QWidget window;
        MessageTableView table(*m_theme, &window);
        table.setModel(&model);
        MessagePinning pinning(table, model, log, *m_theme, &window, {.messages = 3, .bytes = 1 << 20});
        log->append(numbered(0, 10));
        model.update();
        table.selectAll();
        table.selectionModel()->setCurrentIndex(model.index(0, 0), QItemSelectionModel::NoUpdate);
        pinning.actions()[0]->trigger();
        QCOMPARE(pinning.messages().count(), 0);
        auto *problem = window.findChild<QLabel *>("pinnedProblem");
        QVERIFY2(problem->text().contains("can be pinned"), qPrintable(problem->text()));
        QVERIFY(!pinning.band().isHidden());
        table.selectRow(2);
        pinning.actions()[0]->trigger();
        QCOMPARE(pinning.messages().count(), 1);
        QVERIFY(problem->text().isEmpty());
    }

    void stayAfterClearAndOpenCompareAndExport()
    {
        openPanel();
        for (int id = 1; id <= 4; ++id)
            m_writer->write("notes", "k",
                            "{\"id\": " + QByteArray::number(id) + ", \"password\": \"hunter2\"}");
        QTRY_COMPARE(rows(), 4);
        MessagePinning &pinning = m_panel->pinning();
        QVERIFY(pinning.band().isHidden());
        QVERIFY(!action("showPinned")->isEnabled());
        table().selectRow(3);
        table().selectionModel()->select(table().model()->index(2, 0),
                                         QItemSelectionModel::Select | QItemSelectionModel::Rows);
        action("pinMessage")->trigger();
        QVERIFY2(bandText().startsWith("2 "), qPrintable(bandText()));
        QVERIFY(action("pinMessage")->text().startsWith("Unp"));

        m_panel->clear();
        QCOMPARE(rows(), 0);
        action("showPinned")->trigger();
        QCOMPARE(rows(), 2);
        QCOMPARE(table().model(), &pinning.model());
        table().selectRow(1);
        QVERIFY(m_panel->detail().isVisible());
        QVERIFY(m_panel->detail().message().value.contains("\"id\": 1"));
        QCOMPARE(m_panel->detail().decoded().fields.value(1).second, MaskedValue.toString());

        table().selectAll();
        action("compareSelected")->trigger();
        auto *difference = m_panel->findChild<MessageDifferenceDialog *>();
        QVERIFY(difference);
        difference->close();

        const QTemporaryDir folder;
        exportAll(folder.filePath("pinned.jsonl"));
        QFile file(folder.filePath("pinned.jsonl"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QCOMPARE(text.count('\n'), 2);
        QVERIFY2(text.contains("\"id\":1") && !text.contains("hunter2"), text);

        table().selectRow(0);
        action("pinMessage")->trigger(); // unpins
        QCOMPARE(rows(), 1);
        action("unpinAll")->trigger();
        QVERIFY(pinning.band().isHidden());
        QVERIFY(table().model() != &pinning.model()); // back to the stream
        QVERIFY(!m_panel->detail().isVisible());
    }

    void aLiveMessageIsComparedWithAPinnedOne()
    {
        openPanel();
        for (int id = 1; id <= 3; ++id)
            m_writer->write("notes", "k" + QByteArray::number(id),
                            "{\"id\": " + QByteArray::number(id) + "}");
        QTRY_COMPARE(rows(), 3);
        table().selectRow(2); // the oldest, id 1
        QVERIFY(!action("comparePinned")->isEnabled());
        action("pinMessage")->trigger();
        QVERIFY(!action("comparePinned")->isEnabled()); // there is only itself
        table().selectRow(0);
        QVERIFY(action("comparePinned")->isEnabled());
        QVERIFY(table().actions().contains(action("comparePinned"))); // in the row's menu
        action("comparePinned")->trigger();
        QVERIFY2(differences().contains("id\t1\t3"), qPrintable(differences()));
    }

    void whichPinnedOneIsAskedWhereThereAreSeveral()
    {
        openPanel();
        for (int id = 1; id <= 4; ++id)
            m_writer->write("notes", "k" + QByteArray::number(id),
                            "{\"id\": " + QByteArray::number(id) + ", \"password\": \"hunter2\"}");
        QTRY_COMPARE(rows(), 4);
        for (const int row : {3, 2, 1}) {
            table().selectRow(row);
            action("pinMessage")->trigger();
        }
        action("showPinned")->trigger();
        table().selectRow(1); // id 2 is looked at
        action("showPinned")->trigger();
        table().selectRow(0);
        action("comparePinned")->trigger();
        auto *menu = m_panel->findChild<QMenu *>("pinnedToCompare");
        QVERIFY(menu && menu->isVisible());
        QCOMPARE(menu->actions().size(), 3);
        QVERIFY2(menu->actions()[0]->text().contains("k2"), qPrintable(menu->actions()[0]->text()));
        for (const QAction *entry : menu->actions())
            QVERIFY(!entry->text().contains("hunter2"));
        QTest::keyClick(menu, Qt::Key_Return); // the first is offered
        QVERIFY2(differences().contains("id\t2\t4"), qPrintable(differences()));

        action("showPinned")->trigger(); // one pinned message with another
        table().selectRow(2);
        action("comparePinned")->trigger();
        QTRY_VERIFY(m_panel->findChild<QMenu *>("pinnedToCompare"));
        menu = m_panel->findChild<QMenu *>("pinnedToCompare");
        QCOMPARE(menu->actions().size(), 2);
        menu->close();
    }

    void theStreamGoesOnBehindThem()
    {
        openPanel();
        m_writer->write("notes", "k", "one");
        QTRY_COMPARE(rows(), 1);
        table().selectRow(0);
        action("pinMessage")->trigger();
        action("showPinned")->trigger();
        m_writer->write("notes", "k", "two");
        QVERIFY(m_writer->flush());
        QCOMPARE(rows(), 1);
        action("showPinned")->trigger();
        QTRY_COMPARE(rows(), 2);

        action("showPinned")->trigger();
        auto *filter = m_panel->findChild<MessageFilterField *>();
        filter->setText("two");
        filter->readNow();
        QVERIFY(!action("showPinned")->isChecked()); // it is the stream that is filtered
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(table().model()->index(0, MessageTableModel::ValueColumn).data().toString(), QString("two"));
    }

    void aMarkStandsInTheRow()
    {
        openPanel();
        m_writer->write("notes", "k", "one");
        m_writer->write("notes", "k", "two");
        QTRY_COMPARE(rows(), 2);
        table().selectRow(1);
        const QRect edge(0, 0, 3, 2 * MessageTableView::RowHeight);
        const QImage before = table().viewport()->grab(edge).toImage();
        action("pinMessage")->trigger();
        const QImage after = table().viewport()->grab(edge).toImage();
        const QPoint first(1, MessageTableView::RowHeight / 2);
        const QPoint second(1, MessageTableView::RowHeight + MessageTableView::RowHeight / 2);
        QCOMPARE(after.pixelColor(first), before.pixelColor(first));
        QCOMPARE(after.pixelColor(second), m_theme->colours().accent);
    }

private:
    static QList<StreamMessage> numbered(qint64 from, int count)
    {
        QList<StreamMessage> messages;
        for (qint64 offset = from; offset < from + count; ++offset) {
            StreamMessage message;
            message.topic = QStringLiteral("notes");
            message.offset = offset;
            message.hasValue = true;
            message.value = "{\"id\": " + QByteArray::number(offset) + "}";
            messages.append(message);
        }
        return messages;
    }
    void openPanel()
    {
        m_broker = *EmbeddedBroker::start(1);
        QVERIFY(m_broker->create({"notes"}));
        m_writer = std::make_unique<TopicWriter>(m_broker->settings());
        m_panel = std::make_unique<StreamPanel>(m_broker->settings(), EntityCatalog::load(), *m_theme);
        m_panel->setTopics({"notes"});
        m_panel->resize(1200, 400);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        QTRY_COMPARE(m_panel->session().state(), StreamSession::State::Reading);
    }
    void exportAll(const QString &path)
    {
        for (QAction *one : m_panel->actions()) {
            if (one->shortcut() == QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_X))
                one->trigger();
        }
        auto *dialog = m_panel->findChild<MessageExportDialog *>();
        QVERIFY(dialog);
        auto *which = dialog->findChild<QComboBox *>("exportWhich");
        which->setCurrentIndex(1); // all that are shown
        dialog->setPath(path);
        dialog->findChild<QPushButton *>("exportGo")->click();
        QTRY_VERIFY(!dialog->isRunning());
        dialog->close();
    }
    // Of the one dialog, which is closed.
    QString differences() const
    {
        auto *dialog = m_panel->findChild<MessageDifferenceDialog *>();
        if (!dialog || !QTest::qWaitFor([&] { return dialog->model().rowCount() > 0; }))
            return QStringLiteral("none");
        const QString text = dialog->model().text();
        dialog->close();
        return text;
    }
    MessageTableView &table() const { return m_panel->table(); }
    int rows() const { return table().model()->rowCount(); }
    QAction *action(const char *name) const { return m_panel->findChild<QAction *>(name); }
    QString bandText() const { return m_panel->findChild<QLabel *>("pinnedText")->text(); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::unique_ptr<TopicWriter> m_writer;
    std::unique_ptr<StreamPanel> m_panel;
};

QTEST_MAIN(MessagePinningTest)
#include "MessagePinningTest.moc"
