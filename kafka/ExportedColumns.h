// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageJson.h"

namespace desk {

// One column of an exported file: a fixed one of the stream's table, or a field of the messages. A value.
struct ExportedColumn {
    int fixed = -1; // MessageTableModel::Columns; -1: a field
    QString field;  // its path; see FieldPath

    friend bool operator==(const ExportedColumn &, const ExportedColumn &) = default;
};

// Messages by chosen columns, in their order: as the stream's table shows them, but complete, with times in UTC, and sizes
// in bytes of key and value. What is masked in the table is masked here. Any thread.
class ExportedColumns
{
public:
    explicit ExportedColumns(QList<ExportedColumn> columns);

    // A name for each, none twice: "timestamp", "topic", …; a field has its path, behind "value." where another
    // column is called so.
    [[nodiscard]] const QStringList &names() const { return m_names; }
    // `object` is what MessageJson makes of the message.
    [[nodiscard]] QStringList cells(const StreamMessage &message, const DecodedMessage &decoded,
                                    const QJsonObject &object) const;
    // An object with the names in their order, without a line's end. A field that the message does not have is null.
    [[nodiscard]] QByteArray json(const StreamMessage &message, const DecodedMessage &decoded,
                                  const QJsonObject &object) const;

private:
    QList<ExportedColumn> m_columns;
    QStringList m_names;
};

} // namespace desk
