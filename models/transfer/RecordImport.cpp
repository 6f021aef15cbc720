// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/RecordImport.h"

#include "models/transfer/ImportBatch.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace desk {
namespace {

using Row = tl::expected<CsvRow, CsvProblem>;

// What the header of the file says, or where and why it cannot be used.
using Header = tl::expected<QList<ColumnBinding>, std::pair<Error, TextPosition>>;

Header unusable(ErrorCode code, const QString &sentence, TextPosition position)
{
    return tl::make_unexpected(std::pair{Error{code, sentence, {}, {}}, position});
}

Header readHeader(const EntityType &entity, CsvReader &reader)
{
    const std::optional<Row> row = reader.next();
    if (!row)
        return unusable(ErrorCode::Format,
                        QStringLiteral("The file is empty. Its first row must name the columns."), {});
    if (!*row)
        return unusable(ErrorCode::Format, row->error().sentence, row->error().position);
    QList<ColumnBinding> bindings;
    for (const CsvField &field : (*row)->fields) {
        const Expected<ColumnBinding> binding = bindColumn(entity, field.text);
        if (!binding)
            return unusable(binding.error().code, binding.error().sentence, field.position);
        for (const ColumnBinding &other : std::as_const(bindings)) {
            if (other.column == binding->column) {
                return unusable(ErrorCode::Format,
                                QStringLiteral("The column \"%1\" is there twice.")
                                    .arg(entity.columns[other.column].name),
                                field.position);
            }
        }
        bindings.append(*binding);
    }
    return bindings;
}

// One run over one file.
class Run
{
public:
    Run(Store &store, const EntityType &entity, const ImportOptions &options,
        const QList<ColumnBinding> &bindings, const std::function<void(const RefusedRow &)> &refused)
        : m_entity(entity)
        , m_bindings(bindings)
        , m_refused(refused)
        , m_references(store)
        , m_batch(store, entity, options, bindings, m_references)
    {
        m_batch.refuse = [this](const RefusedRow &row) { refuse(row); };
    }

    ImportReport read(CsvReader &reader, qint64 size, const TaskProgress &progress)
    {
        while (std::optional<Row> row = reader.next()) {
            if (progress.isCancelled()) {
                m_report.isCancelled = true;
                return m_report;
            }
            if (!take(*row) || m_report.failure || (m_batch.isFull() && !write()))
                return m_report;
            if (m_batch.isEmpty())
                progress(reader.bytesRead(), size);
        }
        if (write())
            progress(reader.bytesRead(), size);
        return m_report;
    }

private:
    // False: the import ends here.
    bool take(const Row &row)
    {
        if (!row && row.error().isFatal) {
            if (write())
                end({ErrorCode::InputOutput, row.error().sentence, {}, {}}, row.error().position);
            return false;
        }
        if (!row) {
            refuse({row.error().position, {}, row.error().sentence});
            return true;
        }
        if (row->fields.size() != m_bindings.size()) {
            refuse({row->position,
                    {},
                    QStringLiteral("The row has %1 values, but the first row names %2 columns.")
                        .arg(row->fields.size())
                        .arg(m_bindings.size())});
            return true;
        }
        return takeFields(*row);
    }

    bool takeFields(const CsvRow &row)
    {
        ImportRow read;
        read.position = row.position;
        for (const CsvField &field : row.fields)
            read.places.append(field.position);
        for (qsizetype index = 0; index < m_bindings.size(); ++index) {
            Expected<QVariant> value = readValue(m_bindings[index], row.fields[index].text, read);
            if (!value) {
                if (value.error().code == ErrorCode::InvalidValue) {
                    refuse(m_batch.refusal(read, value.error()));
                    return true;
                }
                end(value.error());
                return false;
            }
            read.values.append(*std::move(value));
        }
        if (!read.id.isEmpty() && m_batch.holds(read.id) && !write())
            return false;
        m_batch.append(std::move(read));
        return true;
    }

    Expected<QVariant> readValue(ColumnBinding binding, const QString &text, ImportRow &row)
    {
        if (binding.column == m_entity.idColumn) {
            if (text.trimmed().isEmpty())
                return QVariant();
            const Expected<RecordId> id = recordIdFromText(m_entity, text);
            if (!id)
                return tl::make_unexpected(id.error());
            row.id = *id;
            return QVariant();
        }
        Expected<QVariant> value = boundValue(m_entity, binding, text, m_references);
        // A record may name one from a row further up, which perhaps still waits to be written.
        if (!value && m_entity.columns[binding.column].reference == m_entity.name && !m_batch.isEmpty()
            && write()) {
            m_references.forgetUnknown();
            value = boundValue(m_entity, binding, text, m_references);
        }
        return value;
    }

    bool write()
    {
        if (m_report.failure)
            return false;
        const Expected<> written = m_batch.write(m_report);
        if (!written)
            end(written.error());
        return written.has_value();
    }

    void end(const Error &error, std::optional<TextPosition> position = {})
    {
        m_report.failure = error;
        m_report.position = position;
    }

    void refuse(const RefusedRow &row)
    {
        ++m_report.refusedCount;
        if (m_report.refused.size() < ImportReport::MaximumListed)
            m_report.refused.append(row);
        if (m_refused)
            m_refused(row);
    }

    const EntityType &m_entity;
    const QList<ColumnBinding> &m_bindings;
    const std::function<void(const RefusedRow &)> &m_refused;
    ReferenceLookup m_references;
    ImportBatch m_batch;
    ImportReport m_report;
};

} // namespace

ImportReport RecordImport::run(QIODevice &device, const TaskProgress &progress)
{
    CsvReader reader(device);
    const Header header = readHeader(m_entity, reader);
    if (!header) {
        ImportReport report;
        report.failure = header.error().first;
        report.position = header.error().second;
        return report;
    }
    return Run(m_store, m_entity, m_options, *header, m_refused)
        .read(reader, device.isSequential() ? 0 : device.size(), progress);
}

ImportReport RecordImport::runFile(const QString &path, const TaskProgress &progress)
{
    QFile file(path);
    const QString shown = QDir::toNativeSeparators(path);
    ImportReport report;
    if (QFileInfo(path).isDir())
        report.failure = Error{
            ErrorCode::InputOutput, QStringLiteral("%1 is a folder, not a file.").arg(shown), {}, {}};
    else if (!file.exists())
        report.failure = Error{
            ErrorCode::NotFound, QStringLiteral("There is no file %1.").arg(shown), {}, {}};
    else if (!file.open(QIODevice::ReadOnly))
        report.failure = Error{ErrorCode::InputOutput,
                               QStringLiteral("%1 cannot be read: %2.").arg(shown, file.errorString()),
                               {},
                               {}};
    else
        return run(file, progress);
    return report;
}

} // namespace desk
