// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/DatabaseIdentity.h"

#include <QUuid>

namespace desk {
namespace {

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

tl::unexpected<Error> inUse()
{
    return failure(ErrorCode::InUse,
                   QStringLiteral("Other programs have this database open and would go on under its old id. "
                                  "Close the windows, stop relay and ingest, then try again."));
}

} // namespace

Expected<> DatabaseIdentity::read()
{
    // PostgreSQL has drawn one itself. Looked for before it is drawn, so that a file that can only be read
    // opens all the same.
    for (int attempt = 0; attempt < 2; ++attempt) {
        Expected<SqlResult> result = m_session.run(
            QStringLiteral("SELECT value FROM catalog_meta WHERE key = 'database_id'"));
        if (!result)
            return tl::make_unexpected(result.error());
        if (result->next()) {
            m_id = result->value(0).toString();
            return {};
        }
        if (m_session.kind() != DatabaseKind::Sqlite)
            break;
        Expected<SqlResult> drawn = m_session.run(
            QStringLiteral("INSERT OR IGNORE INTO catalog_meta (key, value) VALUES ('database_id', ?)"),
            {newId()});
        if (!drawn)
            return tl::make_unexpected(drawn.error());
    }
    return failure(ErrorCode::Database,
                   QStringLiteral("The database has no identity; was its catalog_meta table emptied?"));
}

Expected<QString> DatabaseIdentity::renew()
{
    const QString id = newId();
    const Expected<> renewed = m_session.kind() == DatabaseKind::PostgreSql ? renewOnPostgreSql(id)
                                                                            : renewOnSqlite(id);
    if (!renewed)
        return tl::make_unexpected(renewed.error());
    m_id = id;
    return id;
}

Expected<> DatabaseIdentity::renewOnPostgreSql(const QString &id)
{
    SqlTransaction transaction(m_session);
    if (Expected<> begun = transaction.begin(); !begun)
        return begun;
    // Who opens the database from here on waits for the new id; who had opened it before is seen.
    if (Expected<> locked = m_session.runScript(QStringLiteral(
            "SET LOCAL lock_timeout = '10s'; LOCK TABLE catalog_meta IN ACCESS EXCLUSIVE MODE"));
        !locked)
        return locked;
    Expected<SqlResult> others = m_session.run(QStringLiteral(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND application_name = current_setting('application_name')"));
    if (!others)
        return tl::make_unexpected(others.error());
    if (!others->next() || others->value(0).toInt() > 0)
        return inUse();
    if (Expected<> written = write(id); !written)
        return written;
    return transaction.commit();
}

// SQLite lets nobody leave the write-ahead log while another connection is open, idle or not: that is how one
// learns of it. Who opens the file afterwards turns the log on again, which is seen within the transaction.
Expected<> DatabaseIdentity::renewOnSqlite(const QString &id)
{
    const auto mode = [this](const char *wanted) -> Expected<QString> {
        Expected<SqlResult> result = m_session.run(QStringLiteral("PRAGMA journal_mode")
                                                   + QLatin1String(wanted));
        if (!result)
            return tl::make_unexpected(result.error());
        return result->next() ? result->value(0).toString() : QString();
    };
    const auto change = [&]() -> Expected<> {
        if (Expected<> begun = m_session.runScript(QStringLiteral("PRAGMA busy_timeout = 0")); !begun)
            return begun;
        const Expected<QString> left = mode(" = DELETE");
        if (!left && left.error().code == ErrorCode::Unreachable) // busy
            return inUse();
        if (!left)
            return tl::make_unexpected(left.error());
        if (*left != QLatin1String("delete"))
            return inUse();
        SqlTransaction transaction(m_session);
        if (!transaction.begin())
            return inUse();
        const Expected<QString> now = mode("");
        if (!now)
            return tl::make_unexpected(now.error());
        if (*now != QLatin1String("delete"))
            return inUse();
        if (Expected<> written = write(id); !written)
            return written;
        return transaction.commit();
    };
    Expected<> changed = change();
    const Expected<> restored = m_session.runScript(
        QStringLiteral("PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL"));
    return changed ? restored : changed;
}

Expected<> DatabaseIdentity::write(const QString &id)
{
    Expected<SqlResult> written = m_session.run(
        QStringLiteral("UPDATE catalog_meta SET value = ? WHERE key = 'database_id'"), {id});
    if (!written)
        return tl::make_unexpected(written.error());
    return {};
}

} // namespace desk
