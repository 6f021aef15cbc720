// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/TopicAdmin.h"

#include "kafka/BrokerErrors.h"
#include "kafka/BrokerHealth.h"
#include "kafka/TopicCreation.h"

#include <algorithm>

namespace desk {

struct TopicAdmin::Data {
    BrokerSettings settings;
    Expected<ClientHandle> client;
    QueueHandle events; // errors the client reports by itself: they know why an answer is missing

    explicit Data(const BrokerSettings &brokers)
        : settings(brokers)
        , client(openClient(RD_KAFKA_PRODUCER, brokers, {}, [](rd_kafka_conf_t *configuration) {
            rd_kafka_conf_set_events(configuration, RD_KAFKA_EVENT_ERROR);
        }))
    {
        if (client)
            events.reset(rd_kafka_queue_get_main(client->get()));
    }

    // What the client said before this question is no answer to it.
    void forgetEvents()
    {
        while (const EventHandle event{rd_kafka_queue_poll(events.get(), 0)}) {
        }
    }

    Error unanswered(rd_kafka_resp_err_t code)
    {
        BrokerHealth health(settings);
        while (const EventHandle event{rd_kafka_queue_poll(events.get(), 0)})
            health.reported(rd_kafka_event_error(event.get()),
                            QString::fromUtf8(rd_kafka_event_error_string(event.get())));
        health.unanswered(code);
        return health.isAway() ? health.error() : brokerError(code, settings);
    }
};

QStringList topicsOf(const EntityCatalog &catalog)
{
    QStringList topics;
    for (const auto &entity : catalog.entities())
        topics += entity->topics.values();
    topics.removeAll(QString());
    topics.sort();
    topics.removeDuplicates();
    return topics;
}

TopicAdmin::TopicAdmin(const BrokerSettings &brokers) : m_data(std::make_unique<Data>(brokers)) { }

TopicAdmin::~TopicAdmin() = default;

Expected<ClusterInfo> TopicAdmin::cluster(int timeoutMilliseconds)
{
    if (!m_data->client)
        return tl::make_unexpected(m_data->client.error());
    m_data->forgetEvents();
    const rd_kafka_metadata_t *answer = nullptr;
    if (const auto error = rd_kafka_metadata(m_data->client->get(), 1, nullptr, &answer, timeoutMilliseconds))
        return tl::make_unexpected(m_data->unanswered(error));
    const MetadataHandle metadata(answer);

    ClusterInfo cluster;
    for (int index = 0; index < metadata->broker_cnt; ++index) {
        const auto &broker = metadata->brokers[index];
        cluster.brokers.append(QStringLiteral("%1:%2").arg(QString::fromUtf8(broker.host)).arg(broker.port));
    }
    for (int index = 0; index < metadata->topic_cnt; ++index) {
        const auto &topic = metadata->topics[index];
        TopicInfo info;
        info.name = QString::fromUtf8(topic.topic);
        info.partitions = topic.partition_cnt;
        info.isInternal = info.name.startsWith(QLatin1String("__"));
        if (topic.err != RD_KAFKA_RESP_ERR_NO_ERROR)
            info.problem = brokerError(topic.err, m_data->settings).sentence;
        for (int partition = 0; partition < topic.partition_cnt; ++partition) {
            const auto &part = topic.partitions[partition];
            info.replicas = std::max(info.replicas, part.replica_cnt);
            if (part.leader < 0 && info.problem.isEmpty())
                info.problem = QStringLiteral("Partition %1 has no leader.").arg(part.id);
        }
        cluster.topics.append(info);
    }
    std::sort(cluster.topics.begin(), cluster.topics.end(),
              [](const TopicInfo &left, const TopicInfo &right) { return left.name < right.name; });
    return cluster;
}

Expected<> TopicAdmin::createMissing(const QStringList &topics, int timeoutMilliseconds)
{
    if (!m_data->client)
        return tl::make_unexpected(m_data->client.error());
    m_data->forgetEvents();
    const auto outcome = createMissingTopics(m_data->client->get(), m_data->settings, topics,
                                             timeoutMilliseconds);
    if (!outcome)
        return tl::make_unexpected(m_data->unanswered(outcome.error()));
    if (outcome->refused.empty())
        return {};
    const auto &[topic, code] = *outcome->refused.begin();
    const auto reason = outcome->reasons.find(topic);
    Error error = brokerError(code, m_data->settings,
                              reason == outcome->reasons.end() ? QString() : reason->second);
    error.sentence = QStringLiteral("The topic %1 was not created. %2").arg(topic, error.sentence);
    return tl::make_unexpected(error);
}

} // namespace desk
