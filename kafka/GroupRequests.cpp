// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/GroupRequests.h"

#include <algorithm>

namespace desk {
namespace {

struct ListOffsetsDeleter {
    void operator()(rd_kafka_ListConsumerGroupOffsets_t *request) const
    {
        rd_kafka_ListConsumerGroupOffsets_destroy(request);
    }
};
GroupMember memberOf(const rd_kafka_MemberDescription_t *answer)
{
    GroupMember member;
    member.id = QString::fromUtf8(rd_kafka_MemberDescription_consumer_id(answer));
    member.clientId = QString::fromUtf8(rd_kafka_MemberDescription_client_id(answer));
    member.instanceId = QString::fromUtf8(rd_kafka_MemberDescription_group_instance_id(answer));
    member.host = QString::fromUtf8(rd_kafka_MemberDescription_host(answer));
    if (member.host.startsWith(u'/'))
        member.host.remove(0, 1); // as Java writes an address without a name
    if (const auto *assignment = rd_kafka_MemberDescription_assignment(answer)) {
        const auto *list = rd_kafka_MemberAssignment_partitions(assignment);
        for (int index = 0; list && index < list->cnt; ++index)
            member.partitions.append(
                {QString::fromUtf8(list->elems[index].topic), list->elems[index].partition});
    }
    std::sort(member.partitions.begin(), member.partitions.end());
    return member;
}

} // namespace

GroupState groupStateOf(rd_kafka_consumer_group_state_t state)
{
    switch (state) {
    case RD_KAFKA_CONSUMER_GROUP_STATE_PREPARING_REBALANCE:
        return GroupState::PreparingRebalance;
    case RD_KAFKA_CONSUMER_GROUP_STATE_COMPLETING_REBALANCE:
        return GroupState::CompletingRebalance;
    case RD_KAFKA_CONSUMER_GROUP_STATE_STABLE:
        return GroupState::Stable;
    case RD_KAFKA_CONSUMER_GROUP_STATE_DEAD:
        return GroupState::Dead;
    case RD_KAFKA_CONSUMER_GROUP_STATE_EMPTY:
        return GroupState::Empty;
    default:
        return GroupState::Unknown;
    }
}

Error hasMembersError(const QString &group)
{
    return {ErrorCode::InUse,
            QStringLiteral("The group %1 has members at work. Stop the programs that read with it, then try "
                           "again.")
                .arg(group),
            {},
            {}};
}

Error groupError(AdminClient &admin, const QString &group, const rd_kafka_error_t *error)
{
    const auto code = rd_kafka_error_code(error);
    const QString reason = QString::fromUtf8(rd_kafka_error_string(error));
    switch (code) {
    case RD_KAFKA_RESP_ERR_NON_EMPTY_GROUP:
    case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID: // an offset is only taken from a member, while there are any
    case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
        return hasMembersError(group);
    case RD_KAFKA_RESP_ERR_GROUP_ID_NOT_FOUND:
        return {ErrorCode::NotFound, QStringLiteral("There is no consumer group %1.").arg(group), reason, {}};
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
        return {ErrorCode::Unauthorised,
                QStringLiteral("The broker does not let this user use the group %1.").arg(group),
                reason,
                {}};
    default:
        return admin.failed(code, reason);
    }
}

Expected<GroupDescriptions> describeGroups(AdminClient &admin, const QStringList &groups,
                                           int timeoutMilliseconds)
{
    QList<QByteArray> names;
    std::vector<const char *> request;
    for (const QString &group : groups)
        names.append(group.toUtf8());
    for (const QByteArray &name : std::as_const(names))
        request.push_back(name.constData());
    const auto event = admin.ask(RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, timeoutMilliseconds,
                                 [&](const rd_kafka_AdminOptions_t *options, rd_kafka_queue_t *answers) {
                                     rd_kafka_DescribeConsumerGroups(admin.client(), request.data(),
                                                                     request.size(), options, answers);
                                 });
    if (!event)
        return tl::make_unexpected(event.error());
    GroupDescriptions descriptions;
    size_t count = 0;
    const auto results = rd_kafka_DescribeConsumerGroups_result_groups(
        rd_kafka_event_DescribeConsumerGroups_result(event->get()), &count);
    for (size_t index = 0; index < count; ++index) {
        const auto *answer = results[index];
        GroupDetail detail;
        detail.name = QString::fromUtf8(rd_kafka_ConsumerGroupDescription_group_id(answer));
        if (const auto *error = rd_kafka_ConsumerGroupDescription_error(answer)) {
            descriptions.insert(detail.name, tl::make_unexpected(groupError(admin, detail.name, error)));
            continue;
        }
        detail.state = groupStateOf(rd_kafka_ConsumerGroupDescription_state(answer));
        detail.assignor = QString::fromUtf8(rd_kafka_ConsumerGroupDescription_partition_assignor(answer));
        if (const auto *node = rd_kafka_ConsumerGroupDescription_coordinator(answer))
            detail.coordinator = QStringLiteral("%1:%2")
                                     .arg(QString::fromUtf8(rd_kafka_Node_host(node)))
                                     .arg(rd_kafka_Node_port(node));
        for (size_t member = 0; member < rd_kafka_ConsumerGroupDescription_member_count(answer); ++member)
            detail.members.append(memberOf(rd_kafka_ConsumerGroupDescription_member(answer, member)));
        std::sort(detail.members.begin(), detail.members.end(),
                  [](const GroupMember &left, const GroupMember &right) { return left.id < right.id; });
        descriptions.insert(detail.name, detail);
    }
    return descriptions;
}

std::vector<Expected<GroupOffsets>> committedOffsets(AdminClient &admin, const QStringList &groups,
                                                     int timeoutMilliseconds)
{
    std::vector<std::unique_ptr<rd_kafka_ListConsumerGroupOffsets_t, ListOffsetsDeleter>> owners;
    std::vector<AdminClient::Send> requests;
    for (const QString &group : groups) {
        owners.emplace_back(rd_kafka_ListConsumerGroupOffsets_new(group.toUtf8().constData(), nullptr));
        requests.emplace_back([&admin, request = owners.back().get()](const rd_kafka_AdminOptions_t *options,
                                                                      rd_kafka_queue_t *answers) {
            rd_kafka_ListConsumerGroupOffsets_t *pointer = request;
            rd_kafka_ListConsumerGroupOffsets(admin.client(), &pointer, 1, options, answers);
        });
    }
    auto events = admin.askAll(RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, timeoutMilliseconds, requests);
    std::vector<Expected<GroupOffsets>> all;
    for (qsizetype group = 0; group < groups.size(); ++group) {
        const auto &event = events[size_t(group)];
        if (!event) {
            all.emplace_back(tl::make_unexpected(event.error()));
            continue;
        }
        size_t count = 0;
        const auto results = rd_kafka_ListConsumerGroupOffsets_result_groups(
            rd_kafka_event_ListConsumerGroupOffsets_result(event->get()), &count);
        if (count == 1 && rd_kafka_group_result_error(results[0])) {
            all.emplace_back(tl::make_unexpected(
                groupError(admin, groups[group], rd_kafka_group_result_error(results[0]))));
            continue;
        }
        GroupOffsets offsets;
        const auto *list = count == 1 ? rd_kafka_group_result_partitions(results[0]) : nullptr;
        for (int index = 0; list && index < list->cnt; ++index) {
            const rd_kafka_topic_partition_t &answer = list->elems[index];
            if (answer.err == RD_KAFKA_RESP_ERR_NO_ERROR && answer.offset >= 0)
                offsets.insert({QString::fromUtf8(answer.topic), answer.partition}, answer.offset);
        }
        all.emplace_back(offsets);
    }
    return all;
}

} // namespace desk
