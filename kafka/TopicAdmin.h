// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"
#include "models/workspace/Workspace.h"

#include <QList>
#include <QStringList>

namespace desk {

struct TopicInfo {
    QString name;
    int partitions = 0;
    int replicas = 0;
    bool isInternal = false;
    QString problem; // e.g. no leader; or empty
};

struct ClusterInfo {
    QStringList brokers;     // "host:port"
    QList<TopicInfo> topics; // by name
};

// Every topic of every entity, sorted.
[[nodiscard]] QStringList topicsOf(const EntityCatalog &catalog);

// Asks the cluster about topics and creates them. Blocking calls (each bounded by the timeout): not for the GUI
// thread. Works on the embedded broker too.
class TopicAdmin
{
public:
    explicit TopicAdmin(const BrokerSettings &brokers);
    ~TopicAdmin();

    [[nodiscard]] Expected<ClusterInfo> cluster(int timeoutMilliseconds = 5'000);
    // Creates those that are missing, with the workspace's partitions and replicas; "already exists" is
    // no error.
    [[nodiscard]] Expected<> createMissing(const QStringList &topics, int timeoutMilliseconds = 10'000);

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace desk
