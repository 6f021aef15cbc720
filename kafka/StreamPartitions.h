// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/KafkaClient.h"
#include "kafka/StreamSession.h"

#include <map>
#include <vector>

namespace desk {

// Finds the partitions of the topics to read, resolves where reading starts in each to an offset, and sets
// each going into one queue. Uses librdkafka's direct consumption: no group, so no coordinator is asked and
// nothing is committed. Blocking; one thread.
class StreamPartitions
{
public:
    // Both outlive this.
    StreamPartitions(rd_kafka_t *client, rd_kafka_queue_t *queue, const StreamRequest &request,
                     bool isEmbedded);
    // Stops what was set going.
    ~StreamPartitions();
    StreamPartitions(const StreamPartitions &) = delete;
    StreamPartitions &operator=(const StreamPartitions &) = delete;

    // Looks for partitions that are not read yet. The code if the broker does not answer, or if it lets us
    // read none of the topics.
    [[nodiscard]] rd_kafka_resp_err_t refresh(int timeoutMilliseconds);
    // Every partition that is known is being read.
    [[nodiscard]] bool isComplete() const { return m_hasAnswer && m_waiting.empty(); }
    // Messages before this time (milliseconds since 1970) are to be left out; 0: none. For a broker that
    // cannot find an offset by time.
    [[nodiscard]] qint64 notBefore() const { return m_notBefore; }

private:
    struct Topic {
        TopicHandle handle;
        QString name;
        std::vector<int> reading;
    };
    // A partition that was there at the first answer starts where the request says; one that came later
    // holds nothing older than the request.
    struct Waiting {
        size_t topic = 0;
        int partition = 0;
        StreamStart::Kind start = StreamStart::Kind::End;
    };

    void note(const rd_kafka_metadata_t &metadata);
    [[nodiscard]] rd_kafka_resp_err_t startWaiting(int timeoutMilliseconds);
    // Offsets of the waiting partitions by timestamp, or by RD_KAFKA_OFFSET_BEGINNING or _END.
    [[nodiscard]] rd_kafka_resp_err_t offsetsFor(qint64 timestamp, int timeoutMilliseconds,
                                                 std::vector<qint64> &offsets) const;
    [[nodiscard]] bool isKnown(size_t topic, int partition) const;

    rd_kafka_t *m_client;
    rd_kafka_queue_t *m_queue;
    StreamStart m_start;
    qint64 m_notBefore = 0;
    std::vector<Topic> m_topics;
    std::vector<Waiting> m_waiting;
    bool m_hasAnswer = false;
    rd_kafka_resp_err_t m_refusal = RD_KAFKA_RESP_ERR_NO_ERROR;
};

} // namespace desk
