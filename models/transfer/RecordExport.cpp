// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/RecordExport.h"

#include "models/schema/ColumnText.h"
#include "models/transfer/CsvWriter.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace desk {
namespace {

constexpr qint64 reportEvery = 1000;

QList<int> exportedColumns(const EntityType &entity)
{
    QList<int> columns;
    for (int index = 0; index < entity.columns.size(); ++index) {
        if (!entity.columns[index].sensitive)
            columns.append(index);
    }
    return columns;
}

} // namespace

Expected<qint64> exportRecords(Store &store, const RecordQuery &query, QIODevice &device,
                               const TaskProgress &progress)
{
    const EntityType &entity = *query.entity;
    const QList<int> columns = exportedColumns(entity);
    CsvWriter writer(device);
    QStringList texts;
    for (const int column : columns)
        texts.append(entity.columns[column].name);
    if (const Expected<> header = writer.writeRow(texts); !header)
        return tl::make_unexpected(header.error());

    qint64 written = 0;
    std::optional<Error> stopped;
    const Expected<> visited = store.forEach(query, [&](const RecordRow &row) {
        if (progress.isCancelled()) {
            stopped = Error{ErrorCode::Cancelled, QStringLiteral("The export was cancelled."), {}, {}};
            return false;
        }
        for (qsizetype index = 0; index < columns.size(); ++index)
            texts[index] = textOf(entity.columns[columns[index]], row.record.values[columns[index]]);
        if (const Expected<> line = writer.writeRow(texts); !line) {
            stopped = line.error();
            return false;
        }
        if (++written % reportEvery == 0)
            progress(written, 0);
        return true;
    });
    if (stopped)
        return tl::make_unexpected(*std::move(stopped));
    if (!visited)
        return tl::make_unexpected(visited.error());
    progress(written, written);
    return written;
}

Expected<qint64> exportToFile(Store &store, const RecordQuery &query, const QString &path,
                              const TaskProgress &progress)
{
    // A file appears whole or not at all; a pipe or device (/dev/stdout) is written to, never replaced.
    const QFileInfo target(path);
    const bool isDevice = target.exists() && !target.isFile() && !target.isDir();
    QSaveFile whole(path);
    QFile device(path);
    QFileDevice &file = isDevice ? static_cast<QFileDevice &>(device) : whole;
    const auto notWritten = [&] {
        return failure(ErrorCode::InputOutput,
                       QStringLiteral("%1 cannot be written: %2.")
                           .arg(QDir::toNativeSeparators(path), file.errorString()));
    };
    if (!file.open(QIODevice::WriteOnly))
        return notWritten();
    const Expected<qint64> written = exportRecords(store, query, file, progress);
    if (written && !(isDevice ? device.flush() : whole.commit()))
        return notWritten();
    return written;
}

} // namespace desk
