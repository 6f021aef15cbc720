// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/Producer.h"
#include "kafka/Relay.h"
#include "kafka/RelayFraming.h"
#include "kafka/RelayWaker.h"
#include "kafka/RelayWindow.h"

#include <chrono>

namespace desk {

// The relay's work while it holds the lock: fills the window from the journal, sees to the topics, sends,
// takes deliveries, moves the cursor. When the producer cannot go on (or a batch of many is refused) it is
// thrown away and everything unsettled is sent again in order, with the same event ids. One thread.
class RelayEngine
{
public:
    RelayEngine(Store &store, const BrokerSettings &brokers, const RelayOptions &options, RelayWaker &waker,
                RelayStatus &status);
    ~RelayEngine();

    // Begins at the cursor. Call once the lock is held.
    [[nodiscard]] Expected<> begin();
    // One round; waits a while if there is nothing to do. Fails only when the store does.
    [[nodiscard]] Expected<> step(const std::stop_token &stop);

    // Sends nothing more and waits for what is on its way, at most so long; notes how far it got.
    [[nodiscard]] Expected<> drain(std::chrono::milliseconds time);

    // Everything read so far is settled, and every decision on refused events carried out.
    [[nodiscard]] bool isIdle() const { return m_window.size() == 0 && !m_isReleasing; }
    // Why nothing behind the last settled entry can be published here, or empty.
    [[nodiscard]] const QString &obstacle() const { return m_obstacle; }
    // The journal has been read to its end at least once since begin(), up to this position.
    [[nodiscard]] std::optional<qint64> head() const { return m_head; }
    // Why the rest cannot be published however long one waits: only events for a schema registry are left,
    // and it answers, but not as it should. Empty otherwise.
    [[nodiscard]] std::optional<Error> hopeless() const;

private:
    using Clock = std::chrono::steady_clock;

    bool makeProducer();
    [[nodiscard]] Expected<> fill();
    [[nodiscard]] bool isSkipped(const JournalEntry &entry) const;
    [[nodiscard]] QString obstacleTo(const JournalEntry &entry) const;
    void addEntry(const JournalEntry &entry);
    bool seeToTopics(const std::stop_token &stop);
    void send();
    [[nodiscard]] bool hasRoom() const;
    void take(const Producer::Delivery &delivery);
    void takeFailure(RelayWindow::Item &item, rd_kafka_resp_err_t code);
    void watchHealth();
    void renew(const Error &reason);
    enum class Advance { WhenWorthwhile, Now };
    [[nodiscard]] Expected<> advance(Advance when);
    [[nodiscard]] Expected<> noticeDecisions();
    [[nodiscard]] Expected<> release();
    [[nodiscard]] bool isCareful() const;
    [[nodiscard]] int waitingTime() const;
    void setAway(const Error &error);

    Store &m_store;
    BrokerSettings m_brokers;
    RelayOptions m_options;
    RelayWaker &m_waker;
    RelayStatus &m_status;
    EventEncoder m_encoder;
    RelayWindow m_window;
    RelayFraming m_framing;
    std::unique_ptr<Producer> m_producer; // refers to the window's items: goes first
    qint64 m_readPosition = 0;
    std::optional<qint64> m_head;
    bool m_hasMore = true;
    QString m_obstacle;
    Clock::time_point m_lastRead;
    Clock::time_point m_lastAsked{}; // for decisions
    Clock::time_point m_lastAdvance;
    Clock::time_point m_lastProbe;
    Clock::time_point m_lastProgress;
    qint64 m_publishedSeen = 0; // when it was looked last whether there is progress

    QSet<QString> m_topics;        // known to be there
    QSet<QString> m_missingTopics; // to be seen to
    struct RefusedTopic {
        QString sentence;
        Clock::time_point since;
    };
    std::unordered_map<QString, RefusedTopic> m_refusedTopics;
    QHash<QString, int> m_timesMissing;
    // Up to this position events go one at a time, to find the one that was refused among many.
    qint64 m_carefulUntil = 0;
    int m_batchBytes = Producer::DefaultBatchBytes;
    std::optional<Error> m_renewal; // why the producer is to be thrown away
    int m_renewals = 0;             // since the last acknowledgement
    bool m_hasAnswered = false;     // the broker, since begin()

    qint64 m_lastDecision = -1; // on refused events, that has been seen
    // Decisions are to be carried out: the journal is not read on until the released events are settled,
    // so that no later event of their records can overtake them.
    bool m_isReleasing = false;
    bool m_holdsReleased = false; // the window holds released events, not the journal's next
};

} // namespace desk
