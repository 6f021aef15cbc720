// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of the stream's table as an operator arranges them, and what it costs to show them.
#include "ui/streams/StreamPanel.h"

#include "kafka/EmbeddedBroker.h"
#include "kafka/MessageTableModel.h"
#include "tests/kafka/TopicWriter.h"
#include "ui/shell/Theme.h"
#include "ui/streams/ColumnsDialog.h"
#include "ui/streams/FilteredMessageModel.h"
#include "ui/streams/MessageColumns.h"
#include "ui/streams/MessageDetail.h"
#include "ui/streams/MessageFilterField.h"
#include "ui/streams/MessageTableView.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace desk;

namespace {

QList<StreamMessage> orders(qint64 from, int count)
{
    QList<StreamMessage> messages;
    for (qint64 offset = from; offset < from + count; ++offset) {
        StreamMessage message;
        message.topic = QStringLiteral("orders");
        message.offset = offset;
        message.hasValue = true;
        message.value = "{\"id\": " + QByteArray::number(offset) + ", \"pricing\": {\"amount\": 9.99}}";
        messages.append(message);
    }
    return messages;
}

} // namespace

class StreamColumnsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
        m_broker = *EmbeddedBroker::start(1);
        QVERIFY(m_broker->create({"orders"}));
        m_writer = std::make_unique<TopicWriter>(m_broker->settings());
        QVERIFY(m_folder.isValid());
        QFile::remove(settingsFile());
        open();
    }
    void cleanup()
    {
        m_panel.reset();
        m_writer.reset();
        m_broker.reset();
        m_theme.reset();
    }

    // Columns that give way in a narrow window and come back are nobody's choice.
    void aNarrowWindowChoosesNothing()
    {
        const StreamColumns chosen = m_panel->columns().columns();
        m_panel->table().setMaximumWidth(600);
        QTRY_VERIFY(!titles().contains("Partition"));
        m_panel->table().setMaximumWidth(QWIDGETSIZE_MAX);
        QTRY_VERIFY(titles().contains("Partition"));
        QVERIFY(m_panel->columns().columns() == chosen);
        m_panel->table().horizontalHeader()->resizeSection(MessageTableModel::PartitionColumn, 91);
        QVERIFY(m_panel->columns().columns() != chosen);
    }

    void aFieldGetsAColumnBeforeTheValue()
    {
        send("{\"name\": \"Lamp\", \"pricing\": {\"amount\": 10.5}, \"password\": \"hunter2\"}");
        QVERIFY(m_panel->columns().offeredFields().contains("pricing.amount"));
        QVERIFY(m_panel->columns().addField("pricing.amount").isEmpty());
        QVERIFY(m_panel->columns().addField("password").isEmpty());
        QVERIFY(m_panel->columns().addField("missing").isEmpty());
        QCOMPARE(titles(),
                 (QStringList{"Time", "Topic", "Partition", "Offset", "Key", "Operation", "pricing.amount",
                              "password", "missing", "Value", "Size"}));
        QCOMPARE(cell(0, "pricing.amount"), QString("10.5"));
        QCOMPARE(cell(0, "password"), MaskedValue.toString());
        QCOMPARE(cell(0, "missing"), QString());
        QVERIFY(!m_panel->columns().addField(QString(500, 'x')).isEmpty());
    }

    void aCopyTakesWhatIsShown()
    {
        send("{\"name\": \"Lamp\", \"password\": \"hunter2\"}");
        m_panel->columns().addField("name");
        m_panel->columns().addField("password");
        for (const char *title : {"Time", "Value", "Size", "Operation", "Key"})
            toggleInHeader(title);
        choose(0);
        m_panel->table().copySelection();
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("orders\t0\t0\tLamp\t") + MaskedValue.toString());
    }

    void theArrangementComesBack()
    {
        send("{\"name\": \"Lamp\"}");
        m_panel->columns().addField("name");
        toggleInHeader("Operation");
        QHeaderView *header = m_panel->table().horizontalHeader();
        header->moveSection(header->visualIndex(MessageTableModel::OffsetColumn), 0);
        header->resizeSection(MessageTableModel::KeyColumn, 133);
        const QStringList before = titles();
        QCOMPARE(before.first(), QString("Offset"));
        QVERIFY(!before.contains("Operation"));
        m_panel.reset();
        open();
        QCOMPARE(titles(), before);
        QCOMPARE(m_panel->table().columnWidth(MessageTableModel::KeyColumn), 133);
        action("streamColumnsReset")->trigger();
        QCOMPARE(titles(), standardTitles());
        QVERIFY(!action("streamColumnsReset")->isEnabled());
        m_panel.reset();
        open();
        QCOMPARE(titles(), standardTitles());
    }

    void aFilterKeepsTheArrangement()
    {
        send("{\"name\": \"Lamp\"}");
        send("{\"name\": \"Chair\"}");
        m_panel->columns().addField("name");
        QHeaderView *header = m_panel->table().horizontalHeader();
        header->moveSection(header->visualIndex(MessageTableModel::ColumnCount), 0);
        header->resizeSection(MessageTableModel::ColumnCount, 155);
        auto *filter = m_panel->findChild<MessageFilterField *>();
        filter->setText("Lamp");
        filter->readNow();
        QVERIFY(qobject_cast<FilteredMessageModel *>(m_panel->table().model()));
        const QAbstractItemModelTester tester(m_panel->table().model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(m_panel->table().model()->rowCount(), 1);
        QCOMPARE(titles().first(), QString("name"));
        QCOMPARE(m_panel->table().columnWidth(MessageTableModel::ColumnCount), 155);
        QCOMPARE(cell(0, "name"), QString("Lamp"));
        m_panel->columns().addField("other");
        QVERIFY(titles().contains("other"));
        m_panel->columns().removeField("name");
        QVERIFY(!titles().contains("name"));
        filter->clear();
        filter->readNow();
        QTRY_COMPARE(m_panel->table().model()->rowCount(), 2);
        QVERIFY(titles().contains("other"));
    }

    void theDialogAddsMovesAndHides()
    {
        send("{\"name\": \"Lamp\"}");
        action("streamColumns")->trigger();
        const QPointer<ColumnsDialog> dialog = m_panel->findChild<ColumnsDialog *>();
        QVERIFY(dialog);
        auto *list = dialog->findChild<QListWidget *>("columnList");
        auto *field = dialog->findChild<QLineEdit *>("columnField");
        QTest::keyClicks(field, "name");
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(dialog); // Enter adds, it does not close
        QCOMPARE(list->currentItem()->text(), QString("name"));
        for (int step = 0; step < 6; ++step)
            dialog->findChild<QPushButton *>("columnUp")->click();
        list->item(1)->setCheckState(Qt::Unchecked);
        QVERIFY(!dialog->findChild<QPushButton *>("columnUp")->isEnabled());
        Q_EMIT dialog->chosen(dialog->columns());
        dialog->close();
        QCOMPARE(titles().mid(0, 2), (QStringList{"name", "Topic"}));
        QCOMPARE(cell(0, "name"), QString("Lamp"));
    }

    void theLastColumnStays()
    {
        for (const QString &title : standardTitles())
            toggleInHeader(title);
        QCOMPARE(titles(), QStringList{"Value"});
    }

    void theMessageOffersItsFields()
    {
        send("{\"name\": \"Lamp\", \"pricing\": {\"amount\": 10.5}}");
        choose(0);
        QMenu *menu = action("showAsColumn")->menu();
        Q_EMIT menu->aboutToShow();
        QStringList offered;
        for (const QAction *one : menu->actions())
            offered.append(one->text());
        QCOMPARE(offered, (QStringList{"name", "pricing.amount", "header.operation"}));
        menu->actions()[1]->trigger();
        QVERIFY(titles().contains("pricing.amount"));

        auto *tree = m_panel->detail().findChild<QTreeWidget *>("messageFields");
        QVERIFY(!m_panel->detail().showAsColumnAction()->isEnabled());
        tree->setCurrentItem(tree->findItems("name", Qt::MatchExactly).value(0));
        m_panel->detail().showAsColumnAction()->trigger();
        QVERIFY(titles().contains("name"));
        QCOMPARE(m_panel->table().selectionModel()->selectedRows().size(), 1); // it is still selected
    }

    void decodesTheRowsOnTheScreenAndNoOthers()
    {
        const auto log = std::make_shared<MessageLog>();
        MessageTableModel model(log, nullptr);
        MessageTableView table(*m_theme, nullptr);
        MessageColumns columns(table, model, *m_theme, &table);
        columns.show(model, model);
        columns.addField("pricing.amount");
        columns.addField("id");
        table.setFocusPolicy(Qt::NoFocus); // nothing is chosen: it stays at the top
        table.resize(900, 400);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        const int onScreen = table.viewport()->height() / MessageTableView::RowHeight + 2;

        log->append(orders(0, 200'000));
        model.update();
        table.grab();
        QVERIFY2(model.fieldDecodes() >= onScreen - 3, qPrintable(QString::number(model.fieldDecodes())));
        QVERIFY2(model.fieldDecodes() <= onScreen, qPrintable(QString::number(model.fieldDecodes())));

        // The live tail at full rate: every frame has other rows.
        constexpr int Frames = 20;
        qint64 before = model.fieldDecodes();
        for (int frame = 0; frame < Frames; ++frame) {
            log->append(orders(200'000 + frame * 10'000, 10'000));
            model.update();
            table.grab();
        }
        const qint64 tail = model.fieldDecodes() - before;
        const QByteArray counted = QByteArray::number(tail) + " for " + QByteArray::number(onScreen);
        QVERIFY2(tail <= Frames * onScreen, counted);
        QVERIFY2(tail >= Frames * (onScreen - 3), counted);

        before = model.fieldDecodes();
        table.verticalScrollBar()->setValue(table.verticalScrollBar()->maximum() / 2);
        table.grab();
        QVERIFY(model.fieldDecodes() - before <= onScreen);
        table.grab(); // the same once more
        QVERIFY(model.fieldDecodes() - before <= onScreen);
    }

private:
    void open()
    {
        m_panel = std::make_unique<StreamPanel>(m_broker->settings(), EntityCatalog::load(), *m_theme);
        m_panel->keepIn(settingsFile(), "shop");
        m_panel->setTopics({"orders"});
        m_panel->setStart({StreamStart::Kind::Beginning});
        m_panel->resize(1200, 300);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        QTRY_COMPARE(m_panel->session().state(), StreamSession::State::Reading);
    }
    void send(const QByteArray &json)
    {
        const int before = m_panel->table().model()->rowCount();
        m_writer->write(QStringLiteral("orders"), "k", json);
        QTRY_COMPARE(m_panel->table().model()->rowCount(), before + 1);
    }
    void choose(int row) { m_panel->table().selectRow(row); }
    QStringList titles() const
    {
        const QHeaderView *header = m_panel->table().horizontalHeader();
        QStringList titles;
        for (int place = 0; place < header->count(); ++place) {
            const int column = header->logicalIndex(place);
            if (!header->isSectionHidden(column))
                titles.append(m_panel->table().model()->headerData(column, Qt::Horizontal).toString());
        }
        return titles;
    }
    static QStringList standardTitles()
    {
        return {"Time", "Topic", "Partition", "Offset", "Key", "Operation", "Value", "Size"};
    }
    QString cell(int row, const QString &title) const
    {
        const QAbstractItemModel *model = m_panel->table().model();
        for (int column = 0; column < model->columnCount(); ++column) {
            if (model->headerData(column, Qt::Horizontal).toString() == title)
                return model->index(row, column).data().toString();
        }
        return QStringLiteral("no column");
    }
    void toggleInHeader(const QString &title)
    {
        const std::unique_ptr<QMenu> menu(m_panel->columns().makeHeaderMenu(0));
        for (QAction *action : menu->actions()) {
            if (action->text() == title) {
                action->toggle();
                return;
            }
        }
        QFAIL(qPrintable(title));
    }
    QAction *action(const char *name) const { return m_panel->findChild<QAction *>(name); }
    QString settingsFile() const { return m_folder.filePath("desk.ini"); }

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::unique_ptr<TopicWriter> m_writer;
    std::unique_ptr<StreamPanel> m_panel;
};

QTEST_MAIN(StreamColumnsTest)
#include "StreamColumnsTest.moc"
