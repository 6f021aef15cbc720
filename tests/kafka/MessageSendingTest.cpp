// SPDX-License-Identifier: GPL-3.0-or-later
// Messages sent as such, on the in-process broker.
#include "kafka/EmbeddedBroker.h"
#include "kafka/SendTask.h"
#include "tests/kafka/TopicProbe.h"

#include <QSignalSpy>
#include <QTest>

using namespace desk;

class MessageSendingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_broker = *EmbeddedBroker::start(3);
        QVERIFY(m_broker->create({QStringLiteral("orders")}));
    }

    void tellsThePlaceOfAMessage()
    {
        OutgoingMessage message;
        message.topic = QStringLiteral("orders");
        message.partition = 2;
        message.hasKey = true;
        message.key = "7";
        message.value = "hello";
        message.headers = {{"trace", "a"}, {"trace", "b"}};
        const auto report = sendMessages(m_broker->settings(), once({message, message}));
        QVERIFY2(report, report ? "" : qPrintable(report.error().sentence));
        QCOMPARE(report->acknowledged, 2);
        QCOMPARE(report->failed, 0);
        QCOMPARE(report->topic, QStringLiteral("orders"));
        QCOMPARE(report->partition, 2);
        QCOMPARE(report->offset, 1);

        TopicProbe probe(m_broker->settings());
        probe.read(QStringLiteral("orders"));
        const QList<StreamMessage> read = probe.waitForExactly(2);
        QCOMPARE(read.size(), 2);
        QCOMPARE(read[0].partition, 2);
        QCOMPARE(read[0].key, QByteArray("7"));
        QCOMPARE(read[0].value, QByteArray("hello"));
        QCOMPARE(read[0].headers, message.headers);
    }

    void aTombstoneIsNoEmptyValue()
    {
        OutgoingMessage empty;
        empty.topic = QStringLiteral("orders");
        empty.partition = 0;
        OutgoingMessage tombstone = empty;
        tombstone.hasValue = false;
        QVERIFY(sendMessages(m_broker->settings(), once({empty, tombstone})));
        TopicProbe probe(m_broker->settings());
        probe.read(QStringLiteral("orders"));
        const QList<StreamMessage> read = probe.waitForExactly(2);
        QCOMPARE(read.size(), 2);
        QVERIFY(read[0].hasValue);
        QVERIFY(!read[1].hasValue);
        QVERIFY(!read[1].hasKey);
    }

    void whatHasNoPlaceFailsAndTheOthersGo()
    {
        OutgoingMessage good;
        good.topic = QStringLiteral("orders");
        OutgoingMessage elsewhere = good;
        elsewhere.topic = QStringLiteral("ordres");
        OutgoingMessage beyond = good;
        beyond.partition = 9;
        const auto report = sendMessages(m_broker->settings(), once({elsewhere, good, beyond}));
        QVERIFY(report);
        QCOMPARE(report->sent, 3);
        QCOMPARE(report->acknowledged, 1);
        QCOMPARE(report->failed, 2);
        QCOMPARE(report->failures[0].index, 0);
        QVERIFY(report->failures[0].reason.contains(QStringLiteral("There is no topic “ordres”")));
        QCOMPARE(report->failures[1].index, 2);
        QVERIFY(report->failures[1].reason.contains(QStringLiteral("no partition 9")));
    }

    void aMissingTopicIsCreatedIfWanted()
    {
        OutgoingMessage message;
        message.topic = QStringLiteral("players");
        const auto report = sendMessages(m_broker->settings(), once({message}),
                                         {.missingTopics = MissingTopics::Create});
        QVERIFY(report);
        QCOMPARE(report->acknowledged, 1);
    }

    void refusesReadOnlyBrokers()
    {
        BrokerSettings settings = m_broker->settings();
        settings.readOnly = true;
        bool isAsked = false;
        const auto report = sendMessages(settings, [&]() -> Expected<std::optional<OutgoingMessage>> {
            isAsked = true;
            return std::nullopt;
        });
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::NotSupported);
        QVERIFY(!isAsked);
    }

    void goesAtItsRateAndStopsWhenTold()
    {
        SendTask task(m_broker->settings());
        QSignalSpy finished(&task, &SendTask::finished);
        task.start(
            []() -> Expected<std::optional<OutgoingMessage>> {
                OutgoingMessage message;
                message.topic = QStringLiteral("orders");
                return message;
            },
            {.perSecond = 50});
        QTRY_VERIFY(task.report().acknowledged >= 3);
        QVERIFY(task.isRunning());
        task.cancel();
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(!task.isRunning());
        QVERIFY(task.report().isCancelled);
        QCOMPARE(task.report().unanswered(), 0);
        QVERIFY2(task.report().sent < 5'000, "it goes as fast as it can");
    }

    void theSourcesErrorEndsIt()
    {
        SendTask task(m_broker->settings());
        QSignalSpy finished(&task, &SendTask::finished);
        task.start([]() -> Expected<std::optional<OutgoingMessage>> {
            return failure(ErrorCode::InvalidValue, QStringLiteral("Not that one."));
        });
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(task.report().stopped);
        QCOMPARE(task.report().stopped->sentence, QStringLiteral("Not that one."));
    }

private:
    static MessageSource once(const QList<OutgoingMessage> &messages)
    {
        return [messages, next = qsizetype(0)]() mutable -> Expected<std::optional<OutgoingMessage>> {
            if (next == messages.size())
                return std::nullopt;
            return messages[next++];
        };
    }

    std::unique_ptr<EmbeddedBroker> m_broker;
};

QTEST_GUILESS_MAIN(MessageSendingTest)
#include "MessageSendingTest.moc"
