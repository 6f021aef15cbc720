// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/LineTable.h"
#include "ui/parts/TabularText.h"
#include "ui/topics/ConfigurationTableModel.h"
#include "ui/topics/PartitionTableModel.h"
#include "ui/topics/TopicTableModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace desk;

namespace {

PartitionInfo partition(int number, int leader, qint64 low, qint64 high)
{
    return {number, leader, {1, 2}, {1, 2}, low, high};
}

ConfigurationEntry setting(const QString &name, const QString &value, ConfigurationSource source)
{
    ConfigurationEntry entry;
    entry.name = name;
    entry.value = value;
    entry.source = source;
    return entry;
}

} // namespace

class TopicDetailModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void partitionsSayWhoLeadsThemAndWhatIsInThem()
    {
        PartitionTableModel model;
        const QAbstractItemModelTester tester(&model);
        PartitionInfo behind = partition(1, 2, 40, 1'240);
        behind.inSync = {2};
        model.setPartitions({partition(0, 1, 0, 7), behind, partition(2, -1, -1, -1)},
                            {{1, QStringLiteral("a:9092")}, {2, QStringLiteral("b:9092")}});
        const auto text = [&model](int row, int column) {
            return model.index(row, column).data().toString();
        };
        QCOMPARE(text(0, PartitionTableModel::MessagesColumn), QStringLiteral("7"));
        QCOMPARE(text(1, PartitionTableModel::MessagesColumn), groupedNumber(1'200));
        QCOMPARE(text(1, PartitionTableModel::ReplicasColumn), QStringLiteral("1, 2 (1 in sync)"));
        QVERIFY(model.index(1, PartitionTableModel::LeaderColumn)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(QStringLiteral("b:9092")));
        QCOMPARE(text(2, PartitionTableModel::LeaderColumn), QStringLiteral("none"));
        QCOMPARE(text(2, PartitionTableModel::MessagesColumn), QString());
    }

    void newOffsetsChangeOnlyTheirRow()
    {
        PartitionTableModel model;
        const QAbstractItemModelTester tester(&model);
        model.setPartitions({partition(0, 1, 0, 7), partition(1, 1, 0, 9)}, {});
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.setPartitions({partition(0, 1, 0, 7), partition(1, 1, 0, 12), partition(2, 1, 0, 0)}, {});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(inserted.size(), 1);
    }

    void settingsOfTheTopicsOwnAreMarked()
    {
        ConfigurationTableModel model;
        const QAbstractItemModelTester tester(&model);
        ConfigurationEntry secret = setting(QStringLiteral("z.key"), QString(), ConfigurationSource::Broker);
        secret.isSensitive = true;
        model.setEntries(
            {setting(QStringLiteral("cleanup.policy"), QStringLiteral("compact"), ConfigurationSource::Topic),
             setting(QStringLiteral("segment.bytes"), QStringLiteral("1"), ConfigurationSource::Default),
             secret});
        const auto tone = [&model](int row) {
            return static_cast<ChipTone>(
                model.index(row, ConfigurationTableModel::SourceColumn).data(LineTable::ToneRole).toInt());
        };
        QCOMPARE(tone(0), ChipTone::Saved);
        QCOMPARE(tone(1), ChipTone::Plain);
        QCOMPARE(model.index(2, ConfigurationTableModel::ValueColumn).data().toString(),
                 QStringLiteral("secret"));
    }

    void thousandsOfTopicsComeInOneStep()
    {
        TopicTableModel model(EntityCatalog::load());
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QList<TopicInfo> topics;
        for (int number = 0; number < 5'000; ++number)
            topics.append({QStringLiteral("aa-%1").arg(number, 5, 10, QLatin1Char('0')), 4, 1, false, {}});
        model.setTopics(topics);
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(model.present().size(), 5'000);
    }

    void figuresComeAfterTheListAndStayOverTheNext()
    {
        TopicTableModel model(EntityCatalog::load());
        const QAbstractItemModelTester tester(&model);
        const QList<TopicInfo> topics{{QStringLiteral("aa"), 4, 1, false, {}},
                                      {QStringLiteral("ab"), 4, 1, false, {}}};
        model.setTopics(topics);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setFigures({{QStringLiteral("ab"), {12'345, QStringLiteral("delete"), 7 * 24 * 60, {}}},
                          {QStringLiteral("gone"), {1, {}, 0, {}}},
                          {QStringLiteral("todos2"), {1, {}, 0, {}}}}); // of a contract, not in the cluster
        QCOMPARE(changed.size(), 1);
        const auto cell = [&model](int column) { return model.index(1, column).data().toString(); };
        QCOMPARE(cell(TopicTableModel::MessagesColumn), groupedNumber(12'345));
        QCOMPARE(model.index(1, TopicTableModel::MessagesColumn).data(TopicTableModel::SortRole).toLongLong(),
                 12'345);
        QCOMPARE(cell(TopicTableModel::CleanupColumn), QStringLiteral("delete"));
        QCOMPARE(cell(TopicTableModel::RetentionColumn), QStringLiteral("7 days"));
        QCOMPARE(model.index(0, TopicTableModel::MessagesColumn).data().toString(), QString());
        model.setTopics(topics);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(cell(TopicTableModel::RetentionColumn), QStringLiteral("7 days"));
    }

    void retentionReadsAsPeopleSayIt()
    {
        QCOMPARE(retentionText(0), QString());
        QCOMPARE(retentionText(-1), QStringLiteral("for ever"));
        QCOMPARE(retentionText(60), QStringLiteral("1 hour"));
        QCOMPARE(retentionText(24 * 60), QStringLiteral("1 day"));
        QCOMPARE(retentionText(36 * 60), QStringLiteral("36 hours"));
        QCOMPARE(retentionText(90), QStringLiteral("90 minutes"));
    }
};

QTEST_MAIN(TopicDetailModelsTest)
#include "TopicDetailModelsTest.moc"
