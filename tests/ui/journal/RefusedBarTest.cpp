// SPDX-License-Identifier: GPL-3.0-or-later
// The operator's hands on refused events: what the buttons ask, and what they leave in the database.
#include "tests/store/StoreFixture.h"
#include "ui/journal/JournalPage.h"
#include "ui/journal/RefusedBar.h"
#include "ui/parts/LineTable.h"
#include "ui/shell/Theme.h"

#include <QMessageBox>
#include <QPushButton>
#include <QTest>

using namespace desk;

class RefusedBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<StoreFixture>(DatabaseKind::Sqlite);
        m_store = m_fixture->open(m_catalog);
        for (int id = 1; id <= 2; ++id)
            m_fixture->sql({QStringLiteral("INSERT INTO category (id, name) VALUES (%1, 'c')").arg(id),
                            QStringLiteral("UPDATE category SET name = 'd' WHERE id = %1").arg(id)});
        const auto event = [](qint64 position, const char *id, bool isHeldBack) {
            return RefusedEvent{position,
                                QStringLiteral("category"),
                                QString::fromLatin1(id),
                                QStringLiteral("Not allowed."),
                                isHeldBack,
                                {}};
        };
        QVERIFY(m_store->advanceRelay(
            4, {event(1, "1", false), event(2, "1", true), event(3, "2", false), event(4, "2", true)}));
        m_client = std::make_unique<StoreClient>(
            m_catalog, [this]() -> Expected<std::unique_ptr<Store>> { return m_fixture->open(m_catalog); });
        m_page = std::make_unique<JournalPage>(*m_client, QStringLiteral("ada"), m_theme);
        m_page->resize(1100, 600);
        m_page->show();
        m_client->start();
        QTRY_COMPARE_WITH_TIMEOUT(table().model()->rowCount(), 4, 10'000);
        QTRY_VERIFY(bar().isVisible());
        m_page->showUnpublished();
    }
    void cleanup()
    {
        m_page.reset();
        m_client.reset();
        m_store.reset();
        m_fixture.reset();
    }

    void triesAllAgainWhenNothingIsSelected()
    {
        table().clearSelection();
        QVERIFY(!button("dropRefused").isEnabled());
        QTest::mouseClick(&button("retryRefused"), Qt::LeftButton);
        QTRY_COMPARE(m_store->releasedEvents(10)->size(), 4);
        QTRY_VERIFY(!bar().isVisible());          // nothing is left to decide
        QCOMPARE(table().model()->rowCount(), 4); // they wait
    }

    void givesUpOnlyWhatIsSelectedAndOnlyAfterAsking()
    {
        select(1);
        QTest::mouseClick(&button("dropRefused"), Qt::LeftButton);
        auto *question = m_page->findChild<QMessageBox *>(QStringLiteral("dropQuestion"));
        QVERIFY(question);
        QTest::keyClick(question, Qt::Key_Return); // the default is Cancel
        QTRY_VERIFY(!m_page->findChild<QMessageBox *>(QStringLiteral("dropQuestion")));
        QCOMPARE(m_store->refusedEvents()->size(), 4);

        QTest::mouseClick(&button("dropRefused"), Qt::LeftButton);
        auto *confirm = m_page->findChild<QPushButton *>(QStringLiteral("confirmDrop"));
        QVERIFY(confirm);
        QTest::mouseClick(confirm, Qt::LeftButton);
        QTRY_COMPARE(m_store->refusedEvents()->size(), 3);
        QCOMPARE(m_store->releasedEvents(10)->size(), 1);
        QTRY_COMPARE(table().model()->rowCount(), 3);
        QVERIFY(bar().isVisible());
        QCOMPARE(m_fixture->sql({QStringLiteral("SELECT author FROM relay_decision")}).value(0),
                 QStringLiteral("ada"));
    }

private:
    LineTable &table() const { return *m_page->findChild<LineTable *>(QStringLiteral("changes")); }
    RefusedBar &bar() const { return *m_page->findChild<RefusedBar *>(); }
    QPushButton &button(const char *name) const
    {
        return *m_page->findChild<QPushButton *>(QString::fromLatin1(name));
    }
    // The row of the change at that position; the newest stands first.
    void select(int position)
    {
        table().clearSelection();
        table().selectRow(4 - position);
    }

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();
    Theme m_theme{Theme::Mode::Light};
    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<StoreClient> m_client;
    std::unique_ptr<JournalPage> m_page;
};

QTEST_MAIN(RefusedBarTest)
#include "RefusedBarTest.moc"
