// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/TopicConfiguration.h"
#include "models/workspace/Workspace.h"

#include <QList>
#include <QMap>

#include <memory>

namespace desk {

// One partition as the cluster has it. Brokers by their numbers.
struct PartitionInfo {
    int partition = 0;
    int leader = -1; // none
    QList<int> replicas;
    QList<int> inSync;
    qint64 low = -1;  // offset of the first message; unknown
    qint64 high = -1; // offset after the last message; unknown

    // How many offsets there are between: at most so many messages, fewer where the topic is compacted or
    // written in transactions.
    [[nodiscard]] qint64 messages() const { return low < 0 || high < 0 ? -1 : high - low; }
    friend bool operator==(const PartitionInfo &, const PartitionInfo &) = default;
};

struct TopicDetail {
    QString topic;
    QList<PartitionInfo> partitions; // by number
    QList<ConfigurationEntry> configuration;
    QString configurationProblem; // why there is none
    QMap<int, QString> brokers;   // "host:port" by number
};

// What a list shows of a topic beside what the cluster tells of all at once.
struct TopicFigures {
    qint64 messages = -1;        // as PartitionInfo::messages(); unknown
    QString cleanupPolicy;       // "delete", "compact", both; empty: unknown
    qint64 retentionMinutes = 0; // -1: without end; 0: unknown
    QString problem;             // why something is unknown

    friend bool operator==(const TopicFigures &, const TopicFigures &) = default;
};

// Reads what is asked about single topics: partitions with their offsets, configuration. The broker's bytes are
// not among it: librdkafka has no such request. Blocking calls (each request bounded by the timeout): not for
// the GUI thread; one thread at a time. The embedded broker tells no configuration.
class TopicDetails
{
public:
    explicit TopicDetails(const BrokerSettings &brokers);
    ~TopicDetails();

    [[nodiscard]] Expected<TopicDetail> detail(const QString &topic, int timeoutMilliseconds = 5'000);
    // By topic. A few requests for all of them, so some hundred at a time are well asked. A topic that has
    // gone is left out.
    [[nodiscard]] Expected<QMap<QString, TopicFigures>> figures(const QStringList &topics,
                                                                int timeoutMilliseconds = 5'000);

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace desk
