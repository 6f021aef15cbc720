// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/EmbeddedBroker.h"
#include "kafka/FetchQueue.h"
#include "tests/kafka/TopicWriter.h"

#include <QElapsedTimer>
#include <QTest>

#include <array>

using namespace desk;

class FetchQueueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_broker = *EmbeddedBroker::start(1);
        QVERIFY(m_broker->create({"letters"}));
    }
    void cleanup() { m_broker.reset(); }

    void limitsAreTheClients()
    {
        const auto properties = FetchQueue::properties({.messages = 500, .bytes = 4096});
        QCOMPARE(properties.value("queued.min.messages"), QString("500"));
        QCOMPARE(properties.value("queued.max.messages.kbytes"), QString("4"));
        QVERIFY(openClient(RD_KAFKA_CONSUMER, m_broker->settings(), {FetchQueue::properties(), {}}));
    }

    // By their number, and by their bytes.
    void runsLowOnceAfterItWasFull_data()
    {
        QTest::addColumn<qint64>("messages");
        QTest::addColumn<qint64>("bytes");
        QTest::newRow("messages") << qint64(500) << qint64(1024 * 1024 * 1024);
        QTest::newRow("bytes") << qint64(1'000'000) << qint64(500 * Bytes);
    }
    void runsLowOnceAfterItWasFull()
    {
        QFETCH(qint64, messages);
        QFETCH(qint64, bytes);
        read({.messages = messages, .bytes = bytes}, 1000);
        QVERIFY2(m_low.size() == 1, qPrintable(QString::number(m_low.size())));
        QVERIFY(m_low.first() < 400); // of the thousand are left
    }

    void neverRunsLowUnlessItWasFull()
    {
        read({.messages = 5000, .bytes = 1024 * 1024 * 1024}, 1000);
        QVERIFY(m_low.isEmpty());
    }

    // librdkafka stops at its limit and would look again after a second.
    void wakingGoesOnAtOnce()
    {
        const FetchQueue::Limits limits{.messages = 500, .bytes = 1024 * 1024 * 1024};
        write(20'000);
        open(limits);
        FetchQueue queue(m_client.get(), m_queue.get(), limits);
        queue.setLeader("letters", 0, 1);
        int taken = 0;
        while (taken < 20'000) {
            const int count = take(100);
            taken += count;
            if (queue.took(size_t(count), count * Bytes))
                queue.wake(1000);
        }
        QCOMPARE(taken, 20'000);
    }

    void wakingWithoutALeaderIsHarmless()
    {
        open({});
        FetchQueue(m_client.get(), m_queue.get()).wake(100);
        FetchQueue queue(m_client.get(), m_queue.get());
        queue.setLeader("letters", 0, -1);
        queue.wake(100);
    }

private:
    static constexpr qint64 Bytes = 50; // of a message

    void write(int count)
    {
        TopicWriter writer(m_broker->settings());
        for (int number = 0; number < count; ++number)
            writer.write("letters", QByteArray::number(number).rightJustified(10, '0'), QByteArray(40, 'x'));
        QVERIFY(writer.flush());
    }

    // All of `count` messages wait in the queue, then are taken; m_low has how many were left when it ran low.
    void read(const FetchQueue::Limits &limits, int count)
    {
        write(count);
        open(FetchQueue::Limits()); // fetches all of them
        QTRY_VERIFY(rd_kafka_queue_length(m_queue.get()) >= size_t(count));
        FetchQueue queue(m_client.get(), m_queue.get(), limits);
        m_low.clear();
        for (int taken = 0; taken < count;) {
            const int batch = take(50);
            taken += batch;
            if (queue.took(size_t(batch), batch * Bytes))
                m_low.append(count - taken);
        }
    }

    void open(const FetchQueue::Limits &limits)
    {
        m_topic.reset();
        m_queue.reset();
        m_client = *openClient(RD_KAFKA_CONSUMER, m_broker->settings(), {FetchQueue::properties(limits), {}});
        m_queue.reset(rd_kafka_queue_new(m_client.get()));
        m_topic.reset(rd_kafka_topic_new(m_client.get(), "letters", nullptr));
        QCOMPARE(rd_kafka_consume_start_queue(m_topic.get(), 0, 0, m_queue.get()), 0);
    }

    int take(size_t most)
    {
        std::array<rd_kafka_message_t *, 100> batch{};
        const auto count = rd_kafka_consume_batch_queue(m_queue.get(), 100, batch.data(), most);
        for (ssize_t index = 0; index < count; ++index)
            rd_kafka_message_destroy(batch[size_t(index)]);
        return int(count);
    }

    std::unique_ptr<EmbeddedBroker> m_broker;
    ClientHandle m_client;
    QueueHandle m_queue;
    TopicHandle m_topic;
    QList<int> m_low;
};

QTEST_GUILESS_MAIN(FetchQueueTest)
#include "FetchQueueTest.moc"
