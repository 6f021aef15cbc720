// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/SchemaMigrator.h"

#include <QCryptographicHash>

namespace desk {

SchemaMigrator::SchemaMigrator(SqlSession &session, const SqlDialect &dialect, const EntityCatalog &catalog)
    : m_session(session)
    , m_dialect(dialect)
    , m_catalog(catalog)
{ }

Expected<> SchemaMigrator::migrate()
{
    if (const Expected<> base = migrateBase(); !base)
        return base;
    QStringList refusals;
    for (const auto &entity : m_catalog.entities()) {
        const Expected<> fitted = migrateEntity(*entity);
        if (!fitted && fitted.error().code != ErrorCode::RefusedMigration)
            return fitted;
        if (!fitted)
            refusals.append(fitted.error().sentence);
    }
    if (!refusals.isEmpty())
        return failure(ErrorCode::RefusedMigration, refusals.join(u'\n'));
    return {};
}

Expected<> SchemaMigrator::migrateBase()
{
    const QString script = m_dialect.baseScript();
    const QString wanted = QString::fromLatin1(
        QCryptographicHash::hash(script.toUtf8(), QCryptographicHash::Sha256).toHex());

    Expected<QList<ExistingColumn>> meta = m_dialect.existingColumns(m_session,
                                                                     QStringLiteral("catalog_meta"));
    if (!meta)
        return tl::make_unexpected(meta.error());
    if (!meta->isEmpty()) {
        Expected<SqlResult> known = m_session.run(
            QStringLiteral("SELECT value FROM catalog_meta WHERE key = 'base'"));
        if (!known)
            return tl::make_unexpected(known.error());
        if (known->next() && known->value(0).toString() == wanted)
            return {};
    }

    SqlTransaction transaction(m_session);
    if (Expected<> begun = transaction.begin(); !begun)
        return begun;
    // Two programs that start at once: the second waits here, and then finds everything there.
    if (m_session.kind() == DatabaseKind::PostgreSql) {
        if (Expected<> locked = m_session.runScript(
                QStringLiteral("SELECT pg_advisory_xact_lock(7202411, 0)"));
            !locked)
            return locked;
    }
    if (Expected<> done = m_session.runScript(script); !done)
        return done;
    Expected<SqlResult> noted = m_session.run(
        QStringLiteral("INSERT INTO catalog_meta (key, value) VALUES ('base', ?) ON CONFLICT (key) DO UPDATE "
                       "SET value = excluded.value"),
        {wanted});
    if (!noted)
        return tl::make_unexpected(noted.error());
    return transaction.commit();
}

QString SchemaMigrator::fingerprint(const EntityType &entity) const
{
    const QString whole = m_dialect.createTable(entity) + m_dialect.entityScript(entity)
        + m_dialect.indexScript(entity);
    return QString::fromLatin1(QCryptographicHash::hash(whole.toUtf8(), QCryptographicHash::Sha256).toHex());
}

Expected<bool> SchemaMigrator::isCurrent(const EntityType &entity, const QString &fingerprint)
{
    Expected<SqlResult> known = m_session.run(QStringLiteral("SELECT value FROM catalog_meta WHERE key = ?"),
                                              {QStringLiteral("entity:") + entity.name});
    if (!known)
        return tl::make_unexpected(known.error());
    return known->next() && known->value(0).toString() == fingerprint;
}

Expected<> SchemaMigrator::migrateEntity(const EntityType &entity)
{
    const QString wanted = fingerprint(entity);
    const Expected<bool> current = isCurrent(entity, wanted);
    if (!current)
        return tl::make_unexpected(current.error());
    if (*current)
        return {};

    SqlTransaction transaction(m_session);
    if (Expected<> begun = transaction.begin(); !begun)
        return begun;
    if (m_session.kind() == DatabaseKind::PostgreSql) {
        if (Expected<> locked = m_session.runScript(
                QStringLiteral("SELECT pg_advisory_xact_lock(7202411, 0)"));
            !locked)
            return locked;
    }
    Expected<QList<ExistingColumn>> existing = m_dialect.existingColumns(m_session, entity.table);
    if (!existing)
        return tl::make_unexpected(existing.error());
    const Expected<QString> table = existing->isEmpty() ? Expected<QString>(m_dialect.createTable(entity))
                                                        : growTable(entity, *existing);
    if (!table)
        return tl::make_unexpected(table.error());
    for (const QString &script : {*table, m_dialect.entityScript(entity), m_dialect.indexScript(entity)}) {
        if (script.isEmpty())
            continue;
        if (Expected<> done = m_session.runScript(script); !done)
            return done;
    }
    Expected<SqlResult> noted = m_session.run(
        QStringLiteral("INSERT INTO catalog_meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET "
                       "value = excluded.value"),
        {QStringLiteral("entity:") + entity.name, wanted});
    if (!noted)
        return tl::make_unexpected(noted.error());
    return transaction.commit();
}

Expected<QString> SchemaMigrator::growTable(const EntityType &entity,
                                            const QList<ExistingColumn> &existing) const
{
    const auto refused = [&](const QString &what) {
        return failure(
            ErrorCode::RefusedMigration,
            QStringLiteral("Table %1 is left as it is: %2 (%3)").arg(entity.table, what, entity.file));
    };
    QString script;
    bool hasVersion = false;
    for (const ExistingColumn &column : existing) {
        if (column.name == QLatin1String("version")) {
            hasVersion = true;
            continue;
        }
        const int index = entity.indexOf(column.name);
        if (index < 0) {
            return refused(QStringLiteral("it has a column \"%1\" that its description no longer has, and "
                                          "dropping it would lose data. "
                                          "Put the field back, or drop the column yourself.")
                               .arg(column.name));
        }
        if (m_dialect.fits(column, entity.columns[index]))
            continue;
        const QString widened = m_dialect.widen(entity, column, entity.columns[index]);
        if (widened.isEmpty()) {
            return refused(
                QStringLiteral(
                    "its column \"%1\" is %2, its description now says %3, and changing it could lose data. "
                    "Give the new field another name, or convert the column yourself.")
                    .arg(column.name, column.type, m_dialect.typeName(entity.columns[index])));
        }
        script += widened + u'\n';
    }
    if (!hasVersion)
        return refused(QStringLiteral(
            "it was not made by this program (it has no version column). Choose another table name."));
    for (const Column &column : entity.columns) {
        const bool known = std::any_of(existing.cbegin(), existing.cend(), [&](const ExistingColumn &other) {
            return other.name == column.name;
        });
        if (known)
            continue;
        if (&column == &entity.id())
            return refused(
                QStringLiteral("it has no column \"%1\" to identify its records by.").arg(column.name));
        script += m_dialect.addColumn(entity, column) + u'\n';
    }
    return script;
}

} // namespace desk
