// SPDX-License-Identifier: GPL-3.0-or-later
// The page over the in-process broker: what it lists, counts and shows of one topic, and why its actions are
// not there. What they do is TopicChangesTest's.
#include "kafka/EmbeddedBroker.h"
#include "tests/kafka/TopicWriter.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/LineTable.h"
#include "ui/shell/Theme.h"
#include "ui/topics/TopicDetailPane.h"
#include "ui/topics/TopicTableModel.h"
#include "ui/topics/TopicsPage.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace desk;

class TopicsPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_broker = *EmbeddedBroker::start(3);
        QVERIFY(m_broker->create({QStringLiteral("aa-orders"), QStringLiteral("ab-payments")}));
        TopicWriter writer(m_broker->settings());
        for (int number = 0; number < 30; ++number)
            writer.write(QStringLiteral("aa-orders"), QByteArray::number(number), "value");
        QVERIFY(writer.flush());
    }
    void cleanup()
    {
        m_tester.reset();
        m_page.reset();
    }

    void listsTopicsWithTheirMessages()
    {
        open(m_broker->settings());
        QTRY_COMPARE_WITH_TIMEOUT(cell(0, TopicTableModel::MessagesColumn), QStringLiteral("30"), 10'000);
        QCOMPARE(cell(0, TopicTableModel::NameColumn), QStringLiteral("aa-orders"));
        QCOMPARE(cell(0, TopicTableModel::PartitionsColumn), QStringLiteral("3"));
        QCOMPARE(cell(1, TopicTableModel::MessagesColumn), QStringLiteral("0"));
    }

    void aChosenTopicShowsItsPartitions()
    {
        open(m_broker->settings());
        QTRY_VERIFY_WITH_TIMEOUT(table().model()->rowCount() > 2, 10'000);
        auto &pane = *m_page->findChild<TopicDetailPane *>();
        QVERIFY(!pane.isVisible());
        table().selectRow(0);
        QVERIFY(pane.isVisible());
        QCOMPARE(pane.name(), QStringLiteral("aa-orders"));
        const auto *partitions = pane.findChild<LineTable *>(QStringLiteral("partitions"));
        QTRY_COMPARE_WITH_TIMEOUT(partitions->model()->rowCount(), 3, 10'000);
        table().clearSelection();
        QVERIFY(!pane.isVisible());
    }

    void aTopicThatIsNotThereYetHasNoDetail()
    {
        open(m_broker->settings());
        QTRY_VERIFY_WITH_TIMEOUT(table().model()->rowCount() > 2, 10'000);
        QSignalSpy streams(m_page.get(), &TopicsPage::streamRequested);
        table().selectRow(2); // of a contract
        QVERIFY(!m_page->findChild<TopicDetailPane *>()->isVisible());
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(streams.size(), 1); // the stream waits for it
        QCOMPARE(streams[0][0].toStringList().size(), 1);
    }

    void theFilterNarrowsTheList()
    {
        open(m_broker->settings());
        QTRY_VERIFY_WITH_TIMEOUT(table().model()->rowCount() > 2, 10'000);
        auto *filter = m_page->findChild<QLineEdit *>();
        filter->setText(QStringLiteral("PAYM"));
        QCOMPARE(table().model()->rowCount(), 1);
        QCOMPARE(cell(0, TopicTableModel::NameColumn), QStringLiteral("ab-payments"));
    }

    void saysWhyNothingCanBeChanged_data()
    {
        QTest::addColumn<bool>("isReadOnly");
        QTest::addColumn<QString>("reason");
        QTest::newRow("in-process broker") << false << QStringLiteral("inside the program");
        QTest::newRow("read-only workspace") << true << QStringLiteral("only reads");
    }
    void saysWhyNothingCanBeChanged()
    {
        QFETCH(const bool, isReadOnly);
        QFETCH(const QString, reason);
        BrokerSettings brokers = m_broker->settings();
        brokers.readOnly = isReadOnly;
        open(brokers);
        QTRY_VERIFY_WITH_TIMEOUT(table().model()->rowCount() > 2, 10'000);
        table().selectRow(0);
        for (const char *name :
             {"newTopic", "addPartitions", "configureTopic", "emptyTopics", "deleteTopics"}) {
            const auto *button = m_page->findChild<QPushButton *>(QString::fromLatin1(name));
            QVERIFY2(button, name);
            QVERIFY2(!button->isEnabled(), name);
            QVERIFY2(button->toolTip().contains(reason), qPrintable(button->toolTip()));
        }
        QCOMPARE(m_page->findChild<QPushButton *>(QStringLiteral("createMissing"))->isEnabled(), !isReadOnly);
    }

    void brokersThatAreAwayAreToldInThePage()
    {
        BrokerSettings nowhere;
        nowhere.bootstrapServers = QStringLiteral("127.0.0.1:1");
        open(nowhere);
        auto *empty = table().findChild<EmptyState *>();
        QTRY_VERIFY_WITH_TIMEOUT(empty->isVisible(), 15'000);
        QCOMPARE(empty->sentence(), QStringLiteral("The topics cannot be read now"));
    }

    void actionsAreFoundByPaletteAndMenu()
    {
        open(m_broker->settings());
        QStringList titles;
        for (const QAction *action : m_page->actions())
            titles.append(action->text());
        for (const char *title : {"&New topic…", "Add &partitions…", "&Change setting…", "&Empty topic…",
                                  "&Delete topic…", "Create &missing topics"})
            QVERIFY2(titles.contains(QString::fromUtf8(title)), title);
        QVERIFY(m_page->menuActions(PageMenu::Stream).size() > 6);
    }

private:
    void open(const BrokerSettings &brokers)
    {
        m_page = std::make_unique<TopicsPage>(brokers, EntityCatalog::load(), m_theme);
        m_tester = std::make_unique<QAbstractItemModelTester>(table().model());
        m_page->resize(1100, 500);
        m_page->show();
        m_page->activated();
    }
    LineTable &table() const { return *m_page->findChild<LineTable *>(QStringLiteral("topics")); }
    QString cell(int row, int column) const { return table().model()->index(row, column).data().toString(); }

    Theme m_theme{Theme::Mode::Light};
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::unique_ptr<TopicsPage> m_page;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(TopicsPageTest)
#include "TopicsPageTest.moc"
