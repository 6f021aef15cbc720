// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/SampleCatalog.h"

#include "models/transfer/RecordImport.h"

namespace desk {

namespace {

const QString Author = QStringLiteral("sample");

// The files cannot name a product's main picture, since pictures get their ids as they are written: it is
// the first that names the product.
Expected<> setMainImages(Store &store, const EntityType &product, const EntityType &image)
{
    const int productOfImage = image.indexOf(u"product_id");
    const int mainImage = product.indexOf(u"image_id");
    QHash<RecordId, RecordId> firstImages;
    RecordQuery images;
    images.entity = &image;
    images.sortColumn = image.idColumn;
    Expected<> read = store.forEach(images, [&](const RecordRow &row) {
        const RecordId owner = row.record.values.value(productOfImage).toString();
        if (!owner.isEmpty() && !firstImages.contains(owner))
            firstImages.insert(owner, row.record.id);
        return true;
    });
    if (!read)
        return read;
    const Expected<QList<RecordRow>> products = store.fetchMany(product, firstImages.keys());
    if (!products)
        return tl::make_unexpected(products.error());
    ChangeSet changes;
    changes.author = Author;
    for (const RecordRow &row : *products) {
        Record after = row.record;
        after.values[mainImage] = firstImages.value(row.record.id).toLongLong();
        changes.changes.append(update(product, row.record, after));
    }
    const Expected<QList<AppliedChange>> applied = store.apply(changes);
    return applied ? Expected<>() : Expected<>(tl::make_unexpected(applied.error()));
}

Expected<> importFile(Store &store, const QString &entityName, const QString &path)
{
    const Expected<const EntityType *> entity = store.catalog().require(entityName);
    if (!entity)
        return tl::make_unexpected(entity.error());
    ImportOptions options;
    options.author = Author;
    options.existing = ExistingRecords::Update;
    const ImportReport report = RecordImport(store, **entity, options).runFile(path);
    if (report.failure)
        return tl::make_unexpected(*report.failure);
    if (report.refusedCount == 0)
        return {};
    const RefusedRow &row = report.refused.constFirst();
    return failure(ErrorCode::Format,
                   QStringLiteral("The sample catalog is damaged: %1:%2: %3")
                       .arg(path)
                       .arg(row.position.line)
                       .arg(row.sentence));
}

Expected<> importFiles(Store &store, const QList<std::pair<QString, QString>> &files)
{
    for (const auto &[entity, file] : files) {
        if (Expected<> imported = importFile(store, entity, QStringLiteral(":/sample/") + file); !imported)
            return imported;
    }
    return {};
}

} // namespace

Expected<> fillSampleCatalog(Store &store)
{
    // Not "is it empty": an operator who deletes everything wants it gone.
    const Expected<qint64> head = store.journalHead();
    if (!head)
        return tl::make_unexpected(head.error());
    if (*head > 0)
        return {};

    const QString category = QStringLiteral("category");
    const QString product = QStringLiteral("product");
    const QString image = QStringLiteral("image");
    const QString todo = QStringLiteral("todo");
    // What is referred to comes first; what was changed later last, so that journal and stream have something
    // to show that looks like a day's work.
    Expected<> filled = importFiles(store,
                                    {{category, QStringLiteral("categories.csv")},
                                     {product, QStringLiteral("products.csv")},
                                     {image, QStringLiteral("images.csv")}});
    if (filled)
        filled = setMainImages(store, *store.catalog().find(product), *store.catalog().find(image));
    if (filled) {
        filled = importFiles(store,
                             {{todo, QStringLiteral("todos.csv")},
                              {product, QStringLiteral("later-products.csv")},
                              {todo, QStringLiteral("later-todos.csv")}});
    }
    return filled;
}

} // namespace desk
