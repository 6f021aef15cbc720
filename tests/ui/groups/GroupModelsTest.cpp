// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/groups/GroupTableModel.h"
#include "ui/groups/LagTableModel.h"
#include "ui/groups/MemberTableModel.h"
#include "ui/groups/ResetTableModel.h"
#include "ui/parts/LineTable.h"
#include "ui/parts/TabularText.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace desk;

namespace {

GroupInfo group(const char *name, GroupState state = GroupState::Empty)
{
    return {QString::fromLatin1(name), state};
}

TopicPartition place(const char *topic, int partition)
{
    return {QString::fromLatin1(topic), partition};
}

} // namespace

class GroupModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSecondLookTouchesOnlyWhatIsNew()
    {
        GroupTableModel model;
        const QAbstractItemModelTester tester(&model);
        model.setGroups({group("a"), group("c"), group("d")});
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setGroups({group("b"), group("c", GroupState::Stable), group("d")});
        QCOMPARE(model.names(), (QStringList{QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")}));
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(changed.size(), 1);
    }

    void figuresStayOverTheNextListAndSortAsNumbers()
    {
        GroupTableModel model;
        const QAbstractItemModelTester tester(&model);
        model.setGroups({group("a"), group("b")});
        model.setFigures({{QStringLiteral("b"), {GroupState::Stable, 3, 12'000, {}}},
                          {QStringLiteral("gone"), {GroupState::Dead, 0, 0, {}}}});
        model.setGroups({group("a"), group("b", GroupState::Stable)});
        const auto cell = [&model](int row, int column) {
            return model.index(row, column).data().toString();
        };
        QCOMPARE(cell(1, GroupTableModel::StateColumn), QStringLiteral("stable"));
        QCOMPARE(cell(1, GroupTableModel::MembersColumn), QStringLiteral("3"));
        QCOMPARE(cell(1, GroupTableModel::LagColumn), groupedNumber(12'000));
        QCOMPARE(cell(0, GroupTableModel::LagColumn), QString());
        QCOMPARE(model.index(1, GroupTableModel::LagColumn).data(GroupTableModel::SortRole).toLongLong(),
                 12'000);
        QCOMPARE(static_cast<ChipTone>(
                     model.index(1, GroupTableModel::StateColumn).data(LineTable::ToneRole).toInt()),
                 ChipTone::Published);
    }

    void lagThatGrowsChangesOnlyItsRow()
    {
        LagTableModel model;
        const QAbstractItemModelTester tester(&model);
        const GroupPartition still{place("orders", 0), 10, 0, 10, QStringLiteral("reader")};
        const GroupPartition gone{place("orders", 2), 4, -1, -1, {}};
        model.setPartitions({still, {place("orders", 1), 5, 0, 10, {}}, gone});
        QCOMPARE(model.index(1, LagTableModel::LagColumn).data().toString(), QStringLiteral("5"));
        QCOMPARE(model.index(2, LagTableModel::LagColumn).data().toString(), QString());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setPartitions({still, {place("orders", 1), 5, 0, 25, {}}, gone});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(model.index(1, LagTableModel::LagColumn).data().toString(), QStringLiteral("20"));
    }

    void membersSayWhatTheyRead()
    {
        MemberTableModel model;
        const QAbstractItemModelTester tester(&model);
        GroupMember reader{
            QStringLiteral("id-1"), QStringLiteral("shop"), {}, QStringLiteral("10.0.0.7"), {}};
        model.setMembers({reader});
        QCOMPARE(model.index(0, MemberTableModel::PartitionsColumn).data().toString(),
                 QStringLiteral("none"));
        reader.partitions = {place("orders", 0), place("orders", 1), place("orders", 2), place("orders", 7),
                             place("payments", 1)};
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setMembers({reader});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.index(0, MemberTableModel::PartitionsColumn).data().toString(),
                 QStringLiteral("orders 0–2, 7 · payments 1"));
    }

    void thePreviewLeavesOutWhatIsUnticked()
    {
        ResetTableModel model;
        const QAbstractItemModelTester tester(&model);
        model.setSteps(
            planReset({{place("orders", 0), 70, 40, 100, {}}, {place("orders", 1), 70, 40, 100, {}}},
                      {ResetTarget::Earliest, {}, {}}),
            ResetTableModel::Typing::Off);
        QCOMPARE(model.chosen().size(), 2);
        QSignalSpy chosen(&model, &ResetTableModel::chosenChanged);
        QVERIFY(
            model.setData(model.index(0, ResetTableModel::PlaceColumn), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(model.chosen().size(), 1);
        QCOMPARE(model.chosen().constFirst().place, place("orders", 1));
        QCOMPARE(model.index(0, ResetTableModel::NewColumn).data().toString(), QStringLiteral("70"));
        // Another plan for the same partitions keeps what the operator unticked.
        model.setSteps(
            planReset({{place("orders", 0), 70, 40, 100, {}}, {place("orders", 1), 70, 40, 100, {}}},
                      {ResetTarget::Latest, {}, {}}),
            ResetTableModel::Typing::Off);
        QCOMPARE(model.chosen().size(), 1);
        QCOMPARE(model.index(1, ResetTableModel::EffectColumn).data().toString(),
                 QStringLiteral("skips 30 messages"));
    }

    void offsetsAreTypedOnlyWhereTheyAreAskedFor()
    {
        ResetTableModel model;
        const QAbstractItemModelTester tester(&model);
        const QList<ResetStep> steps = planReset(
            {{place("orders", 0), 70, 40, 100, {}}, {place("orders", 1), 5, -1, -1, {}}},
            {ResetTarget::Offset, {}, {}});
        model.setSteps(steps, ResetTableModel::Typing::Off);
        const QModelIndex cell = model.index(0, ResetTableModel::NewColumn);
        QVERIFY(!(model.flags(cell) & Qt::ItemIsEditable));
        model.setSteps(steps, ResetTableModel::Typing::On);
        QVERIFY(model.flags(cell) & Qt::ItemIsEditable);
        QVERIFY(!(model.flags(model.index(1, ResetTableModel::NewColumn)) & Qt::ItemIsEditable));
        QSignalSpy typed(&model, &ResetTableModel::offsetTyped);
        QVERIFY(!model.setData(cell, QStringLiteral("many")));
        QVERIFY(!model.setData(cell, QStringLiteral("-3")));
        QVERIFY(model.setData(cell, QStringLiteral("1 000")));
        QCOMPARE(typed.size(), 1);
        QCOMPARE(typed[0][1].toLongLong(), 1'000);
    }
};

QTEST_MAIN(GroupModelsTest)
#include "GroupModelsTest.moc"
