// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/SqlPipeline.h"

#include <utility>
#include <vector>

namespace desk {

// The way of https://www.postgresql.org/docs/current/libpq-pipeline-mode.html: a synchronisation point after
// each statement ends its transaction.
void SqlPipeline::send(const QList<Statement> &statements)
{
    settle();
    m_answer.reset();
    if (PQenterPipelineMode(m_connection) != 1)
        return;
    for (const Statement &statement : statements) {
        std::vector<const char *> values;
        for (const QByteArray &value : statement.values)
            values.push_back(value.constData());
        constexpr int Binary = 1;
        if (PQsendQueryParams(m_connection, statement.sql.constData(), int(values.size()), nullptr,
                              values.data(), nullptr, nullptr, Binary)
                != 1
            || PQpipelineSync(m_connection) != 1)
            break;
        ++m_sent;
    }
    if (m_sent == 0)
        PQexitPipelineMode(m_connection);
}

void SqlPipeline::settle()
{
    if (m_sent == 0)
        return;
    // Each statement's results end with a null, then comes its synchronisation point.
    while (m_sent > 0 && PQstatus(m_connection) == CONNECTION_OK) {
        PgResult result(PQgetResult(m_connection));
        if (!result)
            continue;
        const ExecStatusType status = PQresultStatus(result.get());
        if (status == PGRES_PIPELINE_SYNC) {
            --m_sent;
            continue;
        }
        const bool hasFailed = m_answer && PQresultStatus(m_answer.get()) == PGRES_FATAL_ERROR;
        if (!hasFailed)
            m_answer = std::move(result);
    }
    if (m_sent > 0) // an answer of before the connection went is not the one that was asked for
        m_answer.reset();
    m_sent = 0;
    PQexitPipelineMode(m_connection);
}

PgResult SqlPipeline::take()
{
    settle();
    return std::move(m_answer);
}

} // namespace desk
