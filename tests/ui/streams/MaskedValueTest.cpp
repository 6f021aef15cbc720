// SPDX-License-Identifier: GPL-3.0-or-later
// A sensitive value in the live stream: masked in every tab, and shown only after that was written down.
#include "ui/streams/StreamPanel.h"

#include "kafka/EmbeddedBroker.h"
#include "kafka/MessageTableModel.h"
#include "tests/kafka/TopicWriter.h"
#include "ui/shell/Theme.h"
#include "ui/streams/DecodedTree.h"
#include "ui/streams/MessageDetail.h"
#include "ui/streams/MessageFilterField.h"
#include "ui/streams/MessagePinning.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/PayloadView.h"
#include "ui/streams/TopicSearchDialog.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPromise>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace desk;

namespace {

// Answers when the test says so.
class HeldJournal : public DisclosureJournal
{
public:
    struct Asked {
        Disclosure disclosure;
        QPromise<Expected<>> answer;
    };
    explicit HeldJournal(std::vector<Asked> &asked) : m_asked(asked) { }

    QFuture<Expected<>> record(const Disclosure &disclosure) override
    {
        m_asked.push_back({disclosure, {}});
        m_asked.back().answer.start();
        return m_asked.back().answer.future();
    }

private:
    std::vector<Asked> &m_asked;
};

void answer(HeldJournal::Asked &asked, const Expected<> &result)
{
    asked.answer.addResult(result);
    asked.answer.finish();
}

} // namespace

class MaskedValueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_catalog = EntityCatalog::load();
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
        m_broker = *EmbeddedBroker::start(1);
        QVERIFY(m_broker->create({"payments"}));
        m_writer = std::make_unique<TopicWriter>(m_broker->settings());
        m_panel = std::make_unique<StreamPanel>(m_broker->settings(), DecodingSources{m_catalog, {}, {}},
                                                std::make_unique<HeldJournal>(m_asked), *m_theme);
        show(*m_panel);
    }
    void cleanup()
    {
        m_panel.reset();
        m_asked.clear();
        m_writer.reset();
        m_broker.reset();
        m_theme.reset();
    }

    void isMaskedInEveryTab()
    {
        auto *tabs = m_panel->detail().findChild<QTabWidget *>();
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            copyButton()->click();
            const QString copied = QApplication::clipboard()->text();
            QVERIFY(!copied.isEmpty() || !tabs->isTabVisible(tab));
            QVERIFY2(!copied.contains("4111") && !copied.contains("t-99"), qPrintable(copied));
            for (const PayloadView *view : m_panel->detail().findChildren<PayloadView *>())
                QVERIFY(!view->visibleLines().join('\n').contains("4111"));
        }
        QCOMPARE(tree().text(), QString("key\t7\nid\t1\ncard\t••••••\nnested\t{1}\n  token\t••••••"));
    }

    void isShownOnceThatIsWrittenDown()
    {
        choose("card");
        QVERIFY(showAction().isEnabled());
        showAction().trigger();
        QCOMPARE(m_asked.size(), size_t(1));
        QCOMPARE(m_asked[0].disclosure.topic, QString("payments"));
        QCOMPARE(m_asked[0].disclosure.offset, qint64(0));
        QCOMPARE(m_asked[0].disclosure.field, QString("value: card"));
        QCOMPARE(valueOf("card"), QString("••••••")); // not yet
        answer(m_asked[0], {});
        QTRY_COMPARE(valueOf("card"), QString("4111"));
        QVERIFY(!showAction().isEnabled());
        QCOMPARE(valueOf("token"), QString("••••••"));

        choose("token");
        QTest::keyClick(&tree(), Qt::Key_Return); // by the keyboard as well
        QTRY_COMPARE(m_asked.size(), size_t(2));
        QCOMPARE(m_asked[1].disclosure.field, QString("value: nested.token"));
        answer(m_asked[1], {});
        QTRY_COMPARE(valueOf("token"), QString("t-99"));
    }

    void isNotShownIfThatCannotBeWrittenDown()
    {
        choose("card");
        showAction().trigger();
        answer(m_asked[0], failure(ErrorCode::Unreachable, QStringLiteral("The database is away.")));
        QTRY_VERIFY(!problem().isEmpty());
        QVERIFY2(problem().contains("The database is away."), qPrintable(problem()));
        QCOMPARE(valueOf("card"), QString("••••••"));
    }

    void lateAnswerShowsNothingInAnotherMessage()
    {
        choose("card");
        showAction().trigger();
        m_writer->write("payments", "8", R"({"id": 2, "card": "5500"})");
        QVERIFY(m_writer->flush());
        QTRY_COMPARE(m_panel->table().model()->rowCount(), 2);
        m_panel->table().setCurrentIndex(m_panel->table().model()->index(0, 0));
        QTRY_COMPARE(valueOf("id"), QString("2"));
        answer(m_asked[0], {});
        QCoreApplication::sendPostedEvents();
        QTRY_COMPARE(m_asked[0].answer.future().isFinished(), true);
        QCOMPARE(valueOf("card"), QString("••••••"));
    }

    void namesThatTheWorkspaceAddsCountAtOnce()
    {
        m_writer->write("payments", "9", R"({"id": 3, "salary": "5200"})");
        QVERIFY(m_writer->flush());
        auto *filter = m_panel->findChild<MessageFilterField *>("streamFilter");
        filter->setText("5200");
        filter->readNow();
        QTRY_COMPARE(m_panel->table().model()->rowCount(), 1);
        m_panel->table().setCurrentIndex(m_panel->table().model()->index(0, 0));
        QTRY_COMPARE(valueOf("salary"), QString("5200"));

        DecodingSettings settings;
        settings.sensitiveNames.append("salary");
        m_panel->setDecoding(settings);
        QTRY_COMPARE(m_panel->table().model()->rowCount(), 0); // what is masked is not found either
        QCOMPARE(m_panel->findChild<MessagePinning *>()->model().decodingSources().settings, settings);
        filter->clear();
        filter->readNow();
        m_panel->table().setCurrentIndex(m_panel->table().model()->index(0, 0));
        QTRY_COMPARE(valueOf("salary"), QString("••••••"));
        QVERIFY(!m_panel->table()
                     .model()
                     ->index(0, MessageTableModel::ValueColumn)
                     .data()
                     .toString()
                     .contains("5200"));

        m_panel->searchTopics({"payments"}, "id = 3"); // in whole topics, neither
        auto *search = m_panel->findChild<TopicSearchDialog *>();
        QTRY_COMPARE_WITH_TIMEOUT(search->search().state(), TopicSearch::State::Finished, 20'000);
        const auto *found = search->findChild<MessageTableView *>()->model();
        QTRY_COMPARE(found->rowCount(), 1);
        const QString value = found->index(0, MessageTableModel::ValueColumn).data().toString();
        QVERIFY2(value.contains("••••••") && !value.contains("5200"), qPrintable(value));
    }

    void boundsOfTheLogCountAtOnce()
    {
        for (int number = 0; number < 20; ++number)
            m_writer->write("payments", "k", R"({"id": 4})");
        QVERIFY(m_writer->flush());
        QTRY_COMPARE(m_panel->table().model()->rowCount(), 21);
        m_panel->setLogBounds({5, 16});
        QTRY_COMPARE(m_panel->table().model()->rowCount(), 5);
    }

    void withoutAJournalNothingIsShown()
    {
        StreamPanel panel(m_broker->settings(), m_catalog, *m_theme);
        show(panel);
        auto *fields = panel.findChild<DecodedTree *>();
        fields->setCurrentItem(fields->findItems("card", Qt::MatchExactly).value(0));
        QVERIFY(!fields->findChild<QAction *>("showMaskedValue")->isEnabled());
    }

private:
    void show(StreamPanel &panel)
    {
        panel.setStart({.kind = StreamStart::Kind::Beginning});
        panel.setTopics({"payments"});
        panel.resize(1200, 400);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        QTRY_COMPARE(panel.session().state(), StreamSession::State::Reading);
        if (&panel == m_panel.get()) {
            m_writer->write("payments", "7", R"({"id": 1, "card": "4111", "nested": {"token": "t-99"}})");
            QVERIFY(m_writer->flush());
        }
        QTRY_COMPARE(panel.table().model()->rowCount(), 1);
        panel.table().setCurrentIndex(panel.table().model()->index(0, 0));
        QTRY_VERIFY(panel.detail().isVisible());
    }
    DecodedTree &tree() const { return *m_panel->findChild<DecodedTree *>(); }
    QAction &showAction() const { return *tree().findChild<QAction *>("showMaskedValue"); }
    QTreeWidgetItem *itemOf(const QString &name) const
    {
        return tree().findItems(name, Qt::MatchExactly | Qt::MatchRecursive).value(0);
    }
    QString valueOf(const QString &name) const { return itemOf(name) ? itemOf(name)->text(1) : QString(); }
    void choose(const QString &name) const { tree().setCurrentItem(itemOf(name)); }
    QString problem() const
    {
        for (const QLabel *label : m_panel->detail().findChildren<QLabel *>()) {
            if (label->property("role") == QLatin1String("problem") && label->isVisible())
                return label->text();
        }
        return {};
    }
    QToolButton *copyButton() const
    {
        for (QToolButton *button : m_panel->detail().findChildren<QToolButton *>()) {
            if (button->accessibleName() == QLatin1String("Copy"))
                return button;
        }
        return nullptr;
    }

    std::shared_ptr<const EntityCatalog> m_catalog;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<EmbeddedBroker> m_broker;
    std::unique_ptr<TopicWriter> m_writer;
    std::vector<HeldJournal::Asked> m_asked;
    std::unique_ptr<StreamPanel> m_panel;
};

QTEST_MAIN(MaskedValueTest)
#include "MaskedValueTest.moc"
