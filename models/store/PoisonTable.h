// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Ingest.h"
#include "models/store/SqlSession.h"

namespace desk {

// The messages that could not be applied, as they stood on their topics. On the session's thread.
class PoisonTable
{
public:
    explicit PoisonTable(SqlSession &session) : m_session(session) { }

    // In the caller's transaction. A message that is there already takes the new reason.
    [[nodiscard]] Expected<> keep(const TopicMessage &message, const QString &reason);
    [[nodiscard]] Expected<> setReason(qint64 id, const QString &reason);
    [[nodiscard]] Expected<> remove(qint64 id);

    [[nodiscard]] Expected<QList<PoisonMessage>> list(int limit);
    [[nodiscard]] Expected<qint64> count();
    [[nodiscard]] Expected<> drop(const QList<qint64> &ids); // in a transaction of its own

private:
    SqlSession &m_session;
};

} // namespace desk
