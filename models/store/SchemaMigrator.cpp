// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/SchemaMigrator.h"

#include <QCryptographicHash>

namespace desk {
namespace {

// What concerns the connection or the database as a whole, not one entity's table.
bool endsMigration(ErrorCode code)
{
    return code == ErrorCode::Unreachable || code == ErrorCode::Unauthorised || code == ErrorCode::Cancelled
        || code == ErrorCode::InputOutput || code == ErrorCode::NoAccess || code == ErrorCode::Conflict;
}

Error refusal(const EntityType &entity, const QString &what)
{
    return {ErrorCode::RefusedMigration,
            QStringLiteral("Table %1 is left as it is: %2 (%3)").arg(entity.table, what, entity.file),
            {},
            {}};
}

QString retyped(const QString &column, const QString &from, const QString &to)
{
    return QStringLiteral("its column \"%1\" holds %2, its description now says %3, and the values would be "
                          "lost or taken for others. Give the new field another name, or convert the column "
                          "yourself.")
        .arg(column, from, to);
}

// For tables from before there were notes: what the database's own type says.
QString logicalTypeFromSql(const QString &type)
{
    static const QHash<QString, QString> known{
        {QStringLiteral("timestamp with time zone"), QStringLiteral("timestamp")},
        {QStringLiteral("bytea"), QStringLiteral("bytes")},
        {QStringLiteral("blob"), QStringLiteral("bytes")},
        {QStringLiteral("double precision"), QStringLiteral("double")},
        {QStringLiteral("real"), QStringLiteral("double")},
        {QStringLiteral("jsonb"), QStringLiteral("list")},
    };
    const QString lower = type.toLower();
    return known.value(lower, QString(lower).replace(QLatin1String("numeric("), QLatin1String("decimal(")));
}

} // namespace

SchemaMigrator::SchemaMigrator(SqlSession &session, const SqlDialect &dialect, const EntityCatalog &catalog)
    : m_session(session)
    , m_dialect(dialect)
    , m_catalog(catalog)
    , m_notes(session)
{ }

Expected<> SchemaMigrator::migrate(ClosedEntities &closed)
{
    closed.clear();
    if (const Expected<> base = migrateBase(); !base)
        return base;
    QStringList refusals;
    for (const auto &entity : m_catalog.entities()) {
        const Expected<> fitted = migrateEntity(*entity);
        if (fitted)
            continue;
        Error error = fitted.error();
        if (endsMigration(error.code))
            return fitted;
        if (error.code != ErrorCode::RefusedMigration)
            error = refusal(*entity, error.sentence);
        closed.close(*entity, error.sentence);
        refusals.append(error.sentence);
    }
    if (!refusals.isEmpty())
        return failure(ErrorCode::RefusedMigration, refusals.join(u'\n'));
    return {};
}

Expected<> SchemaMigrator::findRetyped(ClosedEntities &closed)
{
    for (const auto &entity : m_catalog.entities()) {
        const Expected<QHash<QString, QString>> notes = m_notes.read(*entity);
        if (!notes)
            return tl::make_unexpected(notes.error());
        for (const Column &column : entity->columns) {
            const QString noted = notes->value(column.name);
            if (!noted.isEmpty() && !ColumnNotes::keepsMeaning(noted, column))
                closed.close(*entity,
                             refusal(*entity, retyped(column.name, noted, logicalType(column))).sentence);
        }
    }
    return {};
}

// A table of another program that has the name of one of ours would be taken for it.
Expected<> SchemaMigrator::checkForeignTables()
{
    const std::pair<QString, QString> ours[]{
        {QStringLiteral("journal"), QStringLiteral("record_id")},
        {QStringLiteral("journal_run"), QStringLiteral("position")},
        {QStringLiteral("journal_horizon"), QStringLiteral("last_position")},
        {QStringLiteral("relay_state"), QStringLiteral("cursor")},
        {QStringLiteral("relay_refused"), QStringLiteral("position")},
        {QStringLiteral("writer"), QStringLiteral("only_row")},
        {QStringLiteral("id_sequence"), QStringLiteral("next")},
    };
    for (const auto &[table, sign] : ours) {
        const Expected<QList<ExistingColumn>> columns = m_dialect.existingColumns(m_session, table);
        if (!columns)
            return tl::make_unexpected(columns.error());
        const bool isOurs = columns->isEmpty()
            || std::any_of(columns->cbegin(), columns->cend(),
                           [&sign = sign](const ExistingColumn &column) { return column.name == sign; });
        if (!isOurs)
            return failure(ErrorCode::NotSupported,
                           QStringLiteral("This database has a table \"%1\" that another program made; the "
                                          "catalog needs that name for itself. Use another database.")
                               .arg(table));
    }
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
    if (const Expected<> free = checkForeignTables(); !free)
        return free;

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
    QString whole = m_dialect.createTable(entity) + m_dialect.entityScript(entity)
        + m_dialect.indexScript(entity);
    for (const Column &column : entity.columns)
        whole += column.name + u' ' + logicalType(column) + u'\n';
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
    if (const Expected<> changed = changeEntity(entity); !changed)
        return changed;
    Expected<SqlResult> noted = m_session.run(
        QStringLiteral("INSERT INTO catalog_meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET "
                       "value = excluded.value"),
        {QStringLiteral("entity:") + entity.name, wanted});
    if (!noted)
        return tl::make_unexpected(noted.error());
    return transaction.commit();
}

Expected<> SchemaMigrator::changeEntity(const EntityType &entity)
{
    Expected<QList<ExistingColumn>> existing = m_dialect.existingColumns(m_session, entity.table);
    if (!existing)
        return tl::make_unexpected(existing.error());
    // Without a note the columns are taken to hold what the description says today.
    const Expected<QHash<QString, QString>> notes = m_notes.read(entity);
    if (!notes)
        return tl::make_unexpected(notes.error());
    for (ExistingColumn &column : *existing)
        column.logicalType = notes->value(column.name);
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
    return m_notes.write(entity);
}

// Why the column cannot become what its description says, or empty; what is to be done for it is added to
// the script.
QString SchemaMigrator::growColumn(const EntityType &entity, const ExistingColumn &existing,
                                   QString &script) const
{
    const int index = entity.indexOf(existing.name);
    if (index < 0) {
        return QStringLiteral("it has a column \"%1\" that its description no longer has, and dropping it "
                              "would lose data. Put the field back, or drop the column yourself.")
            .arg(existing.name);
    }
    const Column &column = entity.columns[index];
    const bool isNoted = !existing.logicalType.isEmpty();
    const QString from = isNoted ? existing.logicalType : logicalTypeFromSql(existing.type);
    if (isNoted && !ColumnNotes::keepsMeaning(existing.logicalType, column))
        return retyped(column.name, from, logicalType(column));
    if (m_dialect.fits(existing, column))
        return {};
    const QString widened = m_dialect.widen(entity, existing, column);
    if (widened.isEmpty())
        return retyped(column.name, from, logicalType(column));
    script += widened + u'\n';
    return {};
}

Expected<QString> SchemaMigrator::growTable(const EntityType &entity,
                                            const QList<ExistingColumn> &existing) const
{
    const auto has = [&](const QString &name) {
        return std::any_of(existing.cbegin(), existing.cend(),
                           [&](const ExistingColumn &column) { return column.name == name; });
    };
    if (!has(QStringLiteral("version")))
        return tl::make_unexpected(
            refusal(entity,
                    QStringLiteral("it was not made by this program (it has no version column). Choose "
                                   "another table name.")));
    if (!has(entity.id().name))
        return tl::make_unexpected(refusal(
            entity,
            QStringLiteral("it has no column \"%1\" to identify its records by.").arg(entity.id().name)));
    QString script;
    QStringList problems; // all of them, so that nobody has to start again for each
    for (const ExistingColumn &column : existing) {
        if (column.name == QLatin1String("version"))
            continue;
        if (const QString problem = growColumn(entity, column, script); !problem.isEmpty())
            problems.append(problem);
    }
    if (!problems.isEmpty())
        return tl::make_unexpected(refusal(entity, problems.join(QStringLiteral(" Also, "))));
    for (const Column &column : entity.columns) {
        if (!has(column.name))
            script += m_dialect.addColumn(entity, column) + u'\n';
    }
    return script;
}

} // namespace desk
