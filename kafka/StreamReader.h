// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/BrokerHealth.h"
#include "kafka/StreamPartitions.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace desk {

class FetchQueue;

// The threads behind a StreamSession: one that looks after partitions and the broker's health, one that
// takes batches from the client's queue into the log. Held by shared_ptr from both sides, because ending a
// client can take longer than the window may wait: after stop() nothing is appended or reported any more,
// and the threads end by themselves.
class StreamReader : public std::enable_shared_from_this<StreamReader>
{
public:
    // Called on the reader's own thread.
    using Report = std::function<void(StreamSession::State, const Error &)>;

    StreamReader(const BrokerSettings &brokers, std::shared_ptr<MessageLog> log, const StreamRequest &request,
                 Report report);
    ~StreamReader();

    void start();
    // Any thread but the reader's own. Waits for the threads, but not for long.
    void stop();
    void setPaused(bool isPaused);

    [[nodiscard]] qint64 messages() const { return m_messages; } // read since start()
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] StreamProgress progress() const { return m_board.progress(); }
    [[nodiscard]] QList<PartitionReading> partitions() const { return m_board.partitions(); }
    [[nodiscard]] ReadingSample takeSample(qsizetype worst) { return m_board.takeSample(worst); }

private:
    void lookAfter();
    void lookAfterPartitions(rd_kafka_queue_t *events, StreamPartitions &partitions,
                             const FetchQueue &fetching);
    void read(rd_kafka_queue_t *queue, FetchQueue &fetching);
    void take(std::span<rd_kafka_message_t *const> messages);
    [[nodiscard]] bool isWanted(const rd_kafka_message_t &message, qint64 timestamp);
    void noteReached();
    void say(StreamSession::State state, const Error &error = {});
    void drainEvents(rd_kafka_queue_t *events, BrokerHealth &health);
    // False once stopping. Not so long if what was fetched ahead runs low.
    bool waitFor(std::chrono::milliseconds time);
    bool takeLow();
    bool isPaused();

    BrokerSettings m_brokers;
    std::shared_ptr<MessageLog> m_log;
    StreamRequest m_request;
    Report m_report;
    std::atomic<qint64> m_messages = 0;
    std::atomic<qint64> m_bytes = 0;
    std::atomic<qint64> m_notBefore = 0;
    std::atomic<qint64> m_notFrom = 0;
    PartitionBoard m_board;

    std::mutex m_mutex; // guards what follows, and appending against stop()
    std::condition_variable m_changed;
    bool m_isStopping = false;
    bool m_isPaused = false;
    bool m_isLow = false; // fetching is to be woken
    bool m_hasEnded = false;
    std::thread m_thread;

    // The reading thread's scratch.
    std::vector<MessageView> m_views;
    std::vector<HeaderView> m_headers;
    struct Reading {
        quint32 topic = 0; // in the log
        std::optional<qint64> stop;
        qint64 next = -1; // since the board was told; -1: nothing
        PartitionBoard::Met met = PartitionBoard::Met::Message;
        qint64 messages = 0; // into the log since the board was told
        qint64 bytes = 0;
        qint64 largest = 0;
    };
    Reading &readingOf(const rd_kafka_message_t &message);
    std::map<PartitionBoard::Partition, Reading> m_reading;
    std::pair<PartitionBoard::Partition, Reading *> m_lastReading{};
};

} // namespace desk
