// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageTableModel.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

using namespace desk;
using Order = MessageTableModel::Order;

class MessageTableModelTest : public QObject
{
    Q_OBJECT

private:
    static StreamMessage message(qint64 offset)
    {
        StreamMessage message;
        message.topic = QStringLiteral("notes");
        message.partition = 2;
        message.offset = offset;
        message.timestamp = 1'700'000'000'123;
        message.hasKey = true;
        message.hasValue = true;
        message.key = "k" + QByteArray::number(offset);
        message.value = R"({"offset": )" + QByteArray::number(offset) + "}";
        message.headers = {{"operation", "update"}};
        return message;
    }
    static QList<StreamMessage> messages(qint64 from, qint64 count)
    {
        QList<StreamMessage> batch;
        for (qint64 offset = from; offset < from + count; ++offset)
            batch.append(message(offset));
        return batch;
    }

    struct Fixture {
        explicit Fixture(Order order, MessageLog::Bounds bounds = {})
            : log(std::make_shared<MessageLog>(bounds))
            , model(log, nullptr, order)
            , tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest)
            , reset(&model, &QAbstractItemModel::modelReset)
            , inserted(&model, &QAbstractItemModel::rowsInserted)
            , removed(&model, &QAbstractItemModel::rowsRemoved)
        { }
        QString text(int row, int column) const { return model.index(row, column).data().toString(); }

        std::shared_ptr<MessageLog> log;
        MessageTableModel model;
        QAbstractItemModelTester tester;
        QSignalSpy reset;
        QSignalSpy inserted;
        QSignalSpy removed;
    };

private Q_SLOTS:
    void newestComesFirst()
    {
        Fixture fixture(Order::NewestFirst);
        fixture.log->append(messages(0, 3));
        fixture.model.update();
        QCOMPARE(fixture.model.rowCount(), 3);
        QCOMPARE(fixture.text(0, MessageTableModel::OffsetColumn), QString("2"));
        fixture.log->append(messages(3, 2));
        fixture.model.update();
        QCOMPARE(fixture.text(0, MessageTableModel::OffsetColumn), QString("4"));
        QCOMPARE(fixture.text(4, MessageTableModel::OffsetColumn), QString("0"));
        QCOMPARE(fixture.inserted.count(), 2);
        QCOMPARE(fixture.inserted[1][1].toInt(), 0);
        QCOMPARE(fixture.inserted[1][2].toInt(), 1);
        QCOMPARE(fixture.reset.count(), 0);
    }

    void oldestFirstAppendsAtTheEnd()
    {
        Fixture fixture(Order::OldestFirst);
        fixture.log->append(messages(0, 3));
        fixture.model.update();
        fixture.log->append(messages(3, 2));
        fixture.model.update();
        QCOMPARE(fixture.text(4, MessageTableModel::OffsetColumn), QString("4"));
        QCOMPARE(fixture.inserted[1][1].toInt(), 3);
    }

    void droppedRowsAreRemovedWhereTheyStood_data()
    {
        QTest::addColumn<Order>("order");
        QTest::newRow("newest first") << Order::NewestFirst;
        QTest::newRow("oldest first") << Order::OldestFirst;
    }
    void droppedRowsAreRemovedWhereTheyStood()
    {
        QFETCH(const Order, order);
        Fixture fixture(order, {.rows = 10, .bytes = 1 << 20});
        fixture.log->append(messages(0, 10));
        fixture.model.update();
        fixture.log->append(messages(10, 4));
        fixture.model.update();
        QCOMPARE(fixture.model.rowCount(), 10);
        QCOMPARE(fixture.removed.count(), 1);
        QCOMPARE(fixture.removed[0][1].toInt(), order == Order::NewestFirst ? 6 : 0);
        const int newest = order == Order::NewestFirst ? 0 : 9;
        QCOMPARE(fixture.text(newest, MessageTableModel::OffsetColumn), QString("13"));
        QCOMPARE(fixture.text(9 - newest, MessageTableModel::OffsetColumn), QString("4"));
        // Everything shown is gone, and rows came and went unseen.
        fixture.log->append(messages(14, 100));
        fixture.model.update();
        QCOMPARE(fixture.model.rowCount(), 10);
        QCOMPARE(fixture.text(newest, MessageTableModel::OffsetColumn), QString("113"));
        QCOMPARE(fixture.reset.count(), 0);
    }

    void clearResets()
    {
        Fixture fixture(Order::NewestFirst);
        fixture.log->append(messages(0, 5));
        fixture.model.update();
        fixture.log->clear();
        fixture.log->append(messages(0, 7)); // more than were there before
        fixture.model.update();
        QCOMPARE(fixture.reset.count(), 1);
        QCOMPARE(fixture.model.rowCount(), 7);
    }

    void followsTheLogByItself()
    {
        Fixture fixture(Order::NewestFirst);
        fixture.log->append(messages(0, 1));
        QTRY_COMPARE(fixture.model.rowCount(), 1);
        QTest::qWait(300); // long enough for the timer to come to rest
        fixture.log->append(messages(1, 1));
        QTRY_COMPARE(fixture.model.rowCount(), 2);
    }

    void showsAMessageInItsColumns()
    {
        Fixture fixture(Order::NewestFirst);
        fixture.log->append(messages(5, 1));
        fixture.model.update();
        const QString time = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123).toString("HH:mm:ss.zzz");
        QCOMPARE(fixture.text(0, MessageTableModel::TimeColumn), time);
        QCOMPARE(fixture.text(0, MessageTableModel::TopicColumn), QString("notes"));
        QCOMPARE(fixture.text(0, MessageTableModel::PartitionColumn), QString("2"));
        QCOMPARE(fixture.text(0, MessageTableModel::KeyColumn), QString("k5"));
        QCOMPARE(fixture.text(0, MessageTableModel::OperationColumn), QString("update"));
        QCOMPARE(fixture.text(0, MessageTableModel::ValueColumn), QString(R"({"offset": 5})"));
        QVERIFY(!fixture.text(0, MessageTableModel::SizeColumn).isEmpty());
        QCOMPARE(fixture.model.decoded(0).fields.size(), 1);
        QCOMPARE(fixture.model.message(0).value, message(5).value);
        QCOMPARE(fixture.model.rowOf(0), 0);
        QCOMPARE(fixture.model.rowOf(1), -1);
    }

    void tombstoneIsVisible()
    {
        Fixture fixture(Order::NewestFirst);
        StreamMessage tombstone = message(1);
        tombstone.hasValue = false;
        tombstone.value.clear();
        fixture.log->append(QList<StreamMessage>{tombstone});
        fixture.model.update();
        QCOMPARE(fixture.text(0, MessageTableModel::ValueColumn), QString("— tombstone"));
    }
};

QTEST_GUILESS_MAIN(MessageTableModelTest)
#include "MessageTableModelTest.moc"
