// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/CsvWriter.h"

#include <csv.h>

#include <algorithm>

namespace desk {
namespace {

bool needsQuotes(const QByteArray &value)
{
    // Blanks at the ends need none by the letter, but other programs would trim them, and a row of nothing else
    // is an empty line to readers. A character that marks a file's byte order, at its beginning, would be taken
    // for that.
    return value.startsWith("\xef\xbb\xbf") || value.trimmed().size() != value.size()
        || std::any_of(value.begin(), value.end(), [](char byte) {
               return byte == ',' || byte == '"' || byte == ';' || byte == '\t' || byte == '\r'
                   || byte == '\n';
           });
}

void appendQuoted(QByteArray &line, const QByteArray &value)
{
    const qsizetype size = line.size();
    const size_t needed = csv_write(nullptr, 0, value.constData(), size_t(value.size()));
    line.resize(size + qsizetype(needed));
    csv_write(line.data() + size, needed, value.constData(), size_t(value.size()));
}

} // namespace

Expected<> CsvWriter::writeRow(const QStringList &values)
{
    m_line.clear();
    for (qsizetype index = 0; index < values.size(); ++index) {
        if (index > 0)
            m_line += ',';
        const QByteArray value = values[index].toUtf8();
        // A row of one empty value would be an empty line, which readers skip.
        if (needsQuotes(value) || (value.isEmpty() && values.size() == 1))
            appendQuoted(m_line, value);
        else
            m_line += value;
    }
    m_line += "\r\n";
    if (m_device.write(m_line) != m_line.size())
        return failure(ErrorCode::InputOutput,
                       QStringLiteral("Writing stopped: %1.").arg(m_device.errorString()));
    return {};
}

} // namespace desk
