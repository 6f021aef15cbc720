// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageExport.h"

#include "kafka/WholeTopics.h"
#include "models/transfer/CsvWriter.h"

#include <QDir>
#include <QJsonDocument>
#include <QSaveFile>

namespace desk {
namespace {

constexpr qint64 ReportEvery = 1000;

class Writer
{
public:
    Writer(const MessageExport &settings, const QStringList &topics)
        : m_settings(settings)
        , m_file(settings.path)
        , m_csv(m_file)
        , m_json(settings.decoding)
        , m_columns(settings.columns)
        , m_entity(entityOf(topics))
    { }

    Expected<> open()
    {
        if (!m_file.open(QIODevice::WriteOnly))
            return failure(ErrorCode::NoAccess, notWritten());
        return m_settings.format == ExportFormat::Csv ? writeHead() : Expected<>();
    }

    Expected<> write(const StreamMessage &message)
    {
        const DecodedMessage decoded = m_json.decode(message);
        if (m_settings.format == ExportFormat::Csv)
            return writeRow(message, decoded);
        const QJsonObject object = m_json.object(message, decoded);
        const QByteArray line = (hasColumns() ? m_columns.json(message, decoded, object)
                                              : QJsonDocument(object).toJson(QJsonDocument::Compact))
            + '\n';
        if (m_file.write(line) != line.size())
            return failure(ErrorCode::InputOutput, notWritten());
        return {};
    }

    Expected<> commit()
    {
        if (!m_file.commit())
            return failure(ErrorCode::InputOutput, notWritten());
        return {};
    }

private:
    // The one entity that all of them carry.
    [[nodiscard]] const EntityType *entityOf(const QStringList &topics) const
    {
        const EntityType *entity = nullptr;
        for (const QString &topic : topics) {
            const EntityType *one = m_settings.decoding.catalog->forTopic(topic).entity;
            if (!one || (entity && one != entity))
                return nullptr;
            entity = one;
        }
        return entity;
    }

    [[nodiscard]] bool hasColumns() const { return !m_settings.columns.isEmpty(); }

    Expected<> writeHead()
    {
        if (hasColumns())
            return m_csv.writeRow(m_columns.names());
        QStringList names{QStringLiteral("topic"),     QStringLiteral("partition"), QStringLiteral("offset"),
                          QStringLiteral("timestamp"), QStringLiteral("key"),       QStringLiteral("headers"),
                          QStringLiteral("operation")};
        if (m_entity) {
            for (const Column &column : m_entity->columns)
                names.append(names.contains(column.name) ? QStringLiteral("value.") + column.name
                                                         : column.name);
        }
        names.append(names.contains(QStringLiteral("value")) ? QStringLiteral("message")
                                                             : QStringLiteral("value"));
        return m_csv.writeRow(names);
    }

    Expected<> writeRow(const StreamMessage &message, const DecodedMessage &decoded)
    {
        const QJsonObject object = m_json.object(message, decoded);
        if (hasColumns())
            return m_csv.writeRow(m_columns.cells(message, decoded, object));
        const QByteArray headers = QJsonDocument(object.value(QStringLiteral("headers")).toObject())
                                       .toJson(QJsonDocument::Compact);
        QStringList cells{message.topic,
                          QString::number(message.partition),
                          QString::number(message.offset),
                          MessageJson::timeText(message),
                          message.hasKey ? MessageJson::keyText(message, decoded) : QString(),
                          QString::fromUtf8(headers),
                          decoded.operation};
        const bool isRecord = m_entity && decoded.problem.isEmpty() && decoded.entity == m_entity->name
            && decoded.fields.size() == m_entity->columns.size();
        for (int index = 0; m_entity && index < m_entity->columns.size(); ++index)
            cells.append(isRecord ? decoded.fields[index].second : QString());
        cells.append(isRecord ? QString() : MessageJson::valueText(message, decoded, object));
        return m_csv.writeRow(cells);
    }

    [[nodiscard]] QString notWritten() const
    {
        return QStringLiteral("%1 cannot be written: %2.")
            .arg(QDir::toNativeSeparators(m_settings.path), m_file.errorString());
    }

    const MessageExport &m_settings;
    QSaveFile m_file;
    CsvWriter m_csv;
    MessageJson m_json;
    ExportedColumns m_columns;
    const EntityType *m_entity;
};

Error cancelled()
{
    return {ErrorCode::Cancelled, QStringLiteral("The export was cancelled; no file was written."), {}, {}};
}

QStringList topicsOf(const ExportedRows &rows)
{
    QStringList topics;
    QSet<quint32> known;
    for (const qint64 row : rows.rows) {
        rows.log->visit(rows.generation, row, row + 1, [&](qint64, const MessageView &message) {
            if (!known.contains(message.topic)) {
                known.insert(message.topic);
                topics.append(rows.log->topicName(message.topic));
            }
            return false;
        });
    }
    return topics;
}

} // namespace

Expected<ExportOutcome> exportRows(const ExportedRows &rows, const MessageExport &settings,
                                   const TaskProgress &progress)
{
    Writer writer(settings, topicsOf(rows));
    if (const Expected<> opened = writer.open(); !opened)
        return tl::make_unexpected(opened.error());
    ExportOutcome outcome;
    for (const qint64 row : rows.rows) {
        if (progress.isCancelled())
            return tl::make_unexpected(cancelled());
        const StreamMessage message = rows.log->message(row);
        const bool isThere = message.offset >= 0 && rows.log->range().generation == rows.generation;
        if (!isThere) {
            ++outcome.missing;
            continue;
        }
        if (const Expected<> written = writer.write(message); !written)
            return tl::make_unexpected(written.error());
        if (++outcome.written % ReportEvery == 0)
            progress(outcome.written, rows.rows.size());
    }
    if (const Expected<> committed = writer.commit(); !committed)
        return tl::make_unexpected(committed.error());
    return outcome;
}

Expected<ExportOutcome> exportTopics(const BrokerSettings &brokers, const QStringList &topics,
                                     const MessageExport &settings, const TaskProgress &progress)
{
    Writer writer(settings, topics);
    if (const Expected<> opened = writer.open(); !opened)
        return tl::make_unexpected(opened.error());
    ExportOutcome outcome;
    std::optional<Error> stopped;
    const Expected<> read = readWholeTopics(
        brokers, topics,
        [&](const StreamMessage &message) {
            if (const Expected<> written = writer.write(message); !written) {
                stopped = written.error();
                return false;
            }
            ++outcome.written;
            return true;
        },
        progress);
    if (!read)
        return tl::make_unexpected(read.error().code == ErrorCode::Cancelled ? cancelled() : read.error());
    if (stopped)
        return tl::make_unexpected(*stopped);
    if (const Expected<> committed = writer.commit(); !committed)
        return tl::make_unexpected(committed.error());
    return outcome;
}

} // namespace desk
