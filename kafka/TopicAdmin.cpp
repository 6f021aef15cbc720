// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/TopicAdmin.h"

#include "kafka/AdminClient.h"
#include "kafka/BrokerErrors.h"
#include "kafka/ClusterMetadata.h"
#include "kafka/TopicCreation.h"

#include <algorithm>
#include <array>

namespace desk {
namespace {

struct NewTopicDeleter {
    void operator()(rd_kafka_NewTopic_t *topic) const { rd_kafka_NewTopic_destroy(topic); }
};
struct NewPartitionsDeleter {
    void operator()(rd_kafka_NewPartitions_t *partitions) const
    {
        rd_kafka_NewPartitions_destroy(partitions);
    }
};
struct DeleteTopicDeleter {
    void operator()(rd_kafka_DeleteTopic_t *topic) const { rd_kafka_DeleteTopic_destroy(topic); }
};
struct DeleteRecordsDeleter {
    void operator()(rd_kafka_DeleteRecords_t *records) const { rd_kafka_DeleteRecords_destroy(records); }
};
struct ResourceDeleter {
    void operator()(rd_kafka_ConfigResource_t *resource) const { rd_kafka_ConfigResource_destroy(resource); }
};

// What the broker says about one topic of a request, as a sentence of ours where there is a better one.
Error refusalOf(AdminClient &admin, const QString &topic, rd_kafka_resp_err_t code, const QString &reason,
                const QString &what)
{
    Error error = admin.failed(code, reason);
    switch (code) {
    case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS:
        error = {ErrorCode::InvalidValue, QStringLiteral("There is a topic of this name already."), reason,
                 QStringLiteral("name")};
        break;
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
        error = {ErrorCode::InvalidValue,
                 QStringLiteral(
                     "Names of topics are made of letters, digits, dots, dashes and underscores, 249 at "
                     "most."),
                 reason, QStringLiteral("name")};
        break;
    case RD_KAFKA_RESP_ERR_TOPIC_DELETION_DISABLED:
        error = {ErrorCode::NotSupported,
                 QStringLiteral("The cluster does not let topics be deleted (delete.topic.enable)."),
                 reason,
                 {}};
        break;
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
    case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
        error.code = ErrorCode::InvalidValue;
        break;
    default:
        break;
    }
    error.sentence = QStringLiteral("The topic %1 was not %2. %3").arg(topic, what, error.sentence);
    return error;
}

Refusals refusalsOf(AdminClient &admin, const rd_kafka_topic_result_t **results, size_t count,
                    const QString &what)
{
    Refusals refusals;
    for (size_t index = 0; index < count; ++index) {
        const auto code = rd_kafka_topic_result_error(results[index]);
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
            continue;
        const QString topic = QString::fromUtf8(rd_kafka_topic_result_name(results[index]));
        const QString reason = QString::fromUtf8(rd_kafka_topic_result_error_string(results[index]));
        refusals.insert(topic, refusalOf(admin, topic, code, reason, what));
    }
    return refusals;
}

Expected<> onlyRefusal(const Refusals &refusals)
{
    if (refusals.isEmpty())
        return {};
    return tl::make_unexpected(refusals.first());
}

} // namespace

struct TopicAdmin::Data {
    AdminClient admin;

    explicit Data(const BrokerSettings &brokers) : admin(brokers) { }
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
    AdminClient &admin = m_data->admin;
    if (!admin.client())
        return tl::make_unexpected(admin.refusal());
    admin.forgetEvents();
    const rd_kafka_metadata_t *answer = nullptr;
    if (const auto error = rd_kafka_metadata(admin.client(), 1, nullptr, &answer, timeoutMilliseconds))
        return tl::make_unexpected(admin.failed(error));
    const MetadataHandle metadata(answer);

