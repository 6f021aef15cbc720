// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"

#include <QIODevice>
#include <QStringList>

namespace desk {

// Writes CSV (RFC 4180): UTF-8, commas, CRLF, quotes where they are needed. What CsvReader reads back is
// the same to the letter. One thread; the device is not owned and must be open.
class CsvWriter
{
public:
    explicit CsvWriter(QIODevice &device) : m_device(device) { }

    // InputOutput when the device does not take the row.
    [[nodiscard]] Expected<> writeRow(const QStringList &values);

private:
    QIODevice &m_device;
    QByteArray m_line;
};

} // namespace desk
