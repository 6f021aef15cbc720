// SPDX-License-Identifier: GPL-3.0-or-later
// Who had sensitive values shown, on the journal's page.
#include "tests/store/StoreFixture.h"
#include "ui/journal/DisclosureList.h"
#include "ui/journal/DisclosureTableModel.h"
#include "ui/journal/JournalPage.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/LineTable.h"
#include "ui/shell/Theme.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace desk;

class DisclosureListTest : public QObject
{
    Q_OBJECT

    static constexpr int PageSize = DisclosureTableModel::PageSize;

    static QList<Disclosure> numbered(qint64 newest, qint64 oldest)
    {
        QList<Disclosure> disclosures;
        for (qint64 number = newest; number >= oldest; --number) {
            disclosures.append({number, number % 2 ? QStringLiteral("ana") : QStringLiteral("ben"),
                                QStringLiteral("payment-events"), 2, 12'000 + number,
                                QStringLiteral("value: card_num"), QDateTime::currentDateTimeUtc()});
        }
        return disclosures;
    }

private Q_SLOTS:
    void pagesJoin()
    {
        DisclosureTableModel model;
        const QAbstractItemModelTester tester(&model);
        QSignalSpy wanted(&model, &DisclosureTableModel::pageWanted);
        QVERIFY(!model.canFetchMore({}));
        model.setNewest(numbered(1000, 1000 - PageSize + 1));
        QCOMPARE(model.rowCount(), PageSize);
        model.fetchMore({}); // which the tester has done already
        model.fetchMore({});
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toLongLong(), qint64(1000 - PageSize + 1));
        model.append(numbered(1000 - PageSize, 790), 1000 - PageSize + 1);
        QVERIFY(model.isComplete()); // that page was not full
        QCOMPARE(model.rowCount(), 1000 - 790 + 1);
        QCOMPARE(model.index(0, DisclosureTableModel::PlaceColumn).data().toString(),
                 QStringLiteral("2 / 13") + QChar(QChar::Nbsp) + QStringLiteral("000"));

        // What is new stands first; what is there stays.
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.setNewest(numbered(1003, 1003 - PageSize + 1));
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(inserted[0][2].toInt(), 2);
        QCOMPARE(model.rowCount(), 1003 - 790 + 1);
        QVERIFY(model.isComplete());
        // A page that was asked for before the list began anew is not taken.
        model.setNewest(numbered(2000, 2000 - PageSize + 1));
        QCOMPARE(model.rowCount(), PageSize);
        QVERIFY(!model.isComplete());
        model.append(numbered(789, 700), 790);
        QCOMPARE(model.rowCount(), PageSize);
    }

    void aPageThatDidNotComeIsAskedForAgain()
    {
        DisclosureTableModel model;
        const QAbstractItemModelTester tester(&model);
        QSignalSpy wanted(&model, &DisclosureTableModel::pageWanted);
        model.setNewest(numbered(PageSize + 5, 6));
        model.fetchMore({});
        QVERIFY(!model.canFetchMore({}));
        model.giveUpPage();
        model.fetchMore({});
        QCOMPARE(wanted.size(), 2);
    }

    void isListedSearchedAndPaged()
    {
        open(3 * PageSize / 2);
        QVERIFY(!list().isVisible());
        m_page->setFocus();
        QTest::keyClick(m_page.get(), Qt::Key_V, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(list().isVisible());
        QVERIFY(m_page->findChild<QPushButton *>(QStringLiteral("shownValues"))->isChecked());
        QAbstractItemModel &rows = *list().table().model();
        QTRY_COMPARE(rows.rowCount(), PageSize);
        QCOMPARE(text(0, DisclosureTableModel::FieldColumn), QStringLiteral("value: field300"));
        QCOMPARE(text(0, DisclosureTableModel::AuthorColumn), QStringLiteral("ben"));
        QCOMPARE(text(0, DisclosureTableModel::TopicColumn), QStringLiteral("payment-events"));
        list().table().verticalScrollBar()->setValue(list().table().verticalScrollBar()->maximum());
        QTRY_COMPARE(rows.rowCount(), 3 * PageSize / 2);
        QVERIFY2(list().summary().startsWith(QStringLiteral("300 ")), qPrintable(list().summary()));

        auto *search = m_page->findChild<QLineEdit *>();
        QTest::keyClicks(search, QStringLiteral("ana field7"));
        QTRY_COMPARE(rows.rowCount(), 6); // 7, 71, 73, …, 79
        search->clear();
        // One that is added is seen when it is asked again.
        record("ada", 999);
        QTest::keyClick(m_page.get(), Qt::Key_F5);
        QTRY_COMPARE(rows.rowCount(), 3 * PageSize / 2 + 1);
        QCOMPARE(text(0, DisclosureTableModel::AuthorColumn), QStringLiteral("ada"));
        m_page->showUnpublished(); // from the status bar: that is of changes
        QVERIFY(!list().isVisible());
    }

    void aSearchGoesThroughOlderPages()
    {
        open(2 * PageSize + 10);
        m_page->showDisclosures(true);
        QTest::keyClicks(m_page->findChild<QLineEdit *>(), QStringLiteral("field5"));
        QTRY_COMPARE(list().table().model()->rowCount(),
                     11); // 50 to 59, and 5: on the second page and the third
    }

    void isNotForEditing()
    {
        open(1);
        m_page->showDisclosures(true);
        QTRY_COMPARE(list().table().model()->rowCount(), 1);
        for (int column = 0; column < DisclosureTableModel::ColumnCount; ++column)
            QVERIFY(!(list().table().model()->index(0, column).flags() & Qt::ItemIsEditable));
    }

    void saysThatThereIsNone()
    {
        open(0);
        m_page->showDisclosures(true);
        QTRY_COMPARE(list().findChild<EmptyState *>()->sentence(),
                     QStringLiteral("No sensitive value has been shown"));
    }

    void cleanup()
    {
        m_page.reset();
        m_client.reset();
        m_store.reset();
        m_fixture.reset();
    }

private:
    void open(int count)
    {
        m_fixture = std::make_unique<StoreFixture>(DatabaseKind::Sqlite);
        m_store = m_fixture->open(m_catalog);
        for (int number = 1; number <= count; ++number)
            record(number % 2 ? "ana" : "ben", number);
        m_client = std::make_unique<StoreClient>(
            m_catalog, [this]() -> Expected<std::unique_ptr<Store>> { return m_fixture->open(m_catalog); });
        m_page = std::make_unique<JournalPage>(*m_client, QStringLiteral("ada"), m_theme);
        m_page->resize(1100, 500);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_client->start();
        QTRY_COMPARE(m_client->state(), StoreClient::State::Ready);
    }
    void record(const char *author, int number)
    {
        Disclosure disclosure;
        disclosure.author = QString::fromLatin1(author);
        disclosure.topic = QStringLiteral("payment-events");
        disclosure.partition = 2;
        disclosure.offset = number;
        disclosure.field = QStringLiteral("value: field%1").arg(number);
        QVERIFY(m_store->recordDisclosure(disclosure));
    }
    DisclosureList &list() const { return *m_page->findChild<DisclosureList *>(); }
    QString text(int row, int column) const
    {
        return list().table().model()->index(row, column).data().toString();
    }

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();
    Theme m_theme{Theme::Mode::Light};
    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<StoreClient> m_client;
    std::unique_ptr<JournalPage> m_page;
};

QTEST_MAIN(DisclosureListTest)
#include "DisclosureListTest.moc"
