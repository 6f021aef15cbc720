// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"
#include "models/workspace/Workspace.h"

#include <QString>
#include <QStringList>

#include <memory>

struct rd_kafka_mock_cluster_s;

namespace desk {

// librdkafka's mock cluster as an in-process broker for the sample workspace: no server needed, a few MB
// per partition kept, everything gone when the program ends. One per program run; its bootstrapServers()
// go into BrokerSettings like those of any other cluster, with `embedded` left true: it creates a topic
// when one is asked for (always with 4 partitions; create() first for another number), does not know the
// requests that administer topics, and finds no offset by time. End it after its clients; that takes up to
// a second, which is the library's, so close the windows first.
class EmbeddedBroker
{
public:
    [[nodiscard]] static Expected<std::unique_ptr<EmbeddedBroker>> start(int partitions);
    ~EmbeddedBroker();
    EmbeddedBroker(const EmbeddedBroker &) = delete;
    EmbeddedBroker &operator=(const EmbeddedBroker &) = delete;

    [[nodiscard]] QString bootstrapServers() const;
    // `base` with this broker in it.
    [[nodiscard]] BrokerSettings settings(BrokerSettings base = {}) const;
    // Creates those that are missing with the number of partitions given at the start. Any thread.
    [[nodiscard]] Expected<> create(const QStringList &topics);

    // For tests, to inject faults.
    [[nodiscard]] rd_kafka_mock_cluster_s *cluster() const;

private:
    EmbeddedBroker();
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace desk
