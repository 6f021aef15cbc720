// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/DeskWindow.h"
#include "app/desk/QuitSignals.h"
#include "app/desk/WorkspaceSession.h"
#include "models/schema/ColumnText.h"
#include "models/tables/RecordTableModel.h"
#include "tests/kafka/TopicWriter.h"
#include "tests/kafka/WireMessage.h"
#include "ui/shell/CommandModel.h"
#include "ui/records/RecordForm.h"
#include "ui/records/RecordTableView.h"
#include "ui/records/RecordsPage.h"
#include "ui/streams/MessageTableView.h"
#include "ui/streams/StreamPanel.h"

#include <QAbstractButton>
#include <QDockWidget>
#include <QLayout>
#include <QLineEdit>
#include <QMessageBox>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace desk;

// The very window that the program opens, with its session, and no server.
class DeskWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_theme = std::make_unique<Theme>(Theme::Mode::Light);
    }

    void cleanup()
    {
        m_window.reset();
        m_session.reset();
    }

    void theSampleOpensWithItsCatalogAndItsEvents()
    {
        open(sampleWorkspace(m_folder->filePath(QStringLiteral("data"))));
        m_window->showPage(QStringLiteral("product"));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->store().state(), StoreClient::State::Ready, 20'000);
        for (const QString &entity : {QStringLiteral("product"), QStringLiteral("category"),
                                      QStringLiteral("image"), QStringLiteral("todo")}) {
            m_window->showPage(entity);
            QTRY_VERIFY_WITH_TIMEOUT(m_window->recordsPage(entity)->table().model()->rowCount() > 10, 10'000);
        }
        QTRY_COMPARE_WITH_TIMEOUT(status(StatusStrip::Item::Relay), QStringLiteral("relay up to date"),
                                  20'000);
        QCOMPARE(status(StatusStrip::Item::Brokers), QStringLiteral("in-process broker"));
        QCOMPARE(status(StatusStrip::Item::Outbox), QString());
        QTRY_VERIFY_WITH_TIMEOUT(m_window->streamPanel()->table().model()->rowCount() > 100, 20'000);
        QVERIFY(m_window->notices().sentences().isEmpty());
    }

    void theSampleIsFilledOnlyOnce()
    {
        const Workspace workspace = sampleWorkspace(m_folder->filePath(QStringLiteral("data")));
        open(workspace);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->store().state(), StoreClient::State::Ready, 20'000);
        QTRY_VERIFY(m_session->store().publishingState().head > 0);
        const qint64 head = m_session->store().publishingState().head;
        cleanup();
        open(workspace);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->store().publishingState().head > 0, 20'000);
        QCOMPARE(m_session->store().publishingState().head, head);
    }

    void asksBeforeItClosesOverWhatIsTyped()
    {
        open(sampleWorkspace(m_folder->filePath(QStringLiteral("data"))));
        m_window->showPage(QStringLiteral("product"));
        RecordTableView &table = m_window->recordsPage(QStringLiteral("product"))->table();
        QTRY_VERIFY_WITH_TIMEOUT(table.model()->rowCount() > 10, 20'000);
        QTRY_VERIFY(table.model()->index(0, 1).data(RecordTableModel::IsLoadedRole).toBool());
        const auto question = [this] {
            return m_window->findChild<QMessageBox *>(QStringLiteral("leavingQuestion"));
        };
        const auto answer = [&question](const char *button) {
            for (QAbstractButton *choice : question()->buttons()) {
                if (choice->text() == QLatin1String(button))
                    QTest::mouseClick(choice, Qt::LeftButton);
            }
        };
        auto &model = static_cast<RecordTableModel &>(*table.model());
        const auto typeName = [&](const QString &text) {
            table.setCurrentIndex(model.index(0, model.sectionOf(model.entity().displayColumn)));
            table.edit(table.currentIndex());
            QTRY_VERIFY(qobject_cast<QLineEdit *>(m_window->focusWidget()));
            QTest::keyClicks(m_window->focusWidget(), text);
        };

        typeName(QStringLiteral("Typed and not entered"));
        m_window->close();
        QTRY_VERIFY(question());
        QVERIFY(question()->text().contains(QStringLiteral("the cell that is being edited")));
        answer("Stay");
        QTRY_VERIFY(!question());
        QVERIFY(m_window->isVisible());
        QVERIFY(table.isTyping());

        m_window->close();
        QTRY_VERIFY(question());
        answer("Save");
        QTRY_VERIFY(!m_window->isVisible());
        const RecordId id = model.index(0, 0).data(RecordTableModel::RecordIdRole).toString();
        const auto store = openStore(m_session->workspace().database, m_session->services().catalog);
        QVERIFY(store);
        QCOMPARE((*store)->fetch(model.entity(), id)->record.values[model.entity().displayColumn].toString(),
                 QStringLiteral("Typed and not entered"));
    }

    void doesNotCloseOverWhatIsRefusedAtTheLastMoment()
    {
        open(sampleWorkspace(m_folder->filePath(QStringLiteral("data"))));
        m_window->showPage(QStringLiteral("product"));
        RecordTableView &table = m_window->recordsPage(QStringLiteral("product"))->table();
        QTRY_VERIFY_WITH_TIMEOUT(table.model()->rowCount() > 10, 20'000);
        auto &model = static_cast<RecordTableModel &>(*table.model());
        QTRY_VERIFY(model.row(0).has_value());
        const EntityType &product = model.entity();
        const int price = product.indexOf(u"price");
        table.setCurrentIndex(model.index(0, model.sectionOf(price)));
        table.edit(table.currentIndex());
        QTRY_VERIFY(qobject_cast<QLineEdit *>(m_window->focusWidget()));
        QTest::keyClicks(m_window->focusWidget(), QStringLiteral("88.88"));

        const auto store = openStore(m_session->workspace().database, m_session->services().catalog);
        QVERIFY(store);
        const Record before = model.row(0)->record;
        Record after = before;
        after.values[price] = *valueFromText(product.columns[price], QStringLiteral("19.00"));
        QVERIFY((*store)->apply({{update(product, before, after)}}));
        const auto question = [this] {
            return m_window->findChild<QMessageBox *>(QStringLiteral("leavingQuestion"));
        };
        m_window->close();
        QTRY_VERIFY(question());
        for (QAbstractButton *choice : question()->buttons()) {
            if (choice->text() == QLatin1String("Save"))
                QTest::mouseClick(choice, Qt::LeftButton);
        }
        QTRY_VERIFY(question() && question()->text().contains(QStringLiteral("price"))); // asked again
        QVERIFY(m_window->isVisible());
        QCOMPARE(model.unsavedCells().size(), 1);
    }

    void opensWithoutItsDatabaseSaysSoAndRecovers()
    {
        Workspace workspace;
        workspace.name = QStringLiteral("Elsewhere");
        workspace.database.kind = DatabaseKind::Sqlite;
        workspace.database.path = m_folder->filePath(QStringLiteral("unplugged/shop.db"));
        QFile inTheWay(m_folder->filePath(QStringLiteral("unplugged")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        open(workspace);
        m_window->showPage(QStringLiteral("product"));
        QVERIFY(m_window->isVisible());
        QTRY_COMPARE(m_session->store().state(), StoreClient::State::Away);
        QTRY_COMPARE(status(StatusStrip::Item::Database), QStringLiteral("shop.db: away"));
        QTRY_COMPARE(m_window->notices().sentences().size(), 1);
        QVERIFY2(m_window->notices().sentences().constFirst().contains(QLatin1String("unplugged")),
                 qPrintable(m_window->notices().sentences().constFirst()));
        QCOMPARE(status(StatusStrip::Item::Brokers), QStringLiteral("no broker"));

        QVERIFY(inTheWay.remove());
        // By itself, with growing pauses; nothing is clicked.
        QTRY_COMPARE_WITH_TIMEOUT(m_session->store().state(), StoreClient::State::Ready, 20'000);
        QTRY_COMPARE(status(StatusStrip::Item::Database), QStringLiteral("shop.db"));
        QVERIFY(m_window->notices().sentences().isEmpty());
    }

    void aBrokenEntityFileIsReportedAndTheRestWorks()
    {
        const QString entities = m_folder->filePath(QStringLiteral("entities"));
        QVERIFY(QDir().mkpath(entities));
        QFile broken(entities + QStringLiteral("/broken.proto"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("syntax = \"proto3\";\nmessage Half {\n  int32 = 1;\n}\n");
        broken.close();
        Workspace workspace = sampleWorkspace(m_folder->filePath(QStringLiteral("data")));
        workspace.entityFolder = entities;
        open(workspace);
        QCOMPARE(m_window->notices().sentences().size(), 1);
        QVERIFY2(m_window->notices().sentences().constFirst().contains(QLatin1String("broken.proto:3:")),
                 qPrintable(m_window->notices().sentences().constFirst()));
        QVERIFY(m_window->menus().entityProblems()->isVisible());
        QVERIFY(m_window->recordsPage(QStringLiteral("product")));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->store().state(), StoreClient::State::Ready, 20'000);
    }

    void aWorkspaceMayTakeTopicsIn()
    {
        Workspace workspace = sampleWorkspace(m_folder->filePath(QStringLiteral("data")));
        workspace.ingest = true;
        open(workspace);
        QTRY_COMPARE_WITH_TIMEOUT(status(StatusStrip::Item::Ingest), QStringLiteral("ingest up to date"),
                                  30'000);
        // What this window published itself is passed over.
        QCOMPARE(m_session->ingestStatus().outcome, IngestOutcome());
        TopicWriter writer(m_session->workspace().brokers);
        writer.write(QStringLiteral("todos2"), "5", WireMessage().number(1, 900'001).text(2, "Theirs"));
        writer.write(QStringLiteral("todos2"), "6", QByteArray("\x12\xff\xff\xff\xff\x0f"));
        QVERIFY(writer.flush());
        QTRY_COMPARE_WITH_TIMEOUT(status(StatusStrip::Item::Poison), QStringLiteral("1 poison"), 30'000);
        m_window->showPage(QStringLiteral("todo"));
        m_window->showRecord(QStringLiteral("todo"), QStringLiteral("900001"));
        RecordsPage *page = m_window->recordsPage(QStringLiteral("todo"));
        QTRY_COMPARE_WITH_TIMEOUT(page->form().recordId(), QStringLiteral("900001"), 10'000);
    }

    void theStreamMovesToItsPageAndBack()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("Negative sizes")));
        open(sampleWorkspace(m_folder->filePath(QStringLiteral("data"))));
        m_window->showPage(QStringLiteral("product"));
        QVERIFY(m_window->streamDock().isVisible());
        m_window->showPage(QStringLiteral("streams"));
        QVERIFY(!m_window->streamDock().isVisible());
        QVERIFY(m_window->streamPanel()->isVisible());
        QVERIFY(m_window->page(QStringLiteral("streams"))->isAncestorOf(m_window->streamPanel()));
        const QSize least = m_window->streamDock().layout()->minimumSize();
        QVERIFY2(least.isValid(),
                 qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
        m_window->showPage(QStringLiteral("product"));
        QVERIFY(m_window->streamDock().isVisible());
        QVERIFY(m_window->streamDock().isAncestorOf(m_window->streamPanel()));
    }

    void theLayoutIsTheDocksAlsoWhileTheStreamIsOnItsPage()
    {
        open(sampleWorkspace(m_folder->filePath(QStringLiteral("data"))));
        m_window->showPage(QStringLiteral("product"));
        m_window->showPage(QStringLiteral("streams"));
        const QByteArray kept = m_window->layoutState();
        QVERIFY(!m_window->streamDock().isVisible()); // asking moves nothing
        m_window->showPage(QStringLiteral("product"));
        m_window->streamDock().hide();
        m_window->restoreLayout(kept);
        QVERIFY(m_window->streamDock().isVisible());
    }

    void aSignalToEndReachesTheEventLoop()
    {
        const QuitSignals signals;
        QSignalSpy asked(&signals, &QuitSignals::quitRequested);
        QCOMPARE(::raise(SIGTERM), 0);
        QTRY_COMPARE(asked.size(), 1);
    }

    void undoShowsWhatItTouched()
    {
        open(sampleWorkspace(m_folder->filePath(QStringLiteral("data"))));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->store().state(), StoreClient::State::Ready, 20'000);
        m_window->showPage(QStringLiteral("product"));
        RecordTableModel &products = m_window->recordsPage(QStringLiteral("product"))->model();
        QTRY_VERIFY_WITH_TIMEOUT(products.row(2).has_value(), 10'000);
        const EntityType &entity = products.entity();
        const int stock = products.sectionOf(entity.indexOf(QStringLiteral("stock_quantity")));
        QVERIFY(products.setData(products.index(2, stock), 4321));
        QTRY_VERIFY(m_session->changes().canUndo());
        m_window->showPage(QStringLiteral("topics"));
        m_session->changes().undo();
        QTRY_COMPARE(m_window->currentPage(), QStringLiteral("product"));
        QTRY_COMPARE(m_window->recordsPage(QStringLiteral("product"))->form().recordId(),
                     products.row(2)->record.id);
    }

    void f6GoesAroundTheWindow()
    {
        open(sampleWorkspace(m_folder->filePath(QStringLiteral("data"))));
        m_window->showPage(QStringLiteral("product"));
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        RecordsPage *page = m_window->recordsPage(QStringLiteral("product"));
        QTRY_VERIFY_WITH_TIMEOUT(page->form().mode() == RecordForm::Mode::Edit, 20'000);
        page->table().setFocus();
        m_window->menus().nextPart()->trigger();
        QVERIFY(page->form().isAncestorOf(QApplication::focusWidget()));
        m_window->menus().nextPart()->trigger();
        QCOMPARE(QApplication::focusWidget(), &m_window->streamPanel()->table());
        m_window->menus().previousPart()->trigger();
        m_window->menus().previousPart()->trigger();
        QVERIFY(page->table().hasFocus());
    }

    void noTwoActionsOfAPageShareAShortcut()
    {
        open(sampleWorkspace(m_folder->filePath(QStringLiteral("data"))));
        for (const QString &page : {QStringLiteral("product"), QStringLiteral("streams"),
                                    QStringLiteral("topics"), QStringLiteral("journal")}) {
            m_window->showPage(page);
            QHash<QString, const QAction *> owners;
            for (const Command &command :
                 collectCommands(*m_window->menuBar(), {m_window->page(page), m_window->streamPanel()})) {
                for (const QKeySequence &keys : command.action->shortcuts()) {
                    const QAction *owner = owners.value(keys.toString());
                    QVERIFY2(!owner,
                             qPrintable(QStringLiteral("%1: %2 and %3 on %4")
                                            .arg(keys.toString(), command.title,
                                                 owner ? owner->text() : QString(), page)));
                    owners.insert(keys.toString(), command.action);
                }
            }
        }
    }

private:
    void open(const Workspace &workspace)
    {
        m_session = std::make_unique<WorkspaceSession>(workspace, *m_theme, QString());
        m_window = std::make_unique<DeskWindow>(*m_session, *m_theme);
        m_window->show();
        m_session->start();
    }

    [[nodiscard]] QString status(StatusStrip::Item item) const
    {
        return m_window->statusStrip().status(item).text;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<WorkspaceSession> m_session;
    std::unique_ptr<DeskWindow> m_window;
};

QTEST_MAIN(DeskWindowTest)
#include "DeskWindowTest.moc"
