// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/EntityCatalog.h"

#include "models/schema/EntityTypeBuilder.h"
#include "models/schema/ProtoFiles.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

namespace desk {

QString SchemaProblem::toText() const
{
    if (line == 0)
        return QStringLiteral("%1: %2").arg(file, sentence);
    return QStringLiteral("%1:%2:%3: %4").arg(file).arg(line).arg(column).arg(sentence);
}

// Keeps the files (they own the descriptors) and fills the catalog.
struct EntityCatalog::Loader {
    Loader(ProtoSources sources, const QStringList &sensitivePatterns)
        : files(std::move(sources))
        , names(sensitivePatterns)
    { }

    ProtoFiles files;
    SensitiveNames names;

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
            if (catalog.m_entities.size() + catalog.m_streamEntities.size() == MaximumEntities) {
                catalog.m_problems.append(
                    problemAt(message,
                              QStringLiteral("There are %1 entities already, and no more can be.")
                                  .arg(MaximumEntities)));
                return;
            }
            auto entity = buildEntityType(message, names);
            if (!entity) {
                catalog.m_problems.append(entity.error());
                continue;
            }
            if (const QString taken = alreadyTaken(catalog, **entity); !taken.isEmpty()) {
                catalog.m_problems.append(problemAt(message, taken));
                continue;
            }
            auto &entities = (*entity)->streamOnly ? catalog.m_streamEntities : catalog.m_entities;
            entities.push_back(std::move(*entity));
        }
    }

    static QString alreadyTaken(const EntityCatalog &catalog, const EntityType &entity)
    {
        for (const auto &other : catalog.m_entities) {
            if (other->name == entity.name)
                return QStringLiteral("There is already an entity \"%1\" (in %2).")
                    .arg(entity.name, other->file);
            if (entity.streamOnly)
                continue;
            for (const QString &name : {other->table, other->serviceView}) {
                if (!name.isEmpty() && (name == entity.table || name == entity.serviceView))
                    return QStringLiteral("The table name \"%1\" belongs to the entity \"%2\" (in %3).")
                        .arg(name, other->name, other->file);
            }
        }
        for (const auto &other : catalog.m_streamEntities) {
            if (other->name == entity.name && !isBuiltIn(*other))
                return QStringLiteral("There is already an entity \"%1\" (in %2).")
                    .arg(entity.name, other->file);
        }
        return {};
    }

    static bool isBuiltIn(const EntityType &entity)
    {
        return entity.file.startsWith(QLatin1String("catalog/"));
    }

    // An operator who describes the messages of a topic knows better.
    static void giveWay(EntityCatalog &catalog)
    {
        QSet<QString> names;
        QSet<QString> topics;
        for (const auto *entities : {&catalog.m_entities, &catalog.m_streamEntities}) {
            for (const auto &entity : *entities) {
                if (isBuiltIn(*entity) && entity->streamOnly)
                    continue;
                names.insert(entity->name);
                topics.unite(QSet<QString>(entity->topics.cbegin(), entity->topics.cend()));
            }
        }
        std::erase_if(catalog.m_streamEntities, [&](const std::unique_ptr<const EntityType> &entity) {
            return isBuiltIn(*entity)
                && (names.contains(entity->name)
                    || std::any_of(entity->topics.cbegin(), entity->topics.cend(),
                                   [&](const QString &topic) { return topics.contains(topic); }));
        });
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
            if (!again)
                std::erase_if(catalog.m_streamEntities, isBroken); // nothing refers to these
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

EntityCatalog::EntityCatalog(const QStringList &sensitivePatterns)
    : m_sensitivePatterns(sensitivePatterns) { }

EntityCatalog::~EntityCatalog() = default;

std::shared_ptr<const EntityCatalog> EntityCatalog::load(const QString &folder,
                                                         const QStringList &sensitivePatterns)
{
    // The built-in entities in the order the shop knows them, then the operator's.
    QStringList files = ProtoSources::builtIn();
    std::stable_sort(files.begin(), files.end(), [](const QString &left, const QString &right) {
        return left.endsWith(QLatin1String("/product.proto"))
            && !right.endsWith(QLatin1String("/product.proto"));
    });
    ProtoSources sources(folder);
    files += sources.own();
    return load(std::move(sources), files, sensitivePatterns);
}

std::shared_ptr<const EntityCatalog> EntityCatalog::ofTexts(const QHash<QString, QByteArray> &files)
{
    ProtoSources sources(files);
    const QStringList names = sources.own();
    return load(std::move(sources), names, SensitiveNames::defaultPatterns());
}

std::shared_ptr<const EntityCatalog> EntityCatalog::load(ProtoSources sources, const QStringList &files,
                                                         const QStringList &sensitivePatterns)
{
    const std::shared_ptr<EntityCatalog> catalog(new EntityCatalog(sensitivePatterns));
    catalog->m_loader = std::make_unique<Loader>(std::move(sources), sensitivePatterns);
    for (const QString &file : files)
        catalog->m_loader->loadFile(*catalog, file);
    Loader::giveWay(*catalog);
    Loader::dropBrokenReferences(*catalog);

    QSet<const EntityType *> warned;
    for (const auto &entity : catalog->m_entities)
        catalog->indexTopics(*entity, warned);
    for (const auto &entity : catalog->m_streamEntities)
        catalog->indexTopics(*entity, warned);
    return catalog;
}

void EntityCatalog::indexTopics(const EntityType &entity, QSet<const EntityType *> &warned)
{
    for (auto topic = entity.topics.cbegin(); topic != entity.topics.cend(); ++topic) {
        TopicUse &use = m_topics[topic.value()];
        const bool shared = use.entity == &entity;
        if (use.entity && !shared && !warned.contains(&entity)) {
            warned.insert(&entity);
            m_problems.append(
                problemAt(*entity.descriptor,
                          QStringLiteral("The topic \"%1\" is also the entity \"%2\"'s (in %3); who reads it "
                                         "cannot tell their events apart.")
                              .arg(topic.value(), use.entity->name, use.entity->file)));
        }
        use = {&entity, shared ? std::nullopt : std::optional(topic.key())};
    }
}

namespace {

const EntityType *named(const std::vector<std::unique_ptr<const EntityType>> &entities, QStringView name)
{
    const auto found = std::find_if(entities.begin(), entities.end(),
                                    [&](const auto &entity) { return entity->name == name; });
    return found == entities.end() ? nullptr : found->get();
}

tl::unexpected<Error> noSuchEntity(QStringView name, const QStringList &names)
{
    return failure(ErrorCode::UnknownEntity,
                   QStringLiteral("There is no entity \"%1\"; there are: %2.")
                       .arg(name, names.join(QStringLiteral(", "))));
}

} // namespace

const EntityType *EntityCatalog::find(QStringView name) const
{
    return named(m_entities, name);
}

const EntityType *EntityCatalog::findDescribed(QStringView name) const
{
    const EntityType *entity = named(m_entities, name);
    return entity ? entity : named(m_streamEntities, name);
}

Expected<const EntityType *> EntityCatalog::require(QStringView name) const
{
    if (const EntityType *entity = find(name))
        return entity;
    QStringList names;
    for (const auto &entity : m_entities)
        names.append(entity->name);
    return noSuchEntity(name, names);
}

Expected<const EntityType *> EntityCatalog::requireDescribed(QStringView name) const
{
    if (const EntityType *entity = findDescribed(name))
        return entity;
    QStringList names;
    for (const auto *entities : {&m_entities, &m_streamEntities}) {
        for (const auto &entity : *entities)
            names.append(entity->name);
    }
    return noSuchEntity(name, names);
}

EntityCatalog::TopicUse EntityCatalog::forTopic(const QString &topic) const
{
    return m_topics.value(topic);
}

} // namespace desk
