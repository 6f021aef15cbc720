// SPDX-License-Identifier: GPL-3.0-or-later
// Undo and redo over several versions of a record, with and without a colleague in between.
#include "models/tables/ChangeService.h"
#include "tests/store/StoreFixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace desk;

class ChangeServiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_catalog = EntityCatalog::load();
        m_product = m_catalog->find(u"product");
        m_fixture = std::make_unique<StoreFixture>(DatabaseKind::Sqlite);
        m_other = m_fixture->open(m_catalog);
        m_client = std::make_unique<StoreClient>(
            m_catalog, [this] { return openStore(m_fixture->settings(), m_catalog); });
        m_states = std::make_unique<RecordStates>();
        m_changes = std::make_unique<ChangeService>(*m_client, *m_states, QStringLiteral("me"));
        m_client->start();
        QTRY_COMPARE(m_client->state(), StoreClient::State::Ready);
    }
    void cleanup()
    {
        m_changes.reset();
        m_client.reset();
        m_other.reset();
    }

    void takesBackAnAdditionThatWasChangedAfterwards()
    {
        const Record added = add(QStringLiteral("Honey"));
        change(added, "stock_quantity", 5);
        undo();
        QCOMPARE(value(added.id, "stock_quantity").toInt(), 0);
        undo();
        QVERIFY(!m_other->fetch(*m_product, added.id));
        QVERIFY(!m_changes->canUndo());

        redo();
        QCOMPARE(value(added.id, "name").toString(), QStringLiteral("Honey"));
        redo();
        QCOMPARE(value(added.id, "stock_quantity").toInt(), 5);
        undo();
        undo();
        QVERIFY(!m_other->fetch(*m_product, added.id));
    }

    void takesBackWhatWasDoneBeforeADeletionThatWasUndone()
    {
        const Record added = add(QStringLiteral("Honey"));
        const Record changed = change(added, "stock_quantity", 5);
        apply({deletion(*m_product, changed)}, QStringLiteral("Delete Honey"));
        undo();
        QCOMPARE(value(added.id, "stock_quantity").toInt(), 5);
        undo();
        QCOMPARE(value(added.id, "stock_quantity").toInt(), 0);
        undo();
        QVERIFY(!m_other->fetch(*m_product, added.id));
    }

    void doesNotTakeBackAnAdditionOverAColleaguesChange()
    {
        const Record added = add(QStringLiteral("Honey"));
        const Record changed = change(added, "stock_quantity", 5);
        Record theirs = changed;
        theirs.values[m_product->indexOf(u"name")] = QStringLiteral("Honey, dark");
        QVERIFY(m_other->apply({{update(*m_product, changed, theirs)}, QStringLiteral("maria")}));
        undo(); // another field than theirs
        QCOMPARE(value(added.id, "stock_quantity").toInt(), 0);
        QSignalSpy failed(m_changes.get(), &ChangeService::failed);
        undo();
        QCOMPARE(failed.size(), 1);
        QCOMPARE(failed[0][0].toString(), QStringLiteral("Undo of “Add a product” was refused"));
        QCOMPARE(value(added.id, "name").toString(), QStringLiteral("Honey, dark"));
        QVERIFY(!m_changes->canUndo()); // it would be refused for ever, and stand in the way
    }

    void tellsWhatItWrote()
    {
        const Record added = add(QStringLiteral("Honey"));
        QSignalSpy reverted(m_changes.get(), &ChangeService::reverted);
        change(added, "stock_quantity", 5);
        QCOMPARE(reverted.size(), 0);
        undo();
        QCOMPARE(reverted.size(), 1);
        QCOMPARE(reverted[0][0].value<QList<AppliedChange>>().constFirst().id(), added.id);
    }

private:
    Record apply(const QList<Change> &changes, const QString &text)
    {
        const auto future = m_changes->apply(changes, text);
        if (!QTest::qWaitFor([&] { return future.isFinished(); }) || !future.result())
            qFatal("not applied");
        return future.result()->constFirst().after.value_or(Record());
    }
    Record add(const QString &name)
    {
        Record record = newRecord(*m_product);
        record.values[m_product->indexOf(u"name")] = name;
        return apply({addition(*m_product, record)}, QStringLiteral("Add a product"));
    }
    Record change(const Record &record, const char *column, const QVariant &value)
    {
        Record after = record;
        after.values[m_product->indexOf(QString::fromLatin1(column))] = value;
        return apply({update(*m_product, record, after)}, QStringLiteral("Change it"));
    }
    void undo() { revert(&ChangeService::undo); }
    void redo() { revert(&ChangeService::redo); }
    void revert(void (ChangeService::*way)())
    {
        QSignalSpy changed(m_changes.get(), &ChangeService::historyChanged);
        (m_changes.get()->*way)();
        QTRY_COMPARE(changed.size(), 2); // begun and done
    }
    QVariant value(const RecordId &id, const char *column)
    {
        const Expected<RecordRow> row = m_other->fetch(*m_product, id);
        return row ? row->record.values.value(m_product->indexOf(QString::fromLatin1(column))) : QVariant();
    }

    std::shared_ptr<const EntityCatalog> m_catalog;
    const EntityType *m_product = nullptr;
    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<Store> m_other;
    std::unique_ptr<StoreClient> m_client;
    std::unique_ptr<RecordStates> m_states;
    std::unique_ptr<ChangeService> m_changes;
};

QTEST_GUILESS_MAIN(ChangeServiceTest)
#include "ChangeServiceTest.moc"
