// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/BrokerHealth.h"

#include <functional>
#include <map>
#include <vector>

namespace desk {

struct MessageDeleter {
    void operator()(rd_kafka_message_t *message) const { rd_kafka_message_destroy(message); }
};
using MessageHandle = std::unique_ptr<rd_kafka_message_t, MessageDeleter>;

// A member of a consumer group whose positions are kept by someone else, in the transaction that takes the
// messages in: asked for when partitions come, never read from the broker. Tells the broker afterwards, for
// those who look at lag there. One thread.
class GroupConsumer
{
public:
    using Place = std::pair<QString, int>; // topic, partition
    // The next offset to read of each of these; negative: the first that there is. Asked while messages are
    // waited for. Where it fails, so does reading.
    using PositionLookup = std::function<Expected<std::map<Place, qint64>>(const std::vector<Place> &)>;

    [[nodiscard]] static Expected<std::unique_ptr<GroupConsumer>> open(const BrokerSettings &settings,
                                                                       const QString &group,
                                                                       PositionLookup positions);
    ~GroupConsumer(); // leaves the group
    GroupConsumer(const GroupConsumer &) = delete;
    GroupConsumer &operator=(const GroupConsumer &) = delete;

    [[nodiscard]] Expected<> subscribe(const QStringList &topics);
    // Waits for the first message and takes what else is there, at most so many and so many bytes.
    [[nodiscard]] std::vector<MessageHandle> poll(int most, qsizetype mostBytes, int timeoutMilliseconds);
    void tellBroker(const Place &place, qint64 next);
    // The offset that the next message of this partition will get. Blocking.
    [[nodiscard]] Expected<qint64> endOf(const Place &place, int timeoutMilliseconds = 10'000) const;

    // Reading cannot go on; make a new consumer once it is mended.
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    [[nodiscard]] bool isAssigned() const { return m_isAssigned; } // also to no partition at all
    // Every partition that is assigned has been read to the end it had when it was last asked.
    [[nodiscard]] bool isAtEnd() const;
    [[nodiscard]] qint64 lag() const; // messages not handed out yet, as far as the client knows
    [[nodiscard]] BrokerHealth &health() { return m_health; }
    [[nodiscard]] rd_kafka_t *client() const { return m_client.get(); }

private:
    GroupConsumer(const BrokerSettings &settings, PositionLookup positions);
    static void rebalance(rd_kafka_t *client, rd_kafka_resp_err_t code,
                          rd_kafka_topic_partition_list_t *partitions, void *opaque);
    static void noteError(rd_kafka_t *client, int code, const char *reason, void *opaque);
    void assign(rd_kafka_topic_partition_list_t *partitions);
    // Keeps a message; notes an end or an error.
    void sort(MessageHandle message, std::vector<MessageHandle> &messages);

    struct Reading {
        qint64 next = -1;
        bool isAtEnd = false;
    };

    ClientHandle m_client;
    PositionLookup m_positions;
    bool m_isAssigned = false;
    BrokerHealth m_health;
    std::optional<Error> m_problem;
    std::map<Place, Reading> m_reading;
};

} // namespace desk
