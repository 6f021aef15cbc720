// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/AdminClient.h"

#include "kafka/TopicPartition.h"

#include <QHash>
#include <QList>
#include <QStringList>

#include <chrono>

namespace desk {

struct LedPartitions {
    QList<TopicPartition> partitions; // that have a leader now
    QStringList incomplete;           // topics that have others, too
};

// What the cluster tells of all its topics in one answer, kept for some seconds. No topic is asked for by its name:
// a broker that makes topics when they are asked for makes none, and the library then knows every leader without
// asking once more. Blocking; by the thread that uses the client, which outlives it.
class ClusterMetadata
{
public:
    explicit ClusterMetadata(AdminClient &admin) : m_admin(admin) { }

    [[nodiscard]] Expected<> refresh(int timeoutMilliseconds);
    // As of the last refresh, both null before the first: valid until the next.
    [[nodiscard]] const rd_kafka_metadata_t *all() const { return m_metadata.get(); }
    [[nodiscard]] const rd_kafka_metadata_topic_t *find(const QString &topic) const;
    // The partitions of these topics; refreshed before if they are not all known, or known for long. Topics that
    // are not there have none.
    [[nodiscard]] Expected<LedPartitions> ledPartitions(const QStringList &topics, int timeoutMilliseconds);

private:
    using Clock = std::chrono::steady_clock;

    AdminClient &m_admin;
    MetadataHandle m_metadata;
    QHash<QString, int> m_topics; // where each stands in it
    Clock::time_point m_asked;
};

} // namespace desk
