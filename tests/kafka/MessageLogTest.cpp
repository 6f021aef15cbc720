// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageLog.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace desk;

class MessageLogTest : public QObject
{
    Q_OBJECT

private:
    static StreamMessage message(qint64 offset, const QByteArray &value = "value")
    {
        StreamMessage message;
        message.topic = QStringLiteral("topic-%1").arg(offset % 3);
        message.partition = qint32(offset % 5);
        message.offset = offset;
        message.timestamp = 1'700'000'000'000 + offset;
        message.hasKey = true;
        message.hasValue = true;
        message.key = QByteArray::number(offset);
        message.value = value;
        message.headers = {{"operation", "add"}, {"empty", ""}};
        return message;
    }
    static QList<StreamMessage> messages(qint64 from, qint64 count, const QByteArray &value = "value")
    {
        QList<StreamMessage> batch;
        for (qint64 offset = from; offset < from + count; ++offset)
            batch.append(message(offset, value));
        return batch;
    }

private Q_SLOTS:
    void givesBackWhatWasAppended()
    {
        MessageLog log;
        log.append(messages(0, 100));
        QCOMPARE(log.firstRow(), 0);
        QCOMPARE(log.endRow(), 100);
        const StreamMessage read = log.message(42);
        const StreamMessage written = message(42);
        QCOMPARE(read.topic, written.topic);
        QCOMPARE(read.partition, written.partition);
        QCOMPARE(read.offset, written.offset);
        QCOMPARE(read.timestamp, written.timestamp);
        QCOMPARE(read.key, written.key);
        QCOMPARE(read.value, written.value);
        QCOMPARE(read.headers, written.headers);
    }

    void tellsTombstonesFromEmptyValuesAndKeys()
    {
        MessageLog log;
        StreamMessage tombstone = message(1, {});
        tombstone.hasValue = false;
        StreamMessage keyless = message(2, {});
        keyless.hasKey = false;
        keyless.key.clear();
        log.append(QList<StreamMessage>{tombstone, keyless});
        QVERIFY(!log.message(0).hasValue);
        QVERIFY(log.message(0).hasKey);
        QVERIFY(log.message(1).hasValue);
        QVERIFY(!log.message(1).hasKey);
    }

