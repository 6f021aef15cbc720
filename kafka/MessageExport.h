// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/ExportedColumns.h"
#include "models/transfer/TaskProgress.h"
#include "models/workspace/Workspace.h"

namespace desk {

enum class ExportFormat { JsonLines, Csv };

// Where messages are written, and how. A value.
struct MessageExport {
    ExportFormat format = ExportFormat::JsonLines;
    QString path;
    DecodingSources decoding;
    QList<ExportedColumn> columns = {}; // none: all of a message
};

// Rows of a log, as of one generation of it.
struct ExportedRows {
    std::shared_ptr<MessageLog> log;
    qint64 generation = 0;
    QList<qint64> rows;
};

struct ExportOutcome {
    qint64 written = 0;
    qint64 missing = 0; // rows the log no longer held
};

// Write messages to a file that appears whole or not at all. With chosen columns those, see ExportedColumns. Without:
// JSON lines: an object for each as "catalogctl consume --json" prints it. CSV: place, time, key and headers, and the
// columns of the entity if all topics are of one, else the value as one text. What is sensitive is masked in both. One message is in memory at a time. Blocking,
// on any thread but the GUI's; NoAccess or InputOutput for the file, Cancelled (no file then), and for whole
// topics the errors of readWholeTopics().
[[nodiscard]] Expected<ExportOutcome> exportRows(const ExportedRows &rows, const MessageExport &settings,
                                                 const TaskProgress &progress = {});
[[nodiscard]] Expected<ExportOutcome> exportTopics(const BrokerSettings &brokers, const QStringList &topics,
                                                   const MessageExport &settings,
                                                   const TaskProgress &progress = {});

} // namespace desk
