// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"
#include "models/schema/Error.h"
#include "models/workspace/Workspace.h"

#include <functional>
#include <optional>
#include <stop_token>

namespace desk {

// A message as somebody wants it sent. A value.
struct OutgoingMessage {
    QString topic;
    qint32 partition = -1; // -1: by the key, or any without one
    bool hasKey = false;
    bool hasValue = true; // false: a tombstone
    QByteArray key;
    QByteArray value;
    QList<MessageHeader> headers;
};

// Why one message was not taken.
struct SendFailure {
    qint64 index = 0; // among those of the source, from 0
    QString topic;
    QString reason; // a sentence
};

// What became of the messages up to now. A value.
struct SendReport {
    static constexpr qsizetype MostFailures = 1000; // kept with their reasons

    qint64 sent = 0;
    qint64 acknowledged = 0;
    qint64 failed = 0;
    QList<SendFailure> failures; // the first of them
    QString topic;               // of the last one acknowledged, and its place
    qint32 partition = -1;
    qint64 offset = -1;
    bool isCancelled = false;
    std::optional<Error> stopped; // why not all were sent

    [[nodiscard]] qint64 unanswered() const { return sent - acknowledged - failed; }
};

enum class MissingTopics { Refuse, Create };

struct SendOptions {
    MissingTopics missingTopics = MissingTopics::Refuse;
    double perSecond = 0;             // 0: as fast as the broker takes them
    int timeoutMilliseconds = 30'000; // without any answer
};

// The next message to send; none: that was all. An error ends the sending with it.
using MessageSource = std::function<Expected<std::optional<OutgoingMessage>>()>;
// Called on the sending thread, a few times a second.
using SendProgress = std::function<void(const SendReport &)>;

// Sends the source's messages in their order and counts what the broker says of each. A topic or partition that
// is not there fails the message with a sentence. Blocks until every answer has come, the broker has been away
// for too long, or it is told to stop; then what is under way is still waited for, but not for long. Fails as a
// whole only when nothing was sent: read-only brokers, wrong settings, a broker that does not answer.
[[nodiscard]] Expected<SendReport> sendMessages(const BrokerSettings &brokers, const MessageSource &source,
                                                const SendOptions &options = {},
                                                const SendProgress &progress = {},
                                                const std::stop_token &stop = {});

} // namespace desk
