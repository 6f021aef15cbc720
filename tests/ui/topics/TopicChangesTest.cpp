// SPDX-License-Identifier: GPL-3.0-or-later
// An operator creates, changes, grows, empties and deletes a topic on the page, on a real broker. Needs
// BOOTSTRAP_SERVERS (./dev stack env).
#include "kafka/TopicDetails.h"
#include "tests/kafka/TopicWriter.h"
#include "ui/parts/LineTable.h"
#include "ui/shell/Theme.h"
#include "ui/topics/ConfigurationTableModel.h"
#include "ui/cluster/NameQuestion.h"
#include "ui/topics/TopicDialogs.h"
#include "ui/topics/TopicTableModel.h"
#include "ui/topics/TopicsPage.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QUuid>

using namespace desk;

class TopicChangesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_brokers.bootstrapServers = qEnvironmentVariable("BOOTSTRAP_SERVERS");
        QVERIFY2(
            !m_brokers.bootstrapServers.isEmpty(),
            "This test needs a Kafka broker: start the stack (./dev stack up) and set BOOTSTRAP_SERVERS.");
        m_page = std::make_unique<TopicsPage>(m_brokers, EntityCatalog::load(), m_theme);
        m_tester = std::make_unique<QAbstractItemModelTester>(table().model());
        m_notices = std::make_unique<QSignalSpy>(m_page.get(), &Page::noticeRequested);
        m_page->resize(1100, 500);
        m_page->show();
        m_page->activated();
        // Others' topics are not looked at.
        m_page->findChild<QLineEdit *>()->setText(m_topic);
    }
    void init() { m_notices->clear(); }

    void createsATopic()
    {
        auto *dialog = openDialog<NewTopicDialog>("newTopic", "newTopicDialog");
        QVERIFY(dialog);
        dialog->findChild<QLineEdit *>(QStringLiteral("topicName"))->setText(m_topic);
        dialog->findChild<QSpinBox *>(QStringLiteral("topicPartitions"))->setValue(2);
        submit(*dialog);
        QTRY_COMPARE_WITH_TIMEOUT(table().model()->rowCount(), 1, 20'000);
        QTRY_COMPARE(m_notices->size(), 1);
        QCOMPARE(lastNotice().kind, Notice::Kind::Success);
        table().selectRow(0);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf("partitions"), 2, 15'000);
        QVERIFY(rowsOf("configuration") > 10);
    }

    void tellsInTheDialogThatThereIsOne()
    {
        auto *dialog = openDialog<NewTopicDialog>("newTopic", "newTopicDialog");
        QVERIFY(dialog);
        dialog->findChild<QLineEdit *>(QStringLiteral("topicName"))->setText(m_topic);
        submit(*dialog);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->problem().contains(QStringLiteral("already")), 15'000);
        QVERIFY(dialog->isVisible());
        dialog->reject();
    }

    void changesASetting()
    {
        auto &settings = *m_page->findChild<LineTable *>(QStringLiteral("configuration"));
        const auto rowOf = [&settings](const QString &name) {
            for (int row = 0; row < settings.model()->rowCount(); ++row) {
                if (settings.model()->index(row, 0).data().toString() == name)
                    return row;
            }
            return -1;
        };
        const int row = rowOf(QStringLiteral("retention.ms"));
        QVERIFY(row >= 0);
        QVERIFY(!button("configureTopic").isEnabled()); // no setting is chosen
        settings.selectRow(row);
        auto *dialog = openDialog<SettingDialog>("configureTopic", "settingDialog");
        QVERIFY(dialog);
        dialog->findChild<QComboBox *>(QStringLiteral("settingValue"))
            ->setEditText(QStringLiteral("7200000"));
        submit(*dialog);
        const auto value = [&] {
            return settings.model()
                ->index(rowOf(QStringLiteral("retention.ms")), ConfigurationTableModel::ValueColumn)
                .data()
                .toString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(askedAgain(value), QStringLiteral("7200000"), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(cell(TopicTableModel::RetentionColumn), QStringLiteral("2 hours"), 15'000);
    }

    void addsPartitions()
    {
        auto *dialog = openDialog<AddPartitionsDialog>("addPartitions", "addPartitionsDialog");
        QVERIFY(dialog);
        dialog->findChild<QSpinBox *>(QStringLiteral("partitionsInAll"))->setValue(5);
        submit(*dialog);
        QTRY_COMPARE_WITH_TIMEOUT(askedAgain([this] { return cell(TopicTableModel::PartitionsColumn); }),
                                  QStringLiteral("5"), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf("partitions"), 5, 15'000);
    }

    void emptiesOnlyAfterTheNameIsTyped()
    {
        TopicWriter writer(m_brokers);
        for (int number = 0; number < 20; ++number)
            writer.write(m_topic, QByteArray::number(number), "value");
        QVERIFY(writer.flush(30'000));
        QTRY_COMPARE_WITH_TIMEOUT(askedAgain([this] { return cell(TopicTableModel::MessagesColumn); }),
                                  QStringLiteral("20"), 20'000);
        button("emptyTopics").click();
        auto *question = m_page->findChild<NameQuestion *>();
        QVERIFY(question);
        question->reject();
        QTRY_VERIFY(!m_page->findChild<NameQuestion *>());
        QCOMPARE(TopicDetails(m_brokers).figures({m_topic})->value(m_topic).messages, 20);
        confirm("emptyTopics");
        QTRY_COMPARE_WITH_TIMEOUT(askedAgain([this] { return cell(TopicTableModel::MessagesColumn); }),
                                  QStringLiteral("0"), 20'000);
        QCOMPARE(lastNotice().sentence, QStringLiteral("%1: emptied.").arg(m_topic));
    }

    void deletesOnlyAfterTheNameIsTyped()
    {
        table().selectRow(0);
        confirm("deleteTopics");
        QTRY_COMPARE_WITH_TIMEOUT(askedAgain([this] { return QString::number(table().model()->rowCount()); }),
                                  QStringLiteral("0"), 20'000);
        QTRY_VERIFY(!m_notices->isEmpty());
        QCOMPARE(lastNotice().sentence, QStringLiteral("%1: deleted.").arg(m_topic));
    }

    void cleanupTestCase()
    {
        m_tester.reset();
        m_page.reset();
    }

private:
    template <typename Dialog>
    Dialog *openDialog(const char *buttonName, const char *dialogName)
    {
        button(buttonName).click();
        return m_page->findChild<Dialog *>(QString::fromLatin1(dialogName));
    }
    static void submit(const AdminDialog &dialog)
    {
        dialog.findChild<QPushButton *>(QStringLiteral("submitDialog"))->click();
    }
    void confirm(const char *buttonName)
    {
        button(buttonName).click();
        auto *question = m_page->findChild<NameQuestion *>();
        QVERIFY(question);
        QTest::keyClicks(question->findChild<QLineEdit *>(QStringLiteral("typedName")), m_topic);
        question->findChild<QPushButton *>(QStringLiteral("confirmName"))->click();
    }
    // Brokers hear of a change a moment after the controller: an operator would press F5.
    template <typename Look>
    QString askedAgain(Look look)
    {
        m_page->refresh();
        return look();
    }
    QPushButton &button(const char *name) const
    {
        return *m_page->findChild<QPushButton *>(QString::fromLatin1(name));
    }
    LineTable &table() const { return *m_page->findChild<LineTable *>(QStringLiteral("topics")); }
    QString cell(int column) const { return table().model()->index(0, column).data().toString(); }
    int rowsOf(const char *name) const
    {
        return m_page->findChild<LineTable *>(QString::fromLatin1(name))->model()->rowCount();
    }
    Notice lastNotice() const
    {
        return m_notices->isEmpty() ? Notice{} : m_notices->constLast().constFirst().value<Notice>();
    }

    const QString m_topic = QStringLiteral("test-page-%1").arg(QUuid::createUuid().toString(QUuid::Id128));
    BrokerSettings m_brokers;
    Theme m_theme{Theme::Mode::Light};
    std::unique_ptr<TopicsPage> m_page;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<QSignalSpy> m_notices;
};

QTEST_MAIN(TopicChangesTest)
#include "TopicChangesTest.moc"
