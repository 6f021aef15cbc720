// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/IdSource.h"

#include <QUuid>

#include <limits>

namespace desk {
namespace {

qint64 largestId(const EntityType &entity)
{
    return entity.id().type == ColumnType::Integer ? std::numeric_limits<qint32>::max()
                                                   : std::numeric_limits<qint64>::max() - 1;
}

} // namespace

Expected<RecordId> IdSource::next(const EntityType &entity)
{
    if (entity.hasTextId())
        return QUuid::createUuid().toString(QUuid::WithoutBraces);
    Block &block = m_blocks[entity.name];
    if (block.ids.isEmpty()) {
        if (const Expected<> reserved = reserve(entity, block); !reserved)
            return tl::make_unexpected(reserved.error());
        block.size = std::min(block.size * 2, LargestBlock);
    }
    return QString::number(block.ids.dequeue());
}

void IdSource::rolledBack()
{
    if (m_session.kind() == DatabaseKind::Sqlite)
        m_blocks.clear();
}

Expected<> IdSource::reserve(const EntityType &entity, Block &block)
{
    return m_session.kind() == DatabaseKind::PostgreSql ? reserveFromSequence(entity, block)
                                                        : reserveFromTable(entity, block);
}

// The trigger moves the sequence past ids that came with their records, so it may stand at its end.
Expected<> IdSource::reserveFromSequence(const EntityType &entity, Block &block)
{
    const QString sequence = entity.table + QStringLiteral("_id_sequence");
    for (int attempt = 0; attempt < 2; ++attempt) {
        Expected<SqlResult> drawn = m_session.run(
            QStringLiteral("SELECT nextval('%1') FROM (SELECT last_value FROM %1) AS state, "
                           "generate_series(1, least(?::bigint, %2 - state.last_value))")
                .arg(sequence)
                .arg(largestId(entity)),
            {block.size});
        if (!drawn)
            return tl::make_unexpected(drawn.error());
        while (drawn->next())
            block.ids.enqueue(drawn->value(0).toLongLong());
        if (!block.ids.isEmpty())
            return {};
        if (const Expected<> skipped = skipTaken(entity, QString::number(largestId(entity))); !skipped)
            return skipped;
    }
    return failure(ErrorCode::Database, QStringLiteral("No ids could be reserved for %1.").arg(entity.name));
}

Expected<> IdSource::skipTaken(const EntityType &entity, const RecordId &taken)
{
    if (entity.hasTextId())
        return {};
    const Expected<Run> gap = findGap(entity, taken.toLongLong());
    if (!gap)
        return tl::make_unexpected(gap.error());
    m_blocks[entity.name].ids.clear();
    m_inGaps.insert(entity.name);
    if (m_session.kind() != DatabaseKind::PostgreSql)
        return {};
    Expected<SqlResult> moved = m_session.run(
        QStringLiteral("SELECT setval('%1_id_sequence', ?::bigint, false)").arg(entity.table), {gap->first});
    if (!moved)
        return tl::make_unexpected(moved.error());
    return {};
}

Expected<IdSource::Run> IdSource::findGap(const EntityType &entity, qint64 from)
{
    const QString id = entity.id().name;
    for (const qint64 start : {from, qint64(1)}) {
        // Where the run of ids that begins at `start` ends; it is walked along the primary key.
        Expected<SqlResult> end = m_session.run(
            QStringLiteral(
                "SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM %1 WHERE %2 = ?) THEN CAST(? AS bigint) ELSE "
                "(SELECT taken.%2 + 1 FROM %1 taken WHERE taken.%2 >= ? AND taken.%2 < ? AND NOT "
                "EXISTS (SELECT 1 FROM %1 behind WHERE behind.%2 = taken.%2 + 1) "
                "ORDER BY taken.%2 LIMIT 1) END")
                .arg(entity.table, id),
            {start, start, start, largestId(entity)});
        if (!end)
            return tl::make_unexpected(end.error());
        if (!end->next() || end->isNull(0))
            continue;
        const qint64 first = end->value(0).toLongLong();
        Expected<SqlResult> next = m_session.run(
            QStringLiteral("SELECT min(%2) FROM %1 WHERE %2 > ?").arg(entity.table, id), {first});
        if (!next)
            return tl::make_unexpected(next.error());
        const bool isLast = !next->next() || next->isNull(0);
        return Run{first, isLast ? largestId(entity) : next->value(0).toLongLong() - 1};
    }
    return failure(
        ErrorCode::InvalidValue,
        QStringLiteral("%1: every id up to %2 is taken.").arg(entity.singular).arg(largestId(entity)), {},
        id);
}

// Inside the writer's transaction: SQLite has one writer, so nobody else can take the same block.
Expected<> IdSource::reserveFromTable(const EntityType &entity, Block &block)
{
    Expected<SqlResult> state = m_session.run(
        QStringLiteral("SELECT coalesce((SELECT next FROM id_sequence WHERE entity = ?), 1), "
                       "coalesce((SELECT max(%1) FROM %2), 0)")
            .arg(entity.id().name, entity.table),
        {entity.name});
    if (!state)
        return tl::make_unexpected(state.error());
    if (!state->next())
        return failure(ErrorCode::Database,
                       QStringLiteral("No ids could be reserved for %1.").arg(entity.name));
    const qint64 next = state->value(0).toLongLong();
    const qint64 newest = state->value(1).toLongLong();
    Run run{std::max(next, newest + 1), largestId(entity)};
    if (newest >= run.last || run.first > run.last) {
        const Expected<Run> gap = findGap(entity, std::min(next, run.last));
        if (!gap)
            return tl::make_unexpected(gap.error());
        run = *gap;
        m_inGaps.insert(entity.name);
    }
    const qint64 last = run.last - run.first < block.size ? run.last : run.first + block.size - 1;
    Expected<SqlResult> noted = m_session.run(
        QStringLiteral("INSERT INTO id_sequence (entity, next) VALUES (?, ?) ON CONFLICT (entity) DO UPDATE "
                       "SET next = excluded.next"),
        {entity.name, last + 1});
    if (!noted)
        return tl::make_unexpected(noted.error());
    for (qint64 id = run.first; id <= last; ++id)
        block.ids.enqueue(id);
    return {};
}

} // namespace desk
