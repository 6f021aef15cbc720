// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/TopicAdmin.h"
#include "kafka/TopicDetails.h"
#include "tests/kafka/TopicWriter.h"

#include <QTest>
#include <QUuid>

#include <algorithm>

using namespace desk;

#define VERIFY_DONE(outcome) QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().sentence))

// What an operator does to topics, on a real broker. Needs BOOTSTRAP_SERVERS (./dev stack env).
class TopicAdminTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_brokers.bootstrapServers = qEnvironmentVariable("BOOTSTRAP_SERVERS");
        QVERIFY2(
            !m_brokers.bootstrapServers.isEmpty(),
            "This test needs a Kafka broker: start the stack (./dev stack up) and set BOOTSTRAP_SERVERS.");
        m_admin = std::make_unique<TopicAdmin>(m_brokers);
        m_details = std::make_unique<TopicDetails>(m_brokers);
    }

    void createsATopicAsItIsTold()
    {
        const QString topic = unique("created");
        const auto created = m_admin->create(
            {topic, 5, 1, {{"cleanup.policy", "compact"}, {"retention.ms", "604800000"}}});
        VERIFY_DONE(created);
        // The brokers hear of it a moment after the controller.
        QTRY_VERIFY_WITH_TIMEOUT(m_details->detail(topic), 15'000);
        const auto detail = m_details->detail(topic);
        VERIFY_DONE(detail);
        QCOMPARE(detail->partitions.size(), 5);
        QVERIFY(detail->configurationProblem.isEmpty());
        QCOMPARE(setting(*detail, "cleanup.policy").value, QString("compact"));
        QVERIFY(setting(*detail, "cleanup.policy").isOverride());
        QCOMPARE(setting(*detail, "cleanup.policy").defaultValue, std::optional<QString>("delete"));
        QVERIFY(!setting(*detail, "segment.bytes").isOverride());

        QTRY_COMPARE_WITH_TIMEOUT(messagesOf(topic), 0, 15'000);
        const auto figures = m_details->figures({topic});
        VERIFY_DONE(figures);
        QCOMPARE(figures->value(topic).cleanupPolicy, QString("compact"));
        QCOMPARE(figures->value(topic).retentionMinutes, 7 * 24 * 60);
    }

    void refusesToCreateWithAReason()
    {
        const QString topic = unique("twice");
        VERIFY_DONE(m_admin->create({topic, 1, 1, {}}));
        const auto again = m_admin->create({topic, 1, 1, {}});
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::InvalidValue);
        QVERIFY2(again.error().sentence.contains("already"), qPrintable(again.error().sentence));
        const auto named = m_admin->create({"not a topic name!", 1, 1, {}});
        QVERIFY(!named);
        QVERIFY2(named.error().sentence.contains("letters"), qPrintable(named.error().sentence));
        const auto replicas = m_admin->create({unique("replicas"), 1, 9, {}});
        QVERIFY(!replicas);
        QVERIFY2(replicas.error().sentence.contains("9 replicas"), qPrintable(replicas.error().sentence));
        const auto settings = m_admin->create({unique("settings"), 1, 1, {{"retention.seconds", "1"}}});
        QVERIFY(!settings);
        QVERIFY2(settings.error().sentence.contains("retention.seconds"),
                 qPrintable(settings.error().sentence));
    }

    void aChangedSettingKeepsTheOthers()
    {
        const QString topic = unique("configured");
        VERIFY_DONE(
            m_admin->create({topic, 1, 1, {{"retention.ms", "86400000"}, {"max.message.bytes", "500000"}}}));
        VERIFY_DONE(m_admin->configure(topic, {{"segment.bytes", "2000000"}}));
        auto detail = waitFor(topic, "segment.bytes", "2000000");
        QCOMPARE(setting(detail, "retention.ms").value, QString("86400000"));
        QVERIFY(setting(detail, "retention.ms").isOverride());
        QCOMPARE(setting(detail, "max.message.bytes").value, QString("500000"));

        // Back to the broker's own, and the others stay again.
        VERIFY_DONE(m_admin->configure(topic, {{"retention.ms", std::nullopt}}));
        detail = waitFor(topic, "retention.ms", "604800000"); // a week, as the broker has it
        QVERIFY(!setting(detail, "retention.ms").isOverride());
        QCOMPARE(setting(detail, "segment.bytes").value, QString("2000000"));
        QCOMPARE(setting(detail, "max.message.bytes").value, QString("500000"));

        const auto refused = m_admin->configure(topic, {{"segment.bytes", "many"}});
        QVERIFY(!refused);
        QVERIFY2(refused.error().sentence.contains(topic), qPrintable(refused.error().sentence));
    }

    void addsPartitionsAndNeverTakesAny()
    {
        const QString topic = unique("grown");
        VERIFY_DONE(m_admin->create({topic, 2, 1, {}}));
        VERIFY_DONE(m_admin->addPartitions(topic, 6));
        QTRY_COMPARE_WITH_TIMEOUT(partitionsOf(topic), 6, 15'000);
        const auto fewer = m_admin->addPartitions(topic, 3);
        QVERIFY(!fewer);
        QCOMPARE(fewer.error().code, ErrorCode::InvalidValue);
        QCOMPARE(partitionsOf(topic), 6);
    }

    void emptiesATopicAndKeepsItsOffsets()
    {
        const QString full = unique("full");
        const QString compacted = unique("compacted");
        VERIFY_DONE(m_admin->create({full, 3, 1, {}}));
        VERIFY_DONE(m_admin->create({compacted, 1, 1, {{"cleanup.policy", "compact"}}}));
        TopicWriter writer(m_brokers);
        for (int number = 0; number < 60; ++number)
            writer.write(full, QByteArray::number(number), "value");
        writer.write(compacted, "key", "value");
        QVERIFY(writer.flush(30'000));
        QTRY_COMPARE_WITH_TIMEOUT(messagesOf(full), 60, 15'000);

        const auto refusals = m_admin->empty({full, compacted, "no-such-topic"});
        VERIFY_DONE(refusals);
        QCOMPARE(refusals->keys(), (QStringList{"no-such-topic", compacted}));
        QVERIFY2(refusals->value(compacted).sentence.contains("compacted"),
                 qPrintable(refusals->value(compacted).sentence));
        QTRY_COMPARE_WITH_TIMEOUT(messagesOf(full), 0, 15'000);
        qint64 ends = 0;
        const auto detail = m_details->detail(full);
        VERIFY_DONE(detail);
        for (const PartitionInfo &partition : detail->partitions)
            ends += partition.high;
        QCOMPARE(ends, 60);
        QCOMPARE(messagesOf(compacted), 1);
    }

    void deletesTopicsAndSaysWhichItCouldNot()
    {
        const QString topic = unique("deleted");
        VERIFY_DONE(m_admin->create({topic, 1, 1, {}}));
        const auto refusals = m_admin->remove({topic, "no-such-topic"});
        VERIFY_DONE(refusals);
        QCOMPARE(refusals->keys(), QStringList{"no-such-topic"});
        QCOMPARE(refusals->first().code, ErrorCode::NotFound);
        QTRY_COMPARE_WITH_TIMEOUT(partitionsOf(topic), 0, 15'000);
        const auto gone = m_details->detail(topic);
        QVERIFY(!gone);
        QCOMPARE(gone.error().code, ErrorCode::NotFound);
    }

private:
    static QString unique(const QString &name)
    {
        return QStringLiteral("test-%1-%2").arg(name, QUuid::createUuid().toString(QUuid::Id128));
    }
    static ConfigurationEntry setting(const TopicDetail &detail, const QString &name)
    {
        const auto found = std::find_if(
            detail.configuration.cbegin(), detail.configuration.cend(),
            [&name](const ConfigurationEntry &entry) { return entry.name == name; });
        return found == detail.configuration.cend() ? ConfigurationEntry{} : *found;
    }
    // The brokers hear of it a moment after the controller.
    TopicDetail waitFor(const QString &topic, const QString &name, const QString &value)
    {
        TopicDetail detail;
        [&] {
            QTRY_VERIFY_WITH_TIMEOUT((detail = m_details->detail(topic).value_or(TopicDetail{}),
                                      setting(detail, name).value == value),
                                     15'000);
        }();
        return detail;
    }
    int partitionsOf(const QString &topic)
    {
        const auto cluster = m_admin->cluster();
        if (!cluster)
            return -1;
        for (const TopicInfo &info : cluster->topics) {
            if (info.name == topic)
                return info.partitions;
        }
        return 0;
    }
    qint64 messagesOf(const QString &topic)
    {
        return m_details->figures({topic}).value_or(QMap<QString, TopicFigures>{}).value(topic).messages;
    }

    BrokerSettings m_brokers;
    std::unique_ptr<TopicAdmin> m_admin;
    std::unique_ptr<TopicDetails> m_details;
};

QTEST_GUILESS_MAIN(TopicAdminTest)
#include "TopicAdminTest.moc"
