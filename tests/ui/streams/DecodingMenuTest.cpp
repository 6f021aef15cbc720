// SPDX-License-Identifier: GPL-3.0-or-later
// An operator says how a topic is read.
#include "ui/streams/StreamPanel.h"

#include "kafka/EmbeddedBroker.h"
#include "kafka/MessageTableModel.h"
#include "tests/kafka/TopicWriter.h"
#include "ui/shell/Theme.h"
#include "ui/streams/DecodingMenu.h"
#include "ui/streams/DecodingRuleDialog.h"
#include "ui/streams/MessageDetail.h"
#include "ui/streams/MessageTableView.h"

#include <QAbstractItemModelTester>
#include <QDialogButtonBox>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class DecodingMenuTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath("thing.proto"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("syntax = \"proto3\";\nmessage Thing { int32 id = 1; string name = 2; }\n");
    }
    void init()
    {
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
        m_broker = *EmbeddedBroker::start(1);
        QVERIFY(m_broker->create({"things"}));
        m_writer = std::make_unique<TopicWriter>(m_broker->settings());
        m_panel = std::make_unique<StreamPanel>(m_broker->settings(), EntityCatalog::load(), *m_theme);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_panel->table().model());
        m_panel->setStart({.kind = StreamStart::Kind::Beginning});
        m_panel->setTopics({"things"});
        m_panel->resize(1200, 400);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        m_writer->write("things", "7", QByteArray::fromHex("08181204") + "Lamp");
        QVERIFY(m_writer->flush());
        QTRY_COMPARE(m_panel->table().model()->rowCount(), 1);
        m_panel->table().setCurrentIndex(m_panel->table().model()->index(0, 0));
        QTRY_VERIFY(m_panel->detail().isVisible());
    }
    void cleanup()
    {
        m_tester.reset();
        m_panel.reset();
        m_writer.reset();
        m_broker.reset();
        m_theme.reset();
    }

    void choiceIsTakenAtOnceAndTold()
    {
        QCOMPARE(shown(), QString("1 24 · 2 Lamp"));
        QVERIFY(action(PayloadFormat::Automatic)->isChecked());
        QSignalSpy told(m_panel.get(), &StreamPanel::decodingChanged);
        action(PayloadFormat::Hex)->trigger();
        QCOMPARE(shown(), QString("08 18 12 04 4c 61 6d 70"));
        QCOMPARE(told.size(), 1);
        const auto settings = told[0][0].value<DecodingSettings>();
        QCOMPARE(settings.rules,
                 QList<DecodingRule>({{"things", MessagePart::Value, PayloadFormat::Hex, {}, {}}}));
        QVERIFY(action(PayloadFormat::Hex)->isChecked());
        QVERIFY(!action(PayloadFormat::Automatic)->isChecked());
        // What does not fit is shown all the same, with the reason.
        action(PayloadFormat::Json)->trigger();
        QCOMPARE(shown(), QString("1 24 · 2 Lamp"));
        QVERIFY(m_panel->detail().decoded().problem.contains("no JSON"));
        action(PayloadFormat::Automatic)->trigger();
        QVERIFY(m_panel->detail().decoded().problem.isEmpty());
    }

    void messageOfAFileIsAskedForAndRead()
    {
        action(PayloadFormat::ProtoFile)->trigger();
        auto *dialog = m_panel->findChild<DecodingRuleDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        auto *accept = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
        QVERIFY(!accept->isEnabled());
        QTest::keyClicks(dialog->findChild<QLineEdit *>("ruleFile"), m_folder.filePath("thing.proto"));
        QVERIFY(accept->isEnabled());
        QTest::mouseClick(accept, Qt::LeftButton);
        QTRY_COMPARE(shown(), QString("id 24 · name Lamp"));
        QTRY_COMPARE(m_panel->detail().decoded().kind, QString("Thing"));
        QVERIFY(action(PayloadFormat::ProtoFile)->isChecked());
    }

    void dialogThatIsLeftChangesNothing()
    {
        action(PayloadFormat::ProtoFile)->trigger();
        auto *dialog = m_panel->findChild<DecodingRuleDialog *>();
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!m_panel->findChild<DecodingRuleDialog *>());
        QCOMPARE(shown(), QString("1 24 · 2 Lamp"));
        QVERIFY(action(PayloadFormat::Automatic)->isChecked());
        QVERIFY(!action(PayloadFormat::ProtoFile)->isChecked());
    }

private:
    // Of the values.
    QAction *action(PayloadFormat format) const
    {
        for (QAction *action : m_panel->detail().decodingMenu().actions()) {
            if (action->data().isValid() && action->data().toInt() == int(format))
                return action;
        }
        return nullptr;
    }
    QString shown() const
    {
        return m_panel->table().model()->index(0, MessageTableModel::ValueColumn).data().toString();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::unique_ptr<TopicWriter> m_writer;
    std::unique_ptr<StreamPanel> m_panel;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(DecodingMenuTest)
#include "DecodingMenuTest.moc"
