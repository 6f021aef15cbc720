// SPDX-License-Identifier: GPL-3.0-or-later
// The form beside the table: creating, saving, following, and never losing what is typed.
#include "models/schema/ColumnText.h"
#include "models/schema/SensitiveNames.h"
#include "tests/ui/records/PageFixture.h"

#include <QListWidget>
#include <QTabWidget>

using namespace desk;

class RecordFormTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_desk = std::make_unique<PageFixture>();
        m_desk->add("category", {{"name", "Groceries"}});
        for (const char *name : {"Fish Steak", "Milk"})
            m_desk->add("product",
                        {{"name", QString::fromLatin1(name)}, {"price", RecordsFixture::decimal("14.99")}});
    }
    void cleanup() { m_desk.reset(); }

    void savesAField()
    {
        m_desk->open("product", 2);
        m_desk->click(0, "name");
        QCOMPARE(m_desk->page->form().header().title(), QStringLiteral("Fish Steak"));
        m_desk->fill("price", QStringLiteral("21.5"));
        m_desk->press(Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE(m_desk->value("product", m_desk->id(0), "price"), RecordsFixture::decimal("21.50"));
        QTRY_COMPARE(m_desk->text(0, "price"), QStringLiteral("21.50"));
        QTRY_VERIFY(!m_desk->page->form().hasEdits());
        QTRY_VERIFY(m_desk->page->form().header().meta().contains(QStringLiteral("version 2")));
        QTRY_VERIFY(m_desk->page->form().header().meta().contains(QStringLiteral("changed by me")));
    }

    void saysWhatDoesNotFitAtItsField()
    {
        m_desk->open("product", 2);
        m_desk->click(0, "name");
        m_desk->fill("price", QStringLiteral("21.499"));
        QCOMPARE(m_desk->find<QLabel>("problem-price")->text(), QStringLiteral("At most 2 decimals."));
        m_desk->push("formSave");
        QVERIFY(m_desk->page->form().hasEdits());
        QCOMPARE(m_desk->field("price").editor()->typedText(), QStringLiteral("21.499"));
        QCOMPARE(m_desk->value("product", m_desk->id(0), "price"), RecordsFixture::decimal("14.99"));
        m_desk->fill("price", QStringLiteral("21.49"));
        QVERIFY(!m_desk->find<QLabel>("problem-price")->isVisible());
        m_desk->push("formDiscard");
        QCOMPARE(m_desk->field("price").editor()->typedText(), QStringLiteral("14.99"));
    }

    void createsARecord()
    {
        m_desk->open("product", 2);
        QTest::mouseClick(m_desk->find<QPushButton>("newRecord"), Qt::LeftButton);
        QCOMPARE(m_desk->page->form().mode(), RecordForm::Mode::New);
        m_desk->push("formSave"); // nothing filled in yet
        QVERIFY(!m_desk->field("name").problem().isEmpty());
        m_desk->fill("name", QStringLiteral("Honey"));
        m_desk->fill("price", QStringLiteral("8"));
        m_desk->fill("category_id", QStringLiteral("Groceries")); // typed in full
        QTRY_VERIFY(m_desk->field("category_id").value().has_value());
        m_desk->push("formSave");
        QTRY_COMPARE(m_desk->page->model().rowCount(), 3);
        QTRY_COMPARE(m_desk->page->form().mode(), RecordForm::Mode::Edit);
        const RecordId id = m_desk->page->form().recordId();
        QCOMPARE(m_desk->value("product", id, "price"), RecordsFixture::decimal("8.00"));
        QCOMPARE(m_desk->value("product", id, "category_id").toLongLong(), 1);
        QCOMPARE(m_desk->value("product", id, "currency").toString(), QStringLiteral("EUR"));
    }

    void followsAChangeByAnother()
    {
        m_desk->open("product", 2);
        m_desk->click(0, "name");
        const Record record = m_desk->other->fetch(m_desk->entity("product"), m_desk->id(0))->record;
        m_desk->change(record, "product", "stock_quantity", 91);
        QTRY_COMPARE(m_desk->field("stock_quantity").editor()->typedText(), QStringLiteral("91"));
        QTRY_VERIFY(m_desk->page->form().header().meta().contains(QStringLiteral("changed by maria")));
    }

    void keepsTypingWhenAnotherChangesTheSameField_data()
    {
        QTest::addColumn<QString>("choice");
        QTest::addColumn<QString>("expected");
        QTest::newRow("keep mine") << QStringLiteral("mine") << QStringLiteral("20.00");
        QTest::newRow("take theirs") << QStringLiteral("theirs") << QStringLiteral("30.00");
    }
    void keepsTypingWhenAnotherChangesTheSameField()
    {
        QFETCH(const QString, choice);
        QFETCH(const QString, expected);
        m_desk->open("product", 2);
        m_desk->click(0, "name");
        m_desk->fill("price", QStringLiteral("20"));
        const Record record = m_desk->other->fetch(m_desk->entity("product"), m_desk->id(0))->record;
        m_desk->change(record, "product", "price", RecordsFixture::decimal("30.00"));
        auto *question = m_desk->find<QLabel>("conflict-price");
        QTRY_VERIFY(question->isVisible());
        QVERIFY(question->text().contains(QStringLiteral("maria changed this to “30.00”")));
        QCOMPARE(m_desk->field("price").editor()->typedText(), QStringLiteral("20"));
        m_desk->push("formSave"); // not before it is decided
        QCOMPARE(m_desk->field("price").problem(), QStringLiteral("Decide first: keep mine or take theirs."));

        Q_EMIT question->linkActivated(choice);
        QVERIFY(!question->isVisible());
        if (choice == QLatin1String("mine"))
            m_desk->push("formSave");
        QTRY_VERIFY(!m_desk->page->form().hasEdits());
        QTRY_COMPARE(textOf(m_desk->entity("product").columns[m_desk->column("price")],
                            m_desk->value("product", m_desk->id(0), "price")),
                     expected);
    }

    void masksWhatTheWorkspaceCallsSensitive()
    {
        const QStringList patterns{QStringLiteral("name"), QStringLiteral("description"),
                                   QStringLiteral("category"), QStringLiteral("price")};
        m_desk = std::make_unique<PageFixture>(DatabaseKind::Sqlite, patterns);
        m_desk->add("category", {{"name", "Groceries"}});
        m_desk->add("product",
                    {{"name", "Fish Steak"},
                     {"description", "Wild salmon"},
                     {"price", RecordsFixture::decimal("14.99")},
                     {"category_id", 1}});
        m_desk->open("product", 1);
        for (const char *column : {"name", "description", "category_id", "price"}) {
            QCOMPARE(m_desk->text(0, column), MaskedValue.toString());
            QVERIFY(m_desk->cell(0, column).data(Qt::ToolTipRole).toString().isEmpty());
        }
        m_desk->click(0, "id");
        QCOMPARE(m_desk->page->form().header().title().contains(QStringLiteral("Fish")), false);
        for (const char *column : {"name", "description", "category_id", "price"}) {
            auto *line = qobject_cast<QLineEdit *>(m_desk->field(column).editor()->focusProxy());
            QVERIFY2(line, column);
            QVERIFY(!line->displayText().isEmpty());
            QCOMPARE(line->displayText().count(line->displayText().at(0)), line->displayText().size());
        }

        m_desk->fill("description", QStringLiteral("Farmed salmon"));
        const Record record = m_desk->other->fetch(m_desk->entity("product"), m_desk->id(0))->record;
        m_desk->change(record, "product", "description", QStringLiteral("Tame salmon"));
        auto *question = m_desk->find<QLabel>("conflict-description");
        QTRY_VERIFY(question->isVisible());
        QVERIFY2(!question->text().contains(QStringLiteral("Tame")), qPrintable(question->text()));

        const EntityType &product = m_desk->entity("product");
        QVERIFY(!filterFromText(product, m_desk->column("description"), QStringLiteral("Tame")));
        QVERIFY(filterFromText(product, m_desk->column("description"), QStringLiteral("!empty")).has_value());
        QCOMPARE(m_desk->other->count({&product, QStringLiteral("Fish")}).value(), 0);
        QCOMPARE(m_desk->other->count({&product, QStringLiteral("1")}).value(), 1); // by its id
    }

    void asksBeforeAnotherRecordTakesThePlaceOfTyping()
    {
        m_desk->open("product", 2);
        m_desk->click(0, "name");
        m_desk->fill("price", QStringLiteral("20"));
        m_desk->click(1, "name");
        auto *stay = m_desk->find<QPushButton>("unsavedStay");
        QVERIFY(stay->isVisible());
        QCOMPARE(m_desk->page->form().header().title(), QStringLiteral("Fish Steak"));
        QTest::mouseClick(stay, Qt::LeftButton);
        QCOMPARE(m_desk->page->table().currentIndex().row(), 0);
        QCOMPARE(m_desk->field("price").editor()->typedText(), QStringLiteral("20"));

        m_desk->click(1, "name");
        m_desk->push("unsavedSave");
        QTRY_COMPARE(m_desk->page->form().header().title(), QStringLiteral("Milk"));
        QCOMPARE(m_desk->value("product", m_desk->id(0), "price"), RecordsFixture::decimal("20.00"));
        QVERIFY(!stay->isVisible());
    }

    void goesOnWhenTheRecordBecomesWhatWasTyped()
    {
        m_desk->open("product", 2);
        m_desk->click(0, "name");
        m_desk->fill("price", QStringLiteral("20"));
        m_desk->click(1, "name");
        auto *stay = m_desk->find<QPushButton>("unsavedStay");
        QVERIFY(stay->isVisible());
        const Record record = m_desk->other->fetch(m_desk->entity("product"), m_desk->id(0))->record;
        m_desk->change(record, "product", "price", RecordsFixture::decimal("20.00"));
        QTRY_VERIFY(!stay->isVisible()); // there is nothing left to save
        QTRY_COMPARE(m_desk->page->form().header().title(), QStringLiteral("Milk"));
    }

    void undoMeansTheRecordOnceItIsSaved()
    {
        m_desk->open("product", 2);
        m_desk->click(0, "name");
        m_desk->fill("price", QStringLiteral("20"));
        QWidget *field = PageFixture::focus();
        const auto isTakenByTheField = [field] {
            QKeyEvent asks(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
            asks.ignore();
            QCoreApplication::sendEvent(field, &asks);
            return asks.isAccepted();
        };
        QVERIFY(isTakenByTheField()); // there is typing to take back
        m_desk->press(Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(m_desk->changes.canUndo());
        QTRY_VERIFY(!m_desk->page->form().hasEdits());
        QVERIFY(!isTakenByTheField());
        QCOMPARE(m_desk->find<QPushButton>("formUndo")->accessibleName(),
                 QStringLiteral("Undo: Change price of Fish Steak"));
    }

    void keepsTypingWhenTheDatabaseGoesAway()
    {
        m_desk->open("product", 2);
        m_desk->click(0, "name");
        m_desk->fill("price", QStringLiteral("20"));
        m_desk->isAway = true;
        m_desk->push("formSave");
        QTRY_VERIFY(m_desk->page->form().problem().contains(QStringLiteral("repaired")));
        QCOMPARE(m_desk->field("price").editor()->typedText(), QStringLiteral("20"));
        m_desk->isAway = false;
        m_desk->client.reconnect();
        QTRY_COMPARE(m_desk->client.state(), StoreClient::State::Ready);
        QCOMPARE(m_desk->field("price").editor()->typedText(), QStringLiteral("20"));
        m_desk->push("formSave");
        QTRY_COMPARE(m_desk->value("product", m_desk->id(0), "price"), RecordsFixture::decimal("20.00"));
    }

    void keepsTypingWhenTheRecordIsDeleted()
    {
        m_desk->open("product", 2);
        m_desk->click(0, "name");
        m_desk->fill("name", QStringLiteral("Fish Steak, smoked"));
        m_desk->apply({deletion(m_desk->entity("product"),
                                m_desk->other->fetch(m_desk->entity("product"), m_desk->id(0))->record)});
        QTRY_VERIFY(m_desk->page->form().problem().contains(QStringLiteral("maria deleted this product")));
        QCOMPARE(m_desk->field("name").editor()->typedText(), QStringLiteral("Fish Steak, smoked"));
    }

    void showsTheRecordsHistory()
    {
        m_desk->open("product", 2);
        const Record record = m_desk->other->fetch(m_desk->entity("product"), m_desk->id(0))->record;
        m_desk->change(record, "product", "price", RecordsFixture::decimal("30.00"));
        m_desk->click(0, "name");
        auto *history = m_desk->page->form().findChild<QListWidget *>();
        QTRY_COMPARE(history->count(), 2);
        const QString newest = history->item(0)->data(Qt::AccessibleTextRole).toString();
        QVERIFY2(newest.contains(QStringLiteral("maria"))
                     && newest.contains(QStringLiteral("Price: 14.99 → 30.00")),
                 qPrintable(newest));
        const QString first = history->item(1)->data(Qt::AccessibleTextRole).toString();
        QVERIFY2(first.contains(QStringLiteral("Name: Fish Steak")), qPrintable(first));
    }

    void namesTheReferencesInItsHistory()
    {
        m_desk->open("product", 2);
        const Record record = m_desk->other->fetch(m_desk->entity("product"), m_desk->id(0))->record;
        m_desk->change(record, "product", "category_id", QVariant::fromValue<qint64>(1));
        m_desk->click(0, "name");
        auto *history = m_desk->page->form().findChild<QListWidget *>();
        QTRY_COMPARE(history->count(), 2);
        QTRY_VERIFY(history->item(0)
                        ->data(Qt::AccessibleTextRole)
                        .toString()
                        .contains(QStringLiteral("Category: – → Groceries")));
    }

    void addsAndCountsImages()
    {
        m_desk->open("product", 2);
        m_desk->click(0, "name");
        auto *tabs = m_desk->page->form().findChild<QTabWidget *>();
        for (QAbstractButton *button : m_desk->page->form().findChildren<QAbstractButton *>()) {
            if (button->accessibleName() == QLatin1String("Add an image") && button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        }
        auto *url = qobject_cast<QLineEdit *>(PageFixture::focus());
        QVERIFY(url && url->objectName() == QLatin1String("newImageUrl"));
        QTRY_VERIFY2(url->height() >= url->minimumSizeHint().height(),
                     qPrintable(QString::number(url->height()))); // something to type into
        QTest::keyClicks(url, QStringLiteral("no url"));
        QTest::keyClick(url, Qt::Key_Return);
        QVERIFY(url->isVisible()); // with its sentence
        url->selectAll();
        QTest::keyClicks(url, QStringLiteral("sample:/lamp-sky.svg"));
        QTest::keyClick(url, Qt::Key_Return);
        QTRY_COMPARE(tabs->tabText(1), QStringLiteral("Images 1"));
        RecordQuery images;
        images.entity = &m_desk->entity("image");
        QCOMPARE(m_desk->other->count(images).value(), 1);
    }

private:
    std::unique_ptr<PageFixture> m_desk;
};

QTEST_MAIN(RecordFormTest)
#include "RecordFormTest.moc"
