// SPDX-License-Identifier: GPL-3.0-or-later
// Messages of the stream sent to another topic, on the in-process broker.
#include "ui/produce/RedriveDialog.h"

#include "kafka/EmbeddedBroker.h"
#include "tests/kafka/TopicProbe.h"
#include "ui/produce/RedriveModel.h"
#include "ui/shell/Theme.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QPointer>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

using namespace desk;

class RedriveDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
        m_catalog = EntityCatalog::load();
        m_broker = *EmbeddedBroker::start(3);
        QVERIFY(m_broker->create({QStringLiteral("again")}));
        m_log = std::make_shared<MessageLog>();
        m_log->append({message(0, "a", R"({"id":1,"password":"hunter2"})"), message(1, "b", "two"),
                       message(2, "c", "three")});
        m_dialog = new RedriveDialog(m_broker->settings(), {m_catalog, {}, nullptr}, m_log, *m_theme,
                                     nullptr);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            &m_dialog->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_dialog->show();
    }
    void cleanup()
    {
        m_tester.reset();
        delete m_dialog;
        m_broker.reset();
    }

    void previewsWhatGoesWhereMasked()
    {
        m_dialog->setMessages({0}, {0, 1, 2});
        m_dialog->setTarget(QStringLiteral("again"));
        QCOMPARE(m_dialog->model().rowCount(), 1);
        QCOMPARE(text(0, RedriveModel::FromColumn), QStringLiteral("source, partition 1"));
        QVERIFY(text(0, RedriveModel::ToColumn).startsWith(QStringLiteral("again")));
        QVERIFY2(!text(0, RedriveModel::ValueColumn).contains(QStringLiteral("hunter2")),
                 qPrintable(text(0, RedriveModel::ValueColumn)));
        m_dialog->findChild<QComboBox *>(QStringLiteral("redriveWhich"))->setCurrentIndex(1);
        QCOMPARE(m_dialog->model().rowCount(), 3);
    }

    void sendsBytesUnchangedWithTheirOrigin()
    {
        m_dialog->setMessages({}, {0, 1, 2});
        m_dialog->setTarget(QStringLiteral("again"));
        send();
        QTRY_COMPARE(m_dialog->task().report().acknowledged, 3);
        QTRY_VERIFY(!m_dialog->task().isRunning());
        TopicProbe probe(m_broker->settings());
        probe.read(QStringLiteral("again"));
        const QList<StreamMessage> read = probe.waitForExactly(3);
        QCOMPARE(read.size(), 3);
        for (const StreamMessage &one : read) {
            if (one.key != "a")
                continue;
            QCOMPARE(one.value, QByteArray(R"({"id":1,"password":"hunter2"})"));
            QCOMPARE(headerOf(one, "trace"), QByteArray("t"));
            QCOMPARE(headerOf(one, "redriven-from"), QByteArray("source/1/0"));
            return;
        }
        QFAIL("the first message is not there");
    }

    void keepsPartitionsAndDropsKeysIfWanted()
    {
        m_dialog->setMessages({1}, {0, 1, 2});
        m_dialog->setTarget(QStringLiteral("again"));
        check("redriveKeepKey")->setChecked(false);
        check("redriveKeepPartition")->setChecked(true);
        check("redriveAddOrigin")->setChecked(false);
        send();
        QTRY_COMPARE(m_dialog->task().report().acknowledged, 1);
        TopicProbe probe(m_broker->settings());
        probe.read(QStringLiteral("again"));
        const QList<StreamMessage> read = probe.waitForExactly(1);
        QCOMPARE(read.size(), 1);
        QVERIFY(!read[0].hasKey);
        QCOMPARE(read[0].partition, 1);
        QCOMPARE(read[0].headers.size(), 1);
    }

    void listsWhatWasNotTaken()
    {
        m_dialog->setMessages({}, {0, 1, 2});
        m_dialog->setTarget(QStringLiteral("agian"));
        send();
        QTRY_COMPARE(m_dialog->task().report().failed, 3);
        QTRY_VERIFY(!m_dialog->task().isRunning());
        const auto *failures = m_dialog->findChild<QTreeWidget *>(QStringLiteral("sendFailures"));
        QCOMPARE(failures->topLevelItemCount(), 3);
        QVERIFY(failures->topLevelItem(2)->text(2).contains(QStringLiteral("There is no topic “agian”")));
        QVERIFY2(m_dialog->status().contains(QStringLiteral("3 failed")), qPrintable(m_dialog->status()));
    }

    void aClearedStreamIsNotTakenForWhatWasChosen()
    {
        m_dialog->setMessages({0}, {0, 1, 2});
        m_dialog->setTarget(QStringLiteral("again"));
        m_log->clear();
        m_log->append({message(77, "x", "another")});
        send();
        QTRY_VERIFY(m_dialog->task().report().stopped);
        QCOMPARE(m_dialog->task().report().sent, 0);
        QVERIFY2(m_dialog->status().contains(QStringLiteral("no longer kept")),
                 qPrintable(m_dialog->status()));
    }

private:
    static StreamMessage message(qint64 offset, const QByteArray &key, const QByteArray &value)
    {
        StreamMessage made;
        made.topic = QStringLiteral("source");
        made.partition = 1;
        made.offset = offset;
        made.hasKey = true;
        made.key = key;
        made.hasValue = true;
        made.value = value;
        made.headers = {{"trace", "t"}};
        return made;
    }
    QString text(int row, int column) const { return m_dialog->model().index(row, column).data().toString(); }
    QCheckBox *check(const char *name) const { return m_dialog->findChild<QCheckBox *>(QLatin1String(name)); }
    void send() { m_dialog->findChild<QPushButton *>(QStringLiteral("sendMessages"))->click(); }

    std::unique_ptr<Theme> m_theme;
    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::shared_ptr<MessageLog> m_log;
    QPointer<RedriveDialog> m_dialog;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(RedriveDialogTest)
#include "RedriveDialogTest.moc"
