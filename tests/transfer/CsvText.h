// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/CsvReader.h"

#include <QBuffer>
#include <QStringList>

namespace desk {

// A CSV file as lines to compare in tests: "1:1 a|b|c" for a row (values by "|"), "2:3 ! sentence" for a
// problem, "fatal" before its sentence when nothing more can be read.
[[nodiscard]] inline QStringList readAll(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer);
    QStringList lines;
    while (const auto item = reader.next()) {
        const TextPosition position = *item ? (*item)->position : item->error().position;
        QString line = QStringLiteral("%1:%2 ").arg(position.line).arg(position.column);
        if (*item) {
            QStringList values;
            for (const CsvField &field : (*item)->fields)
                values.append(field.text);
            line += values.join(QLatin1Char('|'));
        } else {
            line += (item->error().isFatal ? QStringLiteral("! fatal ") : QStringLiteral("! "))
                + item->error().sentence;
        }
        lines.append(line);
    }
    return lines;
}

// Only the places and marks of problems: "2:3 !".
[[nodiscard]] inline QStringList readPlaces(const QByteArray &bytes)
{
    QStringList lines = readAll(bytes);
    for (QString &line : lines) {
        if (const qsizetype mark = line.indexOf(QLatin1String(" ! ")); mark >= 0)
            line.truncate(mark + 2);
    }
    return lines;
}

} // namespace desk
