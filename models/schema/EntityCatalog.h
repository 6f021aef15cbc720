// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityType.h"
#include "models/schema/SensitiveNames.h"

#include <QList>
#include <QSet>
#include <QString>

#include <memory>
#include <vector>

namespace desk {

// Something wrong with a .proto file, where it stands, in a sentence.
struct SchemaProblem {
    QString file;
    int line = 0;   // from 1; 0: the file as a whole
    int column = 0; // from 1
    QString sentence;

    [[nodiscard]] QString toText() const; // "shop.proto:12:3: …"
};

class ProtoSources;

// The entities of a workspace: the built-in ones and those of the operator's own folder. Owns the descriptors and
// everything that points to them. Knows by which names values are sensitive there; Column::sensitive says so of each
// column, for whoever shows, writes or searches values. Build it on one thread, then share it read-only between all.
class EntityCatalog
{
public:
    static constexpr size_t MaximumEntities = 1000; // more are left out and reported

    // Loads the built-in entities and every *.proto in `folder` (skipped if empty). A file that cannot be
    // used is left out and reported in problems(); the rest is there all the same. Never fails as a whole.
    // The patterns are the workspace's (DecodingSettings::sensitiveNames).
    [[nodiscard]] static std::shared_ptr<const EntityCatalog> load(
        const QString &folder = {}, const QStringList &sensitivePatterns = SensitiveNames::defaultPatterns());
    // The same for files that lie in memory, by their names, without the built-in entities (which they may
    // import).
    [[nodiscard]] static std::shared_ptr<const EntityCatalog> ofTexts(
        const QHash<QString, QByteArray> &files);
    ~EntityCatalog();
    EntityCatalog(const EntityCatalog &) = delete;
    EntityCatalog &operator=(const EntityCatalog &) = delete;

    [[nodiscard]] const std::vector<std::unique_ptr<const EntityType>> &entities() const
    {
        return m_entities;
    }
    [[nodiscard]] const QList<SchemaProblem> &problems() const { return m_problems; }
    [[nodiscard]] const QStringList &sensitivePatterns() const { return m_sensitivePatterns; }

    // Those that are only messages on topics: stores, pages, relay and ingest know nothing of them.
    [[nodiscard]] const std::vector<std::unique_ptr<const EntityType>> &streamEntities() const
    {
        return m_streamEntities;
    }

    [[nodiscard]] const EntityType *find(QStringView name) const; // null: none with records of that name
    [[nodiscard]] const EntityType *findDescribed(QStringView name) const; // of either kind
    // UnknownEntity with a sentence that lists the entities there are.
    [[nodiscard]] Expected<const EntityType *> require(QStringView name) const;
    [[nodiscard]] Expected<const EntityType *> requireDescribed(QStringView name) const;
    // The entity of either kind whose topic for some verb this is, and that verb; null entity: none.
    struct TopicUse {
        const EntityType *entity = nullptr;
        std::optional<Verb> verb; // empty where one topic serves every verb
    };
    [[nodiscard]] TopicUse forTopic(const QString &topic) const;

private:
    explicit EntityCatalog(const QStringList &sensitivePatterns);
    static std::shared_ptr<const EntityCatalog> load(ProtoSources sources, const QStringList &files,
                                                     const QStringList &sensitivePatterns);

    struct Loader;
    std::unique_ptr<Loader> m_loader;
    void indexTopics(const EntityType &entity, QSet<const EntityType *> &warned);

    std::vector<std::unique_ptr<const EntityType>> m_entities;
    std::vector<std::unique_ptr<const EntityType>> m_streamEntities;
    QList<SchemaProblem> m_problems;
    QHash<QString, TopicUse> m_topics;
    QStringList m_sensitivePatterns;
};

} // namespace desk
