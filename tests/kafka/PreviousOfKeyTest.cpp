// SPDX-License-Identifier: GPL-3.0-or-later
// The earlier message of a key, looked for on the in-process broker.
#include "kafka/PreviousOfKey.h"

#include "kafka/EmbeddedBroker.h"
#include "tests/kafka/TopicWriter.h"

#include <QTest>

using namespace desk;

class PreviousOfKeyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_broker = *EmbeddedBroker::start(1);
        QVERIFY(m_broker->create({"letters"}));
        TopicWriter writer(m_broker->settings());
        for (int number = 0; number < 6000; ++number) {
            const bool isRare = number == 40 || number == 90;
            const bool isNear = number == 5100 || number == 5900;
            writer.write("letters", isRare ? "rare" : isNear ? "near" : "other", QByteArray::number(number));
        }
        QVERIFY(writer.flush(30'000));
    }
    void cleanup() { m_broker.reset(); }

    void findsTheNewestBeforeIt_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<QByteArray>("value"); // empty: none
        QTest::newRow("far back") << QByteArray("rare") << qint64(6000) << QByteArray("90");
        QTest::newRow("just before") << QByteArray("other") << qint64(5999) << QByteArray("5998");
        QTest::newRow("in the first piece") << QByteArray("near") << qint64(6000) << QByteArray("5900");
        QTest::newRow("not itself") << QByteArray("near") << qint64(5900) << QByteArray("5100");
        QTest::newRow("at the beginning") << QByteArray("rare") << qint64(90) << QByteArray("40");
        QTest::newRow("none left") << QByteArray("rare") << qint64(40) << QByteArray();
        QTest::newRow("none at all") << QByteArray("nobody's") << qint64(6000) << QByteArray();
        QTest::newRow("the first message") << QByteArray("other") << qint64(0) << QByteArray();
        QTest::newRow("beyond the end") << QByteArray("near") << qint64(1'000'000) << QByteArray("5900");
    }
    void findsTheNewestBeforeIt()
    {
        QFETCH(QByteArray, key);
        QFETCH(qint64, offset);
        QFETCH(QByteArray, value);
        const auto found = findPreviousOfKey(m_broker->settings(), message(key, offset));
        QVERIFY2(found, found ? "" : qPrintable(found.error().sentence));
        QCOMPARE(found->message.has_value(), !value.isEmpty());
        if (found->message) {
            QCOMPARE(found->message->value, value);
            QCOMPARE(found->message->key, key);
            QCOMPARE(found->message->headers.value(0).value, QByteArray("add"));
        } else {
            QCOMPARE(found->lookedAt, std::min<qint64>(offset, 6000));
        }
    }

    void looksAtNoMoreThanItMust()
    {
        const auto found = findPreviousOfKey(m_broker->settings(), message("other", 6000));
        QVERIFY(found);
        QVERIFY2(found->lookedAt <= 1000, qPrintable(QString::number(found->lookedAt)));
    }

    void tellsHowFarItIs()
    {
        QList<qint64> done;
        qint64 all = 0;
        const TaskProgress progress{[&](qint64 passed, qint64 total) {
                                        done.append(passed);
                                        all = total;
                                    },
                                    {}};
        QVERIFY(findPreviousOfKey(m_broker->settings(), message("nobody's", 6000), progress));
        QCOMPARE(all, 6000);
        QVERIFY(!done.isEmpty());
        QVERIFY(std::all_of(done.cbegin(), done.cend(),
                            [](qint64 passed) { return passed >= 0 && passed <= 6000; }));
    }

    void canBeCancelled()
    {
        const auto stop = std::make_unique<std::stop_source>();
        stop->request_stop();
        const TaskProgress cancelled{{}, stop->get_token()};
        const auto found = findPreviousOfKey(m_broker->settings(), message("rare", 6000), cancelled);
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Cancelled);
    }

    void saysThatATopicIsGone()
    {
        StreamMessage gone = message("rare", 10);
        gone.partition = 7;
        const auto found = findPreviousOfKey(m_broker->settings(), gone);
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::NotFound);
        QVERIFY2(found.error().sentence.contains("partition 7"), qPrintable(found.error().sentence));
    }

private:
    static StreamMessage message(const QByteArray &key, qint64 offset)
    {
        StreamMessage message;
        message.topic = QStringLiteral("letters");
        message.offset = offset;
        message.hasKey = true;
        message.key = key;
        return message;
    }

    std::unique_ptr<EmbeddedBroker> m_broker;
};

QTEST_GUILESS_MAIN(PreviousOfKeyTest)
#include "PreviousOfKeyTest.moc"
