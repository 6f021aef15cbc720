// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/RelayWindow.h"

#include <QTest>

#include <algorithm>

using namespace desk;

// The relay's order of sending, without store and broker.
class RelayWindowTest : public QObject
{
    Q_OBJECT

private:
    using Ordering = RelayWindow::Ordering;

    static JournalEntry entry(qint64 position, const QString &id)
    {
        JournalEntry entry;
        entry.position = position;
        entry.entity = QStringLiteral("product");
        entry.id = id;
        return entry;
    }
    static Event event()
    {
        return {.topic = "t", .hasKey = false, .key = {}, .payload = "12345", .headers = {}};
    }
    static void add(RelayWindow &window, qint64 position, const QString &id,
                    Ordering ordering = Ordering::PerRecord)
    {
        window.add(entry(position, id), event(), ordering);
    }
    // Sends what may be sent; the positions.
    static QList<qint64> sendAll(RelayWindow &window, QList<RelayWindow::Item *> *items = nullptr)
    {
        QList<qint64> positions;
        while (RelayWindow::Item *item = window.next()) {
            window.sent(*item);
            positions.append(item->position);
            if (items)
                items->append(item);
        }
        return positions;
    }

private Q_SLOTS:
    void recordHasOneEventOnItsWay()
    {
        RelayWindow window;
        add(window, 1, "a");
        add(window, 2, "a");
        add(window, 3, "b");
        QList<RelayWindow::Item *> sent;
        QCOMPARE(sendAll(window, &sent), (QList<qint64>{1, 3}));
        QCOMPARE(window.inFlight(), 2);
        window.delivered(*sent[0]);
        QCOMPARE(sendAll(window), (QList<qint64>{2}));
    }

    void cursorMovesOverContiguousSettledOnly()
    {
        RelayWindow window;
        for (int position = 1; position <= 3; ++position)
            add(window, position, QString::number(position));
        QList<RelayWindow::Item *> sent;
        sendAll(window, &sent);
        window.delivered(*sent[2]);
        QVERIFY(!window.takeSettled());
        window.delivered(*sent[0]);
        QCOMPARE(window.takeSettled()->cursor, 1);
        QVERIFY(!window.takeSettled());
        window.delivered(*sent[1]);
        QCOMPARE(window.takeSettled()->cursor, 3);
        QCOMPARE(window.size(), 0);
        QCOMPARE(window.bytes(), 0);
    }

    void refusedEventHoldsBackLaterOnesOfItsRecord()
    {
        RelayWindow window;
        add(window, 1, "a");
        add(window, 2, "a");
        add(window, 3, "b");
        QList<RelayWindow::Item *> sent;
        sendAll(window, &sent);
        window.refuse(*sent[0], "too large");
        add(window, 4, "a"); // read later
        QVERIFY(sendAll(window).isEmpty());
        window.delivered(*sent[1]);
        const auto settled = window.takeSettled();
        QCOMPARE(settled->cursor, 4);
        QCOMPARE(settled->published, 1);
        QCOMPARE(settled->refused.size(), 3);
        QVERIFY(!settled->refused[0].isHeldBack);
        QCOMPARE(settled->refused[0].reason, QString("too large"));
        QVERIFY(settled->refused[1].isHeldBack);
        QVERIFY(settled->refused[2].isHeldBack);
    }

    void recordsRefusedEarlierStayHeldBack()
    {
        RelayWindow window;
        window.setHeldBack(
            {{.position = 1, .entity = "product", .id = "a", .reason = {}, .isHeldBack = false, .at = {}}});
        add(window, 5, "a");
        add(window, 6, "b");
        QCOMPARE(sendAll(window), (QList<qint64>{6}));
    }

    void rewindSendsTheUnsettledAgainInOrder()
    {
        RelayWindow window;
        add(window, 1, "a");
        add(window, 2, "b");
        add(window, 3, "a");
        add(window, 4, "c");
        QList<RelayWindow::Item *> sent;
        sendAll(window, &sent); // 1, 2, 4
        window.delivered(*sent[1]);
        window.rewind();
        QCOMPARE(window.inFlight(), 0);
        QCOMPARE(sendAll(window), (QList<qint64>{1, 4}));
    }

