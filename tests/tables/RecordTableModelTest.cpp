// SPDX-License-Identifier: GPL-3.0-or-later
// The table model over a SQLite store, with a second store playing the colleague at the next desk.
#include "models/schema/ColumnText.h"
#include "models/tables/RecordTableModel.h"
#include "tests/store/StoreFixture.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace desk;

namespace {

struct Desk {
    explicit Desk(int records)
        : catalog(EntityCatalog::load())
        , product(*catalog->find(u"product"))
        , fixture(DatabaseKind::Sqlite)
        , other(fixture.open(catalog))
        , client(catalog, [this] { return opener(); })
        , changes(client, states, QStringLiteral("me"))
        , model(product, client, changes, states)
        , tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        ChangeSet set;
        for (int index = 0; index < records; ++index)
            set.changes.append(
                addition(product, record(QStringLiteral("Item %1").arg(index, 5, 10, QLatin1Char('0')))));
        if (!set.changes.isEmpty() && !other->apply(set))
            qFatal("the records could not be made");
        client.start();
        RecordQuery query;
        query.sortColumn = product.indexOf(u"name");
        model.setQuery(query);
        QObject::connect(&client, &StoreClient::publishingChanged, &states, &RecordStates::setPublishing);
    }
    Expected<std::unique_ptr<Store>> opener()
    {
        if (away)
            return failure(ErrorCode::Unreachable, QStringLiteral("The server is being repaired."));
        Expected<std::unique_ptr<Store>> store = openStore(fixture.settings(), catalog);
        if (store && !(*store)->migrate())
            return failure(ErrorCode::Database, QStringLiteral("not migrated"));
        return store;
    }
    Record record(const QString &name) const
    {
        Record record = newRecord(product);
        record.values[product.indexOf(u"name")] = name;
        return record;
    }
    QModelIndex at(int row, const char *column) const
    {
        return model.index(row, model.sectionOf(product.indexOf(QString::fromLatin1(column))));
    }
    QString text(int row, const char *column) const { return at(row, column).data().toString(); }
    QString state(int row) const { return model.index(row, model.stateSection()).data().toString(); }
    Record storedRecord(int row) const
    {
        return other->fetch(product, at(row, "name").data(RecordTableModel::RecordIdRole).toString())->record;
    }
    QString stored(int row, const char *column) const
    {
        const int index = product.indexOf(QString::fromLatin1(column));
        return textOf(product.columns[index], storedRecord(row).values[index]);
    }
    void changeByOther(int row, const char *column, const QString &text)
    {
        const int index = product.indexOf(QString::fromLatin1(column));
        const Record before = storedRecord(row);
        Record after = before;
        after.values[index] = *valueFromText(product.columns[index], text);
        if (!other->apply({{update(product, before, after)}}))
            qFatal("the colleague's change was refused");
    }
    void deleteByOther(int row)
    {
        if (!other->apply({{deletion(product, storedRecord(row))}}))
            qFatal("the colleague's deletion was refused");
    }
    bool isComplete(int rows) const { return model.rowCount() == rows && !model.isCounting(); }

    std::shared_ptr<const EntityCatalog> catalog;
    const EntityType &product;
    StoreFixture fixture;
    std::unique_ptr<Store> other;
    std::atomic<bool> away = false;
    StoreClient client;
    RecordStates states;
    ChangeService changes;
    RecordTableModel model;
    QAbstractItemModelTester tester;
};

} // namespace

class RecordTableModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAWindowOfALargeTable()
    {
        Desk desk(14'000);
        QTRY_VERIFY(desk.isComplete(14'000));
        QCOMPARE(desk.text(0, "name"), QStringLiteral("Item 00000"));
        QVERIFY(!desk.at(13'000, "name").data(RecordTableModel::IsLoadedRole).toBool());
        QTRY_COMPARE(desk.text(13'000, "name"), QStringLiteral("Item 13000"));
        int loaded = 0;
        for (int page = 0; page < 70; ++page) {
            QTRY_COMPARE(
                desk.text(page * RecordTableModel::PageSize, "name"),
                QStringLiteral("Item %1").arg(page * RecordTableModel::PageSize, 5, 10, QLatin1Char('0')));
        }
        for (int row = 0; row < 14'000; ++row)
            loaded += desk.model.row(row) ? 1 : 0;
        QVERIFY2(loaded <= RecordTableModel::PageSize * RecordTableModel::KeptPages,
                 qPrintable(QString::number(loaded)));
    }

    void savesAnEditAndFollowsItsWay()
    {
        Desk desk(3);
        QTRY_VERIFY(desk.isComplete(3));
        QTRY_VERIFY(!desk.text(0, "name").isEmpty());
        QVERIFY(desk.model.setData(desk.at(0, "price"), QStringLiteral("12.5")));
        QCOMPARE(desk.text(0, "price"), QStringLiteral("12.50"));
        QVERIFY(desk.at(0, "price").data(RecordTableModel::IsDraftRole).toBool());
        QCOMPARE(desk.model.index(0, desk.model.stateSection()).data().toString(), QStringLiteral("saving"));
        QTRY_COMPARE(desk.model.index(0, desk.model.stateSection()).data().toString(),
                     QStringLiteral("saved"));
        QVERIFY(!desk.at(0, "price").data(RecordTableModel::IsDraftRole).toBool());
        const RecordId id = desk.at(0, "price").data(RecordTableModel::RecordIdRole).toString();
        QCOMPARE(desk.other->fetch(desk.product, id)->record.version, 2);
        QVERIFY(desk.other->advanceRelay(desk.other->journalHead().value(), {}));
        QTRY_COMPARE(desk.model.index(0, desk.model.stateSection()).data().toString(),
                     QStringLiteral("published"));

        desk.changes.undo();
        QTRY_COMPARE(desk.text(0, "price"), QStringLiteral("0.00"));
        QTRY_VERIFY(desk.changes.canRedo());
        desk.changes.redo();
        QTRY_COMPARE(desk.text(0, "price"), QStringLiteral("12.50"));
    }

    void anEditOverOneThatIsStillOnItsWayBuildsOnIt()
    {
        Desk desk(1);
        QTRY_VERIFY(desk.isComplete(1));
        QTRY_VERIFY(!desk.text(0, "name").isEmpty());
        const RecordId id = desk.at(0, "price").data(RecordTableModel::RecordIdRole).toString();
        QSignalSpy refused(&desk.model, &RecordTableModel::editRefused);
        QVERIFY(desk.model.setData(desk.at(0, "price"), QStringLiteral("1.00")));
        QVERIFY(desk.model.setData(desk.at(0, "price"), QStringLiteral("2.00")));
        QVERIFY(
            desk.model.setData(desk.at(0, "price"), QStringLiteral("0.00"))); // as it was before all of them
        QCOMPARE(desk.text(0, "price"), QStringLiteral("0.00"));
        QTRY_COMPARE(desk.other->fetch(desk.product, id)->record.version, 4);
        QTRY_VERIFY(!desk.at(0, "price").data(RecordTableModel::IsDraftRole).toBool());
        QCOMPARE(desk.text(0, "price"), QStringLiteral("0.00"));
        QCOMPARE(refused.size(), 0);
    }

    void refusesWhatTheDescriptionForbids()
    {
        Desk desk(1);
        QTRY_VERIFY(desk.isComplete(1));
        QTRY_VERIFY(!desk.text(0, "name").isEmpty());
        QSignalSpy refused(&desk.model, &RecordTableModel::editRefused);
        QVERIFY(!desk.model.setData(desk.at(0, "price"), QStringLiteral("21.499")));
        QCOMPARE(refused.size(), 1);
        QVERIFY(refused[0][1].value<Error>().sentence.contains(QStringLiteral("At most 2 decimals")));
        QVERIFY(!desk.model.setData(desk.at(0, "name"), QStringLiteral("")));
        QVERIFY(!desk.model.setData(desk.at(0, "currency"), QStringLiteral("XXY")));
        QCOMPARE(desk.other->journalHead().value(), 1);
    }

    void keepsShowingARefusedEditUntilItIsDiscarded()
    {
        Desk desk(1);
        QTRY_VERIFY(desk.isComplete(1));
        QTRY_VERIFY(!desk.text(0, "name").isEmpty());
        QVERIFY(desk.model.setData(desk.at(0, "category_id"),
                                   QVariant::fromValue<qint64>(77))); // there is no such category
        const QModelIndex state = desk.model.index(0, desk.model.stateSection());
        QTRY_COMPARE(state.data().toString(), QStringLiteral("refused"));
        QVERIFY(state.data(Qt::ToolTipRole).toString().contains(QStringLiteral("no category 77")));
        QCOMPARE(desk.text(0, "category_id"), QStringLiteral("#77"));
        desk.model.discardDraft(state.data(RecordTableModel::RecordIdRole).toString());
        QCOMPARE(desk.text(0, "category_id"), QString());
        QTRY_COMPARE(state.data().toString(), QStringLiteral("saved"));
    }

    void bindsAnEditToWhatItsEditorShowed()
    {
        Desk desk(1);
        QTRY_VERIFY(desk.isComplete(1));
        QTRY_VERIFY(!desk.text(0, "name").isEmpty());
        QSignalSpy refused(&desk.model, &RecordTableModel::editRefused);
        desk.model.beginEdit(desk.at(0, "price"));
        desk.changeByOther(0, "price", QStringLiteral("77.70"));
        QTRY_COMPARE(desk.text(0, "price"), QStringLiteral("77.70")); // shown, while someone types there
        QVERIFY(desk.model.setData(desk.at(0, "price"), QStringLiteral("16.66")));
        desk.model.endEdit();
        QTRY_COMPARE(desk.state(0), QStringLiteral("refused"));
        QVERIFY(refused.constFirst()[1].value<Error>().sentence.contains(QStringLiteral("77.70")));
        QCOMPARE(desk.text(0, "price"), QStringLiteral("16.66"));
        QCOMPARE(desk.stored(0, "price"), QStringLiteral("77.70"));

        // Told of the other value, the operator decides.
        QVERIFY(desk.model.setData(desk.at(0, "price"), QStringLiteral("16.66")));
        QTRY_COMPARE(desk.state(0), QStringLiteral("saved"));
        QCOMPARE(desk.stored(0, "price"), QStringLiteral("16.66"));
    }

    void aConflictIsSettledAgainstTheValueThatWasTold()
    {
        Desk desk(1);
        QTRY_VERIFY(desk.isComplete(1));
        QTRY_VERIFY(!desk.text(0, "name").isEmpty());
        desk.model.beginEdit(desk.at(0, "stock_quantity"));
        desk.changeByOther(0, "stock_quantity", QStringLiteral("51"));
        QTRY_COMPARE(desk.text(0, "stock_quantity"), QStringLiteral("51"));
        QVERIFY(desk.model.setData(desk.at(0, "stock_quantity"), QStringLiteral("50")));
        desk.model.endEdit();
        QTRY_COMPARE(desk.model.unsavedCells().size(), 1);
        // A third value, of which nobody was told.
        QSignalSpy refused(&desk.model, &RecordTableModel::editRefused);
        desk.changeByOther(0, "stock_quantity", QStringLiteral("52"));
        QTRY_COMPARE(desk.model.row(0)->record.version, 3);
        desk.model.retryRefused();
        QTRY_COMPARE(refused.size(), 1);
        QVERIFY(refused.constFirst()[1].value<Error>().sentence.contains(QStringLiteral("52")));
        QCOMPARE(desk.stored(0, "stock_quantity"), QStringLiteral("52"));
        desk.model.retryRefused();
        QTRY_COMPARE(desk.stored(0, "stock_quantity"), QStringLiteral("50"));
    }

    void anUnchangedCellKeepsTheOtherDraftsOfItsRow()
    {
        Desk desk(1);
        QTRY_VERIFY(desk.isComplete(1));
        QTRY_VERIFY(!desk.text(0, "name").isEmpty());
        QVERIFY(desk.model.setData(desk.at(0, "category_id"), QVariant::fromValue<qint64>(77)));
        QTRY_COMPARE(desk.state(0), QStringLiteral("refused"));
        QVERIFY(desk.model.setData(desk.at(0, "price"), desk.text(0, "price")));
        QCOMPARE(desk.text(0, "category_id"), QStringLiteral("#77"));
        QCOMPARE(desk.state(0), QStringLiteral("refused"));
    }

    void saysRefusedAsLongAsOneColumnIs()
    {
        Desk desk(1);
        QTRY_VERIFY(desk.isComplete(1));
        QTRY_VERIFY(!desk.text(0, "name").isEmpty());
        QVERIFY(desk.model.setData(desk.at(0, "category_id"), QVariant::fromValue<qint64>(77)));
        QTRY_COMPARE(desk.state(0), QStringLiteral("refused"));
        QVERIFY(desk.model.setData(desk.at(0, "price"), QStringLiteral("5.00")));
        QTRY_COMPARE(desk.stored(0, "price"), QStringLiteral("5.00"));
        QTRY_VERIFY(!desk.at(0, "price").data(RecordTableModel::IsDraftRole).toBool());
        QCOMPARE(desk.state(0), QStringLiteral("refused"));
        QCOMPARE(desk.model.unsavedCells(), QStringList{QStringLiteral("Item 00000: category")});
    }

    void keepsTheRowInWhichSomeoneTypesWhenOthersDeleteIt()
    {
        Desk desk(3);
        QTRY_VERIFY(desk.isComplete(3));
        QTRY_VERIFY(!desk.text(1, "name").isEmpty());
        QSignalSpy refused(&desk.model, &RecordTableModel::editRefused);
        desk.model.beginEdit(desk.at(1, "price"));
        desk.deleteByOther(1);
        QTRY_COMPARE(desk.state(1), QStringLiteral("refused"));
        QCOMPARE(desk.model.rowCount(), 3);
        QVERIFY(refused.constFirst()[1].value<Error>().sentence.contains(QStringLiteral("was deleted by")));
        QVERIFY(desk.model.setData(desk.at(1, "price"), QStringLiteral("9.00")));
        desk.model.endEdit();
        QTRY_COMPARE(refused.size(), 2);
        QCOMPARE(desk.text(1, "price"), QStringLiteral("9.00")); // to be copied from, until it is discarded
        desk.model.discardDraft(desk.at(1, "price").data(RecordTableModel::RecordIdRole).toString());
        QCOMPARE(desk.model.rowCount(), 2);
    }

    void showsWhatOthersDoWithExactSignals()
    {
        Desk desk(10);
        QTRY_VERIFY(desk.isComplete(10));
        QTRY_COMPARE(desk.text(9, "name"), QStringLiteral("Item 00009"));
        QSignalSpy resets(&desk.model, &QAbstractItemModel::modelReset);
        QSignalSpy inserts(&desk.model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removes(&desk.model, &QAbstractItemModel::rowsRemoved);
        const QPersistentModelIndex seventh = desk.at(7, "name");

        Record added = *desk.other
                            ->apply({{addition(desk.product, desk.record(QStringLiteral("Item 00004b")))}})
                            ->constFirst()
                            .after;
        QTRY_COMPARE(desk.text(5, "name"), QStringLiteral("Item 00004b"));
        QTRY_VERIFY(desk.isComplete(11));
        QCOMPARE(inserts.size(), 1);
        QCOMPARE(inserts[0][1].toInt(), 5);
        QCOMPARE(seventh.row(), 8);

        Record renamed = added;
        renamed.values[desk.product.indexOf(u"name")] = QStringLiteral("Renamed");
        added = *desk.other->apply({{update(desk.product, added, renamed)}})->constFirst().after;
        QTRY_COMPARE(desk.text(5, "name"), QStringLiteral("Renamed"));

        QVERIFY(desk.other->apply({{deletion(desk.product, added)}}));
        QTRY_VERIFY(desk.isComplete(10));
        QCOMPARE(removes.size(), 1);
        QCOMPARE(seventh.row(), 7);
        QCOMPARE(seventh.data().toString(), QStringLiteral("Item 00007"));
        QCOMPARE(resets.size(), 0);
    }

    void comesBackWhenTheDatabaseDoes()
    {
        Desk desk(0);
        desk.away = true;
        StoreClient client(desk.catalog, [&desk] { return desk.opener(); });
        RecordStates states;
        ChangeService changes(client, states, QStringLiteral("me"));
        RecordTableModel model(desk.product, client, changes, states);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QSignalSpy failed(&model, &RecordTableModel::loadFailed);
        client.start();
        model.refresh();
        QTRY_COMPARE(client.state(), StoreClient::State::Away);
        QVERIFY(client.error().sentence.contains(QStringLiteral("repaired")));
        QTRY_VERIFY(!failed.isEmpty());
        QVERIFY(desk.other->apply({{addition(desk.product, desk.record(QStringLiteral("Lamp")))}}));
        desk.away = false;
        client.reconnect();
        QTRY_COMPARE(model.rowCount(), 1);
        QCOMPARE(client.state(), StoreClient::State::Ready);
    }
};

QTEST_GUILESS_MAIN(RecordTableModelTest)
#include "RecordTableModelTest.moc"
