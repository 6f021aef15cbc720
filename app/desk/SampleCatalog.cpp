// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/SampleCatalog.h"

#include "models/transfer/RecordImport.h"

namespace desk {

Expected<> fillSampleCatalog(Store &store)
{
    // Not "is it empty": an operator who deletes everything wants it gone.
    const Expected<qint64> head = store.journalHead();
    if (!head)
        return tl::make_unexpected(head.error());
    if (*head > 0)
        return {};

    ImportOptions options;
    options.author = QStringLiteral("sample");
    // What is referred to comes first.
    const std::pair<QString, QString> files[] = {
        {QStringLiteral("category"), QStringLiteral(":/sample/categories.csv")},
        {QStringLiteral("product"), QStringLiteral(":/sample/products.csv")},
        {QStringLiteral("image"), QStringLiteral(":/sample/images.csv")},
        {QStringLiteral("todo"), QStringLiteral(":/sample/todos.csv")},
    };
    for (const auto &[name, path] : files) {
        const Expected<const EntityType *> entity = store.catalog().require(name);
        if (!entity)
            return tl::make_unexpected(entity.error());
        const ImportReport report = RecordImport(store, **entity, options).runFile(path);
        if (report.failure)
            return tl::make_unexpected(*report.failure);
        if (report.refusedCount > 0) {
            const RefusedRow &row = report.refused.constFirst();
            return failure(ErrorCode::Format,
                           QStringLiteral("The sample catalog is damaged: %1:%2: %3")
                               .arg(path)
                               .arg(row.position.line)
                               .arg(row.sentence));
        }
    }
    return {};
}

} // namespace desk
