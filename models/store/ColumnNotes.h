// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityType.h"
#include "models/store/SqlSession.h"

namespace desk {

// What each column of an entity's table holds, in the words of logicalType(): noted in catalog_meta whenever
// the table is made or changed, because the databases know less. SQLite keeps whole numbers, booleans and
// decimals of any scale alike. On the session's thread.
class ColumnNotes
{
public:
    explicit ColumnNotes(SqlSession &session) : m_session(session) { }

    // By column name; empty for a table that was made before there were notes.
    [[nodiscard]] Expected<QHash<QString, QString>> read(const EntityType &entity);
    [[nodiscard]] Expected<> write(const EntityType &entity);

    // Whether what was noted keeps its meaning in this column, perhaps after a change of the table.
    [[nodiscard]] static bool keepsMeaning(const QString &noted, const Column &column);
    // Digits after the point of a decimal's noted type; -1 for others.
    [[nodiscard]] static int scaleOf(const QString &noted);

private:
    SqlSession &m_session;
};

} // namespace desk
