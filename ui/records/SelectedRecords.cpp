// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/SelectedRecords.h"

#include "models/schema/ColumnText.h"
#include "models/tables/RecordTableModel.h"
#include "ui/parts/TabularText.h"
#include "ui/records/RecordTableView.h"

#include <QCoreApplication>

namespace desk {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("desk::SelectedRecords", text);
}

} // namespace

QFuture<Expected<QList<RecordRow>>> selectedRecords(const RecordTableView &view,
                                                    const RecordTableModel &model, StoreClient &store)
{
    using Result = Expected<QList<RecordRow>>;
    const QList<std::pair<int, int>> ranges = view.selectedRanges();
    if (view.selectedCount() > MaximumSelectedRecords) {
        return QtFuture::makeReadyFuture(Result(
            failure(ErrorCode::NotSupported,
                    say("%1 rows are selected; at most %2 at once.")
                        .arg(groupedNumber(view.selectedCount()), groupedNumber(MaximumSelectedRecords)))));
    }
    QList<RecordRow> rows;
    bool areAllLoaded = true;
    for (const auto &[first, last] : ranges) {
        for (int row = first; row <= last && areAllLoaded; ++row) {
            if (const std::optional<RecordRow> loaded = model.row(row))
                rows.append(*loaded);
            else
                areAllLoaded = false;
        }
    }
    if (areAllLoaded)
        return QtFuture::makeReadyFuture(Result(rows));

    return store.run(
        [query = model.query(), catalog = store.sharedCatalog(), ranges](Store &database) -> Result {
            QList<RecordRow> found;
            for (const auto &[first, last] : ranges) {
                PageRequest request;
                request.query = query;
                request.offset = first;
                request.limit = last - first + 1;
                const Expected<QList<RecordRow>> page = database.fetchPage(request);
                if (!page)
                    return tl::make_unexpected(page.error());
                found += *page;
            }
            return found;
        });
}

QString nameOf(const EntityType &entity, const RecordRow &row)
{
    const QString name = textOf(entity.display(), row.record.values.value(entity.displayColumn)).simplified();
    return name.isEmpty() ? QStringLiteral("#%1").arg(row.record.id) : name;
}

QString namesOf(const EntityType &entity, const QList<RecordRow> &rows)
{
    if (rows.size() == 1)
        return QStringLiteral("“%1”").arg(nameOf(entity, rows.constFirst()));
    return QStringLiteral("%1 %2").arg(groupedNumber(rows.size()), entity.plural.toLower());
}

} // namespace desk
