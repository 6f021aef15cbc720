// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Store.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QUuid>

#include <memory>

namespace desk {

// A connection that keeps a transaction open, as a program that is not ours would. PostgreSQL. Test thread.
class OpenTransaction
{
public:
    explicit OpenTransaction(const DatabaseSettings &settings)
        : m_database(QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), m_name))
    {
        m_database.setHostName(settings.host);
        m_database.setPort(settings.port);
        m_database.setUserName(settings.user);
        m_database.setPassword(settings.password);
        m_database.setDatabaseName(settings.name);
        if (!m_database.open() || !m_database.transaction())
            qFatal("%s", qPrintable(m_database.lastError().text()));
    }
    ~OpenTransaction()
    {
        m_database.close();
        m_database = {};
        QSqlDatabase::removeDatabase(m_name);
    }
    OpenTransaction(const OpenTransaction &) = delete;
    OpenTransaction &operator=(const OpenTransaction &) = delete;

    void exec(const QString &sql)
    {
        QSqlQuery query(m_database);
        if (!query.exec(sql))
            qFatal("%s", qPrintable(query.lastError().text()));
    }
    bool commit() { return m_database.commit(); }
    bool rollback() { return m_database.rollback(); }

private:
    QString m_name = QUuid::createUuid().toString();
    QSqlDatabase m_database;
};

// A database of its own for one test: a SQLite file in a temporary folder, or a fresh database on the
// PostgreSQL server that DATABASE_URL names, dropped at the end. Test thread.
class StoreFixture
{
public:
    explicit StoreFixture(DatabaseKind kind)
    {
        m_settings.kind = kind;
        if (kind == DatabaseKind::Sqlite) {
            m_settings.path = m_folder.filePath(QStringLiteral("catalog.sqlite"));
            return;
        }
        const Expected<DatabaseSettings> server = DatabaseSettings::fromUrl(
            qEnvironmentVariable("DATABASE_URL"));
        if (!server)
            qFatal("DATABASE_URL must name the test server; ./dev test sets it.");
        m_server = *server;
        m_settings = *server;
        m_settings.name = QStringLiteral("test_") + QUuid::createUuid().toString(QUuid::Id128);
        onServer(QStringLiteral("CREATE DATABASE ") + m_settings.name);
    }

    ~StoreFixture()
    {
        if (m_settings.kind == DatabaseKind::PostgreSql)
            onServer(QStringLiteral("DROP DATABASE IF EXISTS %1 WITH (FORCE)").arg(m_settings.name));
    }

    [[nodiscard]] const DatabaseSettings &settings() const { return m_settings; }

    [[nodiscard]] std::unique_ptr<Store> open(
        std::shared_ptr<const EntityCatalog> catalog = EntityCatalog::load()) const
    {
        Expected<std::unique_ptr<Store>> store = openStore(m_settings, std::move(catalog));
        if (!store)
            qFatal("%s", qPrintable(store.error().sentence));
        const Expected<> migrated = (*store)->migrate();
        if (!migrated)
            qWarning("%s", qPrintable(migrated.error().sentence));
        return *std::move(store);
    }

    [[nodiscard]] std::unique_ptr<OpenTransaction> openTransaction() const
    {
        return std::make_unique<OpenTransaction>(m_settings);
    }

    // Runs SQL as a program that is not ours would, on a connection of its own. The last statement's first
    // column comes back.
    QStringList sql(const QStringList &statements, QString *error = nullptr) const
    {
        return run(m_settings, statements, error);
    }

    // The same on any database; without `error` a failure ends the test.
    static QStringList run(const DatabaseSettings &settings, const QStringList &statements, QString *error)
    {
        const QString name = QUuid::createUuid().toString();
        QStringList rows;
        {
            const bool isPostgreSql = settings.kind == DatabaseKind::PostgreSql;
            QSqlDatabase database = QSqlDatabase::addDatabase(
                isPostgreSql ? QStringLiteral("QPSQL") : QStringLiteral("QSQLITE"), name);
            database.setHostName(settings.host);
            database.setPort(settings.port);
            database.setUserName(settings.user);
            database.setPassword(settings.password);
            database.setDatabaseName(isPostgreSql ? settings.name : settings.path);
            if (!isPostgreSql)
                database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000"));
            if (!database.open())
                qFatal("%s", qPrintable(database.lastError().text()));
            for (const QString &statement : statements) {
                QSqlQuery query(database);
                rows.clear();
                if (!query.exec(statement)) {
                    if (!error)
                        qFatal("%s: %s", qPrintable(statement), qPrintable(query.lastError().text()));
                    *error = query.lastError().databaseText();
                    break;
                }
                while (query.next())
                    rows.append(query.value(0).toString());
            }
        }
        QSqlDatabase::removeDatabase(name);
        return rows;
    }

    static constexpr auto Both = {DatabaseKind::Sqlite, DatabaseKind::PostgreSql};

private:
    void onServer(const QString &statement) const { run(m_server, {statement}, nullptr); }

    QTemporaryDir m_folder;
    DatabaseSettings m_server;
    DatabaseSettings m_settings;
};

} // namespace desk

Q_DECLARE_METATYPE(desk::DatabaseKind)
