// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cluster/NameQuestion.h"
#include "ui/topics/TopicDialogs.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace desk;

namespace {

ConfigurationEntry retention(ConfigurationSource source)
{
    ConfigurationEntry entry;
    entry.name = QStringLiteral("retention.ms");
    entry.value = QStringLiteral("86400000");
    entry.defaultValue = QStringLiteral("604800000");
    entry.source = source;
    return entry;
}

} // namespace

class TopicDialogsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_parent = std::make_unique<QWidget>(); }

    void aNewTopicStartsAsTheWorkspaceSays()
    {
        BrokerSettings brokers;
        brokers.partitions = 6;
        brokers.replicas = 2;
        NewTopicDialog dialog(brokers, m_parent.get());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QPushButton &submit = *dialog.findChild<QPushButton *>(QStringLiteral("submitDialog"));
        QVERIFY(!submit.isEnabled()); // no name yet
        dialog.findChild<QLineEdit *>(QStringLiteral("topicName"))->setText(QStringLiteral("orders"));
        QVERIFY(submit.isEnabled());
        dialog.findChild<QPlainTextEdit *>(QStringLiteral("topicSettings"))
            ->setPlainText(QStringLiteral("# ours\nmax.message.bytes = 2000000\n\n"));
        const NewTopic topic = dialog.topic();
        QCOMPARE(topic.name, QStringLiteral("orders"));
        QCOMPARE(topic.partitions, 6);
        QCOMPARE(topic.replicas, 2);
        QCOMPARE(topic.configuration,
                 (QMap<QString, QString>{{QStringLiteral("max.message.bytes"), QStringLiteral("2000000")}}));
    }

    void whatIsNoSettingIsRefusedBeforeAnythingIsAsked()
    {
        NewTopicDialog dialog({}, m_parent.get());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.findChild<QLineEdit *>(QStringLiteral("topicName"))->setText(QStringLiteral("orders"));
        dialog.findChild<QPlainTextEdit *>(QStringLiteral("topicSettings"))
            ->setPlainText(QStringLiteral("retention"));
        QSignalSpy submitted(&dialog, &AdminDialog::submitted);
        dialog.findChild<QPushButton *>(QStringLiteral("submitDialog"))->click();
        QCOMPARE(submitted.size(), 0);
        QVERIFY(dialog.problem().contains(QStringLiteral("“retention”")));
    }

    void aRefusalLeavesTheDialogOpenWithWhatWasTyped()
    {
        auto *dialog = new NewTopicDialog({}, m_parent.get());
        QPointer<NewTopicDialog> alive(dialog);
        dialog->open();
        dialog->findChild<QLineEdit *>(QStringLiteral("topicName"))->setText(QStringLiteral("orders"));
        auto *submit = dialog->findChild<QPushButton *>(QStringLiteral("submitDialog"));
        submit->click();
        QVERIFY(!submit->isEnabled()); // the cluster is asked
        dialog->finish(failure(ErrorCode::InvalidValue, QStringLiteral("There is one already.")));
        QVERIFY(dialog->isVisible());
        QVERIFY(submit->isEnabled());
        QCOMPARE(dialog->problem(), QStringLiteral("There is one already."));
        QCOMPARE(dialog->topic().name, QStringLiteral("orders"));
        dialog->finish({});
        QTRY_VERIFY(!alive);
    }

    void partitionsOnlyGrow()
    {
        AddPartitionsDialog dialog(QStringLiteral("orders"), 4, m_parent.get());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        auto *count = dialog.findChild<QSpinBox *>(QStringLiteral("partitionsInAll"));
        QCOMPARE(dialog.partitions(), 5);
        count->setValue(2);
        QCOMPARE(dialog.partitions(), 5);
        count->setValue(12);
        QCOMPARE(dialog.partitions(), 12);
    }

    void aSettingIsTheTopicsOwnOrTheBrokers()
    {
        SettingDialog dialog(QStringLiteral("orders"), retention(ConfigurationSource::Topic), m_parent.get());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        auto *value = dialog.findChild<QComboBox *>(QStringLiteral("settingValue"));
        auto *asBroker = dialog.findChild<QCheckBox *>(QStringLiteral("settingAsBroker"));
        QVERIFY(!asBroker->isChecked());
        asBroker->setChecked(true);
        QCOMPARE(value->currentText(), QStringLiteral("604800000"));
        QCOMPARE(dialog.changes(), (ConfigurationChanges{{QStringLiteral("retention.ms"), std::nullopt}}));
        value->setEditText(QStringLiteral("1000"));
        QVERIFY(!asBroker->isChecked());
        QCOMPARE(dialog.changes(),
                 (ConfigurationChanges{{QStringLiteral("retention.ms"), QStringLiteral("1000")}}));
    }

    void onlyTheNameIsAYes()
    {
        NameQuestion question({QStringLiteral("Delete topic"), QStringLiteral("It goes."),
                               QStringLiteral("Delete"), QStringLiteral("1 topics")},
                              {QStringLiteral("orders")}, m_parent.get());
        question.setAttribute(Qt::WA_DeleteOnClose, false);
        auto *typed = question.findChild<QLineEdit *>(QStringLiteral("typedName"));
        auto *confirm = question.findChild<QPushButton *>(QStringLiteral("confirmName"));
        QSignalSpy accepted(&question, &QDialog::accepted);
        question.open();
        QTest::keyClick(typed, Qt::Key_Return);
        QTest::keyClicks(typed, QStringLiteral("Orders"));
        QVERIFY(!confirm->isEnabled());
        QTest::keyClick(typed, Qt::Key_Return);
        QCOMPARE(accepted.size(), 0);
        typed->clear();
        QTest::keyClicks(typed, QStringLiteral("orders"));
        QTest::keyClick(typed, Qt::Key_Return);
        QCOMPARE(accepted.size(), 1);
    }

    void severalAreConfirmedByTheirNumber()
    {
        NameQuestion question({QStringLiteral("Delete topics"), QStringLiteral("They go."),
                               QStringLiteral("Delete"), QStringLiteral("2 topics")},
                              {QStringLiteral("orders"), QStringLiteral("payments")}, m_parent.get());
        question.setAttribute(Qt::WA_DeleteOnClose, false);
        QVERIFY(question.findChild<QPlainTextEdit *>()->toPlainText().contains(QStringLiteral("payments")));
        auto *typed = question.findChild<QLineEdit *>(QStringLiteral("typedName"));
        auto *confirm = question.findChild<QPushButton *>(QStringLiteral("confirmName"));
        typed->setText(QStringLiteral("orders"));
        QVERIFY(!confirm->isEnabled());
        typed->setText(QStringLiteral("2 topics"));
        QVERIFY(confirm->isEnabled());
    }

private:
    std::unique_ptr<QWidget> m_parent;
};

QTEST_MAIN(TopicDialogsTest)
#include "TopicDialogsTest.moc"
