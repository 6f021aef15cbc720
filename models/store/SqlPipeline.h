// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QByteArrayView>
#include <QList>

#include <libpq-fe.h>

#include <memory>

namespace desk {

struct PgResultDeleter {
    void operator()(PGresult *result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, PgResultDeleter>;

// Statements that a PostgreSQL server works on while the caller does something else: sent together, each in
// a transaction of its own, answered in PostgreSQL's binary formats. Until they are settled the connection
// can do nothing else. Belongs to the SqlSession whose connection it is; on its thread.
class SqlPipeline
{
public:
    struct Statement {
        QByteArray sql;        // with $1, $2 …
        QByteArrayList values; // as text
    };

    explicit SqlPipeline(PGconn *connection) : m_connection(connection) { }

    // Whatever was sent before is settled and forgotten. What goes wrong is told by take().
    void send(const QList<Statement> &statements);
    // Something has been sent, and its answer not been taken.
    [[nodiscard]] bool isWaiting() const { return m_sent > 0 || m_answer; }
    // Waits for the answers; afterwards the connection is free, and take() still has the last one.
    void settle();
    // The last statement's answer, or that of the first one that failed. Null if the connection is gone.
    [[nodiscard]] PgResult take();

private:
    PGconn *m_connection;
    qsizetype m_sent = 0; // statements that are not answered yet
    PgResult m_answer;
};

} // namespace desk
