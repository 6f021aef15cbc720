// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/TopicConfiguration.h"

#include "kafka/AdminClient.h"

#include <algorithm>

namespace desk {
namespace {

struct ResourceDeleter {
    void operator()(rd_kafka_ConfigResource_t *resource) const { rd_kafka_ConfigResource_destroy(resource); }
};
using Resource = std::unique_ptr<rd_kafka_ConfigResource_t, ResourceDeleter>;

ConfigurationSource sourceOf(rd_kafka_ConfigSource_t source)
{
    switch (source) {
    case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG:
        return ConfigurationSource::Topic;
    case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_BROKER_CONFIG:
    case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_DEFAULT_BROKER_CONFIG:
    case RD_KAFKA_CONFIG_SOURCE_STATIC_BROKER_CONFIG:
        return ConfigurationSource::Broker;
    case RD_KAFKA_CONFIG_SOURCE_DEFAULT_CONFIG:
        return ConfigurationSource::Default;
    default:
        return ConfigurationSource::Unknown;
    }
}

ConfigurationEntry entryOf(const rd_kafka_ConfigEntry_t *answer)
{
    ConfigurationEntry entry;
    entry.name = QString::fromUtf8(rd_kafka_ConfigEntry_name(answer));
    entry.value = QString::fromUtf8(rd_kafka_ConfigEntry_value(answer));
    entry.source = sourceOf(rd_kafka_ConfigEntry_source(answer));
    entry.isReadOnly = rd_kafka_ConfigEntry_is_read_only(answer) > 0;
    entry.isSensitive = rd_kafka_ConfigEntry_is_sensitive(answer) > 0;
    if (!entry.isOverride()) {
        entry.defaultValue = entry.value;
        return entry;
    }
    // Synonyms stand in the order in which they count: the next after the topic's own is what a reset gives.
    size_t count = 0;
    const rd_kafka_ConfigEntry_t **synonyms = rd_kafka_ConfigEntry_synonyms(answer, &count);
    for (size_t index = 0; index < count && !entry.defaultValue; ++index) {
        // One that is not set stands before the next it falls back to: log.retention.ms before .hours.
        const char *value = rd_kafka_ConfigEntry_value(synonyms[index]);
        if (value && sourceOf(rd_kafka_ConfigEntry_source(synonyms[index])) != ConfigurationSource::Topic)
            entry.defaultValue = asTopicSetting(entry.name,
                                                QString::fromUtf8(rd_kafka_ConfigEntry_name(synonyms[index])),
                                                QString::fromUtf8(value));
    }
    return entry;
}

} // namespace

std::optional<QString> asTopicSetting(const QString &name, const QString &brokersName, const QString &value)
{
    const QString unit = name.section(u'.', -1);
    const QString brokersUnit = brokersName.section(u'.', -1);
    if (unit == brokersUnit || unit != QLatin1String("ms"))
        return value;
    const QMap<QString, qint64> milliseconds{{QStringLiteral("hours"), 3'600'000},
                                             {QStringLiteral("minutes"), 60'000},
                                             {QStringLiteral("seconds"), 1'000}};
    bool isNumber = false;
    const qint64 number = value.toLongLong(&isNumber);
    if (!isNumber || !milliseconds.contains(brokersUnit))
        return {};
    return QString::number(number < 0 ? number : number * milliseconds.value(brokersUnit));
}

Expected<QMap<QString, QString>> overridesAfter(const QList<ConfigurationEntry> &entries,
                                                const ConfigurationChanges &changes)
{
    QMap<QString, QString> overrides;
    for (auto change = changes.cbegin(); change != changes.cend(); ++change) {
        const auto entry = std::find_if(
            entries.cbegin(), entries.cend(),
            [&change](const ConfigurationEntry &candidate) { return candidate.name == change.key(); });
        if (entry == entries.cend())
            return failure(ErrorCode::InvalidValue,
                           QStringLiteral("A topic has no setting called “%1”.").arg(change.key()), {},
                           change.key());
        if (entry->isReadOnly)
            return failure(ErrorCode::InvalidValue,
                           QStringLiteral("The broker does not let “%1” be changed.").arg(change.key()), {},
                           change.key());
        if (change.value())
            overrides.insert(change.key(), *change.value());
    }
    for (const ConfigurationEntry &entry : entries) {
        if (!entry.isOverride() || changes.contains(entry.name))
            continue;
        if (entry.isSensitive)
            return failure(ErrorCode::NotSupported,
                           QStringLiteral("The topic's setting “%1” is secret, and would be lost by changing "
                                          "another one from here. Use the cluster's own tools.")
                               .arg(entry.name),
                           {}, entry.name);
        overrides.insert(entry.name, entry.value);
    }
    return overrides;
}

Expected<QMap<QString, Expected<QList<ConfigurationEntry>>>> describeConfigurations(AdminClient &admin,
                                                                                    const QStringList &topics,
                                                                                    int timeoutMilliseconds)
{
    std::vector<Resource> resources;
    std::vector<rd_kafka_ConfigResource_t *> request;
    for (const QString &topic : topics) {
        resources.emplace_back(
            rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.toUtf8().constData()));
        request.push_back(resources.back().get());
    }
    const auto event = admin.ask(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, timeoutMilliseconds,
                                 [&](const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *answers) {
                                     rd_kafka_DescribeConfigs(admin.client(), request.data(), request.size(),
                                                              options, answers);
                                 });
    if (!event)
        return tl::make_unexpected(event.error());

    QMap<QString, Expected<QList<ConfigurationEntry>>> configurations;
    size_t count = 0;
    const rd_kafka_ConfigResource_t **results = rd_kafka_DescribeConfigs_result_resources(
        rd_kafka_event_DescribeConfigs_result(event->get()), &count);
    for (size_t index = 0; index < count; ++index) {
        const QString topic = QString::fromUtf8(rd_kafka_ConfigResource_name(results[index]));
        if (const auto code = rd_kafka_ConfigResource_error(results[index])) {
            configurations.insert(
                topic,
                tl::make_unexpected(admin.failed(
                    code, QString::fromUtf8(rd_kafka_ConfigResource_error_string(results[index])))));
            continue;
        }
        QList<ConfigurationEntry> entries;
        size_t entryCount = 0;
        const rd_kafka_ConfigEntry_t **answered = rd_kafka_ConfigResource_configs(results[index],
                                                                                  &entryCount);
        for (size_t entry = 0; entry < entryCount; ++entry)
            entries.append(entryOf(answered[entry]));
        std::sort(entries.begin(), entries.end(),
                  [](const auto &left, const auto &right) { return left.name < right.name; });
        configurations.insert(topic, entries);
    }
    return configurations;
}

} // namespace desk
