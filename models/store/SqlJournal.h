// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"
#include "models/store/Change.h"
#include "models/store/ClosedEntities.h"
#include "models/store/SqlDialect.h"

namespace desk {

// Reads the journal by position. On PostgreSQL positions are stamped first (see
// resources/sql/postgresql/001_journal.sql: sequence order is no commit order); on SQLite the sequence is
// the position. On the session's thread, outside any transaction.
class SqlJournal
{
public:
    SqlJournal(SqlSession &session, const EntityCatalog &catalog, const ClosedEntities &closed);

    [[nodiscard]] Expected<QList<JournalEntry>> read(qint64 afterPosition, int limit);
    // See Store. The server looks for what comes next while the visitor works on these.
    [[nodiscard]] Expected<int> readToPublish(qint64 afterPosition, int limit, const JournalVisitor &visit);
    [[nodiscard]] Expected<QList<JournalEntry>> entries(const QList<qint64> &positions);
    [[nodiscard]] Expected<qint64> head();
    [[nodiscard]] Expected<QList<JournalEntry>> history(const QString &entity, const RecordId &id, int limit);

private:
    [[nodiscard]] Expected<> stamp();
    [[nodiscard]] Expected<QList<JournalEntry>> readEntries(const QString &sql, const QVariantList &values);
    void askAhead(qint64 afterPosition, int limit);
    void readRow(const PGresult &rows, int row, JournalEntry &entry) const;
    [[nodiscard]] std::optional<Record> readImage(const EntityType *entity, QByteArrayView json,
                                                  qint64 version) const;

    SqlSession &m_session;
    const EntityCatalog &m_catalog;
    const ClosedEntities &m_closed;
    bool m_isPostgreSql;
    std::pair<qint64, int> m_askedAhead; // position and limit of what the server was asked for ahead
};

} // namespace desk
