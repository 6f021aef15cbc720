// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/RecordImport.h"
#include "tests/store/StoreFixture.h"
#include "tests/ui/records/AwayStore.h"
#include "ui/records/ImageLoader.h"
#include "ui/records/RecordActions.h"
#include "ui/records/RecordForm.h"
#include "ui/records/RecordTableView.h"
#include "ui/records/RecordsPage.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QTest>

namespace desk {

// A desk with everything a records page needs, over a database of its own, and a second store that plays the
// colleague at the next desk. Test thread.
class RecordsFixture
{
public:
    explicit RecordsFixture(DatabaseKind kind = DatabaseKind::Sqlite,
                            const QStringList &sensitivePatterns = SensitiveNames::defaultPatterns())
        : catalog(EntityCatalog::load({}, sensitivePatterns))
        , database(kind)
        , other(database.open(catalog))
        , images({})
        , client(catalog, [this] { return opener(); })
        , changes(client, states, QStringLiteral("me"))
        , services{client,
                   states,
                   changes,
                   theme,
                   images,
                   catalog,
                   workspace(),
                   QStringLiteral("me"),
                   settings.filePath(QStringLiteral("desk.ini"))}
    {
        QObject::connect(&client, &StoreClient::publishingChanged, &states, &RecordStates::setPublishing);
    }

    // The sample shop: categories, products, images, todos.
    void importSample()
    {
        for (const char *name : {"category", "product", "image", "todo"}) {
            const EntityType *entity = catalog->find(QString::fromLatin1(name));
            const QHash<QString, QString> files = {{QStringLiteral("category"), QStringLiteral("categories")},
                                                   {QStringLiteral("product"), QStringLiteral("products")},
                                                   {QStringLiteral("image"), QStringLiteral("images")},
                                                   {QStringLiteral("todo"), QStringLiteral("todos")}};
            const ImportReport report
                = RecordImport(*other, *entity, {})
                      .runFile(QStringLiteral(":/sample/%1.csv").arg(files.value(entity->name)));
            if (!report.isComplete())
                qFatal("the sample could not be imported: %s",
                       report.failure ? qPrintable(report.failure->sentence) : "rows refused");
        }
    }

    Record add(const char *entityName, const QHash<QString, QVariant> &values)
    {
        const EntityType &entity = this->entity(entityName);
        Record record = newRecord(entity);
        for (auto value = values.cbegin(); value != values.cend(); ++value)
            record.values[entity.indexOf(value.key())] = value.value();
        return apply({addition(entity, record)});
    }
    // As the colleague at the next desk.
    Record apply(const QList<Change> &changes, const QString &author = QStringLiteral("maria"))
    {
        ChangeSet set;
        set.changes = changes;
        set.author = author;
        const Expected<QList<AppliedChange>> applied = other->apply(set);
        if (!applied)
            qFatal("%s", qPrintable(applied.error().sentence));
        return applied->constFirst().after.value_or(Record());
    }
    Record change(const Record &record, const char *entityName, const char *column, const QVariant &value)
    {
        Record after = record;
        after.values[entity(entityName).indexOf(QString::fromLatin1(column))] = value;
        return apply({update(entity(entityName), record, after)});
    }
    // What the database says now.
    QVariant value(const char *entityName, const RecordId &id, const char *column)
    {
        const Expected<RecordRow> row = other->fetch(entity(entityName), id);
        return row ? row->record.values.value(entity(entityName).indexOf(QString::fromLatin1(column)))
                   : QVariant();
    }

    [[nodiscard]] const EntityType &entity(const char *name) const
    {
        return *catalog->find(QString::fromLatin1(name));
    }

    static QVariant decimal(const char *text)
    {
        return QVariant::fromValue(*Decimal::fromText(QString::fromLatin1(text))->rescaled(2));
    }

    std::shared_ptr<const EntityCatalog> catalog;
    StoreFixture database;
    std::unique_ptr<Store> other;
    std::atomic<bool> isAway = false;
    Theme theme{Theme::Mode::Light};
    ImageLoader images;
    StoreClient client;
    RecordStates states;
    ChangeService changes;
    QTemporaryDir settings;
    DeskServices services;

private:
    Expected<std::unique_ptr<Store>> opener()
    {
        if (isAway)
            return tl::make_unexpected(AwayStore::error());
        Expected<std::unique_ptr<Store>> store = openStore(database.settings(), catalog);
        if (!store)
            return store;
        if (const Expected<> migrated = (*store)->migrate(); !migrated)
            return tl::make_unexpected(migrated.error());
        return std::make_unique<AwayStore>(*std::move(store), isAway);
    }
    static Workspace workspace()
    {
        Workspace workspace;
        workspace.name = QStringLiteral("Test");
        return workspace;
    }
};

} // namespace desk
