// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/Scene.h"

#include <QObject>

namespace desk::chaos {

// What may happen while messages are taken in. Every function is one fault; after each every message must
// have been applied once, or be listed as poison.
class IngestFaults : public QObject
{
    Q_OBJECT

public:
    explicit IngestFaults(World &world) : m_world(world) { }

private Q_SLOTS:
    void init() { m_world.brokerLine->set(Proxy::Line::Open); }

    void theIngestIsKilled_data() { onBoth(); }
    void theIngestIsKilled();
    void ofThreeIngestsOneIsKilled();
    void theBrokerIsRestarted();
    void theDatabaseIsRestarted();
    void connectionsToTheDatabaseAreCut();
    void theNetworkIsCutAndSlowed();
    void theSendersClockIsSetBack();
    void theDiskIsFull();

private:
    static void onBoth();

    World &m_world;
};

} // namespace desk::chaos