    ClusterInfo cluster;
    for (int index = 0; index < metadata->broker_cnt; ++index) {
        const auto &broker = metadata->brokers[index];
        cluster.brokers.append(QStringLiteral("%1:%2").arg(QString::fromUtf8(broker.host)).arg(broker.port));
    }
    cluster.topics.reserve(metadata->topic_cnt);
    for (int index = 0; index < metadata->topic_cnt; ++index) {
        const auto &topic = metadata->topics[index];
        TopicInfo info;
        info.name = QString::fromUtf8(topic.topic);
        info.partitions = topic.partition_cnt;
        info.isInternal = info.name.startsWith(QLatin1String("__"));
        if (topic.err != RD_KAFKA_RESP_ERR_NO_ERROR)
            info.problem = brokerError(topic.err, admin.settings()).sentence;
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
    AdminClient &admin = m_data->admin;
    if (Expected<> allowed = mayWriteTo(admin.settings()); !allowed)
        return allowed;
    if (!admin.client())
        return tl::make_unexpected(admin.refusal());
    admin.forgetEvents();
    const auto outcome = createMissingTopics(admin.client(), admin.settings(), topics, timeoutMilliseconds);
    if (!outcome)
        return tl::make_unexpected(admin.failed(outcome.error()));
    if (outcome->refused.empty())
        return {};
    const auto &[topic, code] = *outcome->refused.begin();
    const auto reason = outcome->reasons.find(topic);
    Error error = brokerError(code, admin.settings(),
                              reason == outcome->reasons.end() ? QString() : reason->second);
    error.sentence = QStringLiteral("The topic %1 was not created. %2").arg(topic, error.sentence);
    return tl::make_unexpected(error);
}

Expected<> TopicAdmin::create(const NewTopic &topic, int timeoutMilliseconds)
{
    AdminClient &admin = m_data->admin;
    if (Expected<> allowed = mayAdminister(admin.settings()); !allowed)
        return allowed;
    std::array<char, 256> reason{};
    const std::unique_ptr<rd_kafka_NewTopic_t, NewTopicDeleter> request(rd_kafka_NewTopic_new(
        topic.name.toUtf8().constData(), topic.partitions, topic.replicas, reason.data(), reason.size()));
    if (!request)
        return failure(
            ErrorCode::InvalidValue,
            QStringLiteral("The topic %1 was not created. A topic has a name, 1 to 100,000 partitions "
                           "and at least one replica.")
                .arg(topic.name),
            QString::fromUtf8(reason.data()));
    for (auto setting = topic.configuration.cbegin(); setting != topic.configuration.cend(); ++setting)
        rd_kafka_NewTopic_set_config(request.get(), setting.key().toUtf8().constData(),
                                     setting.value().toUtf8().constData());
    rd_kafka_NewTopic_t *pointer = request.get();
    const auto event = admin.ask(RD_KAFKA_ADMIN_OP_CREATETOPICS, timeoutMilliseconds,
                                 [&](const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *answers) {
                                     rd_kafka_CreateTopics(admin.client(), &pointer, 1, options, answers);
                                 });
    if (!event)
        return tl::make_unexpected(event.error());
    size_t count = 0;
    const auto results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event->get()),
                                                             &count);
    // The count that does not fit is the dialog's, not the workspace's.
    if (count == 1 && rd_kafka_topic_result_error(results[0]) == RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR)
        return failure(ErrorCode::InvalidValue,
                       QStringLiteral("The topic %1 was not created. The cluster has too few brokers for %2 "
                                      "replicas.")
                           .arg(topic.name)
                           .arg(topic.replicas),
                       {}, QStringLiteral("replicas"));
    return onlyRefusal(refusalsOf(admin, results, count, QStringLiteral("created")));
}

Expected<> TopicAdmin::addPartitions(const QString &topic, int partitions, int timeoutMilliseconds)
{
    AdminClient &admin = m_data->admin;
    if (Expected<> allowed = mayAdminister(admin.settings()); !allowed)
        return allowed;
    std::array<char, 256> reason{};
    const std::unique_ptr<rd_kafka_NewPartitions_t, NewPartitionsDeleter> request(rd_kafka_NewPartitions_new(
        topic.toUtf8().constData(), size_t(std::max(0, partitions)), reason.data(), reason.size()));
    if (!request)
        return failure(ErrorCode::InvalidValue,
                       QStringLiteral("A topic cannot have %1 partitions.").arg(partitions),
                       QString::fromUtf8(reason.data()));
    rd_kafka_NewPartitions_t *pointer = request.get();
    const auto event = admin.ask(RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, timeoutMilliseconds,
                                 [&](const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *answers) {
                                     rd_kafka_CreatePartitions(admin.client(), &pointer, 1, options, answers);
                                 });
    if (!event)
        return tl::make_unexpected(event.error());
    size_t count = 0;
    const auto results = rd_kafka_CreatePartitions_result_topics(
        rd_kafka_event_CreatePartitions_result(event->get()), &count);
    return onlyRefusal(refusalsOf(admin, results, count, QStringLiteral("given more partitions")));
}

