// SPDX-License-Identifier: GPL-3.0-or-later
// What a search looks through: its topics, their partitions, and from which offset to which in each.
#include "kafka/TopicSearchWorker.h"

#include <algorithm>

namespace desk {
namespace {

constexpr qint64 Unresolved = -1001; // no offset and none of librdkafka's logical ones

} // namespace

void TopicSearchWorker::addTopic(rd_kafka_t *client, const QString &name)
{
    TopicHandle handle(rd_kafka_topic_new(client, name.toUtf8().constData(), nullptr));
    if (handle)
        m_topics.push_back({std::move(handle), name, m_matches->topicId(name), {}, {}});
}

QString TopicSearchWorker::nothingToSearch() const
{
    const bool isThere = std::any_of(m_topics.cbegin(), m_topics.cend(),
                                     [](const Topic &topic) { return topic.isThere; });
    if (isThere)
        return QStringLiteral("None of the topics has one of the partitions that were asked for.");
    QStringList names = m_request.topics;
    if (!m_pattern.isEmpty())
        names.append(QStringLiteral("like %1").arg(m_request.pattern));
    return QStringLiteral("There is no topic %1 to search.").arg(names.join(u", "));
}

rd_kafka_resp_err_t TopicSearchWorker::findPartitions(rd_kafka_t *client)
{
    if (m_topics.empty() && m_pattern.isEmpty())
        return RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION;
    const auto metadata = m_pattern.isEmpty() ? fetchMetadata(client, nullptr, AskingMilliseconds)
                                              : fetchClusterMetadata(client, AskingMilliseconds);
    if (!metadata)
        return metadata.error();
    for (int index = 0; index < (*metadata)->topic_cnt; ++index) {
        const QByteArray name((*metadata)->topics[index].topic);
        const bool isKnown = std::any_of(m_topics.cbegin(), m_topics.cend(), [&](const Topic &topic) {
            return name == rd_kafka_topic_name(topic.handle.get());
        });
        if (!isKnown && m_pattern.matches(name))
            addTopic(client, QString::fromUtf8(name));
    }
    m_progress.partitions.clear();
    rd_kafka_resp_err_t refusal = RD_KAFKA_RESP_ERR_NO_ERROR;
    for (Topic &topic : m_topics) {
        topic.partitions.clear();
        topic.leaders.clear();
        topic.isThere = false;
        for (int index = 0; index < (*metadata)->topic_cnt; ++index) {
            const auto &answer = (*metadata)->topics[index];
            if (qstrcmp(rd_kafka_topic_name(topic.handle.get()), answer.topic) != 0)
                continue;
            if (answer.err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED
                || answer.err == RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION)
                refusal = answer.err;
            topic.isThere = answer.partition_cnt > 0;
            for (int part = 0; part < answer.partition_cnt; ++part) {
                const QList<int> &wanted = m_request.partitions;
                if (!wanted.isEmpty() && !wanted.contains(answer.partitions[part].id))
                    continue;
                topic.partitions[answer.partitions[part].id] = size_t(m_progress.partitions.size());
                topic.leaders[answer.partitions[part].id] = answer.partitions[part].leader;
                m_progress.partitions.append(Partition{
                    .topic = topic.name, .partition = answer.partitions[part].id, .end = Unresolved});
            }
        }
    }
    return refusal;
}

rd_kafka_resp_err_t TopicSearchWorker::offsetsFor(rd_kafka_t *client, qint64 timestamp,
                                                  std::vector<qint64> &offsets) const
{
    const auto &partitions = m_progress.partitions;
    const PartitionListHandle list(rd_kafka_topic_partition_list_new(int(partitions.size())));
    for (const Partition &partition : partitions)
        rd_kafka_topic_partition_list_add(list.get(), partition.topic.toUtf8().constData(),
                                          partition.partition)
            ->offset
            = timestamp;
    // The request behind this takes the two logical offsets as well as times: one question per broker.
    const auto error = rd_kafka_offsets_for_times(client, list.get(), AskingMilliseconds);
    offsets.assign(size_t(partitions.size()), Unresolved);
    for (qsizetype index = 0; index < partitions.size(); ++index) {
        const auto *found = rd_kafka_topic_partition_list_find(
            list.get(), partitions[index].topic.toUtf8().constData(), partitions[index].partition);
        if (found && found->err == RD_KAFKA_RESP_ERR_NO_ERROR && error == RD_KAFKA_RESP_ERR_NO_ERROR)
            offsets[size_t(index)] = found->offset;
    }
    return error;
}

rd_kafka_resp_err_t TopicSearchWorker::findOffsets(rd_kafka_t *client)
{
    const auto milliseconds = [](const QDateTime &time) {
        return std::max<qint64>(0, time.toMSecsSinceEpoch());
    };
    Offsets offsets;
    auto error = offsetsFor(client, RD_KAFKA_OFFSET_BEGINNING, offsets.begins);
    if (!error)
        error = offsetsFor(client, RD_KAFKA_OFFSET_END, offsets.ends);
    // The embedded broker finds no offset by time: what is out of it is passed over instead.
    if (m_request.start.kind == StreamStart::Kind::Time) {
        m_notBefore = milliseconds(m_request.start.time);
        if (!error && !m_brokers.embedded)
            error = offsetsFor(client, m_notBefore, offsets.starts);
    }
    if (m_request.end.kind == StreamEnd::Kind::Time) {
        m_notFrom = milliseconds(m_request.end.time);
        if (!error && !m_brokers.embedded)
            error = offsetsFor(client, m_notFrom, offsets.stops);
    }
    if (!error)
        place(offsets);
    return error;
}

void TopicSearchWorker::place(const Offsets &offsets)
{
    const auto isResolved = [](const std::vector<qint64> &found, size_t place) {
        return found.empty() || found[place] != Unresolved;
    };
    for (qsizetype index = 0; index < m_progress.partitions.size(); ++index) {
        const auto place = size_t(index);
        const bool isKnown = isResolved(offsets.begins, place) && isResolved(offsets.ends, place)
            && isResolved(offsets.starts, place) && isResolved(offsets.stops, place);
        if (!isKnown)
            continue;
        Partition &partition = m_progress.partitions[index];
        partition.begin = beginOf(place, offsets);
        partition.end = std::max(partition.begin, endOf(place, offsets));
        partition.next = partition.begin;
    }
}

qint64 TopicSearchWorker::beginOf(size_t place, const Offsets &offsets) const
{
    const qint64 begin = offsets.begins[place];
    const qint64 end = std::max(begin, offsets.ends[place]);
    const StreamStart &start = m_request.start;
    switch (start.kind) {
    case StreamStart::Kind::Beginning:
        break;
    case StreamStart::Kind::End:
        return end;
    case StreamStart::Kind::LastMessages:
        return std::max(begin, end - start.count);
    case StreamStart::Kind::Offset:
        return std::clamp(start.offset, begin, end);
    case StreamStart::Kind::Time:
        if (!offsets.starts.empty()) // negative: nothing that new
            return offsets.starts[place] < 0 ? end : offsets.starts[place];
        break;
    }
    return begin;
}

qint64 TopicSearchWorker::endOf(size_t place, const Offsets &offsets) const
{
    const qint64 end = offsets.ends[place];
    if (m_request.end.kind == StreamEnd::Kind::Offset)
        return std::min(m_request.end.offset, end);
    if (!offsets.stops.empty() && offsets.stops[place] >= 0) // negative: nothing that late
        return std::min(offsets.stops[place], end);
    return end;
}

} // namespace desk
