// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace desk {

// Sends what libprotobuf complains of to the log category "catalog.protobuf" instead of stderr, where
// a payload that is not UTF-8 would write a line per message. Call once, at the start of a program.
void logProtobufThroughQt();

} // namespace desk
