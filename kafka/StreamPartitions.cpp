// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/StreamPartitions.h"

#include <algorithm>

namespace desk {
namespace {

constexpr qint64 Unresolved = -1001; // no offset and none of librdkafka's logical ones

} // namespace

StreamPartitions::StreamPartitions(rd_kafka_t *client, rd_kafka_queue_t *queue, const StreamRequest &request,
                                   bool isEmbedded)
    : m_client(client)
    , m_queue(queue)
    , m_start(request.start)
{
    for (const QString &name : request.topics) {
        TopicHandle handle(rd_kafka_topic_new(client, name.toUtf8().constData(), nullptr));
        if (handle)
            m_topics.push_back({std::move(handle), name, {}});
        else
            m_refusal = RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION;
    }
    if (isEmbedded && m_start.kind == StreamStart::Kind::Time) {
        m_notBefore = m_start.time.toMSecsSinceEpoch();
        m_start.kind = StreamStart::Kind::Beginning;
    }
}

StreamPartitions::~StreamPartitions()
{
    for (const Topic &topic : m_topics) {
        for (const int partition : topic.reading)
            rd_kafka_consume_stop(topic.handle.get(), partition);
    }
}

rd_kafka_resp_err_t StreamPartitions::refresh(int timeoutMilliseconds)
{
    if (m_topics.empty())
        return m_refusal;
    const auto metadata = fetchMetadata(m_client, nullptr, timeoutMilliseconds);
    if (!metadata)
        return metadata.error();
    note(**metadata);
    const bool isAnyRead = std::any_of(m_topics.begin(), m_topics.end(),
                                       [](const Topic &topic) { return !topic.reading.empty(); });
    if (m_waiting.empty())
        return isAnyRead ? RD_KAFKA_RESP_ERR_NO_ERROR : m_refusal;
    return startWaiting(timeoutMilliseconds);
}

bool StreamPartitions::isKnown(size_t topic, int partition) const
{
    const auto &reading = m_topics[topic].reading;
    return std::find(reading.begin(), reading.end(), partition) != reading.end()
        || std::any_of(m_waiting.begin(), m_waiting.end(), [&](const Waiting &waiting) {
               return waiting.topic == topic && waiting.partition == partition;
           });
}

void StreamPartitions::note(const rd_kafka_metadata_t &metadata)
{
    using Kind = StreamStart::Kind;
    const bool isLate = m_hasAnswer;
    const Kind start = isLate && (m_start.kind == Kind::End || m_start.kind == Kind::LastMessages)
        ? Kind::Beginning
        : m_start.kind;
    m_refusal = RD_KAFKA_RESP_ERR_NO_ERROR;
    for (int index = 0; index < metadata.topic_cnt; ++index) {
        const auto &answer = metadata.topics[index];
        const auto topic = std::find_if(m_topics.begin(), m_topics.end(), [&](const Topic &candidate) {
            return qstrcmp(rd_kafka_topic_name(candidate.handle.get()), answer.topic) == 0;
        });
        if (topic == m_topics.end())
            continue;
        if (answer.err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED
            || answer.err == RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION)
            m_refusal = answer.err;
        const auto topicIndex = size_t(topic - m_topics.begin());
        for (int part = 0; part < answer.partition_cnt; ++part) {
            if (!isKnown(topicIndex, answer.partitions[part].id))
                m_waiting.push_back({topicIndex, answer.partitions[part].id, start});
        }
    }
    m_hasAnswer = true;
}

rd_kafka_resp_err_t StreamPartitions::offsetsFor(qint64 timestamp, int timeoutMilliseconds,
                                                 std::vector<qint64> &offsets) const
{
    const PartitionListHandle list(rd_kafka_topic_partition_list_new(int(m_waiting.size())));
    for (const Waiting &waiting : m_waiting) {
        const char *name = rd_kafka_topic_name(m_topics[waiting.topic].handle.get());
        rd_kafka_topic_partition_list_add(list.get(), name, waiting.partition)->offset = timestamp;
    }
    // The request behind this takes the two logical offsets as well as times, so that one question per
    // broker answers for all partitions.
    const auto error = rd_kafka_offsets_for_times(m_client, list.get(), timeoutMilliseconds);
    offsets.assign(m_waiting.size(), Unresolved);
    for (size_t index = 0; index < m_waiting.size(); ++index) {
        // The list may have been put in another order.
        const auto *found = rd_kafka_topic_partition_list_find(
            list.get(), rd_kafka_topic_name(m_topics[m_waiting[index].topic].handle.get()),
            m_waiting[index].partition);
        if (found && found->err == RD_KAFKA_RESP_ERR_NO_ERROR && error == RD_KAFKA_RESP_ERR_NO_ERROR)
            offsets[index] = found->offset;
    }
    return error;
}

rd_kafka_resp_err_t StreamPartitions::startWaiting(int timeoutMilliseconds)
{
    using Kind = StreamStart::Kind;
    const bool isResolved = std::any_of(m_waiting.begin(), m_waiting.end(), [](const Waiting &waiting) {
        return waiting.start != Kind::Beginning;
    });
    std::vector<qint64> begins(m_waiting.size(), RD_KAFKA_OFFSET_BEGINNING);
    std::vector<qint64> ends = begins;
    std::vector<qint64> times = begins;
    auto error = RD_KAFKA_RESP_ERR_NO_ERROR;
    if (isResolved) {
        error = offsetsFor(RD_KAFKA_OFFSET_END, timeoutMilliseconds, ends);
        if (!error)
            error = offsetsFor(RD_KAFKA_OFFSET_BEGINNING, timeoutMilliseconds, begins);
        if (!error && m_start.kind == Kind::Time)
            error = offsetsFor(std::max<qint64>(0, m_start.time.toMSecsSinceEpoch()), timeoutMilliseconds,
                               times);
    }
    if (error)
        return error;

    std::vector<Waiting> still;
    for (size_t index = 0; index < m_waiting.size(); ++index) {
        const Waiting &waiting = m_waiting[index];
        qint64 offset = RD_KAFKA_OFFSET_BEGINNING;
        if (waiting.start != Kind::Beginning) {
            if (begins[index] == Unresolved || ends[index] == Unresolved || times[index] == Unresolved) {
                still.push_back(waiting); // no leader just now
                continue;
            }
            if (waiting.start == Kind::End)
                offset = ends[index];
            else if (waiting.start == Kind::LastMessages)
                offset = std::max(begins[index], ends[index] - std::max<qint64>(0, m_start.count));
            else if (waiting.start == Kind::Offset)
                offset = std::clamp(m_start.offset, begins[index], std::max(begins[index], ends[index]));
            else if (waiting.start == Kind::Time)
                offset = times[index] < 0 ? ends[index] : times[index]; // negative: nothing that new
        }
        Topic &topic = m_topics[waiting.topic];
        if (rd_kafka_consume_start_queue(topic.handle.get(), waiting.partition, offset, m_queue) == 0)
            topic.reading.push_back(waiting.partition);
        else
            still.push_back(waiting);
    }
    m_waiting = std::move(still);
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

} // namespace desk
