// SPDX-License-Identifier: GPL-3.0-or-later
// The live stream on the in-process broker, with mouse and keys.
#include "ui/streams/StreamPanel.h"

#include "kafka/EmbeddedBroker.h"
#include "kafka/MessageTableModel.h"
#include "models/schema/RecordCodec.h"
#include "tests/kafka/TopicWriter.h"
#include "ui/parts/EmptyState.h"
#include "ui/shell/Theme.h"
#include "ui/streams/MessageDetail.h"
#include "ui/streams/MessageFilterField.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/StreamFigures.h"
#include "ui/streams/TopicChooser.h"
#include "ui/streams/TopicSearchDialog.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace desk;

class StreamPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_catalog = EntityCatalog::load();
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
        m_broker = *EmbeddedBroker::start(2);
        QVERIFY(m_broker->create(TopicChooser::catalogTopics(*m_catalog)));
        m_writer = std::make_unique<TopicWriter>(m_broker->settings());
        m_panel = std::make_unique<StreamPanel>(m_broker->settings(), m_catalog, *m_theme);
        m_panel->resize(1200, 300);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        QTRY_COMPARE(m_panel->session().state(), StreamSession::State::Reading);
    }
    void cleanup()
    {
        m_panel.reset();
        m_writer.reset();
        m_broker.reset();
        m_theme.reset();
    }

    void noTitleIsCut()
    {
        QFont bold = m_theme->font();
        bold.setWeight(QFont::DemiBold);
        for (int column = 0; column < m_panel->table().model()->columnCount(); ++column) {
            const QString title = m_panel->table().model()->headerData(column, Qt::Horizontal).toString();
            QVERIFY2(m_panel->table().columnWidth(column) >= QFontMetrics(bold).horizontalAdvance(title) + 16,
                     qPrintable(title));
        }
    }

    void showsWhatArrives()
    {
        QVERIFY(m_panel->table().emptyState().isVisible());
        publish(24, "Fish Steak", "21.49");
        QTRY_COMPARE(rows(), 1);
        QVERIFY(!m_panel->table().emptyState().isVisible());
        QCOMPARE(text(0, MessageTableModel::TopicColumn), QStringLiteral("products_update"));
        QCOMPARE(text(0, MessageTableModel::KeyColumn), QStringLiteral("24"));
        QCOMPARE(text(0, MessageTableModel::OperationColumn), QStringLiteral("add")); // as the header says
        QVERIFY(text(0, MessageTableModel::ValueColumn).contains(QStringLiteral("21.49")));
        publish(25, "Milk", "1.10");
        QTRY_COMPARE(text(0, MessageTableModel::KeyColumn), QStringLiteral("25")); // newest at the top
        auto *figures = m_panel->findChild<QLabel *>(QStringLiteral("streamFigures"));
        QTRY_VERIFY2(figures->text().contains(QStringLiteral("2 kept")), qPrintable(figures->text()));
    }

    void figuresGiveWayInANarrowWindow()
    {
        publish(24, "Fish Steak", "21.49");
        QTRY_COMPARE(rows(), 1);
        auto *figures = m_panel->findChild<StreamFigures *>();
        figures->refresh();
        m_panel->resize(2400, 400);
        QTRY_COMPARE(figures->text(), figures->whole());
        QVERIFY(figures->toolTip().isEmpty());
        for (const int width : {1400, 1200, 1000, 900, 724}) { // the last in a window of 900
            m_panel->resize(width, 400);
            click(0);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            const QString shown = figures->text();
            QVERIFY2(shown.contains(QStringLiteral("bytes/s")),
                     qPrintable(QStringLiteral("%1: %2").arg(width).arg(shown)));
            QVERIFY2(figures->fontMetrics().horizontalAdvance(shown) <= figures->contentsRect().width(),
                     qPrintable(QStringLiteral("%1: %2").arg(width).arg(shown)));
            QVERIFY(shown == figures->whole() || figures->toolTip() == figures->whole());
        }
    }

    void showsAMessageInFull()
    {
        publish(24, "Fish Steak", "21.49");
        QTRY_COMPARE(rows(), 1);
        click(0);
        QVERIFY(m_panel->detail().isVisible());
        QStringList fields;
        const auto *list = m_panel->detail().findChild<QTreeWidget *>(QStringLiteral("messageFields"));
        for (int row = 0; row < list->topLevelItemCount(); ++row)
            fields.append(list->topLevelItem(row)->text(0) + u'=' + list->topLevelItem(row)->text(1));
        QVERIFY2(fields.contains(QStringLiteral("Name=Fish Steak")), qPrintable(fields.join(u' ')));
        QVERIFY2(fields.contains(QStringLiteral("Price=21.49")), qPrintable(fields.join(u' ')));

        QSignalSpy wanted(m_panel.get(), &StreamPanel::recordRequested);
        for (QPushButton *button : m_panel->detail().findChildren<QPushButton *>()) {
            if (button->text() == QLatin1String("Show record"))
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0], (QVariantList{QStringLiteral("product"), QStringLiteral("24")}));
        QTest::keyClick(&m_panel->table(), Qt::Key_Escape);
        QVERIFY(!m_panel->detail().isVisible());
    }

    // The list goes on at its top until the operator chooses.
    void focusAloneChoosesNoMessage()
    {
        publish(24, "Fish Steak", "21.49");
        QTRY_COMPARE(rows(), 1);
        for (const Qt::FocusReason reason :
             {Qt::TabFocusReason, Qt::ShortcutFocusReason, Qt::OtherFocusReason}) {
            m_panel->table().clearFocus();
            m_panel->table().setFocus(reason);
            QTRY_VERIFY(m_panel->table().hasFocus());
            QCOMPARE(m_panel->table().chosenLogRow(), -1);
        }
        publish(25, "Milk", "1.10");
        QTRY_COMPARE(text(0, MessageTableModel::KeyColumn), QStringLiteral("25"));
        QCOMPARE(m_panel->table().verticalScrollBar()->value(), 0);
        QTest::keyClick(&m_panel->table(), Qt::Key_Down);
        QCOMPARE(m_panel->table().currentIndex().row(), 0);
        QVERIFY(m_panel->table().selectionModel()->isRowSelected(0));
    }

    void aChosenMessageStaysWhereItIs()
    {
        for (int id = 1; id <= 40; ++id)
            publish(id, "Item", "1.00");
        QTRY_COMPARE(rows(), 40);
        click(3);
        const qint64 chosen = m_panel->table().chosenLogRow();
        const QRect before = m_panel->table().visualRect(m_panel->table().currentIndex());
        for (int id = 41; id <= 140; ++id)
            publish(id, "Item", "1.00");
        QTRY_COMPARE(rows(), 140);
        QCOMPARE(m_panel->table().chosenLogRow(), chosen);
        QCOMPARE(m_panel->table().visualRect(m_panel->table().currentIndex()).top(), before.top());
        QTest::keyClick(&m_panel->table(), Qt::Key_Escape); // back to what comes in
        QCOMPARE(m_panel->table().verticalScrollBar()->value(), 0);
        publish(141, "Item", "1.00");
        QTRY_COMPARE(rows(), 141);
        QCOMPARE(m_panel->table().verticalScrollBar()->value(), 0);
    }

    void pausesAndGoesOnFromThere()
    {
        QTest::mouseClick(m_panel->findChild<QPushButton *>(QStringLiteral("streamPause")), Qt::LeftButton);
        QTRY_COMPARE(m_panel->session().state(), StreamSession::State::Paused);
        publish(1, "Item", "1.00");
        QVERIFY(m_writer->flush());
        QCOMPARE(rows(), 0);
        QTest::mouseClick(m_panel->findChild<QPushButton *>(QStringLiteral("streamPause")), Qt::LeftButton);
        QTRY_COMPARE(rows(), 1);
        QTest::mouseClick(m_panel->findChild<QToolButton *>(QStringLiteral("streamClear")), Qt::LeftButton);
        QTRY_COMPARE(rows(), 0);
    }

    void filtersByText()
    {
        publish(1, "Oak table", "1.00");
        publish(2, "Brass lamp", "2.00");
        publish(3, "Oak chair", "3.00");
        QTRY_COMPARE(rows(), 3);
        auto *filter = m_panel->findChild<QLineEdit *>(QStringLiteral("streamFilter"));
        QTest::keyClicks(filter, QStringLiteral("oak"));
        QTRY_COMPARE(rows(), 2);
        QCOMPARE(text(0, MessageTableModel::KeyColumn), QStringLiteral("3"));
        QTest::keyClick(filter, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(filter, QStringLiteral("walnut"));
        QTRY_VERIFY(m_panel->table().emptyState().isVisible());
        QCOMPARE(m_panel->table().emptyState().sentence(), QStringLiteral("No message matches “walnut”"));
        filter->clear();
        QTRY_COMPARE(rows(), 3);
    }

    void filtersByConditions()
    {
        publish(1, "Oak table", "101.00");
        publish(2, "Brass lamp", "99.99");
        publish(3, "Floor lamp", "100.01");
        QTRY_COMPARE(rows(), 3);
        auto *filter = m_panel->findChild<MessageFilterField *>(QStringLiteral("streamFilter"));
        QTest::keyClicks(filter, QStringLiteral("price > 100 and name ~ \"lamp\""));
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(text(0, MessageTableModel::KeyColumn), QStringLiteral("3"));
        auto *figures = m_panel->findChild<QLabel *>(QStringLiteral("streamFigures"));
        QTRY_VERIFY2(figures->text().contains(QStringLiteral("1 found")), qPrintable(figures->text()));
        publish(4, "Desk lamp", "500.00");
        QTRY_COMPARE(rows(), 2);
    }

    // What was understood last stays in force while the next is being typed.
    void saysWhereAFilterCannotBeRead()
    {
        publish(1, "Oak table", "101.00");
        publish(2, "Brass lamp", "99.99");
        QTRY_COMPARE(rows(), 2);
        auto *filter = m_panel->findChild<MessageFilterField *>(QStringLiteral("streamFilter"));
        QSignalSpy problems(filter, &MessageFilterField::problemChanged);
        QTest::keyClicks(filter, QStringLiteral("price > 100"));
        QTRY_COMPARE(rows(), 1);
        QVERIFY(!filter->problem());
        QTest::keyClicks(filter, QStringLiteral(" and name ~"));
        QTRY_VERIFY(filter->problem());
        QCOMPARE(rows(), 1);
        QCOMPARE(filter->problem()->position, 22);
        QVERIFY(filter->accessibleDescription().startsWith(QStringLiteral("Column 23: ")));
        QVERIFY(filter->toolTip().contains(QStringLiteral("expected behind ~")));
        QVERIFY(filter->property("invalid").toBool());
        auto *figures = m_panel->findChild<QLabel *>(QStringLiteral("streamFigures"));
        QVERIFY2(figures->text().contains(QStringLiteral("column 23")), qPrintable(figures->text()));
        filter->grab(); // the mark behind the end
        QTest::keyClicks(filter, QStringLiteral(" oak"));
        QTRY_VERIFY(!filter->problem());
        QCOMPARE(rows(), 1);
        filter->clear();
        QCOMPARE(rows(), 2);
        QVERIFY(!filter->property("invalid").toBool());
        QVERIFY(problems.size() >= 2);
    }

    void offersTheNamesOfFields()
    {
        auto *filter = m_panel->findChild<MessageFilterField *>(QStringLiteral("streamFilter"));
        QAbstractItemView *names = filter->findChild<QCompleter *>()->popup();
        filter->setFocus();
        QTest::keyClicks(filter, QStringLiteral("lamp stock"));
        QTRY_VERIFY(names->isVisible());
        QTest::keyClick(names, Qt::Key_Down);
        QTest::keyClick(names, Qt::Key_Return);
        QCOMPARE(filter->text(), QStringLiteral("lamp stock_quantity"));
        filter->clear();
        QTest::keyClicks(filter, QStringLiteral("\"stock"));
        QVERIFY(!names->isVisible()); // text, no name
    }

    void explainsHowFiltersAreWritten()
    {
        auto *filter = m_panel->findChild<MessageFilterField *>(QStringLiteral("streamFilter"));
        filter->showHelp();
        const QPointer<QWidget> help = m_panel->findChild<QWidget *>(QStringLiteral("filterHelp"));
        QVERIFY(help && help->isVisible());
        QVERIFY(help->accessibleDescription().contains(QStringLiteral("price > 100")));
        // Every example can be read.
        const QList<QLabel *> examples = help->findChildren<QLabel *>(QStringLiteral("filterExample"));
        QVERIFY(examples.size() > 10);
        for (const QLabel *label : examples) {
            for (const QString &example : label->text().split(QStringLiteral("  "))) {
                const auto parsed = parseFilter(example);
                QVERIFY2(parsed, qPrintable(example));
            }
        }
        QTest::keyClick(help.data(), Qt::Key_Escape);
        QTRY_VERIFY(!help);
    }

    void searchesWholeTopics()
    {
        for (int id = 1; id <= 30; ++id)
            publish(id, id % 10 == 0 ? "Brass lamp" : "Oak chair", "1.00");
        QTRY_COMPARE(rows(), 30);
        m_panel->clear(); // what is kept here is not what is there
        QTRY_COMPARE(rows(), 0);
        auto *filter = m_panel->findChild<MessageFilterField *>(QStringLiteral("streamFilter"));
        QTest::keyClicks(filter, QStringLiteral("name ~ lamp"));
        QTest::mouseClick(m_panel->findChild<QToolButton *>(QStringLiteral("streamSearch")), Qt::LeftButton);
        const QPointer<TopicSearchDialog> dialog = m_panel->findChild<TopicSearchDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        auto *searchFilter = dialog->findChild<MessageFilterField *>(QStringLiteral("searchFilter"));
        QCOMPARE(searchFilter->text(), QStringLiteral("name ~ lamp"));
        auto *go = dialog->findChild<QPushButton *>(QStringLiteral("searchGo"));
        QTest::mouseClick(go, Qt::LeftButton);
        QCOMPARE(go->text(), QStringLiteral("Cancel"));
        QTRY_COMPARE_WITH_TIMEOUT(dialog->search().state(), TopicSearch::State::Finished, 20'000);
        QCOMPARE(go->text(), QStringLiteral("Search"));
        auto *table = dialog->findChild<MessageTableView *>();
        QTRY_COMPARE(table->model()->rowCount(), 3);
        auto *status = dialog->findChild<QLabel *>(QStringLiteral("searchStatus"));
        QVERIFY2(status->text().contains(QStringLiteral("3 found")), qPrintable(status->text()));
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("searchPartitions")),
                          Qt::LeftButton);
        auto *partitions = dialog->findChild<QTreeWidget *>();
        for (QTreeWidget *tree : dialog->findChildren<QTreeWidget *>()) {
            if (tree->accessibleName().contains(QStringLiteral("partition")))
                partitions = tree;
        }
        QCOMPARE(partitions->topLevelItemCount(), dialog->search().progress().partitions.size());
        QCOMPARE(partitions->topLevelItem(0)->text(4), QStringLiteral("done"));
        table->setCurrentIndex(table->model()->index(0, 0));
        QVERIFY(dialog->findChild<MessageDetail *>()->isVisible());
        searchFilter->setText(QStringLiteral("name ~"));
        QTRY_VERIFY(!go->isEnabled());
        QVERIFY2(status->text().contains(QStringLiteral("Column 7")), qPrintable(status->text()));
        dialog->close();
        QTRY_VERIFY(!dialog);
    }

    void readsTheTopicsThatAreChosen()
    {
        QTest::mouseClick(m_panel->findChild<QPushButton *>(QStringLiteral("streamTopics")), Qt::LeftButton);
        auto *chooser = m_panel->findChild<TopicChooser *>();
        QTRY_VERIFY(chooser->isVisible());
        auto *search = chooser->findChild<QLineEdit *>(QStringLiteral("topicSearch"));
        for (QPushButton *button : chooser->findChildren<QPushButton *>()) {
            if (button->text() == QLatin1String("Untick these"))
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QTest::keyClicks(search, QStringLiteral("images_*"));
        QTest::keyClick(search, Qt::Key_Return);
        chooser->hide();
        QCOMPARE(m_panel->topics().size(), 5);
        QCOMPARE(m_panel->findChild<QPushButton *>(QStringLiteral("streamTopics"))->text(),
                 QStringLiteral("images_*"));
        QTRY_COMPARE(m_panel->session().state(), StreamSession::State::Reading);
        publish(1, "Oak table", "1.00");
        m_writer->write(QStringLiteral("images_add"), "7", QByteArray("\x08\x07", 2));
        QVERIFY(m_writer->flush());
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(text(0, MessageTableModel::TopicColumn), QStringLiteral("images_add"));
    }

    void saysThatThereIsNoBroker()
    {
        StreamPanel panel({}, m_catalog, *m_theme);
        panel.show();
        QCOMPARE(panel.table().emptyState().sentence(), QStringLiteral("This workspace has no broker"));
    }

private:
    void publish(int id, const char *name, const char *price)
    {
        const EntityType &product = *m_catalog->find(u"product");
        Record record = newRecord(product);
        setRecordId(product, record, QString::number(id));
        record.values[product.indexOf(u"name")] = QString::fromLatin1(name);
        record.values[product.indexOf(u"price")] = QVariant::fromValue(
            *Decimal::fromText(QString::fromLatin1(price))->rescaled(2));
        m_writer->write(QStringLiteral("products_update"), QByteArray::number(id),
                        RecordCodec(product).encode(record));
        m_writer->flush();
    }
    [[nodiscard]] int rows() const { return m_panel->table().model()->rowCount(); }
    [[nodiscard]] QString text(int row, int column) const
    {
        return m_panel->table().model()->index(row, column).data().toString();
    }
    void click(int row)
    {
        const QRect cell = m_panel->table().visualRect(
            m_panel->table().model()->index(row, MessageTableModel::ValueColumn));
        QTest::mouseClick(m_panel->table().viewport(), Qt::LeftButton, {}, cell.center());
    }

    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::unique_ptr<TopicWriter> m_writer;
    std::unique_ptr<StreamPanel> m_panel;
};

QTEST_MAIN(StreamPanelTest)
#include "StreamPanelTest.moc"
