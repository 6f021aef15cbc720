// SPDX-License-Identifier: GPL-3.0-or-later
// From a message to its record, and from a record to its messages, in the window that the program opens.
#include "app/desk/DeskWindow.h"
#include "app/desk/WorkspaceSession.h"
#include "kafka/MessageTableModel.h"
#include "tests/kafka/TopicWriter.h"
#include "tests/kafka/WireMessage.h"
#include "ui/parts/EmptyState.h"
#include "ui/records/RecordForm.h"
#include "ui/records/RecordsPage.h"
#include "ui/streams/MessageDetail.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/RecordMessages.h"
#include "ui/streams/StreamPanel.h"
#include "ui/streams/TopicSearchDialog.h"

#include <QAction>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace desk;

class RecordLinksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
        m_folder = std::make_unique<QTemporaryDir>();
        m_session = std::make_unique<WorkspaceSession>(sampleWorkspace(m_folder->filePath("data")), *m_theme,
                                                       QString());
        m_window = std::make_unique<DeskWindow>(*m_session, *m_theme);
        m_window->show();
        m_session->start();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->showPage("product");
        QTRY_VERIFY_WITH_TIMEOUT(page().form().mode() == RecordForm::Mode::Edit, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(stream().model()->rowCount() > 100, 20'000);
    }
    void cleanup()
    {
        m_window.reset();
        m_session.reset();
        m_folder.reset();
        m_theme.reset();
    }

    void returnOnAMessageShowsItsRecord()
    {
        m_window->showPage("journal");
        QTRY_VERIFY_WITH_TIMEOUT(rowOf("categories", MessageTableModel::TopicColumn) >= 0, 20'000);
        choose(rowOf("categories", MessageTableModel::TopicColumn));
        const QString id = detail().decoded().recordId;
        QVERIFY(!id.isEmpty());
        QTest::keyClick(&stream(), Qt::Key_Return);
        QCOMPARE(m_window->currentPage(), QString("category"));
        QTRY_COMPARE(m_window->recordsPage("category")->form().recordId(), id);
    }

    void aRecordThatIsGoneIsToldOf()
    {
        TopicWriter writer(m_session->workspace().brokers);
        writer.write("products_update", "990001", WireMessage().number(1, 990'001).text(2, "Gone"));
        QVERIFY(writer.flush());
        QTRY_COMPARE(stream().model()->index(0, MessageTableModel::KeyColumn).data().toString(),
                     QString("990001"));
        choose(0);
        detail().recordAction()->trigger();
        QTRY_VERIFY(
            m_window->notices().sentences().join(' ').contains("There is no product 990001 any more."));
    }

    void aRecordShowsItsMessages()
    {
        const QString id = page().form().recordId();
        page().findChild<QAction *>("showRecordMessages")->trigger();
        QVERIFY(messages().isVisible());
        QTRY_VERIFY(messages().table().model()->rowCount() > 0);
        QTRY_VERIFY2(tabTitle().startsWith("Messages "), qPrintable(tabTitle()));
        const QAbstractItemModel &model = *messages().table().model();
        for (int row = 0; row < model.rowCount(); ++row) {
            QCOMPARE(model.index(row, MessageTableModel::KeyColumn).data().toString(), id);
            QVERIFY(
                model.index(row, MessageTableModel::TopicColumn).data().toString().startsWith("products_"));
        }
        // One that comes shows at once; an older service's has no key.
        TopicWriter writer(m_session->workspace().brokers);
        writer.write("products_update", "", WireMessage().number(1, id.toInt()).text(2, "Theirs"));
        QVERIFY(writer.flush());
        const auto showsTheirs = [&model] { // others of the record may still be coming
            return !model
                        .match(model.index(0, MessageTableModel::ValueColumn), Qt::DisplayRole,
                               QStringLiteral("Theirs"), 1, Qt::MatchContains)
                        .isEmpty();
        };
        QTRY_VERIFY(showsTheirs());

        messages().table().setCurrentIndex(model.index(0, MessageTableModel::ValueColumn));
        messages().table().setFocus();
        QTest::keyClick(&messages().table(), Qt::Key_Return);
        QTRY_VERIFY(detail().isVisible());
        QCOMPARE(detail().decoded().recordId, id);
        QVERIFY(stream().hasFocus());
    }

    void anotherRecordShowsItsOwn()
    {
        page().findChild<QAction *>("showRecordMessages")->trigger();
        QTRY_VERIFY(messages().table().model()->rowCount() > 0);
        const RecordId other = page().model().row(3)->record.id;
        m_window->showRecord("product", other);
        QTRY_COMPARE(page().form().recordId(), other);
        QTRY_COMPARE(messages().table().model()->index(0, MessageTableModel::KeyColumn).data().toString(),
                     other);
        // Nothing is looked for behind another tab.
        page().form().tabs().setCurrentIndex(0);
        QCOMPARE(messages().table().model()->rowCount(), 0);
    }

    void itsTopicsAreSearchedForIt()
    {
        const QString id = page().form().recordId();
        m_window->streamPanel()->clear();
        page().findChild<QAction *>("showRecordMessages")->trigger();
        QTRY_VERIFY2(messages().findChild<EmptyState *>()->sentence().contains("keeps no message"),
                     qPrintable(messages().findChild<EmptyState *>()->sentence()));
        QTest::mouseClick(messages().findChild<QPushButton *>("searchRecordMessagesButton"), Qt::LeftButton);
        auto *dialog = m_window->findChild<TopicSearchDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(dialog->search().state(), TopicSearch::State::Finished, 20'000);
        QTRY_VERIFY(dialog->findChild<MessageTableView *>()->model()->rowCount() > 0);
        const QAbstractItemModel &found = *dialog->findChild<MessageTableView *>()->model();
        for (int row = 0; row < found.rowCount(); ++row)
            QCOMPARE(found.index(row, MessageTableModel::KeyColumn).data().toString(), id);
    }

    void anOpenMessageIsNotCutInTheSmallestWindow()
    {
        choose(0);
        m_window->resize(900, 600);
        for (const char *shown : {"product", "streams"}) {
            m_window->showPage(shown);
            QTRY_COMPARE(m_window->width(), 900);
            QTRY_VERIFY2(detail().mapTo(m_window.get(), QPoint(detail().width(), 0)).x() <= m_window->width(),
                         shown);
        }
    }

    void theFilterFindsKeysAndIds()
    {
        const auto catalog = EntityCatalog::load();
        const QString filter = RecordMessages::filterFor(*catalog->find(u"todo"), "7");
        QVERIFY2(filter.endsWith("and (key = \"7\" or value.id = 7)"), qPrintable(filter));
        QVERIFY2(filter.contains("\"todos2\""), qPrintable(filter));
        for (const auto &entity : catalog->entities()) {
            const auto parsed = parseFilter(RecordMessages::filterFor(*entity, "7"));
            QVERIFY2(parsed.has_value(), qPrintable(entity->name));
        }
    }

private:
    RecordsPage &page() const { return *m_window->recordsPage("product"); }
    MessageTableView &stream() const { return m_window->streamPanel()->table(); }
    MessageDetail &detail() const { return m_window->streamPanel()->detail(); }
    RecordMessages &messages() const { return *page().form().findChild<RecordMessages *>(); }
    QString tabTitle() const
    {
        return page().form().tabs().tabText(page().form().tabs().indexOf(&messages()));
    }
    int rowOf(const QString &part, int column) const
    {
        for (int row = 0; row < stream().model()->rowCount(); ++row) {
            if (stream().model()->index(row, column).data().toString().startsWith(part))
                return row;
        }
        return -1;
    }
    void choose(int row)
    {
        stream().setCurrentIndex(stream().model()->index(row, 0));
        stream().setFocus();
        QTRY_VERIFY(detail().isVisible());
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WorkspaceSession> m_session;
    std::unique_ptr<DeskWindow> m_window;
};

QTEST_MAIN(RecordLinksTest)
#include "RecordLinksTest.moc"
