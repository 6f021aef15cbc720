// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/PartitionOffsets.h"

#include <algorithm>
#include <thread>

namespace desk {
namespace {

using namespace std::chrono_literals;

// The library looks for each partition of the list in each answer.
constexpr qsizetype PartitionsAtOnce = 1'000;
// A topic that was just created, or has just changed its leader, answers after this.
constexpr auto LeaderPause = 150ms;

bool isAboutLeader(rd_kafka_resp_err_t code)
{
    return code == RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION
        || code == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE;
}

// Whether one partition of many may be the reason.
bool isAboutPartition(rd_kafka_resp_err_t code)
{
    return isAboutLeader(code) || code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART
        || code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED
        || code == RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE || code == RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR
        || code == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC || code == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION;
}

class Question
{
public:
    Question(AdminClient &admin, qint64 timestamp, int timeoutMilliseconds)
        : m_admin(admin)
        , m_timestamp(timestamp)
        , m_timeout(timeoutMilliseconds)
    { }

    // The library gives no answer at all where a single partition has none: such a list is asked in halves,
    // until that one stands alone and is left out.
    rd_kafka_resp_err_t ask(const QList<TopicPartition> &partitions)
    {
        auto error = askAtOnce(partitions);
        if (isAboutLeader(error)) {
            std::this_thread::sleep_for(LeaderPause);
            error = askAtOnce(partitions);
        }
        if (!isAboutPartition(error))
            return error;
        const qsizetype half = partitions.size() / 2;
        if (half == 0)
            return RD_KAFKA_RESP_ERR_NO_ERROR;
        error = ask(partitions.mid(0, half));
        return error ? error : ask(partitions.mid(half));
    }

    [[nodiscard]] const QMap<TopicPartition, qint64> &offsets() const { return m_offsets; }

private:
    rd_kafka_resp_err_t askAtOnce(const QList<TopicPartition> &partitions)
    {
        const PartitionListHandle list(rd_kafka_topic_partition_list_new(int(partitions.size())));
        for (const TopicPartition &place : partitions)
            rd_kafka_topic_partition_list_add(list.get(), place.topic.toUtf8().constData(), place.partition)
                ->offset
                = m_timestamp;
        if (const auto error = rd_kafka_offsets_for_times(m_admin.client(), list.get(), m_timeout))
            return error;
        for (int index = 0; index < list->cnt; ++index) {
            const rd_kafka_topic_partition_t &answer = list->elems[index];
            if (answer.err == RD_KAFKA_RESP_ERR_NO_ERROR)
                m_offsets.insert({QString::fromUtf8(answer.topic), answer.partition}, answer.offset);
        }
        return RD_KAFKA_RESP_ERR_NO_ERROR;
    }

    AdminClient &m_admin;
    qint64 m_timestamp;
    int m_timeout;
    QMap<TopicPartition, qint64> m_offsets;
};

} // namespace

Expected<QMap<TopicPartition, qint64>> offsetsFor(AdminClient &admin, const QList<TopicPartition> &partitions,
                                                  qint64 timestamp, int timeoutMilliseconds)
{
    if (!admin.client())
        return tl::make_unexpected(admin.refusal());
    admin.forgetEvents();
    Question question(admin, timestamp, timeoutMilliseconds);
    for (qsizetype first = 0; first < partitions.size(); first += PartitionsAtOnce) {
        if (const auto error = question.ask(partitions.mid(first, PartitionsAtOnce)))
            return tl::make_unexpected(admin.failed(error));
    }
    return question.offsets();
}

} // namespace desk
