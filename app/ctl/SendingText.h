// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/Session.h"
#include "kafka/MessageSending.h"

namespace desk::ctl {

// Sends what the source gives and says what became of it: counts while it goes on, the first reasons of what was
// not taken, and the result with `details` beside the counts. Done only if every message was acknowledged. Blocks;
// main thread.
[[nodiscard]] ExitCode sendAndTell(Session &session, const BrokerSettings &brokers,
                                   const MessageSource &source, const SendOptions &options,
                                   const std::stop_token &stop, const QJsonObject &details);

} // namespace desk::ctl
