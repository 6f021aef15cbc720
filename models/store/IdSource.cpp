// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/IdSource.h"

#include <QUuid>

namespace desk {

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

Expected<> IdSource::reserveFromSequence(const EntityType &entity, Block &block)
{
    Expected<SqlResult> drawn = m_session.run(
        QStringLiteral("SELECT nextval('%1_id_sequence') FROM generate_series(1, ?::integer)")
            .arg(entity.table),
        {block.size});
    if (!drawn)
        return tl::make_unexpected(drawn.error());
    while (drawn->next())
        block.ids.enqueue(drawn->value(0).toLongLong());
    return {};
}

// Inside the writer's transaction: SQLite has one writer, so nobody else can take the same block.
Expected<> IdSource::reserveFromTable(const EntityType &entity, Block &block)
{
    Expected<SqlResult> start = m_session.run(
        QStringLiteral("SELECT max(coalesce((SELECT next FROM id_sequence WHERE entity = ?), 1), "
                       "coalesce((SELECT max(%1) FROM %2), 0) + 1)")
            .arg(entity.id().name, entity.table),
        {entity.name});
    if (!start)
        return tl::make_unexpected(start.error());
    if (!start->next())
        return failure(ErrorCode::Database,
                       QStringLiteral("No ids could be reserved for %1.").arg(entity.name));
    const qint64 first = start->value(0).toLongLong();
    Expected<SqlResult> noted = m_session.run(
        QStringLiteral("INSERT INTO id_sequence (entity, next) VALUES (?, ?) ON CONFLICT (entity) DO UPDATE "
                       "SET next = excluded.next"),
        {entity.name, first + block.size});
    if (!noted)
        return tl::make_unexpected(noted.error());
    for (qint64 id = first; id < first + block.size; ++id)
        block.ids.enqueue(id);
    return {};
}

} // namespace desk
