// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"
#include "models/store/JournalUpkeep.h"
#include "models/store/SqlSession.h"

namespace desk {

// Says how large the journal is and takes off its oldest entries, never one that the relay, an event in the
// refused list or a registered working copy still needs. An entry and its position go in one statement, so
// the stamping (resources/sql/postgresql/001_journal.sql) never meets one without the other. On the
// session's thread.
class JournalPruner
{
public:
    explicit JournalPruner(SqlSession &session);

    // `head` is the journal's.
    [[nodiscard]] Expected<JournalStatus> status(qint64 head);
    [[nodiscard]] Expected<PrunePlan> plan(qint64 head, const JournalRetention &retention);
    [[nodiscard]] Expected<qint64> prune(qint64 through, int limit);
    [[nodiscard]] Expected<> registerWorkingCopy(const QString &id, const QString &label, qint64 position);
    [[nodiscard]] Expected<> forgetWorkingCopy(const QString &id);

private:
    [[nodiscard]] Expected<> readNeeds(JournalStatus &status);
    [[nodiscard]] Expected<> readOldest(JournalStatus &status);
    [[nodiscard]] Expected<> readSize(JournalStatus &status);
    [[nodiscard]] Expected<qint64> firstSince(const QDateTime &since, qint64 head);
    [[nodiscard]] QDateTime time(const QVariant &value) const;

    SqlSession &m_session;
    bool m_isPostgreSql;
};

} // namespace desk
