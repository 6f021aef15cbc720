// SPDX-License-Identifier: GPL-3.0-or-later
// The page as a whole: filters, search, deletion, undo, several records at once, import.
#include "tests/ui/records/PageFixture.h"

#include "ui/parts/EmptyState.h"
#include "ui/transfer/ImportDialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialog>
#include <QMenu>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTableView>

using namespace desk;

class RecordsPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_desk = std::make_unique<PageFixture>();
        int price = 0;
        for (const char *name : {"Fish Steak", "Milk", "Honey", "Apple"})
            m_desk->add("product",
                        {{"name", QString::fromLatin1(name)},
                         {"price", QVariant::fromValue(Decimal(++price * 1000, 2))}});
    }
    void cleanup() { m_desk.reset(); }

    void filtersUnderTheTitlesNarrow()
    {
        m_desk->open("product", 4);
        auto *field = m_desk->find<QLineEdit>("filter-price");
        QVERIFY(field->isVisible());
        QTest::keyClicks(field, QStringLiteral("<= 20"));
        QTRY_COMPARE(m_desk->page->model().rowCount(), 2);
        QVERIFY(field->property("set").toBool());
        QTest::keyClicks(m_desk->find<QLineEdit>("filter-name"), QStringLiteral("milk"));
        QTRY_COMPARE(m_desk->page->model().rowCount(), 1);
        QTRY_COMPARE(m_desk->text(0, "name"), QStringLiteral("Milk"));
        QTest::keyClick(field, Qt::Key_Escape);
        QTest::keyClick(m_desk->find<QLineEdit>("filter-name"), Qt::Key_Escape);
        QTRY_COMPARE(m_desk->page->model().rowCount(), 4);
    }

    void aTextThatIsNoFilterSaysSoAndChangesNothing()
    {
        m_desk->open("product", 4);
        auto *field = m_desk->find<QLineEdit>("filter-price");
        field->setFocus();
        QTest::keyClicks(field, QStringLiteral("<= 20"));
        QTRY_COMPARE(m_desk->page->model().rowCount(), 2);
        QTest::keyClicks(field, QStringLiteral("x"));
        QTRY_VERIFY(field->property("invalid").toBool());
        auto *problem = m_desk->page->findChild<QLabel *>(QStringLiteral("filterProblem"));
        QVERIFY(problem && problem->isVisible() && !problem->text().isEmpty());
        QCOMPARE(m_desk->page->model().rowCount(), 2);
    }

    void searchesAndSaysWhenNothingMatches()
    {
        m_desk->open("product", 4);
        m_desk->press(Qt::Key_F, Qt::ControlModifier);
        auto *search = m_desk->find<QLineEdit>("search");
        QCOMPARE(PageFixture::focus(), search);
        m_desk->type(QStringLiteral("steak"));
        QTRY_COMPARE(m_desk->page->model().rowCount(), 1);
        m_desk->type(QStringLiteral("zzz"));
        QTRY_VERIFY(m_desk->page->table().emptyState().isVisible());
        QCOMPARE(m_desk->page->table().emptyState().sentence(),
                 QStringLiteral("No products match “steakzzz”"));
        auto *clear = m_desk->page->table().emptyState().findChild<QPushButton *>();
        QTest::mouseClick(clear, Qt::LeftButton);
        QTRY_COMPARE(m_desk->page->model().rowCount(), 4);
        QVERIFY(search->text().isEmpty());
        QVERIFY(!m_desk->page->table().emptyState().isVisible());
    }

    void deletesAfterNamingWhatGoes()
    {
        m_desk->open("product", 4);
        m_desk->click(1, "name");
        m_desk->press(Qt::Key_Delete);
        QMessageBox *question = nullptr;
        QTRY_VERIFY((question = m_desk->find<QMessageBox>("deletionQuestion")) && question->isVisible());
        QCOMPARE(question->text(), QStringLiteral("Delete “Milk”?"));
        QTest::mouseClick(question->findChild<QPushButton *>(QStringLiteral("confirmDeletion")),
                          Qt::LeftButton);
        QTRY_COMPARE(m_desk->page->model().rowCount(), 3);
        QTRY_VERIFY(!m_desk->other->fetch(m_desk->entity("product"), QStringLiteral("2")));

        QTRY_VERIFY(m_desk->changes.canUndo());
        m_desk->push("formUndo");
        QTRY_COMPARE(m_desk->page->model().rowCount(), 4);
        QTRY_COMPARE(m_desk->value("product", QStringLiteral("2"), "name").toString(),
                     QStringLiteral("Milk"));
    }

    void saysWhatGoesAlong()
    {
        for (const char *url : {"sample:/a.svg", "sample:/b.svg"})
            m_desk->add(
                "image",
                {{"image_url", QString::fromLatin1(url)}, {"product_id", QVariant::fromValue<qint64>(2)}});
        m_desk->open("product", 4);
        m_desk->click(1, "name");
        m_desk->push("deleteRecords");
        QMessageBox *question = nullptr;
        QTRY_VERIFY((question = m_desk->find<QMessageBox>("deletionQuestion")) && question->isVisible());
        QCOMPARE(question->text(), QStringLiteral("Delete “Milk” and its 2 images?"));
        question->reject();
        QTRY_VERIFY(!m_desk->find<QMessageBox>("deletionQuestion"));
        m_desk->click(0, "name");
        m_desk->click(1, "name", Qt::ShiftModifier);
        m_desk->push("deleteRecords");
        QTRY_VERIFY((question = m_desk->find<QMessageBox>("deletionQuestion")) && question->isVisible());
        QCOMPARE(question->findChild<QPushButton *>(QStringLiteral("confirmDeletion"))->text(),
                 QStringLiteral("Delete 2"));
    }

    void deletesNothingWithoutConfirmation()
    {
        m_desk->open("product", 4);
        m_desk->click(1, "name");
        m_desk->push("deleteRecords");
        QMessageBox *question = nullptr;
        QTRY_VERIFY((question = m_desk->find<QMessageBox>("deletionQuestion")) && question->isVisible());
        QTest::keyClick(question, Qt::Key_Escape);
        QTRY_VERIFY(!m_desk->find<QMessageBox>("deletionQuestion"));
        QCOMPARE(m_desk->other->journalHead().value(), 4);
    }

    void undoesAndRedoes()
    {
        m_desk->open("product", 4);
        m_desk->doubleClick(0, "price");
        m_desk->type(QStringLiteral("77"));
        m_desk->press(Qt::Key_Return);
        QTRY_VERIFY(m_desk->changes.canUndo());
        QCOMPARE(m_desk->changes.undoText(), QStringLiteral("Change price of Fish Steak"));
        m_desk->changes.undo();
        QTRY_COMPARE(m_desk->text(0, "price"), QStringLiteral("10.00"));
        QTRY_VERIFY(m_desk->changes.canRedo());
        m_desk->changes.redo();
        QTRY_COMPARE(m_desk->text(0, "price"), QStringLiteral("77.00"));
        QTRY_COMPARE(m_desk->value("product", m_desk->id(0), "price"), RecordsFixture::decimal("77.00"));
    }

    void editsSeveralRecordsAsOneStep()
    {
        m_desk->open("product", 4);
        m_desk->click(0, "name");
        m_desk->click(2, "name", Qt::ShiftModifier);
        QCOMPARE(m_desk->find<QPushButton>("editSelected")->text(), QStringLiteral("Edit 3 selected…"));
        m_desk->push("editSelected");
        QDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = m_desk->page->findChild<QDialog *>()) && dialog->isVisible());
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        QTest::mouseClick(dialog->findChild<QCheckBox *>(QStringLiteral("set-stock_quantity")),
                          Qt::LeftButton, {}, QPoint(8, 8));
        QTest::keyClick(PageFixture::focus(), Qt::Key_A, Qt::ControlModifier);
        m_desk->type(QStringLiteral("5"));
        auto *table = dialog->findChild<QTableView *>();
        QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("Stock 0 → 5"));
        QVERIFY(table->model()->setData(table->model()->index(1, 0), Qt::Unchecked,
                                        Qt::CheckStateRole)); // leave out Milk
        auto *apply = dialog->findChild<QPushButton *>(QStringLiteral("applyBulkEdit"));
        QCOMPARE(apply->text(), QStringLiteral("Change 2 products"));
        QTest::mouseClick(apply, Qt::LeftButton);
        QTRY_COMPARE(m_desk->value("product", QStringLiteral("1"), "stock_quantity").toInt(), 5);
        QCOMPARE(m_desk->value("product", QStringLiteral("2"), "stock_quantity").toInt(), 0);
        QCOMPARE(m_desk->value("product", QStringLiteral("3"), "stock_quantity").toInt(), 5);
        QTRY_VERIFY(m_desk->changes.canUndo());
        m_desk->changes.undo(); // both at once
        QTRY_COMPARE(m_desk->value("product", QStringLiteral("3"), "stock_quantity").toInt(), 0);
        QTRY_COMPARE(m_desk->value("product", QStringLiteral("1"), "stock_quantity").toInt(), 0);
    }

    void copiesRowsAsText()
    {
        m_desk->open("product", 4);
        m_desk->click(0, "name");
        m_desk->click(1, "name", Qt::ShiftModifier);
        m_desk->press(Qt::Key_C, Qt::ControlModifier);
        const QStringList lines = QApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[1].contains(QStringLiteral("2\tMilk")));
    }

    void showsWhatAnImportWouldDoBeforeItDoes()
    {
        m_desk->open("product", 4);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("more.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("name,price\nBread,3.20\nTea,1.999\n");
        file.close();
        auto *dialog = new ImportDialog(m_desk->entity("product"), m_desk->services, m_desk->page.get());
        dialog->open();
        dialog->setFile(file.fileName());
        auto *summary = dialog->findChild<QLabel *>(QStringLiteral("importSummary"));
        QTRY_COMPARE(summary->text(), QStringLiteral("1 to add · 1 refused"));
        auto *problems = dialog->findChild<QTableView *>();
        QCOMPARE(problems->model()->index(0, 0).data().toInt(), 3);
        QVERIFY(
            problems->model()->index(0, 3).data().toString().contains(QStringLiteral("At most 2 decimals")));
        QCOMPARE(m_desk->other->journalHead().value(), 4);
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("importButton")), Qt::LeftButton);
        QTRY_COMPARE(summary->text(), QStringLiteral("1 added · 1 refused"));
        QTRY_COMPARE(m_desk->page->model().rowCount(), 5);
        dialog->close();
    }

    void saysHowManyThereAre()
    {
        m_desk->client.start();
        RecordsPage page(m_desk->entity("product"), m_desk->services);
        QSignalSpy badges(&page, &Page::badgeChanged);
        QTRY_VERIFY(!badges.isEmpty());
        QCOMPARE(badges.constLast().constFirst().toString(), QStringLiteral("4"));
        m_desk->add("product", {{"name", "Tea"}, {"price", RecordsFixture::decimal("1.00")}});
        QTRY_COMPARE(badges.constLast().constFirst().toString(), QStringLiteral("5"));
    }

    void countsEachDeletionOnce()
    {
        m_desk->open("product", 4);
        QSignalSpy badges(m_desk->page.get(), &Page::badgeChanged);
        for (const char *id : {"2", "3"}) {
            const QString text = QString::fromLatin1(id);
            m_desk->apply({deletion(m_desk->entity("product"),
                                    m_desk->other->fetch(m_desk->entity("product"), text)->record)});
        }
        QTRY_COMPARE(m_desk->page->model().rowCount(), 2);
        QCOMPARE(badges.constLast().constFirst().toString(), QStringLiteral("2"));
        m_desk->add("product", {{"name", "Tea"}, {"price", RecordsFixture::decimal("1.00")}});
        QTRY_COMPARE(badges.constLast().constFirst().toString(), QStringLiteral("3"));
    }

    void sortingKeepsTheRecordThatIsLookedAt()
    {
        m_desk->open("product", 4);
        m_desk->click(0, "name"); // Fish Steak
        m_desk->page->table().sortByColumn(m_desk->page->model().sectionOf(m_desk->column("price")),
                                           Qt::DescendingOrder);
        QTRY_COMPARE(m_desk->text(3, "name"), QStringLiteral("Fish Steak"));
        QTRY_COMPARE(m_desk->page->table().currentIndex().row(), 3);
        QCOMPARE(m_desk->page->table().selectedCount(), 1);
        QCOMPARE(m_desk->page->form().header().title(), QStringLiteral("Fish Steak"));
    }

    void aNewRecordMarksNoRow()
    {
        m_desk->open("product", 4);
        m_desk->click(1, "name");
        QVERIFY(m_desk->page->actions().remove->isEnabled());
        m_desk->push("newRecord");
        QCOMPARE(m_desk->page->form().mode(), RecordForm::Mode::New);
        QCOMPARE(m_desk->page->table().selectedCount(), 0);
        QVERIFY(!m_desk->page->actions().remove->isEnabled());
        QVERIFY(!m_desk->page->actions().editSelected->isEnabled());
    }

    void saysHowManyMatch()
    {
        m_desk->open("product", 4);
        auto *matches = m_desk->find<QLabel>("matches");
        QVERIFY(matches->isHidden());
        m_desk->page->findChild<QLineEdit *>(QStringLiteral("search"))->setText(QStringLiteral("milk"));
        QTRY_COMPARE(matches->text(), QStringLiteral("1 of 4"));
        QVERIFY(!matches->isHidden());
        m_desk->page->findChild<QLineEdit *>(QStringLiteral("search"))->clear();
        QTRY_VERIFY(matches->isHidden());
    }

    void foldsWhatIsSeldomWantedWhereThereIsLittleRoom()
    {
        m_desk->open("product", 4);
        auto *more = m_desk->find<QPushButton>("more");
        QVERIFY(more->isHidden());
        m_desk->page->resize(620, 500);
        QTRY_VERIFY(!more->isHidden());
        QVERIFY(m_desk->find<QPushButton>("publish")->isHidden());
        QVERIFY(more->menu()->actions().contains(m_desk->page->actions().importFile));
    }

private:
    std::unique_ptr<PageFixture> m_desk;
};

QTEST_MAIN(RecordsPageTest)
#include "RecordsPageTest.moc"
