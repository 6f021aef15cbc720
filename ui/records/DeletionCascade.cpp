// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/DeletionCascade.h"

#include "models/schema/ColumnText.h"
#include "ui/parts/TabularText.h"

#include <QCoreApplication>
#include <QSet>

namespace desk {
namespace {

using Found = QHash<QString, QSet<RecordId>>; // by entity

// A record can be reached by several ways, and circles can be made: each is counted, and followed, once.
Expected<> follow(Store &store, const EntityType &entity, const QList<RecordId> &ids, Found &found)
{
    for (const auto &holder : store.catalog().entities()) {
        for (int column = 0; column < holder->columns.size(); ++column) {
            const Column &reference = holder->columns[column];
            if (reference.reference != entity.name || reference.onDelete != OnDelete::Cascade)
                continue;
            QList<RecordId> next;
            for (const RecordId &id : ids) {
                const Expected<QVariant> value = valueFromText(reference, id);
                if (!value)
                    continue;
                RecordQuery query;
                query.entity = holder.get();
                query.sortColumn = holder->idColumn;
                query.filters = {{column, FilterKind::Equals, *value, {}}};
                const Expected<> read = store.forEach(query, [&](const RecordRow &row) {
                    QSet<RecordId> &known = found[holder->name];
                    if (!known.contains(row.record.id)) {
                        known.insert(row.record.id);
                        next.append(row.record.id);
                    }
                    return true;
                });
                if (!read)
                    return read;
            }
            if (next.isEmpty())
                continue;
            if (const Expected<> followed = follow(store, *holder, next, found); !followed)
                return followed;
        }
    }
    return {};
}

} // namespace

QFuture<Expected<QList<CascadeCount>>> countCascade(StoreClient &store, const EntityType &entity,
                                                    const QList<RecordId> &ids)
{
    using Result = Expected<QList<CascadeCount>>;
    return store.run([catalog = store.sharedCatalog(), &entity, ids](Store &database) -> Result {
        Found found;
        found[entity.name] = {ids.cbegin(), ids.cend()}; // these are asked about anyway
        if (const Expected<> followed = follow(database, entity, ids, found); !followed)
            return tl::make_unexpected(followed.error());
        QList<CascadeCount> counts;
        for (const auto &holder : catalog->entities()) {
            const qint64 records = found.value(holder->name).size()
                - (holder->name == entity.name ? ids.size() : 0);
            if (records > 0)
                counts.append({holder.get(), records});
        }
        return counts;
    });
}

QString cascadeText(const QList<CascadeCount> &counts)
{
    QStringList parts;
    for (const CascadeCount &count : counts) {
        const QString name = count.records == 1 ? count.entity->singular : count.entity->plural;
        parts.append(QStringLiteral("%1 %2").arg(groupedNumber(count.records), name.toLower()));
    }
    return parts.join(QCoreApplication::translate("desk::DeletionCascade", " and "));
}

} // namespace desk
