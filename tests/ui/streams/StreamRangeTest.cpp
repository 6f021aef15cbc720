// SPDX-License-Identifier: GPL-3.0-or-later
// Where the live stream begins and ends, chosen in the window, told by it and kept.
#include "kafka/EmbeddedBroker.h"
#include "tests/kafka/TopicWriter.h"
#include "ui/shell/Theme.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/PartitionReadingDialog.h"
#include "ui/streams/PartitionReadingModel.h"
#include "ui/streams/ReadingDialog.h"
#include "ui/streams/StreamPanel.h"
#include "ui/streams/StreamReading.h"
#include "ui/streams/StreamStartMenu.h"
#include "ui/streams/TopicChooser.h"
#include "ui/streams/TopicSearchDialog.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <librdkafka/rdkafka_mock.h>

using namespace desk;

class StreamRangeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_catalog = EntityCatalog::load();
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
        m_broker = *EmbeddedBroker::start(2);
        QVERIFY(m_broker->create({"letters", "notes"}));
        m_writer = std::make_unique<TopicWriter>(m_broker->settings());
        m_folder = std::make_unique<QTemporaryDir>();
        openPanel();
    }
    void cleanup()
    {
        m_panel.reset();
        m_writer.reset();
        m_broker.reset();
        m_theme.reset();
    }

    void readsToTheEndAndSaysSo()
    {
        write("letters", 12);
        m_panel->setTopics({"letters"});
        ReadingDialog *dialog = openDialog();
        choose(dialog, "readingStart", int(StreamStart::Kind::LastMessages));
        dialog->findChild<QLineEdit *>("readingCount")->setText("3");
        choose(dialog, "readingEnd", int(StreamEnd::Kind::AtEnd));
        go(dialog);
        QCOMPARE(button("streamStart")->text(), QStringLiteral("From: last 3 to the end"));
        QTRY_COMPARE(m_panel->session().state(), StreamSession::State::Complete);
        const qint64 kept = m_panel->session().log()->endRow();
        QVERIFY2(kept > 0 && kept <= 6, qPrintable(QString::number(kept)));
        QTRY_COMPARE(figures(), QStringLiteral("Read to the end: %1 messages").arg(kept));
        QCOMPARE(button("streamPause")->text(), QStringLiteral("Read again"));
        write("letters", 50); // what comes later is not waited for
        QTest::mouseClick(button("streamPause"), Qt::LeftButton);
        QTRY_COMPARE(m_panel->session().state(), StreamSession::State::Complete);
        QCOMPARE(m_panel->session().log()->endRow(), 6);
    }

    void stoppingKeepsWhatIsThere()
    {
        write("letters", 5);
        m_panel->setTopics({"letters"});
        m_panel->setStart({.kind = StreamStart::Kind::Beginning});
        QTRY_COMPARE(rows(), 5);
        action("Stop reading")->trigger();
        QCOMPARE(m_panel->session().state(), StreamSession::State::Stopped);
        QVERIFY2(figures().startsWith("stopped"), qPrintable(figures()));
        write("letters", 5);
        QCOMPARE(rows(), 5);
        action("Read again")->trigger();
        QTRY_COMPARE(rows(), 10);
    }

    void readsOnlySomePartitionsFromAnOffset()
    {
        write("letters", 40);
        m_panel->setTopics({"letters"});
        ReadingDialog *dialog = openDialog();
        choose(dialog, "readingStart", int(StreamStart::Kind::Offset));
        dialog->findChild<QLineEdit *>("readingOffset")->setText("2");
        choose(dialog, "readingEnd", int(StreamEnd::Kind::AtEnd));
        dialog->findChild<QLineEdit *>("readingPartitions")->setText("1");
        go(dialog);
        QCOMPARE(button("streamStart")->accessibleDescription(),
                 QStringLiteral("From: offset 2 to the end · partition 1"));
        QTRY_COMPARE(m_panel->session().state(), StreamSession::State::Complete);
        const MessageLog &log = *m_panel->session().log();
        QVERIFY(log.endRow() > 0);
        for (qint64 row = 0; row < log.endRow(); ++row) {
            QCOMPARE(log.message(row).partition, 1);
            QVERIFY(log.message(row).offset >= 2);
        }
    }

    void readsUpToAnOffset()
    {
        write("letters", 40);
        m_panel->setTopics({"letters"});
        ReadingDialog *dialog = openDialog();
        choose(dialog, "readingStart", int(StreamStart::Kind::Beginning));
        choose(dialog, "readingEnd", int(StreamEnd::Kind::Offset));
        auto *offset = dialog->findChild<QLineEdit *>("readingUntilOffset");
        QVERIFY(offset->isVisible());
        offset->setText("none");
        QVERIFY(dialog->findChild<QLabel *>("readingEndProblem")->text().contains("whole number"));
        offset->setText("3");
        go(dialog);
        QTRY_COMPARE(m_panel->session().state(), StreamSession::State::Complete);
        QCOMPARE(m_panel->session().log()->endRow(), 6); // of each of two partitions
    }

    // What the stream reads, and from where to where, is what is looked through, too.
    void aSearchTakesUpTheChoice()
    {
        write("letters", 40);
        write("notes", 10);
        StreamChoice choice;
        choice.pattern = "let*";
        choice.start = {.kind = StreamStart::Kind::Offset, .offset = 2};
        choice.end = {.kind = StreamEnd::Kind::Offset, .offset = 5};
        m_panel->reading().setChoice(choice);
        m_panel->searchTopics();
        const QPointer<TopicSearchDialog> search = m_panel->findChild<TopicSearchDialog *>();
        QCOMPARE(search->findChild<QPushButton *>("searchTopics")->text(), QString("all like let*"));
        auto *start = search->findChild<QComboBox *>("searchStart");
        QCOMPARE(start->currentText(), QString("offset 2 to before offset 5"));
        search->setFilterText("text");
        search->start();
        QTRY_COMPARE_WITH_TIMEOUT(search->search().state(), TopicSearch::State::Finished, 20'000);
        QCOMPARE(search->search().progress().lookedAt, 6);

        // Another range, by the dialog: without what makes no sense for a search.
        Q_EMIT start->activated(start->currentIndex());
        auto *dialog = search->findChild<ReadingDialog *>();
        QVERIFY(dialog);
        auto *end = dialog->findChild<QComboBox *>("readingEnd");
        QCOMPARE(end->findData(int(StreamEnd::Kind::Never)), -1);
        QCOMPARE(dialog->findChild<QComboBox *>("readingStart")->findData(int(StreamStart::Kind::End)), -1);
        end->setCurrentIndex(end->findData(int(StreamEnd::Kind::AtEnd)));
        dialog->findChild<QLineEdit *>("readingPartitions")->setText("1");
        QTest::mouseClick(dialog->findChild<QPushButton *>("readingGo"), Qt::LeftButton);
        QCOMPARE(start->currentText(), QString("offset 2 to the end · partition 1"));
        search->start();
        QTRY_COMPARE_WITH_TIMEOUT(search->search().state(), TopicSearch::State::Finished, 20'000);
        QCOMPARE(search->search().progress().partitions.size(), 1);
        start->setCurrentIndex(0); // all there is
        search->start();
        QTRY_COMPARE_WITH_TIMEOUT(search->search().state(), TopicSearch::State::Finished, 20'000);
        QCOMPARE(search->search().progress().lookedAt, 40);
        QCOMPARE(m_panel->reading().choice(), choice); // the stream's own stays
        search->close();
    }

    void aStreamWithoutAnEndIsLookedThroughInWhole()
    {
        m_panel->setTopics({"letters"});
        m_panel->searchTopics();
        auto *search = m_panel->findChild<TopicSearchDialog *>();
        QCOMPARE(search->findChild<QComboBox *>("searchStart")->currentIndex(), 0);
        search->close();
    }

    void readsATopicPattern()
    {
        QTest::mouseClick(button("streamTopics"), Qt::LeftButton);
        auto *chooser = m_panel->findChild<TopicChooser *>();
        auto *pattern = chooser->findChild<QLineEdit *>("topicPattern");
        QVERIFY(pattern->isVisible());
        QTest::keyClicks(pattern, "no te");
        auto *problem = chooser->findChild<QLabel *>("topicPatternProblem");
        QVERIFY2(problem->isVisible() && problem->text().contains("fits no topic"),
                 qPrintable(problem->text()));
        QTest::keyClick(pattern, Qt::Key_Return); // stays
        QVERIFY(chooser->isVisible());
        pattern->clear();
        QTest::keyClicks(pattern, "note*");
        QVERIFY(!problem->isVisible());
        QTest::keyClick(pattern, Qt::Key_Return);
        QVERIFY(!chooser->isVisible());
        QVERIFY(button("streamTopics")->accessibleDescription().endsWith("all like note*"));
        QTRY_COMPARE(m_panel->session().state(), StreamSession::State::Reading);
        QTRY_VERIFY(m_panel->session().progress().partitions >= 2);
        write("notes", 3);
        QTRY_COMPARE(rows(), 3);
    }

    void tellsHowFarItIs()
    {
        write("letters", 20);
        rd_kafka_mock_partition_set_leader(m_broker->cluster(), "notes", 1, -1);
        m_panel->setTopics({"letters", "notes"});
        m_panel->setStart({.kind = StreamStart::Kind::Beginning});
        QTRY_COMPARE_WITH_TIMEOUT(m_panel->session().state(), StreamSession::State::Reading, 15'000);
        QTRY_COMPARE(figures().section(QStringLiteral(" · "), 0, 0),
                     QStringLiteral("3 of 4 partitions at their end, 100 %, 1 waits"));
        auto *progress = m_panel->findChild<QProgressBar *>("streamProgress");
        QVERIFY(progress->isVisible());
        QVERIFY(progress->accessibleDescription().contains("1 waits"));

        action("Partitions")->trigger();
        const QPointer<PartitionReadingDialog> dialog = m_panel->findChild<PartitionReadingDialog *>();
        const PartitionReadingModel &model = dialog->model();
        QCOMPARE(model.rowCount(), 4);
        const auto text = [&model](int row, int column) {
            return model.index(row, column).data().toString();
        };
        QCOMPARE(text(3, PartitionReadingModel::TopicColumn), QStringLiteral("notes"));
        QCOMPARE(text(3, PartitionReadingModel::StateColumn), QStringLiteral("No leader just now"));
        QCOMPARE(text(3, PartitionReadingModel::PositionColumn), QStringLiteral("–"));
        QCOMPARE(text(0, PartitionReadingModel::StateColumn), QStringLiteral("at the end"));
        QCOMPARE(text(0, PartitionReadingModel::BehindColumn), QStringLiteral("0"));
        rd_kafka_mock_partition_set_leader(m_broker->cluster(), "notes", 1, 1);
        QTRY_COMPARE_WITH_TIMEOUT(text(3, PartitionReadingModel::StateColumn), QStringLiteral("at the end"),
                                  15'000);
        QTRY_VERIFY(!progress->isVisible()); // caught up
        QVERIFY2(figures().contains("/s"), qPrintable(figures()));
        dialog->close();
        QTRY_VERIFY(!dialog);
    }

    void partitionsComeGoAndMoveInTheTable()
    {
        PartitionReadingModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        PartitionReading first{.topic = "a", .partition = 0, .state = PartitionReading::State::Reading};
        first.first = 10;
        first.position = 12;
        first.end = 12'403;
        PartitionReading second = first;
        second.partition = 2;
        model.setPartitions({first, second});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, PartitionReadingModel::BehindColumn).data().toString(),
                 QStringLiteral("12\u00a0391"));
        PartitionReading between = first;
        between.partition = 1;
        first.position = 12'403;
        first.state = PartitionReading::State::Complete;
        model.setPartitions({first, between, second});
        QCOMPARE(model.index(1, PartitionReadingModel::PartitionColumn).data().toString(),
                 QStringLiteral("1"));
        QCOMPARE(model.index(0, PartitionReadingModel::StateColumn).data().toString(),
                 QStringLiteral("complete"));
        model.setPartitions({second});
        QCOMPARE(model.rowCount(), 1);
    }

    void badInputGetsASentenceAtItsPlace()
    {
        ReadingDialog *dialog = openDialog();
        auto *go = dialog->findChild<QPushButton *>("readingGo");
        const auto text = [dialog](const char *name) {
            const auto *label = dialog->findChild<QLabel *>(QLatin1String(name));
            return label->isVisible() ? label->text() : QString();
        };
        QVERIFY(go->isEnabled());
        auto *partitions = dialog->findChild<QLineEdit *>("readingPartitions");
        partitions->setText("one");
        QVERIFY(!go->isEnabled());
        QVERIFY(text("readingPartitionsProblem").contains("“one” is no partition"));
        QCOMPARE(partitions->accessibleDescription(), text("readingPartitionsProblem"));
        partitions->setText("0");
        QVERIFY(go->isEnabled());
        QCOMPARE(text("readingPartitionsProblem"), QString());
        choose(dialog, "readingStart", int(StreamStart::Kind::LastMessages));
        dialog->findChild<QLineEdit *>("readingCount")->setText("none");
        QVERIFY(text("readingStartProblem").contains("whole number"));
        QVERIFY(!go->isEnabled());
        choose(dialog, "readingStart", int(StreamStart::Kind::Time));
        QCOMPARE(text("readingStartProblem"), QString());
        choose(dialog, "readingEnd", int(StreamEnd::Kind::Time));
        auto *from = dialog->findChild<QDateTimeEdit *>("readingFrom");
        auto *until = dialog->findChild<QDateTimeEdit *>("readingUntil");
        until->setDateTime(from->dateTime().addSecs(-60));
        QVERIFY(text("readingEndProblem").contains("not after"));
        QVERIFY(!go->isEnabled());
        until->setDateTime(from->dateTime().addSecs(60));
        QVERIFY(go->isEnabled());
        QTest::mouseClick(dialog->findChild<QPushButton *>("readingDefault"), Qt::LeftButton);
        QCOMPARE(dialog->findChild<QComboBox *>("readingStart")->currentData().toInt(),
                 int(StreamStart::Kind::End));
        QCOMPARE(partitions->text(), QString());
        dialog->reject();
    }

    void isKeptWithTheWorkspaceAndCanBeUndone()
    {
        const StreamChoice standard = m_panel->reading().choice();
        m_panel->setTopics({"letters"});
        m_panel->setStart({.kind = StreamStart::Kind::Beginning});
        auto *menu = m_panel->findChild<StreamStartMenu *>();
        for (QAction *entry : menu->actions()) {
            if (entry->text() == QLatin1String("&Stop at the end"))
                entry->trigger();
        }
        const StreamChoice chosen = m_panel->reading().choice();
        QCOMPARE(chosen.end.kind, StreamEnd::Kind::AtEnd);
        openPanel();
        QCOMPARE(m_panel->reading().choice(), chosen);
        QCOMPARE(button("streamStart")->text(), QStringLiteral("From: beginning to the end"));
        QVERIFY(action("Read the default")->isEnabled());
        action("Read the default")->trigger();
        QCOMPARE(m_panel->reading().choice(), standard);
        QVERIFY(!action("Read the default")->isEnabled());
        openPanel();
        QCOMPARE(m_panel->reading().choice(), standard);
    }

private:
    void openPanel()
    {
        m_panel.reset();
        m_panel = std::make_unique<StreamPanel>(m_broker->settings(), m_catalog, *m_theme);
        m_panel->keepIn(m_folder->filePath("desk.ini"), "shop");
        m_panel->resize(1200, 300);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    }
    void write(const QString &topic, int count)
    {
        for (int number = 0; number < count; ++number)
            m_writer->write(topic, QByteArray::number(number), "text");
        QVERIFY(m_writer->flush());
    }
    ReadingDialog *openDialog()
    {
        action("Reading options")->trigger();
        return m_panel->findChild<ReadingDialog *>();
    }
    static void choose(ReadingDialog *dialog, const char *box, int choice)
    {
        auto *combo = dialog->findChild<QComboBox *>(QLatin1String(box));
        combo->setCurrentIndex(combo->findData(choice));
    }
    static void go(ReadingDialog *dialog)
    {
        const QPointer<ReadingDialog> closing = dialog;
        QTest::mouseClick(dialog->findChild<QPushButton *>("readingGo"), Qt::LeftButton);
        QTRY_VERIFY(!closing);
    }
    [[nodiscard]] QAction *action(const QString &title) const
    {
        for (QAction *action : m_panel->actions()) {
            if (action->text().remove(u'&').remove(u'…') == title)
                return action;
        }
        return nullptr;
    }
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        return m_panel->findChild<QPushButton *>(QLatin1String(name));
    }
    [[nodiscard]] QString figures() const { return m_panel->findChild<QLabel *>("streamFigures")->text(); }
    [[nodiscard]] int rows() const { return m_panel->table().model()->rowCount(); }

    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::unique_ptr<TopicWriter> m_writer;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<StreamPanel> m_panel;
};

QTEST_MAIN(StreamRangeTest)
#include "StreamRangeTest.moc"
