// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/ColumnText.h"
#include "models/transfer/RecordImport.h"
#include "tests/store/StoreFixture.h"
#include "tests/transfer/FaultyStore.h"

#include <QBuffer>

namespace desk {

// Imports into a fresh SQLite database of the built-in entities. Test thread.
class ImportFixture
{
public:
    ImportFixture() : store(fixture.open()), faulty(*store) { }

    const EntityType &entity(QStringView name) const { return *store->catalog().find(name); }

    ImportReport import(QStringView name, QByteArray csv, const ImportOptions &options = {},
                        const TaskProgress &progress = {})
    {
        QBuffer buffer(&csv);
        buffer.open(QIODevice::ReadOnly);
        return RecordImport(faulty, entity(name), options).run(buffer, progress);
    }
    // One column of a record as text; "none" if it is not there.
    QString value(QStringView name, const RecordId &id, QStringView column)
    {
        const Expected<RecordRow> row = store->fetch(entity(name), id);
        if (!row)
            return QStringLiteral("none");
        const int index = entity(name).indexOf(column);
        return textOf(entity(name).columns[index], row->record.values[index]);
    }
    qint64 count(QStringView name)
    {
        RecordQuery query;
        query.entity = &entity(name);
        return store->count(query).value_or(-1);
    }

    StoreFixture fixture{DatabaseKind::Sqlite};
    std::unique_ptr<Store> store;
    FaultyStore faulty;
};

// Refused rows as "line:column field sentence".
[[nodiscard]] inline QStringList refusals(const ImportReport &report)
{
    QStringList lines;
    for (const RefusedRow &row : report.refused) {
        lines.append(QStringLiteral("%1:%2 %3 %4")
                         .arg(row.position.line)
                         .arg(row.position.column)
                         .arg(row.field, row.sentence));
    }
    return lines;
}

// "added updated unchanged refused"
[[nodiscard]] inline QString counts(const ImportReport &report)
{
    return QStringLiteral("%1 %2 %3 %4")
        .arg(report.added)
        .arg(report.updated)
        .arg(report.unchanged)
        .arg(report.refusedCount);
}

} // namespace desk
