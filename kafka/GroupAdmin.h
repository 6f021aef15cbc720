// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/AdminOutcome.h"
#include "kafka/OffsetReset.h"

#include <QList>
#include <QStringList>

#include <memory>

namespace desk {

// As the coordinator has it. Empty: no members, its offsets are kept.
enum class GroupState { Unknown, PreparingRebalance, CompletingRebalance, Stable, Dead, Empty };

struct GroupInfo {
    QString name;
    GroupState state = GroupState::Unknown;
};

struct GroupList {
    QList<GroupInfo> groups; // by name
    QString problem;         // what is missing: a broker that did not tell its groups; or empty
};

// What a list shows of a group beside its state.
struct GroupFigures {
    GroupState state = GroupState::Unknown;
    int members = -1; // unknown
    qint64 lag = -1;  // over all partitions; unknown
    QString problem;  // why something is unknown

    friend bool operator==(const GroupFigures &, const GroupFigures &) = default;
};

struct GroupMember {
    QString id;
    QString clientId;
    QString instanceId; // of a static member, or empty
    QString host;
    QList<TopicPartition> partitions; // that it reads, in order

    friend bool operator==(const GroupMember &, const GroupMember &) = default;
};

struct GroupDetail {
    QString name;
    GroupState state = GroupState::Unknown;
    QString assignor;    // how partitions are shared, e.g. "range"
    QString coordinator; // "host:port"
    QList<GroupMember> members;
    QList<GroupPartition> partitions; // committed or assigned, in order
};

// Asks about consumer groups, moves their offsets and deletes them. Blocking calls (each request bounded by the
// timeout): not for the GUI thread; one thread at a time. The calls that change anything are refused as
// mayAdminister() says. The embedded broker tells nothing of its groups: NotSupported.
class GroupAdmin
{
public:
    explicit GroupAdmin(const BrokerSettings &brokers);
    ~GroupAdmin();

    [[nodiscard]] Expected<GroupList> groups(int timeoutMilliseconds = 5'000);
    // By name; some hundred at a time are well asked. A group that has gone is Dead.
    [[nodiscard]] Expected<QMap<QString, GroupFigures>> figures(const QStringList &groups,
                                                                int timeoutMilliseconds = 5'000);
    // NotFound if there is no such group.
    [[nodiscard]] Expected<GroupDetail> detail(const QString &group, int timeoutMilliseconds = 5'000);
    // For ResetRequest::atTime.
    [[nodiscard]] Expected<QMap<TopicPartition, qint64>> offsetsAt(const QList<TopicPartition> &partitions,
                                                                   const QDateTime &time,
                                                                   int timeoutMilliseconds = 5'000);

    // InUse while the group has members: they would go on from where they are, and commit that.
    [[nodiscard]] Expected<> setOffsets(const QString &group, const QMap<TopicPartition, qint64> &offsets,
                                        int timeoutMilliseconds = 10'000);
    // Those that have members are refused. Fails as a whole only if the brokers do not answer.
    [[nodiscard]] Expected<Refusals> remove(const QStringList &groups, int timeoutMilliseconds = 15'000);

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace desk
