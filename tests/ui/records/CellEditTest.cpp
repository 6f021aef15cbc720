// SPDX-License-Identifier: GPL-3.0-or-later
// Editing in the table's cells, with mouse and keys.
#include "tests/ui/records/PageFixture.h"

#include <QListView>
#include <QCompleter>
#include <QSignalSpy>

using namespace desk;

class CellEditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_desk = std::make_unique<PageFixture>();
        m_lamps = m_desk->add("category", {{"name", "Lamps"}});
        m_desk->add("category", {{"name", "Groceries"}});
        for (const char *name : {"Fish Steak", "Milk", "Honey"}) {
            m_desk->add("product",
                        {{"name", QString::fromLatin1(name)},
                         {"price", RecordsFixture::decimal("14.99")},
                         {"category_id", m_lamps.id.toLongLong()}});
        }
    }
    void cleanup() { m_desk.reset(); }

    void savesWhatIsTypedIntoACell()
    {
        m_desk->open("product", 3);
        m_desk->doubleClick(0, "price");
        m_desk->type(QStringLiteral("21.49"));
        m_desk->press(Qt::Key_Return);
        QCOMPARE(m_desk->text(0, "price"), QStringLiteral("21.49"));
        QTRY_COMPARE(m_desk->state(0), QStringLiteral("saved"));
        QCOMPARE(m_desk->value("product", m_desk->id(0), "price"), RecordsFixture::decimal("21.49"));
        QVERIFY(m_desk->page->table().hasFocus());
    }

    void publishedFollowsSaved()
    {
        m_desk->open("product", 3);
        m_desk->doubleClick(0, "price");
        m_desk->type(QStringLiteral("3"));
        m_desk->press(Qt::Key_Return);
        QTRY_COMPARE(m_desk->state(0), QStringLiteral("saved"));
        QVERIFY(m_desk->other->advanceRelay(m_desk->other->journalHead().value(), {}));
        QTRY_COMPARE(m_desk->state(0), QStringLiteral("published"));
    }

    void keepsATextThatDoesNotFitInItsCell()
    {
        m_desk->open("product", 3);
        m_desk->doubleClick(0, "price");
        m_desk->type(QStringLiteral("21.499"));
        auto *editor = qobject_cast<QLineEdit *>(PageFixture::focus());
        QVERIFY(editor);
        auto *problem = m_desk->page->table().findChild<QLabel *>(QStringLiteral("cellProblem"));
        QVERIFY(problem && problem->isVisible());
        QCOMPARE(problem->text(), QStringLiteral("At most 2 decimals."));
        m_desk->press(Qt::Key_Return);
        QCOMPARE(PageFixture::focus(), editor); // still open
        m_desk->click(2, "name");               // and a click elsewhere does not close it either
        QCOMPARE(PageFixture::focus(), editor);
        QCOMPARE(editor->text(), QStringLiteral("21.499"));
        QCOMPARE(m_desk->value("product", m_desk->id(0), "price"), RecordsFixture::decimal("14.99"));

        m_desk->press(Qt::Key_Backspace);
        QVERIFY(!m_desk->page->table().findChild<QLabel *>(QStringLiteral("cellProblem")));
        m_desk->press(Qt::Key_Return);
        QTRY_COMPARE(m_desk->value("product", m_desk->id(0), "price"), RecordsFixture::decimal("21.49"));
    }

    void escapeTakesBackWhatIsTyped()
    {
        m_desk->open("product", 3);
        m_desk->doubleClick(0, "price");
        m_desk->type(QStringLiteral("abc"));
        m_desk->press(Qt::Key_Escape);
        QVERIFY(m_desk->page->table().hasFocus());
        QCOMPARE(m_desk->text(0, "price"), QStringLiteral("14.99"));
        QVERIFY(!m_desk->page->table().findChild<QLabel *>(QStringLiteral("cellProblem")));
    }

    void returnOpensACellAndTabMovesOn()
    {
        m_desk->open("product", 3);
        m_desk->click(0, "price");
        m_desk->press(Qt::Key_Return);
        QVERIFY(qobject_cast<QLineEdit *>(PageFixture::focus()));
        m_desk->type(QStringLiteral("5"));
        m_desk->press(Qt::Key_Tab);
        QTRY_COMPARE(m_desk->value("product", m_desk->id(0), "price"), RecordsFixture::decimal("5.00"));
        QCOMPARE(m_desk->page->table().currentIndex(), m_desk->cell(0, "currency"));
    }

    void typingOnACellTakesThePlaceOfItsValue()
    {
        m_desk->open("product", 3);
        m_desk->click(0, "price");
        m_desk->type(QStringLiteral("8"));
        auto *editor = qobject_cast<QLineEdit *>(PageFixture::focus());
        QVERIFY(editor);
        QCOMPARE(editor->text(), QStringLiteral("8"));
        m_desk->type(QStringLiteral(".5"));
        m_desk->press(Qt::Key_Return);
        QTRY_COMPARE(m_desk->value("product", m_desk->id(0), "price"), RecordsFixture::decimal("8.50"));
        m_desk->press(Qt::Key_Space); // begins nothing
        QVERIFY(m_desk->page->table().hasFocus());
    }

    void tabLeavesTheTableUnlessACellIsEdited()
    {
        m_desk->open("product", 3);
        m_desk->click(0, "price");
        const QModelIndex before = m_desk->page->table().currentIndex();
        m_desk->press(Qt::Key_Tab);
        QVERIFY(!m_desk->page->table().hasFocus());
        QCOMPARE(m_desk->page->table().currentIndex(), before);
    }

    void aReferenceOpensItsListAtOnceOverItsCell()
    {
        m_desk->open("product", 3);
        m_desk->doubleClick(0, "category_id");
        QTRY_VERIFY(QApplication::activePopupWidget());
        const QRect cell = m_desk->page->table().visualRect(m_desk->cell(0, "category_id"));
        QCOMPARE(m_desk->page->table().indexWidget(m_desk->cell(0, "category_id"))->geometry(),
                 cell.adjusted(0, 0, 0, -1));
        QTest::keyClicks(QApplication::activePopupWidget(), QStringLiteral("gro"));
        // Half a name is no mistake yet.
        QVERIFY(!m_desk->page->table().findChild<QLabel *>(QStringLiteral("cellProblem")));
    }

    void leavingACellWithoutTypingChangesNothing()
    {
        m_desk->open("product", 3);
        const qint64 before = m_desk->other->journalHead().value();
        m_desk->doubleClick(0, "price");
        m_desk->press(Qt::Key_Return);
        m_desk->doubleClick(1, "name");
        m_desk->press(Qt::Key_Tab);
        m_desk->press(Qt::Key_Escape);
        QCOMPARE(m_desk->other->journalHead().value(), before);
    }

    void doesNotOverwriteTypingWhenTheRecordChanges()
    {
        m_desk->open("product", 3);
        m_desk->doubleClick(0, "price");
        m_desk->type(QStringLiteral("7.5"));
        const Record record = m_desk->other->fetch(m_desk->entity("product"), m_desk->id(0))->record;
        m_desk->change(record, "product", "name", QStringLiteral("Fish Steak, large"));
        QTRY_COMPARE(m_desk->text(0, "name"), QStringLiteral("Fish Steak, large"));
        QCOMPARE(qobject_cast<QLineEdit *>(PageFixture::focus())->text(), QStringLiteral("7.5"));
        m_desk->press(Qt::Key_Return);
        QTRY_COMPARE(m_desk->value("product", m_desk->id(0), "price"), RecordsFixture::decimal("7.50"));
        QCOMPARE(m_desk->value("product", m_desk->id(0), "name"), QStringLiteral("Fish Steak, large"));
    }

    void picksAReferenceByTyping()
    {
        m_desk->open("product", 3);
        QCOMPARE(m_desk->text(0, "category_id"), QStringLiteral("Lamps"));
        m_desk->doubleClick(0, "category_id");
        auto *editor = qobject_cast<QLineEdit *>(PageFixture::focus());
        QVERIFY(editor);
        m_desk->type(QStringLiteral("groc"));
        const auto list = [] { return qobject_cast<QListView *>(QApplication::activePopupWidget()); };
        QTRY_VERIFY(list() && list()->model()->rowCount() == 1 && list()->currentIndex().isValid());
        QTest::keyClick(list(), Qt::Key_Return);
        QTRY_COMPARE(m_desk->text(0, "category_id"), QStringLiteral("Groceries"));
        QTRY_COMPARE(m_desk->value("product", m_desk->id(0), "category_id").toLongLong(), 2);
    }

    void refusesAReferenceThatIsNone()
    {
        m_desk->open("product", 3);
        m_desk->doubleClick(0, "category_id");
        m_desk->type(QStringLiteral("nonsense"));
        m_desk->press(Qt::Key_Return);
        auto *problem = m_desk->page->table().findChild<QLabel *>(QStringLiteral("cellProblem"));
        QVERIFY(problem);
        QVERIFY2(problem->text().contains(QStringLiteral("Choose a category from the list")),
                 qPrintable(problem->text()));
    }

    void showsWhatTheDatabaseRefuses()
    {
        m_desk->open("product", 3);
        QSignalSpy notices(m_desk->page.get(), &Page::noticeRequested);
        m_desk->isAway = true;
        m_desk->doubleClick(0, "price");
        m_desk->type(QStringLiteral("9.25"));
        m_desk->press(Qt::Key_Return);
        QTRY_VERIFY(!notices.isEmpty());
        QVERIFY(
            notices.constFirst().constFirst().value<Notice>().sentence.contains(QStringLiteral("repaired")));
        QCOMPARE(m_desk->text(0, "price"), QStringLiteral("9.25")); // the draft stays, marked
        QVERIFY(m_desk->cell(0, "price").data(RecordTableModel::IsDraftRole).toBool());
        m_desk->isAway = false;
        m_desk->client.reconnect();
        QTRY_COMPARE(m_desk->client.state(), StoreClient::State::Ready);
        // It is saved by itself now that it can be.
        QTRY_COMPARE(m_desk->value("product", m_desk->id(0), "price"), RecordsFixture::decimal("9.25"));
        QTRY_VERIFY(!m_desk->cell(0, "price").data(RecordTableModel::IsDraftRole).toBool());
        QVERIFY(m_desk->page->unsavedWork().isEmpty());
    }

    void savesAgainWhatIsConfirmedUntouched()
    {
        m_desk->open("product", 3);
        m_desk->page->model().setData(m_desk->cell(0, "category_id"), QVariant::fromValue<qint64>(9));
        QTRY_COMPARE(m_desk->state(0), QStringLiteral("refused"));
        QTRY_COMPARE(m_desk->page->unsavedWork().size(), 1);
        for (int id = 3; id <= 9; ++id)
            m_desk->add("category", {{"name", QStringLiteral("Shelf %1").arg(id)}});
        m_desk->doubleClick(0, "category_id");
        m_desk->press(Qt::Key_Return);
        QTRY_COMPARE(m_desk->value("product", m_desk->id(0), "category_id").toLongLong(), 9);
        QTRY_COMPARE(m_desk->state(0), QStringLiteral("saved"));
    }

    void ticksATodoWithAClick()
    {
        const Record todo = m_desk->add("todo", {{"title", "Check low stock"}});
        m_desk->open("todo", 1);
        const QRect cell = m_desk->page->table().visualRect(m_desk->cell(0, "completed"));
        QTest::mouseClick(m_desk->page->table().viewport(), Qt::LeftButton, {},
                          QPoint(cell.left() + 15, cell.center().y()));
        QTRY_COMPARE(m_desk->value("todo", todo.id, "completed"), QVariant(true));
        m_desk->press(Qt::Key_Space);
        QTRY_COMPARE(m_desk->value("todo", todo.id, "completed"), QVariant(false));
    }

private:
    std::unique_ptr<PageFixture> m_desk;
    Record m_lamps;
};

QTEST_MAIN(CellEditTest)
#include "CellEditTest.moc"
