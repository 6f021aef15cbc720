// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/TopicConfiguration.h"

#include <QTest>

using namespace desk;
using Overrides = QMap<QString, QString>;

namespace {

ConfigurationEntry entry(const QString &name, const QString &value, ConfigurationSource source)
{
    ConfigurationEntry entry;
    entry.name = name;
    entry.value = value;
    entry.source = source;
    return entry;
}

QList<ConfigurationEntry> configuration()
{
    return {
        entry(QStringLiteral("cleanup.policy"), QStringLiteral("compact"), ConfigurationSource::Topic),
        entry(QStringLiteral("max.message.bytes"), QStringLiteral("2000000"), ConfigurationSource::Broker),
        entry(QStringLiteral("retention.ms"), QStringLiteral("86400000"), ConfigurationSource::Topic),
        entry(QStringLiteral("segment.bytes"), QStringLiteral("1073741824"), ConfigurationSource::Default)};
}

} // namespace

// The request that changes a topic's configuration replaces all of it: what is sent along decides.
class TopicConfigurationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheTopicHasOfItsOwnIsSentAlong()
    {
        const auto overrides = overridesAfter(configuration(), {{"segment.bytes", "1000000"}});
        QVERIFY(overrides);
        QCOMPARE(*overrides,
                 (Overrides{{"cleanup.policy", "compact"},
                            {"retention.ms", "86400000"},
                            {"segment.bytes", "1000000"}}));
    }

    void whatTheBrokerHasIsNotMadeTheTopicsOwn()
    {
        const auto overrides = overridesAfter(configuration(), {});
        QVERIFY(overrides);
        QVERIFY(!overrides->contains("max.message.bytes"));
        QVERIFY(!overrides->contains("segment.bytes"));
    }

    void aResetLeavesTheSettingOut()
    {
        const auto overrides = overridesAfter(configuration(), {{"retention.ms", std::nullopt}});
        QVERIFY(overrides);
        QCOMPARE(*overrides, (Overrides{{"cleanup.policy", "compact"}}));
    }

    void unknownAndFixedSettingsAreRefusedByName()
    {
        const auto unknown = overridesAfter(configuration(), {{"retention.seconds", "1"}});
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().code, ErrorCode::InvalidValue);
        QCOMPARE(unknown.error().field, QString("retention.seconds"));
        auto entries = configuration();
        entries[3].isReadOnly = true;
        QCOMPARE(overridesAfter(entries, {{"segment.bytes", "1"}}).error().field, QString("segment.bytes"));
    }

    void theBrokersValueIsToldInTheTopicsUnit()
    {
        const auto value = [](const char *name, const char *brokersName, const char *text) {
            return asTopicSetting(name, brokersName, text).value_or("unknown");
        };
        QCOMPARE(value("retention.ms", "log.retention.hours", "168"), QString("604800000"));
        QCOMPARE(value("retention.ms", "log.retention.minutes", "90"), QString("5400000"));
        QCOMPARE(value("retention.ms", "log.retention.hours", "-1"), QString("-1"));
        QCOMPARE(value("retention.ms", "log.retention.ms", "500"), QString("500"));
        QCOMPARE(value("cleanup.policy", "log.cleanup.policy", "delete"), QString("delete"));
        QCOMPARE(value("segment.jitter.ms", "log.roll.jitter.fortnights", "1"), QString("unknown"));
    }

    void aSecretThatWouldBeLostKeepsOthersFromBeingChanged()
    {
        auto entries = configuration();
        entries[0].isSensitive = true;
        entries[0].value.clear();
        const auto refused = overridesAfter(entries, {{"retention.ms", "1"}});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::NotSupported);
        // Setting it anew loses nothing.
        QVERIFY(overridesAfter(entries, {{"cleanup.policy", "delete"}}));
    }
};

QTEST_GUILESS_MAIN(TopicConfigurationTest)
#include "TopicConfigurationTest.moc"
