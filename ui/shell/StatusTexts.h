// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/Ingest.h"
#include "kafka/Relay.h"
#include "models/store/StoreClient.h"

#include <QString>

namespace desk {

// What the status strip says, as plain values, so that the words can be tested without a window. Colour
// never stands alone: each tone comes with words that say the same. Any thread.
enum class StatusTone { Idle, Good, Busy, Bad };

struct StatusText {
    StatusTone tone = StatusTone::Idle;
    QString text;    // a few words
    QString toolTip; // a sentence: what it is, and why

    friend bool operator==(const StatusText &, const StatusText &) = default;
};

[[nodiscard]] StatusText databaseStatus(const DatabaseSettings &settings, StoreClient::State state,
                                        const Error &error);
[[nodiscard]] StatusText brokerStatus(const BrokerSettings &settings, const RelayStatus &relay);
// `isRelaying`: this window runs a relay at all.
[[nodiscard]] StatusText relayStatusText(bool isRelaying, const RelayStatus &relay,
                                         const PublishingState &publishing);
// "2 waiting · 1 refused"; empty text when there is neither.
[[nodiscard]] StatusText outboxStatus(const PublishingState &publishing);
// Empty text when this window takes no topics in.
[[nodiscard]] StatusText ingestStatusText(bool isIngesting, const IngestStatus &ingest);
// "3 poison"; empty text when there is none.
[[nodiscard]] StatusText poisonStatus(const PublishingState &state);
[[nodiscard]] StatusText workspaceStatus(const Workspace &workspace);

} // namespace desk
