// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"
#include "models/workspace/Workspace.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace desk {

// How reading topics into the database is going.
struct IngestStatus {
    enum class State {
        Starting,
        NoTopics, // none of the entities' topics is there yet; it looks again
        Running,
        BrokerAway,
        DatabaseAway,
        Halted, // it needs a human; see the reason
        Stopped,
    };
    State state = State::Starting;
    QString reason;        // BrokerAway, DatabaseAway, Halted: a sentence
    IngestOutcome outcome; // since the start
    qint64 skipped = 0;    // this database's own events, lists, records sent on demand
    qint64 lag = 0;        // messages not taken in yet, of the partitions this process reads

    friend bool operator==(const IngestStatus &, const IngestStatus &) = default;
};

struct IngestOptions {
    QString consumerGroup;     // empty: one that belongs to this database
    bool fromBeginning = true; // of partitions that were never read
    int batchMessages = 10'000;
    qsizetype batchBytes = 16 * 1024 * 1024;
};

// Takes the messages of the entities' topics into the store. Records and positions change in one transaction,
// so every message takes effect once; several processes share the partitions by their consumer group.
// Blocking; runs on the thread that calls it, which must be the store's.
class Ingest
{
public:
    using StatusCallback = std::function<void(const IngestStatus &)>;

    // The callback runs on the calling thread, at every change of state and otherwise ten times a second.
    Ingest(Store &store, const BrokerSettings &brokers, const IngestOptions &options = {},
           StatusCallback status = {});
    ~Ingest();

    // Takes in what is there and returns at the end of every partition this process was given. Unreachable if
    // the broker does not answer within `timeoutMilliseconds`, or none came that long.
    [[nodiscard]] Expected<IngestStatus> runOnce(int timeoutMilliseconds = 60'000);
    // Runs until stopped. Fails only when the store does (Unreachable: open a new one and call again).
    [[nodiscard]] Expected<> run(const std::stop_token &stop);

    // The group of a database that is given none.
    [[nodiscard]] static QString groupOf(const QString &databaseId);

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

// Tries to apply these again, each as it would be applied now; what still fails stays with its new reason.
[[nodiscard]] Expected<IngestOutcome> retryPoison(Store &store, const QList<PoisonMessage> &messages);

} // namespace desk
