// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/GroupAdmin.h"

#include "kafka/AdminClient.h"
#include "kafka/ClusterMetadata.h"
#include "kafka/GroupRequests.h"
#include "kafka/PartitionOffsets.h"

#include <QSet>

#include <algorithm>

namespace desk {
namespace {

struct AlterOffsetsDeleter {
    void operator()(rd_kafka_AlterConsumerGroupOffsets_t *request) const
    {
        rd_kafka_AlterConsumerGroupOffsets_destroy(request);
    }
};
struct DeleteGroupDeleter {
    void operator()(rd_kafka_DeleteGroup_t *request) const { rd_kafka_DeleteGroup_destroy(request); }
};

} // namespace

struct GroupAdmin::Data {
    AdminClient admin;
    ClusterMetadata metadata;

    explicit Data(const BrokerSettings &brokers) : admin(brokers), metadata(admin) { }

    // Beginnings and ends of those partitions that are there.
    Expected<std::pair<GroupOffsets, GroupOffsets>> bounds(const QList<TopicPartition> &partitions,
                                                           int timeoutMilliseconds);
};

Expected<std::pair<GroupOffsets, GroupOffsets>> GroupAdmin::Data::bounds(
    const QList<TopicPartition> &partitions, int timeoutMilliseconds)
{
    QSet<QString> topics;
    for (const TopicPartition &place : partitions)
        topics.insert(place.topic);
    // A group outlives its topics: what is asked about what has gone would not be answered in time.
    const auto led = metadata.ledPartitions(topics.values(), timeoutMilliseconds);
    if (!led)
        return tl::make_unexpected(led.error());
    QList<TopicPartition> there = led->partitions;
    QList<TopicPartition> wanted = partitions;
    std::sort(there.begin(), there.end());
    std::sort(wanted.begin(), wanted.end());
    QList<TopicPartition> asked;
    std::set_intersection(wanted.cbegin(), wanted.cend(), there.cbegin(), there.cend(),
                          std::back_inserter(asked));
    const auto low = offsetsFor(admin, asked, BeginningOfPartition, timeoutMilliseconds);
    if (!low)
        return tl::make_unexpected(low.error());
    const auto high = offsetsFor(admin, asked, EndOfPartition, timeoutMilliseconds);
    if (!high)
        return tl::make_unexpected(high.error());
    return std::pair{*low, *high};
}

GroupAdmin::GroupAdmin(const BrokerSettings &brokers) : m_data(std::make_unique<Data>(brokers)) { }

GroupAdmin::~GroupAdmin() = default;

Expected<GroupList> GroupAdmin::groups(int timeoutMilliseconds)
{
    AdminClient &admin = m_data->admin;
    const auto event = admin.ask(RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS, timeoutMilliseconds,
                                 [&](const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *answers) {
                                     rd_kafka_ListConsumerGroups(admin.client(), options, answers);
                                 });
    if (!event)
        return tl::make_unexpected(event.error());
    const auto *result = rd_kafka_event_ListConsumerGroups_result(event->get());
    GroupList list;
    size_t count = 0;
    const auto valid = rd_kafka_ListConsumerGroups_result_valid(result, &count);
    for (size_t index = 0; index < count; ++index)
        list.groups.append({QString::fromUtf8(rd_kafka_ConsumerGroupListing_group_id(valid[index])),
                            groupStateOf(rd_kafka_ConsumerGroupListing_state(valid[index]))});
    std::sort(list.groups.begin(), list.groups.end(),
              [](const GroupInfo &left, const GroupInfo &right) { return left.name < right.name; });
    const auto errors = rd_kafka_ListConsumerGroups_result_errors(result, &count);
    if (count > 0) {
        const Error error = admin.failed(rd_kafka_error_code(errors[0]),
                                         QString::fromUtf8(rd_kafka_error_string(errors[0])));
        if (list.groups.isEmpty())
            return tl::make_unexpected(error);
        list.problem = error.sentence;
    }
    return list;
}

Expected<QMap<QString, GroupFigures>> GroupAdmin::figures(const QStringList &groups, int timeoutMilliseconds)
{
    QMap<QString, GroupFigures> figures;
    if (groups.isEmpty())
        return figures;
    const auto descriptions = describeGroups(m_data->admin, groups, timeoutMilliseconds);
    if (!descriptions)
        return tl::make_unexpected(descriptions.error());
    const auto committed = committedOffsets(m_data->admin, groups, timeoutMilliseconds);
    QList<TopicPartition> places;
    for (const auto &offsets : committed) {
        if (offsets)
            places += offsets->keys();
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    const auto bounds = m_data->bounds(places, timeoutMilliseconds);

    for (qsizetype index = 0; index < groups.size(); ++index) {
        GroupFigures &group = figures[groups[index]];
        const auto description = descriptions->constFind(groups[index]);
        if (description != descriptions->cend() && *description) {
            group.state = (*description)->state;
            group.members = int((*description)->members.size());
        } else if (description != descriptions->cend()) {
            group.problem = description->error().sentence;
        }
        const auto &offsets = committed[size_t(index)];
        if (!offsets || !bounds) {
            group.problem = offsets ? bounds.error().sentence : offsets.error().sentence;
            continue;
        }
        group.lag = 0;
        for (auto offset = offsets->cbegin(); offset != offsets->cend(); ++offset) {
            const GroupPartition partition{offset.key(),
                                           *offset,
                                           bounds->first.value(offset.key(), -1),
                                           bounds->second.value(offset.key(), -1),
                                           {}};
            group.lag += std::max<qint64>(0, partition.lag()); // what has gone keeps nobody waiting
        }
    }
    return figures;
}

Expected<GroupDetail> GroupAdmin::detail(const QString &group, int timeoutMilliseconds)
{
    const auto descriptions = describeGroups(m_data->admin, {group}, timeoutMilliseconds);
    if (!descriptions)
        return tl::make_unexpected(descriptions.error());
    const auto description = descriptions->constFind(group);
    if (description == descriptions->cend())
        return failure(ErrorCode::Broker,
                       QStringLiteral("The broker did not tell of the group %1.").arg(group));
    if (!*description)
        return tl::make_unexpected(description->error());
    GroupDetail detail = **description;
    const auto committed = committedOffsets(m_data->admin, {group}, timeoutMilliseconds);
    if (!committed.front())
        return tl::make_unexpected(committed.front().error());
    const GroupOffsets &offsets = *committed.front();
    // A group that has gone is described as one that is dead.
    if (detail.state == GroupState::Dead && offsets.isEmpty())
        return failure(ErrorCode::NotFound, QStringLiteral("There is no consumer group %1.").arg(group));

    QMap<TopicPartition, QString> readers;
    for (auto offset = offsets.cbegin(); offset != offsets.cend(); ++offset)
        readers.insert(offset.key(), {});
    for (const GroupMember &member : std::as_const(detail.members)) {
        for (const TopicPartition &place : member.partitions)
            readers.insert(place, member.clientId);
    }
    const auto bounds = m_data->bounds(readers.keys(), timeoutMilliseconds);
    if (!bounds)
        return tl::make_unexpected(bounds.error());
    for (auto reader = readers.cbegin(); reader != readers.cend(); ++reader)
        detail.partitions.append({reader.key(), offsets.value(reader.key(), -1),
                                  bounds->first.value(reader.key(), -1),
                                  bounds->second.value(reader.key(), -1), *reader});
    return detail;
}

Expected<GroupOffsets> GroupAdmin::offsetsAt(const QList<TopicPartition> &partitions, const QDateTime &time,
                                             int timeoutMilliseconds)
{
    return offsetsFor(m_data->admin, partitions, std::max<qint64>(0, time.toMSecsSinceEpoch()),
                      timeoutMilliseconds);
}

Expected<> GroupAdmin::setOffsets(const QString &group, const GroupOffsets &offsets, int timeoutMilliseconds)
{
    AdminClient &admin = m_data->admin;
    if (Expected<> allowed = mayAdminister(admin.settings()); !allowed)
        return allowed;
    if (offsets.isEmpty())
        return {};
    const auto descriptions = describeGroups(m_data->admin, {group}, timeoutMilliseconds);
    if (!descriptions)
        return tl::make_unexpected(descriptions.error());
    const auto description = descriptions->constFind(group);
    if (description != descriptions->cend() && *description && !(*description)->members.isEmpty())
        return tl::make_unexpected(hasMembersError(group));

    const PartitionListHandle list(rd_kafka_topic_partition_list_new(int(offsets.size())));
    for (auto offset = offsets.cbegin(); offset != offsets.cend(); ++offset)
        rd_kafka_topic_partition_list_add(list.get(), offset.key().topic.toUtf8().constData(),
                                          offset.key().partition)
            ->offset
            = *offset;
    const std::unique_ptr<rd_kafka_AlterConsumerGroupOffsets_t, AlterOffsetsDeleter> request(
        rd_kafka_AlterConsumerGroupOffsets_new(group.toUtf8().constData(), list.get()));
    rd_kafka_AlterConsumerGroupOffsets_t *pointer = request.get();
    const auto event = admin.ask(RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS, timeoutMilliseconds,
                                 [&](const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *answers) {
                                     rd_kafka_AlterConsumerGroupOffsets(admin.client(), &pointer, 1, options,
                                                                        answers);
                                 });
    if (!event)
        return tl::make_unexpected(event.error());
    size_t count = 0;
    const auto results = rd_kafka_AlterConsumerGroupOffsets_result_groups(
        rd_kafka_event_AlterConsumerGroupOffsets_result(event->get()), &count);
    for (size_t index = 0; index < count; ++index) {
        if (const auto *error = rd_kafka_group_result_error(results[index]))
            return tl::make_unexpected(groupError(admin, group, error));
        const auto *answers = rd_kafka_group_result_partitions(results[index]);
        for (int part = 0; answers && part < answers->cnt; ++part) {
            const rd_kafka_topic_partition_t &answer = answers->elems[part];
            if (answer.err == RD_KAFKA_RESP_ERR_NO_ERROR)
                continue;
            if (answer.err == RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID)
                return tl::make_unexpected(hasMembersError(group));
            Error error = admin.failed(answer.err);
            error.sentence = QStringLiteral("The offset of %1, partition %2, was not set. %3")
                                 .arg(QString::fromUtf8(answer.topic))
                                 .arg(answer.partition)
                                 .arg(error.sentence);
            return tl::make_unexpected(error);
        }
    }
    return {};
}

Expected<Refusals> GroupAdmin::remove(const QStringList &groups, int timeoutMilliseconds)
{
    AdminClient &admin = m_data->admin;
    if (Expected<> allowed = mayAdminister(admin.settings()); !allowed)
        return tl::make_unexpected(allowed.error());
    std::vector<std::unique_ptr<rd_kafka_DeleteGroup_t, DeleteGroupDeleter>> owners;
    std::vector<rd_kafka_DeleteGroup_t *> request;
    for (const QString &group : groups) {
        owners.emplace_back(rd_kafka_DeleteGroup_new(group.toUtf8().constData()));
        request.push_back(owners.back().get());
    }
    const auto event = admin.ask(RD_KAFKA_ADMIN_OP_DELETEGROUPS, timeoutMilliseconds,
                                 [&](const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *answers) {
                                     rd_kafka_DeleteGroups(admin.client(), request.data(), request.size(),
                                                           options, answers);
                                 });
    if (!event)
        return tl::make_unexpected(event.error());
    Refusals refusals;
    size_t count = 0;
    const auto results = rd_kafka_DeleteGroups_result_groups(rd_kafka_event_DeleteGroups_result(event->get()),
                                                             &count);
    for (size_t index = 0; index < count; ++index) {
        const QString group = QString::fromUtf8(rd_kafka_group_result_name(results[index]));
        if (const auto *error = rd_kafka_group_result_error(results[index]))
            refusals.insert(group, groupError(admin, group, error));
    }
    return refusals;
}

} // namespace desk
