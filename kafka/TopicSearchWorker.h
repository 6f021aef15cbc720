// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/BrokerHealth.h"
#include "kafka/TopicPattern.h"
#include "kafka/TopicSearch.h"

#include <condition_variable>
#include <limits>
#include <map>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

namespace desk {

class FetchQueue;

// The thread behind a TopicSearch. Held by shared_ptr from both sides, because ending a client can take longer
// than the window may wait: after stop() nothing is added to the matches any more, and the thread ends by
// itself. What it has to tell is looked at, never sent.
class TopicSearchWorker : public std::enable_shared_from_this<TopicSearchWorker>
{
public:
    struct Told {
        TopicSearch::State state = TopicSearch::State::Running;
        Error error;
        TopicSearchProgress progress;
    };

    TopicSearchWorker(const BrokerSettings &brokers, const TopicSearchRequest &request,
                      std::unique_ptr<MessageFilter> filter, std::shared_ptr<MessageLog> matches);
    ~TopicSearchWorker();

    void start();
    // Any thread but its own. After it nothing is added to the matches any more.
    void requestStop();
    [[nodiscard]] bool hasEnded() const;
    // The same, and waits for the thread, but not for long.
    void stop();
    [[nodiscard]] Told told() const;

private:
    static constexpr int AskingMilliseconds = 1000;

    using Partition = TopicSearchProgress::Partition;
    struct Topic {
        TopicHandle handle;
        QString name;
        quint32 id = 0;                      // in the log of the matches
        std::map<qint32, size_t> partitions; // places in the progress
        std::map<qint32, int> leaders;       // of the partitions
        bool isThere = false;
    };

    void run();
    [[nodiscard]] bool find(rd_kafka_t *client, BrokerHealth &health);
    [[nodiscard]] rd_kafka_resp_err_t findPartitions(rd_kafka_t *client);
    [[nodiscard]] rd_kafka_resp_err_t findOffsets(rd_kafka_t *client);
    [[nodiscard]] rd_kafka_resp_err_t offsetsFor(rd_kafka_t *client, qint64 timestamp,
                                                 std::vector<qint64> &offsets) const;
    void addTopic(rd_kafka_t *client, const QString &name);
    [[nodiscard]] QString nothingToSearch() const; // why
    struct Offsets {
        std::vector<qint64> begins;
        std::vector<qint64> ends;
        std::vector<qint64> starts; // by time; empty: not asked for
        std::vector<qint64> stops;  // the same
    };
    void place(const Offsets &offsets);
    [[nodiscard]] qint64 beginOf(size_t place, const Offsets &offsets) const;
    [[nodiscard]] qint64 endOf(size_t place, const Offsets &offsets) const;
    void read(rd_kafka_t *client, rd_kafka_queue_t *queue, BrokerHealth &health);
    void startPartitions(rd_kafka_queue_t *queue);
    void noteLeaders(FetchQueue &fetching) const;
    void stopPartitions();
    void take(std::span<rd_kafka_message_t *const> messages);
    void lookAt(const rd_kafka_message_t &message, const Topic &topic, Partition &partition);
    void finish(const Topic &topic, Partition &partition, const QString &problem = {});
    [[nodiscard]] Topic *topicOf(rd_kafka_topic_t *handle);

    [[nodiscard]] bool isStopping() const;
    [[nodiscard]] bool isFull() const { return m_progress.found >= m_request.mostMatches; }
    [[nodiscard]] bool isDone() const;
    // False once stopping.
    [[nodiscard]] bool waitFor(std::chrono::milliseconds time);
    void tell(TopicSearch::State state, const Error &error = {});
    void tellNowAndThen();

    BrokerSettings m_brokers;
    TopicSearchRequest m_request;
    std::unique_ptr<MessageFilter> m_filter;
    std::shared_ptr<MessageLog> m_matches;

    // The thread's own.
    std::vector<Topic> m_topics;
    std::map<rd_kafka_topic_t *, Topic *> m_byHandle;
    std::vector<HeaderView> m_headers;
    TopicSearchProgress m_progress;
    TopicPattern m_pattern;                                // of further topics
    qint64 m_notBefore = 0;                                // messages of an earlier time are passed over,
    qint64 m_notFrom = std::numeric_limits<qint64>::max(); // and those of that time or later
    std::chrono::steady_clock::time_point m_lastTold;

    mutable std::mutex m_mutex; // guards what follows, and adding to the matches against stop()
    std::condition_variable m_changed;
    Told m_told;
    bool m_isStopping = false;
    bool m_hasEnded = false;
    std::thread m_thread;
};

} // namespace desk
