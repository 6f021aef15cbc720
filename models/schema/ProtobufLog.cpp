// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/ProtobufLog.h"

#include <google/protobuf/stubs/logging.h>

#include <QLoggingCategory>

namespace desk {

Q_LOGGING_CATEGORY(protobufLog, "catalog.protobuf", QtFatalMsg)

void logProtobufThroughQt()
{
    google::protobuf::SetLogHandler(
        [](google::protobuf::LogLevel, const char *file, int line, const std::string &message) {
            qCWarning(protobufLog) << file << line << message.c_str();
        });
}

} // namespace desk
