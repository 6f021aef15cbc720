// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/Workspace.h"

#include <QObject>

namespace desk {

// What a test found. The sentence says it whole: what answered, or what failed and what to do.
struct TestOutcome {
    bool isFine = false;
    QString sentence;
};

// Tries a workspace's database and brokers, each by itself and off the GUI thread, and says of each what
// failed: no such host, wrong password, no such database, broker away. Changes nothing on either. A new
// start() forgets the answers that are still on their way. GUI thread.
class ConnectionTest : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void start(const Workspace &workspace);
    [[nodiscard]] bool isRunning() const { return m_pending > 0; }

    // Blocking; any thread.
    [[nodiscard]] static TestOutcome testDatabase(const DatabaseSettings &settings);
    [[nodiscard]] static TestOutcome testBrokers(const BrokerSettings &settings);

Q_SIGNALS:
    void databaseTested(const desk::TestOutcome &outcome);
    void brokersTested(const desk::TestOutcome &outcome);
    void finished();

private:
    void answered();

    quint64 m_run = 0;
    int m_pending = 0;
};

} // namespace desk
