// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/FetchQueue.h"
#include "kafka/StreamSession.h"
#include "kafka/TopicPattern.h"

#include <QHash>

#include <vector>

namespace desk {

// Finds the partitions of the topics to read, resolves where reading starts and ends in each to offsets, and sets
// each going into one queue. Uses librdkafka's direct consumption: no group, so no coordinator is asked and
// nothing is committed. A partition whose leader does not answer holds up no other. Blocking; one thread.
class StreamPartitions
{
public:
    // All outlive this.
    StreamPartitions(rd_kafka_t *client, rd_kafka_queue_t *queue, PartitionBoard &board, FetchQueue &fetching,
                     const StreamRequest &request, bool isEmbedded);
    // Stops what was set going.
    ~StreamPartitions();
    StreamPartitions(const StreamPartitions &) = delete;
    StreamPartitions &operator=(const StreamPartitions &) = delete;

    // Looks for partitions that are not read yet. The code if no broker answers, or if it lets us read none of
    // the topics.
    [[nodiscard]] rd_kafka_resp_err_t refresh(int timeoutMilliseconds);
    // Tells the board where the partitions end by now. Asks nobody.
    void noteEnds();
    // The same, of the brokers' own word: where nothing is fetched, for a pause, no answer brings it along.
    void askEnds(int timeoutMilliseconds);
    // Every partition that is known is being read.
    [[nodiscard]] bool isComplete() const { return m_hasAnswer && m_waiting.empty(); }
    [[nodiscard]] bool isAnyRead() const;
    // A topic that was named is not there yet.
    [[nodiscard]] bool isTopicMissing() const;
    // Messages before this time, or as late as the other (milliseconds since 1970), are to be left out; 0: none.
    // For a broker that cannot find an offset by time.
    [[nodiscard]] qint64 notBefore() const { return m_notBefore; }
    [[nodiscard]] qint64 notFrom() const { return m_notFrom; }

private:
    struct Topic {
        TopicHandle handle;
        QByteArray name;
        std::vector<int> reading;
    };
    // A partition that was there at the first answer starts where the request says; one that came later
    // holds nothing older than the request.
    struct Waiting {
        size_t topic = 0;
        int partition = 0;
        int leader = -1;
        StreamStart::Kind start = StreamStart::Kind::End;
    };
    struct Offsets {
        qint64 begin = 0;
        qint64 end = 0;
        qint64 start = 0; // by time
        qint64 stop = 0;  // by time
    };

    void addTopic(const QByteArray &name);
    void note(const rd_kafka_metadata_t &metadata);
    void tellWaiting();
    [[nodiscard]] rd_kafka_resp_err_t startWaiting(int timeoutMilliseconds);
    // Of partitions of one leader, by timestamp, or by RD_KAFKA_OFFSET_BEGINNING or _END. Negative where there is
    // nothing that late; no value where it could not be found.
    [[nodiscard]] rd_kafka_resp_err_t offsetsFor(const std::vector<Waiting> &partitions, qint64 timestamp,
                                                 int timeoutMilliseconds,
                                                 std::vector<std::optional<qint64>> &offsets) const;
    [[nodiscard]] rd_kafka_resp_err_t startOf(const std::vector<Waiting> &partitions, int timeoutMilliseconds,
                                              std::vector<Waiting> &still);
    [[nodiscard]] bool start(const Waiting &partition, const Offsets &offsets);
    [[nodiscard]] bool isKnown(size_t topic, int partition) const;
    [[nodiscard]] const char *nameOf(const Waiting &partition) const;

    rd_kafka_t *m_client;
    rd_kafka_queue_t *m_queue;
    PartitionBoard &m_board;
    FetchQueue &m_fetching;
    StreamStart m_start;
    StreamEnd m_end;
    TopicPattern m_pattern; // of further topics
    QList<int> m_partitions;
    qint64 m_notBefore = 0;
    qint64 m_notFrom = 0;
    std::vector<Topic> m_topics;
    QHash<QByteArray, size_t> m_topicByName;
    std::vector<Waiting> m_waiting;
    bool m_hasAnswer = false;
    rd_kafka_resp_err_t m_refusal = RD_KAFKA_RESP_ERR_NO_ERROR;
};

} // namespace desk
