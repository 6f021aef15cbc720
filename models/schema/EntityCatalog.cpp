// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/EntityCatalog.h"

#include "models/schema/EntityTypeBuilder.h"
#include "models/schema/ProtoFiles.h"

#include <google/protobuf/descriptor.h>

#include <QSet>

namespace desk {

QString SchemaProblem::toText() const
{
    if (line == 0)
        return QStringLiteral("%1: %2").arg(file, sentence);
    return QStringLiteral("%1:%2:%3: %4").arg(file).arg(line).arg(column).arg(sentence);
}

// Keeps the files (they own the descriptors) and fills the catalog.
struct EntityCatalog::Loader {
    explicit Loader(ProtoSources sources) : files(std::move(sources)) { }

    ProtoFiles files;

    void loadFile(EntityCatalog &catalog, const QString &name)
    {
        const google::protobuf::FileDescriptor *file = files.load(name);
        catalog.m_problems.append(files.takeProblems());
        if (!file)
            return;
        for (int index = 0; index < file->message_type_count(); ++index) {
            const google::protobuf::Descriptor &message = *file->message_type(index);
            if (!isEntity(message))
                continue;
            if (catalog.m_entities.size() == MaximumEntities) {
                catalog.m_problems.append(
                    problemAt(message,
                              QStringLiteral("There are %1 entities already, and no more can be.")
                                  .arg(MaximumEntities)));
                return;
            }
            auto entity = buildEntityType(message);
            if (!entity) {
                catalog.m_problems.append(entity.error());
                continue;
            }
            if (const QString taken = alreadyTaken(catalog, **entity); !taken.isEmpty()) {
                catalog.m_problems.append(problemAt(message, taken));
                continue;
            }
            catalog.m_entities.push_back(std::move(*entity));
        }
    }

    static QString alreadyTaken(const EntityCatalog &catalog, const EntityType &entity)
    {
        for (const auto &other : catalog.m_entities) {
            if (other->name == entity.name)
                return QStringLiteral("There is already an entity \"%1\" (in %2).")
                    .arg(entity.name, other->file);
            for (const QString &name : {other->table, other->serviceView}) {
                if (!name.isEmpty() && (name == entity.table || name == entity.serviceView))
                    return QStringLiteral("The table name \"%1\" belongs to the entity \"%2\" (in %3).")
                        .arg(name, other->name, other->file);
            }
        }
        return {};
    }

    // An entity that refers to one that is not there is left out, and so in turn is what refers to it.
    static void dropBrokenReferences(EntityCatalog &catalog)
    {
        for (bool again = true; again;) {
            QSet<QString> names;
            for (const auto &entity : catalog.m_entities)
                names.insert(entity->name);
            const auto isBroken = [&](const std::unique_ptr<const EntityType> &entity) {
                const Column *broken = brokenReference(names, *entity);
                if (broken) {
                    catalog.m_problems.append(problemAt(
                        *broken->field(),
                        QStringLiteral("There is no entity \"%1\" to refer to.").arg(broken->reference)));
                }
                return broken != nullptr;
            };
            again = std::erase_if(catalog.m_entities, isBroken) > 0;
        }
    }

    static const Column *brokenReference(const QSet<QString> &names, const EntityType &entity)
    {
        for (const Column &column : entity.columns) {
            if (column.isReference() && !names.contains(column.reference))
                return &column;
        }
        return nullptr;
    }
};

EntityCatalog::EntityCatalog() = default;
EntityCatalog::~EntityCatalog() = default;

std::shared_ptr<const EntityCatalog> EntityCatalog::load(const QString &folder)
{
    // The built-in entities in the order the shop knows them, then the operator's.
    QStringList files = ProtoSources::builtIn();
    std::stable_sort(files.begin(), files.end(), [](const QString &left, const QString &right) {
        return left.endsWith(QLatin1String("/product.proto"))
            && !right.endsWith(QLatin1String("/product.proto"));
    });
    ProtoSources sources(folder);
    files += sources.own();
    return load(std::move(sources), files);
}

std::shared_ptr<const EntityCatalog> EntityCatalog::ofTexts(const QHash<QString, QByteArray> &files)
{
    ProtoSources sources(files);
    const QStringList names = sources.own();
    return load(std::move(sources), names);
}

std::shared_ptr<const EntityCatalog> EntityCatalog::load(ProtoSources sources, const QStringList &files)
{
    const std::shared_ptr<EntityCatalog> catalog(new EntityCatalog);
    catalog->m_loader = std::make_unique<Loader>(std::move(sources));
    for (const QString &file : files)
        catalog->m_loader->loadFile(*catalog, file);
    Loader::dropBrokenReferences(*catalog);

    QSet<const EntityType *> warned;
    for (const auto &entity : catalog->m_entities) {
        for (auto topic = entity->topics.cbegin(); topic != entity->topics.cend(); ++topic) {
            TopicUse &use = catalog->m_topics[topic.value()];
            const bool shared = use.entity == entity.get();
            if (use.entity && !shared && !warned.contains(entity.get())) {
                warned.insert(entity.get());
                catalog->m_problems.append(problemAt(
                    *entity->descriptor,
                    QStringLiteral("The topic \"%1\" is also the entity \"%2\"'s (in %3); who reads it "
                                   "cannot tell their events apart.")
                        .arg(topic.value(), use.entity->name, use.entity->file)));
            }
            use = {entity.get(), shared ? std::nullopt : std::optional(topic.key())};
        }
    }
    return catalog;
}

const EntityType *EntityCatalog::find(QStringView name) const
{
    for (const auto &entity : m_entities) {
        if (entity->name == name)
            return entity.get();
    }
    return nullptr;
}

Expected<const EntityType *> EntityCatalog::require(QStringView name) const
{
    if (const EntityType *entity = find(name))
        return entity;
    QStringList names;
    for (const auto &entity : m_entities)
        names.append(entity->name);
    return failure(ErrorCode::UnknownEntity,
                   QStringLiteral("There is no entity \"%1\"; there are: %2.")
                       .arg(name, names.join(QStringLiteral(", "))));
}

EntityCatalog::TopicUse EntityCatalog::forTopic(const QString &topic) const
{
    return m_topics.value(topic);
}

} // namespace desk
