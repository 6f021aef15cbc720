// SPDX-License-Identifier: GPL-3.0-or-later
// Consumer groups as the operator meets them, with a real member on a real broker: listed with their lag, which
// moves by itself, reset and deleted only when nobody reads. Needs BOOTSTRAP_SERVERS (./dev stack env).
#include "kafka/EmbeddedBroker.h"
#include "kafka/TopicAdmin.h"
#include "tests/kafka/GroupReader.h"
#include "tests/kafka/TopicWriter.h"
#include "ui/groups/GroupTableModel.h"
#include "ui/groups/GroupsPage.h"
#include "ui/groups/ResetDialog.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/LineTable.h"
#include "ui/shell/Theme.h"
#include "ui/cluster/NameQuestion.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QUuid>

using namespace desk;

class GroupsPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_brokers.bootstrapServers = qEnvironmentVariable("BOOTSTRAP_SERVERS");
        QVERIFY2(
            !m_brokers.bootstrapServers.isEmpty(),
            "This test needs a Kafka broker: start the stack (./dev stack up) and set BOOTSTRAP_SERVERS.");
        const auto created = TopicAdmin(m_brokers).create({m_topic, 2, 1, {}});
        QVERIFY2(created, created ? "" : qPrintable(created.error().sentence));
        write(30);
        m_reader = std::make_unique<GroupReader>(m_brokers, m_group, QStringList{m_topic});
        QTRY_COMPARE_WITH_TIMEOUT(m_reader->count(), 30, 30'000);
        open(m_brokers);
    }
    void cleanupTestCase() { close(); }

    void showsMembersAndWhatTheyRead()
    {
        QTRY_COMPARE_WITH_TIMEOUT(table().model()->rowCount(), 1, 15'000);
        QTRY_COMPARE_WITH_TIMEOUT(cell(GroupTableModel::MembersColumn), QStringLiteral("1"), 15'000);
        table().selectRow(0);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf("members"), 1, 15'000);
        QCOMPARE(rowsOf("lag"), 2);
        // Somebody reads: the button says what to do first.
        QTRY_VERIFY(button("resetOffsets").toolTip().contains(QStringLiteral("Stop the programs")));
        QVERIFY(!button("resetOffsets").isEnabled());
    }

    void refusesToDeleteWhileMembersRead()
    {
        QSignalSpy notices(m_page.get(), &Page::noticeRequested);
        confirmDeletion();
        QTRY_COMPARE_WITH_TIMEOUT(notices.size(), 1, 20'000);
        const auto notice = notices[0][0].value<Notice>();
        QCOMPARE(notice.kind, Notice::Kind::Error);
        QVERIFY2(notice.sentence.contains(QStringLiteral("members at work")), qPrintable(notice.sentence));
    }

    void lagMovesByItself()
    {
        m_reader->end();
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf("members"), 0, 15'000);
        write(12);
        QTRY_COMPARE_WITH_TIMEOUT(lag(), 12, 15'000);
    }

    void resetsWhatThePreviewShows()
    {
        QTRY_VERIFY_WITH_TIMEOUT(button("resetOffsets").isEnabled(), 15'000);
        QSignalSpy notices(m_page.get(), &Page::noticeRequested);
        button("resetOffsets").click();
        auto *dialog = m_page->findChild<ResetDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->offsets().size(), 2); // to the earliest
        dialog->findChild<QPushButton *>(QStringLiteral("submitDialog"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(lag(), 42, 20'000);
        QCOMPARE(notices.size(), 1);
        QCOMPARE(notices[0][0].value<Notice>().kind, Notice::Kind::Success);
        QTRY_VERIFY(!m_page->findChild<ResetDialog *>());
    }

    void deletesAfterTheNameIsTyped()
    {
        confirmDeletion();
        QTRY_COMPARE_WITH_TIMEOUT(table().model()->rowCount(), 0, 20'000);
    }

    void saysThatTheInProcessBrokerShowsNoGroups()
    {
        close();
        const auto broker = *EmbeddedBroker::start(1);
        open(broker->settings());
        auto *empty = table().findChild<EmptyState *>();
        QTRY_VERIFY_WITH_TIMEOUT(empty->isVisible(), 10'000);
        QCOMPARE(empty->sentence(), QStringLiteral("No groups to be seen here"));
        close();
    }

    void changesNothingWhereTheWorkspaceOnlyReads()
    {
        close();
        GroupReader reader(m_brokers, m_group, {m_topic});
        QTRY_COMPARE_WITH_TIMEOUT(reader.count(), 42, 30'000); // of both partitions
        reader.end();
        BrokerSettings brokers = m_brokers;
        brokers.readOnly = true;
        open(brokers);
        QTRY_COMPARE_WITH_TIMEOUT(table().model()->rowCount(), 1, 15'000);
        table().selectRow(0);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf("lag"), 2, 15'000);
        for (const char *name : {"resetOffsets", "deleteGroups"}) {
            QVERIFY(!button(name).isEnabled());
            QVERIFY(button(name).toolTip().contains(QStringLiteral("only reads")));
        }
    }

private:
    void open(const BrokerSettings &brokers)
    {
        m_page = std::make_unique<GroupsPage>(brokers, m_theme);
        m_tester = std::make_unique<QAbstractItemModelTester>(table().model());
        m_page->findChild<QLineEdit *>()->setText(m_group); // others' groups are not looked at
        m_page->resize(1100, 500);
        m_page->show();
        m_page->activated();
    }
    void close()
    {
        m_tester.reset();
        m_page.reset();
    }
    void write(int count)
    {
        TopicWriter writer(m_brokers);
        for (int number = 0; number < count; ++number)
            writer.write(m_topic, QByteArray::number(number), "value");
        QVERIFY(writer.flush(30'000));
    }
    void confirmDeletion()
    {
        button("deleteGroups").click();
        auto *question = m_page->findChild<NameQuestion *>();
        QVERIFY(question);
        QTest::keyClicks(question->findChild<QLineEdit *>(QStringLiteral("typedName")), m_group);
        question->findChild<QPushButton *>(QStringLiteral("confirmName"))->click();
    }
    LineTable &table() const { return *m_page->findChild<LineTable *>(QStringLiteral("groups")); }
    QString cell(int column) const { return table().model()->index(0, column).data().toString(); }
    int rowsOf(const char *name) const
    {
        return m_page->findChild<LineTable *>(QString::fromLatin1(name))->model()->rowCount();
    }
    int lag() const
    {
        const auto *model = m_page->findChild<LineTable *>(QStringLiteral("lag"))->model();
        int sum = 0;
        for (int row = 0; row < model->rowCount(); ++row)
            sum += model->index(row, 4).data().toInt();
        return sum;
    }
    QPushButton &button(const char *name) const
    {
        return *m_page->findChild<QPushButton *>(QString::fromLatin1(name));
    }

    const QString m_topic = QStringLiteral("test-groups-%1").arg(QUuid::createUuid().toString(QUuid::Id128));
    const QString m_group = QStringLiteral("group-of-%1").arg(m_topic);
    BrokerSettings m_brokers;
    Theme m_theme{Theme::Mode::Light};
    std::unique_ptr<GroupReader> m_reader;
    std::unique_ptr<GroupsPage> m_page;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(GroupsPageTest)
#include "GroupsPageTest.moc"
