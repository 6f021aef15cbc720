// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageSending.h"

#include <QObject>

#include <memory>

namespace desk {

// sendMessages() on a thread of its own, for a window: one sending at a time, its counts as they come. The source
// is called on that thread, and captures values only. Lives on the GUI thread; nothing here waits for a broker.
class SendTask : public QObject
{
    Q_OBJECT

public:
    explicit SendTask(const BrokerSettings &brokers, QObject *parent = nullptr);
    ~SendTask() override; // cancels

    // Not while one is running.
    void start(MessageSource source, const SendOptions &options = {});
    // What is under way is still waited for, for two seconds at most.
    void cancel();

    [[nodiscard]] bool isRunning() const { return m_state != nullptr; }
    [[nodiscard]] const SendReport &report() const { return m_report; } // as of the last signal

Q_SIGNALS:
    void progressed();
    void finished(); // report().stopped says why, if it ended before all were sent

private:
    struct State;
    void take(const std::shared_ptr<State> &state);
    void forget();

    BrokerSettings m_brokers;
    std::shared_ptr<State> m_state; // of the running one; shared with its thread
    SendReport m_report;
};

} // namespace desk
