// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/SqlSession.h"
#include "models/store/Store.h"

namespace desk {

// The refused list (table relay_refused) as operator and relay change it. One rule decides what may go: an
// event that is not refused itself, with no refused one of its record before it, is due. To retry is to take
// the refusal from an event, to drop is to take the event off the list; nothing else has to be remembered.
// On the session's thread.
class RefusedList
{
public:
    explicit RefusedList(SqlSession &session);

    [[nodiscard]] Expected<QList<RefusedEvent>> all();
    [[nodiscard]] Expected<QList<RefusedEvent>> released(int limit);
    [[nodiscard]] Expected<qint64> retry(const QList<qint64> &positions, const QString &author);
    [[nodiscard]] Expected<qint64> drop(const QList<qint64> &positions, const QString &author);
    [[nodiscard]] Expected<qint64> lastDecision();
    [[nodiscard]] Expected<> settle(const QList<qint64> &done, const QList<RefusedEvent> &refused);

private:
    [[nodiscard]] Expected<QList<RefusedEvent>> read(const QString &condition, const QVariantList &values);
    [[nodiscard]] Expected<> beginDecision(SqlTransaction &transaction);
    [[nodiscard]] Expected<RefusedEvent> find(qint64 position);
    [[nodiscard]] Expected<std::optional<RefusedEvent>> refusedBefore(const RefusedEvent &event);
    [[nodiscard]] Expected<> note(const RefusedEvent &event, const QString &decision, const QString &author);

    SqlSession &m_session;
    bool m_isPostgreSql;
};

} // namespace desk
