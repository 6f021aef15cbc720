// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/Scene.h"

#include <QObject>

namespace desk::chaos {

// What may happen while changes are made and published. Every function is one fault; after each the Checker
// must have no findings.
class RelayFaults : public QObject
{
    Q_OBJECT

public:
    explicit RelayFaults(World &world) : m_world(world) { }

private Q_SLOTS:
    void init() { m_world.brokerLine->set(Proxy::Line::Open); }

    void theRelayIsKilled_data() { onBoth(); }
    void theRelayIsKilled();
    void editsAreKilled_data() { onBoth(); }
    void editsAreKilled();
    void ofThreeRelaysOneIsKilled_data() { onBoth(); }
    void ofThreeRelaysOneIsKilled();
    void theWorkingRelayHangs();
    void theBrokerIsRestarted();
    void theBrokerIsAwayForLongerThanMessagesLive();
    void aTopicIsDeleted();
    void anEventIsTooLarge();
    void theRegistryIsRestarted();
    void theNetworkIsCutAndSlowed();
    void theDatabaseIsRestarted();
    void connectionsToTheDatabaseAreCut();
    void theNetworkVanishes();
    void aTransactionElsewhereCommitsLate();
    void theDiskIsFull();
    void theClockIsSetBack_data() { onBoth(); }
    void theClockIsSetBack();

private:
    static void onBoth();

    World &m_world;
};

} // namespace desk::chaos
