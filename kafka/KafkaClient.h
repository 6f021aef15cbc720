// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"
#include "models/workspace/Workspace.h"

#include <librdkafka/rdkafka.h>

#include <QLoggingCategory>
#include <QMap>

#include <functional>
#include <memory>

namespace desk {

// The one place that turns BrokerSettings into a librdkafka client: addresses, security, the operator's own
// properties, and logging into the category "catalog.kafka" (broker names and reasons only; librdkafka puts
// no payload and no password there). Handles are unique_ptrs; every other file of this folder uses these
// and never frees one by hand. Any thread.

Q_DECLARE_LOGGING_CATEGORY(kafkaLog)

// Ends a client. A client whose broker name is just being looked up cannot be ended until the resolver
// answers, so after half a second the wait goes on in the background and the caller does not.
struct ClientDeleter {
    void operator()(rd_kafka_t *client) const;
};
struct QueueDeleter {
    void operator()(rd_kafka_queue_t *queue) const { rd_kafka_queue_destroy(queue); }
};
struct TopicDeleter {
    void operator()(rd_kafka_topic_t *topic) const { rd_kafka_topic_destroy(topic); }
};
struct EventDeleter {
    void operator()(rd_kafka_event_t *event) const { rd_kafka_event_destroy(event); }
};
struct PartitionListDeleter {
    void operator()(rd_kafka_topic_partition_list_t *list) const
    {
        rd_kafka_topic_partition_list_destroy(list);
    }
};
struct MetadataDeleter {
    void operator()(const rd_kafka_metadata_t *metadata) const { rd_kafka_metadata_destroy(metadata); }
};
using ClientHandle = std::unique_ptr<rd_kafka_t, ClientDeleter>;
using QueueHandle = std::unique_ptr<rd_kafka_queue_t, QueueDeleter>;
using TopicHandle = std::unique_ptr<rd_kafka_topic_t, TopicDeleter>;
using EventHandle = std::unique_ptr<rd_kafka_event_t, EventDeleter>;
using PartitionListHandle = std::unique_ptr<rd_kafka_topic_partition_list_t, PartitionListDeleter>;
using MetadataHandle = std::unique_ptr<const rd_kafka_metadata_t, MetadataDeleter>;

// librdkafka settings by their own names: what this use of a client prefers (the workspace's properties win
// over it), and what it cannot do without (nothing wins over it).
struct ClientProperties {
    QMap<QString, QString> preferred;
    QMap<QString, QString> required;
};

// Makes a client; does not wait for a connection. InvalidValue names the setting that cannot be used,
// Unreachable if the workspace has no brokers. `tune` may set callbacks and events.
[[nodiscard]] Expected<ClientHandle> openClient(rd_kafka_type_t type, const BrokerSettings &settings,
                                                const ClientProperties &properties = {},
                                                const std::function<void(rd_kafka_conf_t *)> &tune = {});

// A client that talks to nobody, to carry a mock cluster.
[[nodiscard]] Expected<ClientHandle> openCarrier();

// Asks for metadata: of one topic, or (null) of every topic this client has a handle of. Blocks up to the
// timeout. fetchClusterMetadata() asks for every topic there is.
[[nodiscard]] tl::expected<MetadataHandle, rd_kafka_resp_err_t> fetchMetadata(rd_kafka_t *client,
                                                                              rd_kafka_topic_t *topic,
                                                                              int timeoutMilliseconds);
[[nodiscard]] tl::expected<MetadataHandle, rd_kafka_resp_err_t> fetchClusterMetadata(rd_kafka_t *client,
                                                                                     int timeoutMilliseconds);

} // namespace desk