Expected<> TopicAdmin::configure(const QString &topic, const ConfigurationChanges &changes,
                                 int timeoutMilliseconds)
{
    AdminClient &admin = m_data->admin;
    if (Expected<> allowed = mayAdminister(admin.settings()); !allowed)
        return allowed;
    const auto configurations = describeConfigurations(admin, {topic}, timeoutMilliseconds);
    if (!configurations)
        return tl::make_unexpected(configurations.error());
    const auto entries = configurations->constFind(topic);
    if (entries == configurations->cend())
        return failure(ErrorCode::Broker,
                       QStringLiteral("The broker did not tell the configuration of %1.").arg(topic));
    if (!*entries)
        return tl::make_unexpected(entries->error());
    const auto overrides = overridesAfter(**entries, changes);
    if (!overrides)
        return tl::make_unexpected(overrides.error());

    const std::unique_ptr<rd_kafka_ConfigResource_t, ResourceDeleter> request(
        rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.toUtf8().constData()));
    for (auto setting = overrides->cbegin(); setting != overrides->cend(); ++setting)
        rd_kafka_ConfigResource_set_config(request.get(), setting.key().toUtf8().constData(),
                                           setting.value().toUtf8().constData());
    rd_kafka_ConfigResource_t *pointer = request.get();
    const auto event = admin.ask(RD_KAFKA_ADMIN_OP_ALTERCONFIGS, timeoutMilliseconds,
                                 [&](const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *answers) {
                                     rd_kafka_AlterConfigs(admin.client(), &pointer, 1, options, answers);
                                 });
    if (!event)
        return tl::make_unexpected(event.error());
    size_t count = 0;
    const auto results = rd_kafka_AlterConfigs_result_resources(
        rd_kafka_event_AlterConfigs_result(event->get()), &count);
    for (size_t index = 0; index < count; ++index) {
        if (const auto code = rd_kafka_ConfigResource_error(results[index]))
            return tl::make_unexpected(refusalOf(
                admin, topic, code, QString::fromUtf8(rd_kafka_ConfigResource_error_string(results[index])),
                QStringLiteral("changed")));
    }
    return {};
}

Expected<Refusals> TopicAdmin::empty(const QStringList &topics, int timeoutMilliseconds)
{
    AdminClient &admin = m_data->admin;
    if (Expected<> allowed = mayAdminister(admin.settings()); !allowed)
        return tl::make_unexpected(allowed.error());
    const auto led = ClusterMetadata(admin).ledPartitions(topics, timeoutMilliseconds);
    if (!led)
        return tl::make_unexpected(led.error());
    const PartitionListHandle list(rd_kafka_topic_partition_list_new(int(led->partitions.size())));
    Refusals refusals;
    for (const QString &topic : topics)
        refusals.insert(
            topic,
            {ErrorCode::NotFound,
             QStringLiteral("The topic %1 was not emptied. It is not there, or no broker leads it.")
                 .arg(topic),
             {},
             {}});
    for (const TopicPartition &place : led->partitions) {
        refusals.remove(place.topic);
        rd_kafka_topic_partition_list_add(list.get(), place.topic.toUtf8().constData(), place.partition)
            ->offset
            = RD_KAFKA_OFFSET_END;
    }
    if (list->cnt == 0)
        return refusals;
    const std::unique_ptr<rd_kafka_DeleteRecords_t, DeleteRecordsDeleter> request(
        rd_kafka_DeleteRecords_new(list.get()));
    rd_kafka_DeleteRecords_t *pointer = request.get();
    const auto event = admin.ask(RD_KAFKA_ADMIN_OP_DELETERECORDS, timeoutMilliseconds,
                                 [&](const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *answers) {
                                     rd_kafka_DeleteRecords(admin.client(), &pointer, 1, options, answers);
                                 });
    if (!event)
        return tl::make_unexpected(event.error());
    const rd_kafka_topic_partition_list_t *results = rd_kafka_DeleteRecords_result_offsets(
        rd_kafka_event_DeleteRecords_result(event->get()));
    for (int index = 0; index < results->cnt; ++index) {
        const rd_kafka_topic_partition_t &result = results->elems[index];
        const QString topic = QString::fromUtf8(result.topic);
        if (result.err == RD_KAFKA_RESP_ERR_NO_ERROR || refusals.contains(topic))
            continue;
        Error error = refusalOf(admin, topic, result.err, {}, QStringLiteral("emptied"));
        if (result.err == RD_KAFKA_RESP_ERR_POLICY_VIOLATION)
            error.sentence = QStringLiteral(
                                 "The topic %1 was not emptied. It is compacted, and brokers empty "
                                 "only topics whose cleanup.policy contains “delete”.")
                                 .arg(topic);
        refusals.insert(topic, error);
    }
    return refusals;
}

Expected<Refusals> TopicAdmin::remove(const QStringList &topics, int timeoutMilliseconds)
{
    AdminClient &admin = m_data->admin;
    if (Expected<> allowed = mayAdminister(admin.settings()); !allowed)
        return tl::make_unexpected(allowed.error());
    std::vector<std::unique_ptr<rd_kafka_DeleteTopic_t, DeleteTopicDeleter>> owners;
    std::vector<rd_kafka_DeleteTopic_t *> request;
    for (const QString &topic : topics) {
        owners.emplace_back(rd_kafka_DeleteTopic_new(topic.toUtf8().constData()));
        request.push_back(owners.back().get());
    }
    const auto event = admin.ask(RD_KAFKA_ADMIN_OP_DELETETOPICS, timeoutMilliseconds,
                                 [&](const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *answers) {
                                     rd_kafka_DeleteTopics(admin.client(), request.data(), request.size(),
                                                           options, answers);
                                 });
    if (!event)
        return tl::make_unexpected(event.error());
    size_t count = 0;
    const auto results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event->get()),
                                                             &count);
    return refusalsOf(admin, results, count, QStringLiteral("deleted"));
}

} // namespace desk
