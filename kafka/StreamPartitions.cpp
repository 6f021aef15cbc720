// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/StreamPartitions.h"

#include <algorithm>
#include <map>

namespace desk {
namespace {

qint64 milliseconds(const QDateTime &time)
{
    return std::max<qint64>(0, time.toMSecsSinceEpoch());
}

} // namespace

StreamPartitions::StreamPartitions(rd_kafka_t *client, rd_kafka_queue_t *queue, PartitionBoard &board,
                                   FetchQueue &fetching, const StreamRequest &request, bool isEmbedded)
    : m_client(client)
    , m_queue(queue)
    , m_board(board)
    , m_fetching(fetching)
    , m_start(request.start)
    , m_end(request.end)
    , m_pattern(request.pattern)
    , m_partitions(request.partitions)
{
    for (const QString &name : request.topics)
        addTopic(name.toUtf8());
    if (isEmbedded && m_start.kind == StreamStart::Kind::Time) {
        m_notBefore = milliseconds(m_start.time);
        m_start.kind = StreamStart::Kind::Beginning;
    }
    if (isEmbedded && m_end.kind == StreamEnd::Kind::Time) {
        m_notFrom = milliseconds(m_end.time);
        m_end.kind = StreamEnd::Kind::AtEnd;
    }
}

StreamPartitions::~StreamPartitions()
{
    for (const Topic &topic : m_topics) {
        for (const int partition : topic.reading)
            rd_kafka_consume_stop(topic.handle.get(), partition);
    }
}

void StreamPartitions::addTopic(const QByteArray &name)
{
    TopicHandle handle(rd_kafka_topic_new(m_client, name.constData(), nullptr));
    if (!handle) {
        m_refusal = RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION;
        return;
    }
    m_topicByName.insert(name, m_topics.size());
    m_topics.push_back({std::move(handle), name, {}});
}

bool StreamPartitions::isAnyRead() const
{
    return std::any_of(m_topics.begin(), m_topics.end(),
                       [](const Topic &topic) { return !topic.reading.empty(); });
}

bool StreamPartitions::isTopicMissing() const
{
    return std::any_of(m_topics.begin(), m_topics.end(),
                       [](const Topic &topic) { return topic.reading.empty(); });
}

rd_kafka_resp_err_t StreamPartitions::refresh(int timeoutMilliseconds)
{
    if (m_topics.empty() && m_pattern.isEmpty())
        return m_refusal;
    const auto metadata = m_pattern.isEmpty() ? fetchMetadata(m_client, nullptr, timeoutMilliseconds)
                                              : fetchClusterMetadata(m_client, timeoutMilliseconds);
    if (!metadata)
        return metadata.error();
    note(**metadata);
    const auto error = m_waiting.empty() ? RD_KAFKA_RESP_ERR_NO_ERROR : startWaiting(timeoutMilliseconds);
    tellWaiting();
    if (isAnyRead())
        return RD_KAFKA_RESP_ERR_NO_ERROR;
    return error ? error : m_waiting.empty() ? m_refusal : RD_KAFKA_RESP_ERR_NO_ERROR;
}

void StreamPartitions::tellWaiting()
{
    QList<PartitionBoard::Name> waiting;
    for (const Waiting &partition : m_waiting)
        waiting.append(
            {QString::fromUtf8(m_topics[partition.topic].name), partition.partition, partition.leader});
    m_board.setWaiting(waiting);
}

void StreamPartitions::noteEnds()
{
    for (const Topic &topic : m_topics) {
        for (const int partition : topic.reading) {
            int64_t low = 0;
            int64_t high = 0;
            // As the last answer to a fetch had it: no question is asked for this.
            if (rd_kafka_get_watermark_offsets(m_client, topic.name.constData(), partition, &low, &high)
                == RD_KAFKA_RESP_ERR_NO_ERROR)
                m_board.setEnd({topic.handle.get(), partition}, high);
        }
    }
}

void StreamPartitions::askEnds(int timeoutMilliseconds)
{
    const PartitionListHandle list(rd_kafka_topic_partition_list_new(0));
    for (const Topic &topic : m_topics) {
        for (const int partition : topic.reading)
            rd_kafka_topic_partition_list_add(list.get(), topic.name.constData(), partition)->offset
                = RD_KAFKA_OFFSET_END;
    }
    // Each leader is asked by itself; one that does not answer leaves an error at its partitions.
    if (list->cnt == 0
        || rd_kafka_offsets_for_times(m_client, list.get(), timeoutMilliseconds)
            != RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    for (const Topic &topic : m_topics) {
        for (const int partition : topic.reading) {
            const auto *found = rd_kafka_topic_partition_list_find(list.get(), topic.name.constData(),
                                                                   partition);
            if (found && found->err == RD_KAFKA_RESP_ERR_NO_ERROR && found->offset >= 0)
                m_board.setEnd({topic.handle.get(), partition}, found->offset);
        }
    }
}

bool StreamPartitions::isKnown(size_t topic, int partition) const
{
    const auto &reading = m_topics[topic].reading;
    return std::find(reading.begin(), reading.end(), partition) != reading.end();
}

void StreamPartitions::note(const rd_kafka_metadata_t &metadata)
{
    using Kind = StreamStart::Kind;
    const bool isLate = m_hasAnswer;
    const Kind start = isLate && (m_start.kind == Kind::End || m_start.kind == Kind::LastMessages)
        ? Kind::Beginning
        : m_start.kind;
    m_refusal = RD_KAFKA_RESP_ERR_NO_ERROR;
    std::map<std::pair<size_t, int>, StreamStart::Kind> before;
    for (const Waiting &waiting : m_waiting)
        before[{waiting.topic, waiting.partition}] = waiting.start;
    m_waiting.clear();
    for (int index = 0; index < metadata.topic_cnt; ++index) {
        const auto &answer = metadata.topics[index];
        const QByteArray name(answer.topic);
        if (!m_topicByName.contains(name) && m_pattern.matches(name))
            addTopic(name);
        const auto topic = m_topicByName.constFind(name);
        if (topic == m_topicByName.cend())
            continue;
        if (answer.err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED
            || answer.err == RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION)
            m_refusal = answer.err;
        for (int part = 0; part < answer.partition_cnt; ++part) {
            const auto &partition = answer.partitions[part];
            const bool isRead = m_partitions.isEmpty() || m_partitions.contains(partition.id);
            if (!isRead)
                continue;
            if (isKnown(*topic, partition.id)) {
                m_board.setLeader({m_topics[*topic].handle.get(), partition.id}, partition.leader);
                m_fetching.setLeader(name, partition.id, partition.leader);
                continue;
            }
            const auto earlier = before.find({*topic, partition.id});
            m_waiting.push_back(
                {*topic, partition.id, partition.leader, earlier == before.end() ? start : earlier->second});
        }
    }
    m_hasAnswer = true;
}

const char *StreamPartitions::nameOf(const Waiting &partition) const
{
    return rd_kafka_topic_name(m_topics[partition.topic].handle.get());
}

rd_kafka_resp_err_t StreamPartitions::offsetsFor(const std::vector<Waiting> &partitions, qint64 timestamp,
                                                 int timeoutMilliseconds,
                                                 std::vector<std::optional<qint64>> &offsets) const
{
    const PartitionListHandle list(rd_kafka_topic_partition_list_new(int(partitions.size())));
    for (const Waiting &waiting : partitions)
        rd_kafka_topic_partition_list_add(list.get(), nameOf(waiting), waiting.partition)->offset = timestamp;
    // The request behind this takes the two logical offsets as well as times, so that one question answers for
    // all partitions.
    const auto error = rd_kafka_offsets_for_times(m_client, list.get(), timeoutMilliseconds);
    offsets.assign(partitions.size(), std::nullopt);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return error;
    for (size_t index = 0; index < partitions.size(); ++index) {
        // The list may have been put in another order.
        const auto *found = rd_kafka_topic_partition_list_find(list.get(), nameOf(partitions[index]),
                                                               partitions[index].partition);
        if (found && found->err == RD_KAFKA_RESP_ERR_NO_ERROR)
            offsets[index] = found->offset;
    }
    return error;
}

// Leader by leader: the question to one that does not answer fails for all that it was asked about.
rd_kafka_resp_err_t StreamPartitions::startWaiting(int timeoutMilliseconds)
{
    std::map<int, std::vector<Waiting>> byLeader;
    for (const Waiting &waiting : m_waiting)
        byLeader[waiting.leader].push_back(waiting);
    std::vector<Waiting> still;
    auto error = RD_KAFKA_RESP_ERR_NO_ERROR;
    for (const auto &[leader, partitions] : byLeader) {
        if (leader < 0) // none just now
            still.insert(still.end(), partitions.begin(), partitions.end());
        else if (const auto failed = startOf(partitions, timeoutMilliseconds, still))
            error = failed;
    }
    m_waiting = std::move(still);
    return error;
}

rd_kafka_resp_err_t StreamPartitions::startOf(const std::vector<Waiting> &partitions, int timeoutMilliseconds,
                                              std::vector<Waiting> &still)
{
    std::vector<std::optional<qint64>> begins;
    std::vector<std::optional<qint64>> ends;
    std::vector<std::optional<qint64>> starts(partitions.size(), 0);
    std::vector<std::optional<qint64>> stops(partitions.size(), 0);
    auto error = offsetsFor(partitions, RD_KAFKA_OFFSET_END, timeoutMilliseconds, ends);
    if (!error)
        error = offsetsFor(partitions, RD_KAFKA_OFFSET_BEGINNING, timeoutMilliseconds, begins);
    if (!error && m_start.kind == StreamStart::Kind::Time)
        error = offsetsFor(partitions, milliseconds(m_start.time), timeoutMilliseconds, starts);
    if (!error && m_end.kind == StreamEnd::Kind::Time)
        error = offsetsFor(partitions, milliseconds(m_end.time), timeoutMilliseconds, stops);
    if (error) {
        still.insert(still.end(), partitions.begin(), partitions.end());
        return error;
    }
    for (size_t index = 0; index < partitions.size(); ++index) {
        const bool isResolved = begins[index] && ends[index] && starts[index] && stops[index];
        if (!isResolved
            || !start(partitions[index], {*begins[index], *ends[index], *starts[index], *stops[index]}))
            still.push_back(partitions[index]);
    }
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

bool StreamPartitions::start(const Waiting &partition, const Offsets &offsets)
{
    using Kind = StreamStart::Kind;
    const qint64 end = std::max(offsets.begin, offsets.end);
    qint64 begin = offsets.begin;
    switch (partition.start) {
    case Kind::Beginning:
        break;
    case Kind::End:
        begin = end;
        break;
    case Kind::LastMessages:
        begin = std::max(offsets.begin, end - std::max<qint64>(0, m_start.count));
        break;
    case Kind::Offset:
        begin = std::clamp(m_start.offset, offsets.begin, end);
        break;
    case Kind::Time:
        begin = offsets.start < 0 ? end : offsets.start; // negative: nothing that new
        break;
    }
    std::optional<qint64> stop;
    if (m_end.kind == StreamEnd::Kind::AtEnd)
        stop = end;
    else if (m_end.kind == StreamEnd::Kind::Time)
        stop = offsets.stop < 0 ? end : offsets.stop;
    else if (m_end.kind == StreamEnd::Kind::Offset)
        stop = std::clamp(m_end.offset, offsets.begin, end);
    Topic &topic = m_topics[partition.topic];
    // Known before its first message can arrive.
    m_board.add({topic.handle.get(), partition.partition},
                {QString::fromUtf8(topic.name), partition.partition, partition.leader}, begin, end, stop);
    m_fetching.setLeader(topic.name, partition.partition, partition.leader);
    topic.reading.push_back(partition.partition);
    if (stop && begin >= *stop)
        return true; // there is nothing to read
    if (rd_kafka_consume_start_queue(topic.handle.get(), partition.partition, begin, m_queue) == 0)
        return true;
    topic.reading.pop_back();
    return false;
}

} // namespace desk
