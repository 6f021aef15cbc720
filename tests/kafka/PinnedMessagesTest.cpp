// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/PinnedMessages.h"

#include "kafka/MessageTableModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace desk;

class PinnedMessagesTest : public QObject
{
    Q_OBJECT

private:
    static StreamMessage message(qint64 offset, qsizetype size = 10)
    {
        StreamMessage message;
        message.topic = QStringLiteral("notes");
        message.partition = 1;
        message.offset = offset;
        message.hasKey = true;
        message.hasValue = true;
        message.key = "k";
        message.value = QByteArray(size, 'v');
        message.headers = {{"h", "x"}};
        return message;
    }
    static QList<qint64> offsets(const MessageLog &log)
    {
        QList<qint64> offsets;
        for (qint64 row = log.firstRow(); row < log.endRow(); ++row)
            offsets.append(log.message(row).offset);
        return offsets;
    }

private Q_SLOTS:
    void outlivesTheLogItCameFrom()
    {
        MessageLog stream({.rows = 10, .bytes = 1 << 20});
        PinnedMessages pinned;
        stream.append({message(0)});
        QVERIFY(pinned.pin({stream.message(0)}));
        for (qint64 offset = 1; offset < 1000; ++offset)
            stream.append({message(offset)});
        QCOMPARE(stream.message(0).offset, -1); // dropped
        stream.clear();
        const StreamMessage kept = pinned.log()->message(0);
        QCOMPARE(kept.offset, 0);
        QCOMPARE(kept.value, message(0).value);
        QCOMPARE(kept.headers, message(0).headers);
    }

    void knowsAMessageByItsPlace()
    {
        PinnedMessages pinned;
        QSignalSpy changed(&pinned, &PinnedMessages::changed);
        QVERIFY(pinned.pin({message(1), message(2), message(1)}));
        QVERIFY(pinned.pin({message(2)}));
        QCOMPARE(pinned.count(), 2);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(pinned.bytes(), 2 * 13);
        QVERIFY(pinned.contains({"notes", 1, 2}));
        QVERIFY(!pinned.contains({"notes", 0, 2}));
        QVERIFY(!pinned.contains({"other", 1, 2}));
        QVERIFY(pinned.pin({StreamMessage{.offset = -1}})); // one that has been dropped
        QCOMPARE(pinned.count(), 2);
    }

    void unpinningLeavesTheOthersInTheirOrder()
    {
        PinnedMessages pinned;
        MessageTableModel model(pinned.log(), nullptr);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(pinned.pin({message(5), message(3), message(9)}));
        model.update();
        QCOMPARE(model.rowCount(), 3);
        pinned.unpin({{"notes", 1, 3}, {"notes", 1, 77}});
        model.update();
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(offsets(*pinned.log()), (QList<qint64>{5, 9}));
        QCOMPARE(pinned.bytes(), 2 * 13);
        QVERIFY(!pinned.contains({"notes", 1, 3}));
        pinned.clear();
        QCOMPARE(pinned.count(), 0);
        QCOMPARE(pinned.bytes(), 0);
        QCOMPARE(pinned.log()->endRow(), 0);
    }

    void refusesWhatIsTooMuch()
    {
        PinnedMessages pinned({.messages = 3, .bytes = 1000});
        QVERIFY(pinned.pin({message(1), message(2)}));
        const Expected<> tooMany = pinned.pin({message(3), message(4)});
        QVERIFY(!tooMany);
        QVERIFY2(tooMany.error().sentence.contains("Unpin"), qPrintable(tooMany.error().sentence));
        QCOMPARE(pinned.count(), 2); // all or none
        QVERIFY(!pinned.pin({message(3, 2000)}));
        QVERIFY(pinned.pin({message(3)}));
        QVERIFY(!pinned.pin({message(4)}));
        QVERIFY(pinned.pin({message(1), message(3)})); // nothing new
        pinned.unpin({{"notes", 1, 1}});
        QVERIFY(pinned.pin({message(4)}));
        QCOMPARE(pinned.count(), 3);
    }

    void dropsNothingWithinItsBounds()
    {
        // Each takes more than half of a block of the log.
        PinnedMessages pinned({.messages = 100, .bytes = 64 * 1024 * 1024});
        for (qint64 offset = 0; offset < 100; ++offset)
            QVERIFY(pinned.pin({message(offset, 600 * 1024)}));
        QCOMPARE(pinned.log()->dropped(), 0);
        QCOMPARE(pinned.log()->endRow(), 100);
    }
};

QTEST_GUILESS_MAIN(PinnedMessagesTest)
#include "PinnedMessagesTest.moc"