    // More than the table of claimed records has places for.
    void thousandsOfRecordsKeepTheirOrder()
    {
        constexpr int Records = 40'000;
        constexpr int Rounds = 4;
        RelayWindow window;
        for (int position = 0; position < Records * Rounds; ++position)
            add(window, position + 1, QString::number(position % Records));
        for (int round = 0; round < Rounds; ++round) {
            QList<RelayWindow::Item *> sent;
            const QList<qint64> positions = sendAll(window, &sent);
            QCOMPARE(positions.size(), Records);
            QVERIFY(std::all_of(positions.cbegin(), positions.cend(),
                                [round](qint64 position) { return (position - 1) / Records == round; }));
            for (auto item = sent.crbegin(); item != sent.crend(); ++item)
                window.delivered(**item);
        }
        QCOMPARE(window.takeSettled()->cursor, qint64(Records) * Rounds);
        QVERIFY(!window.next());
    }

    void entityKeyedByAnotherColumnLeavesInOrder()
    {
        RelayWindow window;
        add(window, 1, "a", Ordering::PerEntity);
        add(window, 2, "a", Ordering::PerEntity);
        add(window, 3, "b", Ordering::PerEntity); // may share its key with 2
        QList<RelayWindow::Item *> sent;
        QCOMPARE(sendAll(window, &sent), (QList<qint64>{1}));
        window.delivered(*sent[0]);
        QCOMPARE(sendAll(window), (QList<qint64>{2, 3}));
    }

    void parkedEventsKeepTheirOrderAndLetOthersPass()
    {
        const auto schema = std::make_shared<const WireSchema>(WireSchema{.messageIndexes = {0}});
        RelayWindow window;
        const auto addFramed = [&](qint64 position, const QString &id) {
            Event framed = event();
            framed.schema = schema;
            window.add(entry(position, id), framed, Ordering::PerRecord);
        };
        addFramed(1, "a");
        addFramed(2, "a");
        addFramed(3, "b");
        add(window, 4, "c");
        window.park(*window.next());
        window.park(*window.next());
        QCOMPARE(window.parked(), 2); // the other waits behind its record's first
        QList<RelayWindow::Item *> sent;
        QCOMPARE(sendAll(window, &sent), (QList<qint64>{4}));
        window.delivered(*sent[0]);
        QVERIFY(!window.isBusy());
        QVERIFY(!window.takeSettled());
        QCOMPARE(window.firstUnderWay()->position, 2);

        add(window, 5, "d");
        window.unpark(schema);
        const qint64 before = window.bytes();
        window.frame(*window.next(), 7);
        QCOMPARE(window.bytes(), before + 6);
        QCOMPARE(window.next()->event.payload, QByteArray::fromHex("000000000700") + "12345");
        sent.clear();
        QCOMPARE(sendAll(window, &sent), (QList<qint64>{1, 3, 5}));
        for (RelayWindow::Item *item : sent)
            window.delivered(*item);
        QCOMPARE(window.takeSettled()->cursor, 1);
        QCOMPARE(sendAll(window, &sent), (QList<qint64>{2}));
        window.delivered(*sent.last());
        QCOMPARE(window.takeSettled()->cursor, 5);
        QCOMPARE(window.bytes(), 0);
    }

    void rewindTakesParkedEventsAlong()
    {
        const auto schema = std::make_shared<const WireSchema>();
        RelayWindow window;
        Event framed = event();
        framed.schema = schema;
        add(window, 1, "a");
        window.add(entry(2, "b"), framed, Ordering::PerRecord);
        window.sent(*window.next());
        window.park(*window.next());
        window.rewind();
        QCOMPARE(window.parked(), 0);
        QCOMPARE(sendAll(window), (QList<qint64>{1, 2}));
    }

    void skippedAndUnwritableEntriesDoNotBlock()
    {
        RelayWindow window;
        window.addSkipped(entry(1, "a"));
        window.addRefused(entry(2, "b"), "no description");
        const auto settled = window.takeSettled();
        QCOMPARE(settled->cursor, 2);
        QCOMPARE(settled->published, 0);
        QCOMPARE(settled->refused.size(), 1);
    }
};

QTEST_GUILESS_MAIN(RelayWindowTest)
#include "RelayWindowTest.moc"
