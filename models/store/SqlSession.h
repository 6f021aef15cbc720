// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"
#include "models/store/SqlPipeline.h"
#include "models/workspace/Workspace.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <memory>
#include <mutex>
#include <unordered_map>

namespace desk {

class SqlSession;

// A statement that has run, with its rows. Gives the prepared statement back to the session when it goes.
class SqlResult
{
public:
    SqlResult(std::unique_ptr<QSqlQuery> query, SqlSession &session, QString sql);
    SqlResult(SqlResult &&) = default;
    SqlResult &operator=(SqlResult &&) = default;
    ~SqlResult();

    [[nodiscard]] bool next() { return m_query->next(); }
    [[nodiscard]] QVariant value(int index) const;
    [[nodiscard]] bool isNull(int index) const { return m_query->isNull(index); }
    [[nodiscard]] qint64 rowsAffected() const { return m_query->numRowsAffected(); }
    // After next() has said false: did the rows end, or the connection?
    [[nodiscard]] Expected<> finished() const;

private:
    std::unique_ptr<QSqlQuery> m_query;
    SqlSession *m_session;
    QString m_sql;
};

enum class Fetching { Buffered, Streaming };

// One connection to PostgreSQL or SQLite: opens it, runs statements (prepared once, then kept), turns
// driver errors into sentences. Belongs to the thread that opened it; only cancel() may be called from
// another.
class SqlSession
{
public:
    [[nodiscard]] static Expected<std::unique_ptr<SqlSession>> open(const DatabaseSettings &settings);
    ~SqlSession();

    // While a Streaming result is being read, the connection can run nothing else.
    [[nodiscard]] Expected<SqlResult> run(const QString &sql, const QVariantList &values = {},
                                          Fetching fetching = Fetching::Buffered);
    // Several statements, no values, nothing prepared.
    [[nodiscard]] Expected<> runScript(const QString &sql);

    // PostgreSQL only: "COPY … FROM STDIN" with these lines in its text format.
    [[nodiscard]] Expected<> copyIn(const QString &sql, const QByteArray &lines);

    // PostgreSQL only: statements the server works on while the caller goes on; outside any transaction.
    // Whatever else is run meanwhile waits for them first.
    void sendAhead(const QList<SqlPipeline::Statement> &statements) { m_ahead->send(statements); }
    [[nodiscard]] bool hasSentAhead() const { return m_ahead && m_ahead->isWaiting(); }
    // Waits for them. The rows of the last one.
    [[nodiscard]] Expected<PgResult> takeAhead();

    [[nodiscard]] Expected<> begin();
    [[nodiscard]] Expected<> commit();
    void rollback();

    void cancel();
    [[nodiscard]] Error errorFrom(const QSqlQuery &query) const;
    [[nodiscard]] DatabaseKind kind() const { return m_kind; }

private:
    friend class SqlResult;
    static constexpr std::size_t KeptStatements = 200;

    explicit SqlSession(const DatabaseSettings &settings);
    [[nodiscard]] Expected<> connect(const DatabaseSettings &settings);
    [[nodiscard]] Error errorFrom(const QSqlError &error) const;
    [[nodiscard]] bool isConnectionLost() const;
    void settleAhead();

    DatabaseKind m_kind;
    QString m_place; // for sentences: where the database is
    QString m_connectionName;
    QSqlDatabase m_database;
    std::unique_ptr<SqlPipeline> m_ahead; // PostgreSQL only
    std::unordered_map<QString, std::unique_ptr<QSqlQuery>> m_statements;
    std::mutex m_cancelLock;
    void *m_cancelHandle = nullptr; // PGcancel or sqlite3, usable from any thread
};

// Rolls back unless committed.
class SqlTransaction
{
public:
    explicit SqlTransaction(SqlSession &session) : m_session(session) { }
    ~SqlTransaction()
    {
        if (m_open)
            m_session.rollback();
    }
    SqlTransaction(const SqlTransaction &) = delete;
    SqlTransaction &operator=(const SqlTransaction &) = delete;

    [[nodiscard]] Expected<> begin()
    {
        Expected<> begun = m_session.begin();
        m_open = begun.has_value();
        return begun;
    }
    [[nodiscard]] Expected<> commit()
    {
        Expected<> committed = m_session.commit();
        if (!committed)
            m_session.rollback();
        m_open = false;
        return committed;
    }

private:
    SqlSession &m_session;
    bool m_open = false;
};

// A part of a transaction that can be taken back alone. Taken back unless released.
class SqlSavepoint
{
public:
    explicit SqlSavepoint(SqlSession &session) : m_session(session) { }
    ~SqlSavepoint()
    {
        if (m_open) // fails only if the whole transaction is lost
            static_cast<void>(rollback());
    }
    SqlSavepoint(const SqlSavepoint &) = delete;
    SqlSavepoint &operator=(const SqlSavepoint &) = delete;

    [[nodiscard]] Expected<> set()
    {
        Expected<> set = m_session.runScript(QStringLiteral("SAVEPOINT part"));
        m_open = set.has_value();
        return set;
    }
    [[nodiscard]] Expected<> release()
    {
        m_open = false;
        return m_session.runScript(QStringLiteral("RELEASE SAVEPOINT part"));
    }
    [[nodiscard]] Expected<> rollback()
    {
        m_open = false;
        return m_session.runScript(QStringLiteral("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part"));
    }

private:
    SqlSession &m_session;
    bool m_open = false;
};

} // namespace desk