    void otherBoundsCountAtOnce()
    {
        MessageLog log({.rows = 100, .bytes = 1 << 20});
        log.append(messages(0, 50));
        bool isTold = false;
        log.watch(this, log.range(), [&isTold] { isTold = true; });
        log.setBounds({.rows = 10, .bytes = 1 << 20});
        QVERIFY(isTold);
        QCOMPARE(log.firstRow(), 40);
        QCOMPARE(log.message(40).offset, 40);
        log.setBounds({.rows = 30, .bytes = 1 << 20});
        log.append(messages(50, 50));
        QCOMPARE(log.endRow() - log.firstRow(), 30);
        QCOMPARE(log.message(99).value, QByteArray("value"));
        log.setBounds({.rows = 1000, .bytes = 40'000});
        log.append(messages(100, 5'000, QByteArray(100, 'x')));
        QVERIFY(log.bytes() <= 40'000);
        QVERIFY(log.endRow() - log.firstRow() > 50);
        QCOMPARE(log.message(5'099).value, QByteArray(100, 'x'));
    }

    void dropsTheOldestRowsPastTheirBound()
    {
        MessageLog log({.rows = 10, .bytes = 1 << 20});
        log.append(messages(0, 25));
        QCOMPARE(log.firstRow(), 15);
        QCOMPARE(log.endRow(), 25);
        QCOMPARE(log.dropped(), 15);
        QCOMPARE(log.message(14).offset, -1);
        QCOMPARE(log.message(15).offset, 15); // keeps its number
        QCOMPARE(log.message(25).offset, -1);
    }

    void staysWithinItsBytes()
    {
        constexpr qint64 Bound = 256 * 1024;
        MessageLog log({.rows = 1'000'000, .bytes = Bound});
        for (int batch = 0; batch < 100; ++batch)
            log.append(messages(batch * 100, 100, QByteArray(500, 'x')));
        QVERIFY2(log.bytes() <= Bound, qPrintable(QString::number(log.bytes())));
        QCOMPARE(log.endRow(), 10'000);
        QVERIFY(log.endRow() - log.firstRow() > 300); // and uses them
        QCOMPARE(log.message(9'999).value, QByteArray(500, 'x'));
        QCOMPARE(log.message(log.firstRow()).offset, log.firstRow());
    }

    void keepsAMessageLargerThanABlockOrTheBound()
    {
        MessageLog log({.rows = 100, .bytes = 64 * 1024});
        log.append(messages(0, 10));
        const QByteArray large(300'000, 'y');
        log.append(messages(10, 1, large));
        QCOMPARE(log.message(10).value, large);
        QCOMPARE(log.firstRow(), 10); // the newest is kept in any case
        log.append(messages(11, 5));
        QCOMPARE(log.message(15).offset, 15);
        QVERIFY(log.bytes() <= 64 * 1024);
    }

    void clearStartsNumberingAnew()
    {
        MessageLog log({.rows = 10, .bytes = 1 << 20});
        log.append(messages(0, 25));
        const auto before = log.range();
        log.clear();
        QCOMPARE(log.firstRow(), 0);
        QCOMPARE(log.endRow(), 0);
        QCOMPARE(log.dropped(), 0);
        QCOMPARE(log.bytes(), 0);
        QVERIFY(log.range().generation > before.generation);
        log.append(messages(7, 1));
        QCOMPARE(log.message(0).offset, 7);
    }

    void topicKeepsItsId()
    {
        MessageLog log;
        const quint32 id = log.topicId("a");
        QVERIFY(log.topicId("b") != id);
        log.clear();
        QCOMPARE(log.topicId("a"), id);
    }

    void watcherIsCalledOnceAndAtOnceIfLate()
    {
        MessageLog log;
        int calls = 0;
        log.watch(this, log.range(), [&calls] { ++calls; });
        log.append(messages(0, 1));
        log.append(messages(1, 1));
        QCOMPARE(calls, 1);
        log.watch(this, {}, [&calls] { ++calls; }); // the range has moved on meanwhile
        QCOMPARE(calls, 2);
        log.watch(this, log.range(), [&calls] { ++calls; });
        log.forgetWatcher(this);
        log.clear();
        QCOMPARE(calls, 2);
    }

    void showsRowsWhereTheyLie()
    {
        MessageLog log;
        log.append(messages(0, 5'000)); // more than are held at once
        QList<qint64> rows;
        bool isRight = true;
        const qint64 visited = log.visit(
            log.range().generation, 100, 4'900, [&](qint64 row, const MessageView &view) {
                rows.append(row);
                const StreamMessage wanted = message(row);
                isRight = isRight && view.offset == wanted.offset && view.key == wanted.key
                    && view.value == wanted.value && view.timestamp == wanted.timestamp
                    && log.topicName(view.topic) == wanted.topic && view.headers.size() == 2
                    && view.headers[0].name == "operation" && view.headers[0].value == "add"
                    && view.headers[1].value.isEmpty();
                return true;
            });
        QVERIFY(isRight);
        QCOMPARE(visited, 4'800);
        QCOMPARE(rows.size(), 4'800);
        QCOMPARE(rows.first(), 100);
        QCOMPARE(rows.last(), 4'899);
    }

    void aVisitSeesOnlyWhatIsThere()
    {
        MessageLog log({.rows = 10, .bytes = 1 << 20});
        log.append(messages(0, 25));
        QList<qint64> rows;
        const auto note = [&](qint64 row, const MessageView &) {
            rows.append(row);
            return rows.size() < 3;
        };
        QCOMPARE(log.visit(log.range().generation, 0, 100, note), 3); // until it is told to end
        QCOMPARE(rows, (QList<qint64>{15, 16, 17}));
        const qint64 before = log.range().generation;
        log.clear();
        log.append(messages(0, 5));
        QCOMPARE(log.visit(before, 0, 5, note), 0); // other messages
        QCOMPARE(log.visit(log.range().generation, 3, 3, note), 0);
    }

    // Dropping a row must not take its bytes from under the visitor, nor put others there.
    void whatIsVisitedStaysWhileItIsDropped()
    {
        MessageLog log({.rows = 100, .bytes = 64 * 1024});
        log.append(messages(0, 100, QByteArray(300, 'a')));
        int right = 0;
        const qint64 visited = log.visit(
            log.range().generation, log.firstRow(), log.endRow(), [&](qint64 row, const MessageView &view) {
                // All of the log is new before the next one is looked at.
                log.append(messages(1'000, 200, QByteArray(300, 'b')));
                right += view.value == QByteArray(300, 'a') && view.offset == row ? 1 : 0;
                return true;
            });
        QVERIFY(visited > 50);
        QCOMPARE(right, visited);
        QVERIFY(log.bytes() <= 64 * 1024);
        QCOMPARE(log.message(log.firstRow()).value, QByteArray(300, 'b'));
    }

    void oneThreadVisitsWhileAnotherAppendsAndClears()
    {
        MessageLog log({.rows = 2'000, .bytes = 256 * 1024});
        std::atomic<bool> isDone = false;
        std::jthread writer([&] {
            for (int batch = 0; batch < 2'000; ++batch) {
                if (batch % 500 == 499)
                    log.clear();
                QList<StreamMessage> some = messages(batch * 10, 10);
                for (StreamMessage &one : some)
                    one.value = one.key.repeated(20);
                log.append(some);
            }
            isDone = true;
        });
        qint64 visited = 0;
        bool isRight = true;
        while (!isDone) {
            const MessageLog::Range range = log.range();
            visited += log.visit(range.generation, range.first, range.end,
                                 [&](qint64, const MessageView &view) {
                                     isRight = isRight && view.key == QByteArray::number(view.offset)
                                         && view.value == view.key.toByteArray().repeated(20);
                                     return true;
                                 });
        }
        QVERIFY(isRight);
        QVERIFY(visited > 0);
    }

    void oneThreadReadsWhileAnotherAppends()
    {
        MessageLog log({.rows = 1000, .bytes = 1 << 20});
        std::jthread writer([&log] {
            for (int batch = 0; batch < 200; ++batch)
                log.append(messages(batch * 50, 50));
        });
        bool isRight = true;
        while (log.endRow() < 10'000) {
            const auto range = log.range();
            for (const qint64 row : {range.first, (range.first + range.end) / 2, range.end - 1}) {
                const StreamMessage read = log.message(row);
                isRight = isRight && (read.offset == row || read.offset == -1);
            }
        }
        QVERIFY(isRight);
    }
};

QTEST_GUILESS_MAIN(MessageLogTest)
#include "MessageLogTest.moc"
