// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"
#include "models/workspace/Workspace.h"

#include <QObject>
#include <QSet>

#include <functional>
#include <memory>
#include <stop_token>

namespace desk {

// How the relay is doing.
struct RelayStatus {
    enum class State {
        Starting,   // also: holds the lock, and the broker has not answered yet
        StandingBy, // another relay holds this database's lock
        Running,
        BrokerAway,   // events wait; it tries on
        RegistryAway, // events that need a schema registry wait, the others are published; it tries on
        DatabaseAway,
        Stopped,
    };
    State state = State::Starting;
    // BrokerAway, RegistryAway, DatabaseAway: a sentence; Running: why it goes no further; StandingBy: why it does
    // not take over from a relay that hangs.
    QString reason;
    qint64 published = 0; // events acknowledged since the start
    qint64 refused = 0;
    qint64 cursor = 0;

    friend bool operator==(const RelayStatus &, const RelayStatus &) = default;
};

// What is published, and how much may be on its way. A value.
struct RelayOptions {
    // Changes that came from topics are not sent back to them.
    QSet<Origin> origins{Origin::Desk, Origin::Sync, Origin::Other};
    QStringList quietEntities;  // entities that another service publishes itself
    int eventsInFlight = 5'000; // more would fall out of the processor's cache
    qsizetype bytesInFlight = 16 * 1024 * 1024;
    int idleMilliseconds = 500; // between two looks at an idle journal
    // When stopped: how long to wait for events that are on their way. 0 leaves them to the next relay.
    int drainMilliseconds = 0;
};

// Publishes the journal to the topics of the entities' contracts: reads by position, produces with
// idempotence and acks=all, moves the cursor over contiguous acknowledged positions only. One relay works at
// a time per database; the others stand by. Blocking; runs on the thread that calls it, which must be the
// store's. For the window's own thread see RelayThread.
class Relay
{
public:
    using StatusCallback = std::function<void(const RelayStatus &)>;

    // The callback runs on the relay's thread, at every change of state and otherwise ten times a second.
    Relay(Store &store, const BrokerSettings &brokers, StatusCallback status = {},
          const RelayOptions &options = {});
    ~Relay();

    // Publishes what is there and returns when every event up to the head seen at the start is
    // acknowledged or refused, by this relay or by the one that holds the lock. Unreachable if the broker
    // did not take them within `timeoutMilliseconds`; the schema registry's error if only events that need
    // it are left and waiting would not help.
    [[nodiscard]] Expected<RelayStatus> runOnce(int timeoutMilliseconds = 60'000);
    // Runs until stopped. Fails only when the store does (Unreachable: open a new one and call again).
    [[nodiscard]] Expected<> run(std::stop_token stop);
    // Look at the journal now rather than at the next poll. Any thread.
    void wake();

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

// A relay on a thread of its own, with a store of its own, that opens the database again when it is lost.
// Lives on the GUI thread.
class RelayThread : public QObject
{
    Q_OBJECT

public:
    using Opener = std::function<Expected<std::unique_ptr<Store>>()>;

    RelayThread(Opener opener, const BrokerSettings &brokers, QObject *parent = nullptr,
                const RelayOptions &options = {});
    ~RelayThread() override; // stops within a second; what is not acknowledged is published next time

    void start();
    void wake();
    [[nodiscard]] const RelayStatus &status() const { return m_status; }

Q_SIGNALS:
    void statusChanged(const desk::RelayStatus &status);

private:
    RelayStatus m_status;
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace desk

Q_DECLARE_METATYPE(desk::RelayStatus)
