// SPDX-License-Identifier: GPL-3.0-or-later
// Messages that could not be applied, as the operator meets them: listed with their reasons, looked into,
// applied after a fix, given up only after asking.
#include "tests/store/StoreFixture.h"
#include "ui/parts/EmptyState.h"
#include "ui/parts/LineTable.h"
#include "ui/poison/PoisonPage.h"
#include "ui/poison/PoisonTableModel.h"
#include "ui/shell/Theme.h"
#include "ui/streams/MessageDetail.h"

#include <QAbstractItemModelTester>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace desk;

class PoisonPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<StoreFixture>(DatabaseKind::Sqlite);
        m_store = m_fixture->open(m_catalog);
        m_client = std::make_unique<StoreClient>(
            m_catalog, [this]() -> Expected<std::unique_ptr<Store>> { return m_fixture->open(m_catalog); });
        m_page = std::make_unique<PoisonPage>(*m_client, true, m_theme);
        m_tester = std::make_unique<QAbstractItemModelTester>(table().model());
        m_page->resize(1100, 600);
        m_page->show();
        m_client->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_client->state(), StoreClient::State::Ready, 10'000);
    }
    void cleanup()
    {
        m_tester.reset();
        m_page.reset();
        m_client.reset();
        m_store.reset();
        m_fixture.reset();
    }

    void showsWhatIsKeptWithItsReasonAndItsBytes()
    {
        QVERIFY(m_page->findChild<EmptyState *>()->isVisible());
        QSignalSpy badges(m_page.get(), &Page::badgeChanged);
        keepTwo();
        QTRY_COMPARE_WITH_TIMEOUT(table().model()->rowCount(), 2, 10'000);
        QVERIFY(!m_page->findChild<EmptyState *>()->isVisible());
        QCOMPARE(badges.constLast().constFirst().toString(), QStringLiteral("2"));
        QCOMPARE(cell(0, PoisonTableModel::TopicColumn), QStringLiteral("todos2"));
        QCOMPARE(cell(0, PoisonTableModel::PlaceColumn), QStringLiteral("1 / 7"));
        QVERIFY(cell(0, PoisonTableModel::ReasonColumn).contains(QStringLiteral("Title")));
        auto *detail = m_page->findChild<MessageDetail *>();
        QVERIFY(!detail->isVisible());
        table().selectRow(0);
        QVERIFY(detail->isVisible());
        const auto *fields = detail->findChild<QTreeWidget *>(QStringLiteral("messageFields"));
        QVERIFY(fields->topLevelItemCount() > 0);
        table().clearSelection();
        QVERIFY(!detail->isVisible());
    }

    void appliesAgainAndSaysWhatStaysBehind()
    {
        keepTwo();
        QTRY_COMPARE_WITH_TIMEOUT(table().model()->rowCount(), 2, 10'000);
        QSignalSpy notices(m_page.get(), &Page::noticeRequested);
        m_fixture->sql({QStringLiteral("DELETE FROM todo WHERE id = 2")}); // what was in its way
        QTest::mouseClick(&button("retryPoison"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(table().model()->rowCount(), 1, 10'000);
        QCOMPARE(m_fixture->sql({QStringLiteral("SELECT title FROM todo WHERE id = 2")}),
                 QStringList(QStringLiteral("Theirs")));
        QTRY_COMPARE(notices.size(), 1);
        QCOMPARE(notices[0][0].value<Notice>().kind, Notice::Kind::Warning);
    }

    void givesUpOnlyWhatIsSelectedAndOnlyAfterAsking()
    {
        keepTwo();
        QTRY_COMPARE_WITH_TIMEOUT(table().model()->rowCount(), 2, 10'000);
        QVERIFY(!button("dropPoison").isEnabled());
        table().selectRow(0);
        QTest::mouseClick(&button("dropPoison"), Qt::LeftButton);
        auto *question = m_page->findChild<QMessageBox *>(QStringLiteral("dropPoisonQuestion"));
        QVERIFY(question);
        QTest::keyClick(question, Qt::Key_Return); // the default is Cancel
        QTRY_VERIFY(!m_page->findChild<QMessageBox *>(QStringLiteral("dropPoisonQuestion")));
        QCOMPARE(m_store->ingest().poisonCount().value(), 2);
        QTest::mouseClick(&button("dropPoison"), Qt::LeftButton);
        QTest::mouseClick(m_page->findChild<QPushButton *>(QStringLiteral("confirmDropPoison")),
                          Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(table().model()->rowCount(), 1, 10'000);
        QCOMPARE(m_store->ingest().poison(10)->constFirst().message.offset, 8);
    }

private:
    // One without a title, and one that meets a todo of ours with other values.
    void keepTwo()
    {
        m_fixture->sql({QStringLiteral("INSERT INTO todo (id, title) VALUES (2, 'Ours')")});
        const EntityType &todo = *m_catalog->find(u"todo");
        const auto message = [&](qint64 offset, const char *id, const char *title) {
            IngestChange change;
            change.entity = &todo;
            change.operation = Operation::Add;
            change.record.values = QVariantList(todo.columns.size());
            change.record.values[todo.idColumn] = QString::fromLatin1(id).toLongLong();
            change.record.id = QString::fromLatin1(id);
            change.author = QStringLiteral("todos2");
            change.record.values[todo.indexOf(QStringLiteral("title"))] = QString::fromLatin1(title);
            change.record.values[todo.indexOf(QStringLiteral("completed"))] = false;
            change.written = QBitArray(todo.columns.size(), true);
            change.imprecise.resize(todo.columns.size());
            return IngestMessage{QStringLiteral("todos2"), 1, offset, {}, 0, change};
        };
        IngestBatch batch;
        batch.consumerGroup = QStringLiteral("desk");
        batch.messages = {message(7, "1", ""), message(8, "2", "Theirs")};
        batch.positions = {{QStringLiteral("todos2"), 1, 9}};
        batch.source = [](qsizetype index) {
            TopicMessage source;
            source.topic = QStringLiteral("todos2");
            source.partition = 1;
            source.offset = 7 + index;
            source.key = QByteArray("key");
            source.value = index == 0 ? QByteArray("\x08\x01", 2) : QByteArray("\x08\x02\x12\x06Theirs", 10);
            return source;
        };
        const Expected<IngestOutcome> outcome = m_store->ingest().take(batch);
        QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().sentence));
        QCOMPARE(outcome->poison, 2);
        m_client->poke();
    }
    LineTable &table() const { return *m_page->findChild<LineTable *>(); }
    QString cell(int row, int column) const { return table().model()->index(row, column).data().toString(); }
    QPushButton &button(const char *name) const
    {
        return *m_page->findChild<QPushButton *>(QString::fromLatin1(name));
    }

    std::shared_ptr<const EntityCatalog> m_catalog = EntityCatalog::load();
    Theme m_theme{Theme::Mode::Light};
    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<StoreClient> m_client;
    std::unique_ptr<PoisonPage> m_page;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(PoisonPageTest)
#include "PoisonPageTest.moc"
