// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/ClusterMetadata.h"

#include <algorithm>

namespace desk {
namespace {

using namespace std::chrono_literals;

constexpr auto Recent = 5s;

} // namespace

Expected<> ClusterMetadata::refresh(int timeoutMilliseconds)
{
    if (!m_admin.client())
        return tl::make_unexpected(m_admin.refusal());
    m_admin.forgetEvents();
    const rd_kafka_metadata_t *answer = nullptr;
    if (const auto error = rd_kafka_metadata(m_admin.client(), 1, nullptr, &answer, timeoutMilliseconds))
        return tl::make_unexpected(m_admin.failed(error));
    m_metadata.reset(answer);
    m_asked = Clock::now();
    m_topics.clear();
    m_topics.reserve(answer->topic_cnt);
    for (int index = 0; index < answer->topic_cnt; ++index)
        m_topics.insert(QString::fromUtf8(answer->topics[index].topic), index);
    return {};
}

const rd_kafka_metadata_topic_t *ClusterMetadata::find(const QString &topic) const
{
    const auto found = m_topics.constFind(topic);
    return found == m_topics.cend() ? nullptr : &m_metadata->topics[*found];
}

Expected<LedPartitions> ClusterMetadata::ledPartitions(const QStringList &topics, int timeoutMilliseconds)
{
    const bool isKnown = m_metadata && Clock::now() - m_asked < Recent
        && std::all_of(topics.cbegin(), topics.cend(),
                       [this](const QString &topic) { return m_topics.contains(topic); });
    if (!isKnown && !topics.isEmpty()) {
        if (Expected<> refreshed = refresh(timeoutMilliseconds); !refreshed)
            return tl::make_unexpected(refreshed.error());
    }
    LedPartitions led;
    for (const QString &name : topics) {
        const rd_kafka_metadata_topic_t *topic = find(name);
        if (!topic || topic->err != RD_KAFKA_RESP_ERR_NO_ERROR)
            continue;
        for (int part = 0; part < topic->partition_cnt; ++part) {
            if (topic->partitions[part].leader >= 0)
                led.partitions.append({name, topic->partitions[part].id});
            else if (led.incomplete.isEmpty() || led.incomplete.constLast() != name)
                led.incomplete.append(name);
        }
    }
    return led;
}

} // namespace desk
