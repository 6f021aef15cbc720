// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/Workspace.h"
#include "tests/chaos/History.h"

#include <QSqlDatabase>
#include <QVariant>

namespace desk::chaos {

// A database as a program that is not ours sees it, with its own SQL. One connection, of the thread that made
// it.
class Database
{
public:
    explicit Database(const DatabaseSettings &settings);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    // Opens it, again if need be.
    [[nodiscard]] bool open();
    // True if the statement ran. `affected` is how many rows it changed.
    [[nodiscard]] bool exec(const QString &statement, const QVariantList &values = {},
                            int *affected = nullptr);
    // The rows; fails the test if the database does.
    [[nodiscard]] QList<QVariantList> rows(const QString &query);
    [[nodiscard]] QVariant value(const QString &query) { return rows(query).value(0).value(0); }
    [[nodiscard]] QString lastError() const { return m_lastError; }

    [[nodiscard]] QList<Change> journal();
    [[nodiscard]] QList<Row> records(const QString &entity);
    [[nodiscard]] QString id();
    [[nodiscard]] QSet<qint64> refused();
    [[nodiscard]] std::set<Place> poison();
    // Everything in the journal has a position, and the relay's cursor stands at the last one.
    [[nodiscard]] bool isPublished();
    // The next offset of each partition that has been read.
    [[nodiscard]] QMap<std::pair<QString, int>, qint64> positions();

private:
    bool isPostgreSql() const { return m_settings.kind == DatabaseKind::PostgreSql; }

    DatabaseSettings m_settings;
    QString m_name;
    QString m_lastError;
    QSqlDatabase m_database;
};

} // namespace desk::chaos
