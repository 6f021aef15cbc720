// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/TopicDetails.h"

#include "kafka/AdminClient.h"
#include "kafka/ClusterMetadata.h"
#include "kafka/PartitionOffsets.h"

#include <algorithm>

namespace desk {
namespace {

QList<int> numbersOf(const int32_t *numbers, int count)
{
    QList<int> list(numbers, numbers + count);
    return list;
}

QString valueOf(const QList<ConfigurationEntry> &entries, QLatin1String name)
{
    const auto entry = std::find_if(
        entries.cbegin(), entries.cend(),
        [name](const ConfigurationEntry &candidate) { return candidate.name == name; });
    return entry == entries.cend() ? QString() : entry->value;
}

void takeConfiguration(const QList<ConfigurationEntry> &entries, TopicFigures &figures)
{
    constexpr qint64 MillisecondsPerMinute = 60'000;
    figures.cleanupPolicy = valueOf(entries, QLatin1String("cleanup.policy"));
    bool isNumber = false;
    const qint64 retention = valueOf(entries, QLatin1String("retention.ms")).toLongLong(&isNumber);
    if (isNumber)
        figures.retentionMinutes = retention < 0 ? -1
                                                 : std::max<qint64>(1, retention / MillisecondsPerMinute);
}

} // namespace

struct TopicDetails::Data {
    AdminClient admin;
    ClusterMetadata metadata;

    explicit Data(const BrokerSettings &brokers) : admin(brokers), metadata(admin) { }

    [[nodiscard]] bool tellsConfiguration() const { return !admin.settings().embedded; }
};

TopicDetails::TopicDetails(const BrokerSettings &brokers) : m_data(std::make_unique<Data>(brokers)) { }

TopicDetails::~TopicDetails() = default;

Expected<TopicDetail> TopicDetails::detail(const QString &topic, int timeoutMilliseconds)
{
    AdminClient &admin = m_data->admin;
    ClusterMetadata &metadata = m_data->metadata;
    if (const Expected<> refreshed = metadata.refresh(timeoutMilliseconds); !refreshed)
        return tl::make_unexpected(refreshed.error());
    const rd_kafka_metadata_topic_t *found = metadata.find(topic);
    if (!found)
        return tl::make_unexpected(admin.failed(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART));
    if (found->err != RD_KAFKA_RESP_ERR_NO_ERROR && found->partition_cnt == 0)
        return tl::make_unexpected(admin.failed(found->err));

    TopicDetail detail;
    detail.topic = topic;
    for (int index = 0; index < metadata.all()->broker_cnt; ++index) {
        const rd_kafka_metadata_broker_t &broker = metadata.all()->brokers[index];
        detail.brokers.insert(broker.id,
                              QStringLiteral("%1:%2").arg(QString::fromUtf8(broker.host)).arg(broker.port));
    }
    QList<TopicPartition> led;
    for (int index = 0; index < found->partition_cnt; ++index) {
        const rd_kafka_metadata_partition_t &part = found->partitions[index];
        PartitionInfo partition;
        partition.partition = part.id;
        partition.leader = part.leader;
        partition.replicas = numbersOf(part.replicas, part.replica_cnt);
        partition.inSync = numbersOf(part.isrs, part.isr_cnt);
        detail.partitions.append(partition);
        if (part.leader >= 0)
            led.append({topic, part.id});
    }
    std::sort(detail.partitions.begin(), detail.partitions.end(),
              [](const auto &left, const auto &right) { return left.partition < right.partition; });

    // What follows may fail without taking the partitions along.
    const auto low = offsetsFor(admin, led, BeginningOfPartition, timeoutMilliseconds);
    const auto high = low ? offsetsFor(admin, led, EndOfPartition, timeoutMilliseconds) : low;
    if (high) {
        for (PartitionInfo &partition : detail.partitions) {
            partition.low = low->value({topic, partition.partition}, -1);
            partition.high = high->value({topic, partition.partition}, -1);
        }
    }
    if (!m_data->tellsConfiguration()) {
        detail.configurationProblem = QStringLiteral(
            "The broker inside the program has no configuration of topics.");
        return detail;
    }
    const auto configurations = describeConfigurations(admin, {topic}, timeoutMilliseconds);
    if (!configurations) {
        detail.configurationProblem = configurations.error().sentence;
    } else if (const auto entries = configurations->constFind(topic); entries != configurations->cend()) {
        if (*entries)
            detail.configuration = **entries;
        else
            detail.configurationProblem = entries->error().sentence;
    }
    return detail;
}

Expected<QMap<QString, TopicFigures>> TopicDetails::figures(const QStringList &topics,
                                                            int timeoutMilliseconds)
{
    AdminClient &admin = m_data->admin;
    const auto led = m_data->metadata.ledPartitions(topics, timeoutMilliseconds);
    if (!led)
        return tl::make_unexpected(led.error());
    const auto low = offsetsFor(admin, led->partitions, BeginningOfPartition, timeoutMilliseconds);
    if (!low)
        return tl::make_unexpected(low.error());
    const auto high = offsetsFor(admin, led->partitions, EndOfPartition, timeoutMilliseconds);
    if (!high)
        return tl::make_unexpected(high.error());

    QMap<QString, TopicFigures> figures;
    QStringList uncounted = led->incomplete;
    for (const TopicPartition &place : led->partitions) {
        TopicFigures &topic = figures[place.topic];
        const auto first = low->constFind(place);
        const auto last = high->constFind(place);
        if (first == low->cend() || last == high->cend())
            uncounted.append(place.topic);
        else
            topic.messages = std::max<qint64>(0, topic.messages) + (*last - *first);
    }
    // Part of a topic's messages would be a wrong number.
    for (const QString &topic : std::as_const(uncounted)) {
        figures[topic].messages = -1;
        figures[topic].problem = QStringLiteral("Not every partition has told its offsets.");
    }
    if (!m_data->tellsConfiguration() || figures.isEmpty())
        return figures;
    const auto configurations = describeConfigurations(admin, figures.keys(), timeoutMilliseconds);
    if (!configurations)
        return tl::make_unexpected(configurations.error());
    for (auto topic = configurations->cbegin(); topic != configurations->cend(); ++topic) {
        if (*topic)
            takeConfiguration(**topic, figures[topic.key()]);
        else
            figures[topic.key()].problem = topic->error().sentence;
    }
    return figures;
}

} // namespace desk
