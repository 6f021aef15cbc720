// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/AdminOutcome.h"
#include "kafka/TopicConfiguration.h"
#include "models/schema/EntityCatalog.h"

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

// A topic to be created.
struct NewTopic {
    QString name;
    int partitions = 1;
    int replicas = 1;
    QMap<QString, QString> configuration; // what differs from the broker's own
};

// Every topic of every entity, sorted.
[[nodiscard]] QStringList topicsOf(const EntityCatalog &catalog);

// Asks the cluster about topics, creates, changes and removes them. Blocking calls (each bounded by the
// timeout): not for the GUI thread; one thread at a time. The calls that change anything are refused as
// mayAdminister() says, but for createMissing(), which works on the embedded broker too.
class TopicAdmin
{
public:
    explicit TopicAdmin(const BrokerSettings &brokers);
    ~TopicAdmin();

    [[nodiscard]] Expected<ClusterInfo> cluster(int timeoutMilliseconds = 5'000);
    // Creates those that are missing, with the workspace's partitions and replicas; "already exists" is
    // no error.
    [[nodiscard]] Expected<> createMissing(const QStringList &topics, int timeoutMilliseconds = 10'000);

    // InvalidValue if there is such a topic already.
    [[nodiscard]] Expected<> create(const NewTopic &topic, int timeoutMilliseconds = 15'000);
    // To this many in all; InvalidValue if that is not more than there are.
    [[nodiscard]] Expected<> addPartitions(const QString &topic, int partitions,
                                           int timeoutMilliseconds = 15'000);
    // Changes these settings and leaves the others as they are. The topic's own settings are read and written
    // back in two requests (the protocol's older one, which this library has, replaces them all), so what
    // somebody else changes in between is lost.
    [[nodiscard]] Expected<> configure(const QString &topic, const ConfigurationChanges &changes,
                                       int timeoutMilliseconds = 15'000);
    // Takes all messages that are there now out of the topics; offsets go on from where they are. Fails as a
    // whole only if the broker does not answer.
    [[nodiscard]] Expected<Refusals> empty(const QStringList &topics, int timeoutMilliseconds = 30'000);
    // Likewise.
    [[nodiscard]] Expected<Refusals> remove(const QStringList &topics, int timeoutMilliseconds = 30'000);

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace desk
