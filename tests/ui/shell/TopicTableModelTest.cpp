// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TopicTableModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace desk;

namespace {

TopicInfo topic(const QString &name, int partitions = 3, const QString &problem = {})
{
    return {name, partitions, 1, false, problem};
}

} // namespace

class TopicTableModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsWhatIsThereAndWhatTheContractsMiss()
    {
        TopicTableModel model(EntityCatalog::load());
        QAbstractItemModelTester tester(&model);
        model.setTopics({topic(QStringLiteral("a_foreign_topic")), topic(QStringLiteral("products_add"))});
        QCOMPARE(model.topic(0), QStringLiteral("a_foreign_topic"));
        QVERIFY(!model.missing().contains(QStringLiteral("products_add")));
        QVERIFY(model.missing().contains(QStringLiteral("todos2")));
        QCOMPARE(model.rowCount(), 2 + model.missing().size());
    }

    void saysWhatATopicCarriesAndWhatIsWrongWithIt()
    {
        TopicTableModel model(EntityCatalog::load());
        QAbstractItemModelTester tester(&model);
        model.setTopics(
            {topic(QStringLiteral("products_add"), 3, QStringLiteral("No leader for partition 1."))});
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.topic(row) != QLatin1String("products_add"))
                continue;
            QCOMPARE(model.index(row, TopicTableModel::UseColumn).data().toString(),
                     QStringLiteral("Products · add"));
            QCOMPARE(model.index(row, TopicTableModel::StateColumn).data().toString(),
                     QStringLiteral("No leader for partition 1."));
            return;
        }
        QFAIL("the topic is not listed");
    }

    void aSecondLookTouchesOnlyWhatIsNew()
    {
        TopicTableModel model(EntityCatalog::load());
        QAbstractItemModelTester tester(&model);
        model.setTopics({topic(QStringLiteral("a")), topic(QStringLiteral("c")), topic(QStringLiteral("d"))});
        const int rows = model.rowCount();
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setTopics(
            {topic(QStringLiteral("b")), topic(QStringLiteral("c"), 6), topic(QStringLiteral("d"))});
        QCOMPARE(model.rowCount(), rows);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(model.topic(0), QStringLiteral("b"));
    }
};

QTEST_MAIN(TopicTableModelTest)
#include "TopicTableModelTest.moc"
