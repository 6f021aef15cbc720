// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/ChangeWriter.h"

#include "models/schema/ColumnText.h"
#include "models/schema/RecordValidator.h"

namespace desk {
namespace {

tl::unexpected<Error> passOn(const Error &error)
{
    return tl::make_unexpected(error);
}

// Only what this change touches may stop it: a record that was broken before can still be mended bit by bit.
Expected<> validateFields(const EntityType &entity, const QList<FieldChange> &fields)
{
    for (const FieldChange &field : fields) {
        const Column &column = entity.columns[field.column];
        if (field.column == entity.idColumn) {
            return failure(ErrorCode::InvalidValue,
                           QStringLiteral("%1: the id of a record never changes; add a new record instead.")
                               .arg(column.label),
                           {}, column.name);
        }
        if (const Expected<> valid = validateValue(column, field.after); !valid)
            return valid;
    }
    return {};
}

} // namespace

ChangeWriter::ChangeWriter(SqlSession &session, const SqlDialect &dialect, const EntityCatalog &catalog,
                           const ClosedEntities &closed)
    : m_session(session)
    , m_dialect(dialect)
    , m_catalog(catalog)
    , m_closed(closed)
    , m_rows(session, dialect, catalog, closed)
    , m_ids(session)
{ }

Expected<QList<AppliedChange>> ChangeWriter::apply(const ChangeSet &changes)
{
    const auto write = [&]() -> Expected<Applied> {
        if (const Expected<> set = setSessionWriter(changes); !set)
            return passOn(set.error());
        SqlTransaction transaction(m_session);
        if (const Expected<> begun = transaction.begin(); !begun)
            return passOn(begun.error());
        const Expected<bool> replay = isReplay(changes);
        if (!replay)
            return passOn(replay.error());
        if (*replay)
            return Applied();
        if (const Expected<> set = setTransactionWriter(changes); !set)
            return passOn(set.error());
        Applied applied;
        for (qsizetype index = 0; index < changes.changes.size(); ++index) {
            if (const Expected<> numbered = setClientSequence(changes, index); !numbered)
                return passOn(numbered.error());
            if (const Expected<> written = this->write(changes.changes[index], changes.onConflict, applied);
                !written)
                return passOn(written.error());
        }
        // At the end, because records of one set may refer to each other in any order. What older
        // services sent is taken as it is: they know no such rule.
        if (changes.origin != Origin::Ingest) {
            if (const Expected<> checked = checkReferences(applied); !checked)
                return passOn(checked.error());
        }
        if (const Expected<> reset = resetWriter(); !reset)
            return passOn(reset.error());
        if (const Expected<> committed = transaction.commit(); !committed)
            return passOn(committed.error());
        return applied;
    };
    Expected<Applied> applied = write();
    if (!applied)
        m_ids.rolledBack();
    return applied;
}

Expected<bool> ChangeWriter::isReplay(const ChangeSet &changes)
{
    if (changes.clientId.isEmpty())
        return false;
    Expected<SqlResult> known = m_session.run(
        QStringLiteral("SELECT 1 FROM journal WHERE client_id = ? AND client_sequence = ?"),
        {changes.clientId, changes.clientSequence});
    if (!known)
        return passOn(known.error());
    return known->next();
}

// PostgreSQL: settings of this connection, sent again only when they change.
Expected<> ChangeWriter::setSessionWriter(const ChangeSet &changes)
{
    const QStringList writer{changes.author, originText(changes.origin), changes.clientId};
    if (m_session.kind() != DatabaseKind::PostgreSql || m_sessionWriter == writer)
        return {};
    QVariantList values;
    for (const QString &value : writer)
        values.append(value.isNull() ? QStringLiteral("") : value);
    Expected<SqlResult> set = m_session.run(
        QStringLiteral(
            "SELECT set_config('catalog.author', ?, false), set_config('catalog.origin', ?, false), "
            "set_config('catalog.client_id', ?, false)"),
        values);
    if (!set)
        return passOn(set.error());
    m_sessionWriter = writer;
    return {};
}

// SQLite has no such settings: a row that says so until the end of the transaction.
Expected<> ChangeWriter::setTransactionWriter(const ChangeSet &changes)
{
    if (m_session.kind() == DatabaseKind::PostgreSql)
        return {};
    Expected<SqlResult> set = m_session.run(
        QStringLiteral(
            "UPDATE writer SET author = ?, origin = ?, client_id = nullif(?, ''), client_sequence = NULL"),
        {changes.author.isEmpty() ? QStringLiteral("desk") : changes.author, originText(changes.origin),
         changes.clientId.isNull() ? QStringLiteral("") : changes.clientId});
    if (!set)
        return passOn(set.error());
    return {};
}

Expected<> ChangeWriter::setClientSequence(const ChangeSet &changes, qsizetype index)
{
    if (changes.clientId.isEmpty())
        return {};
    const qint64 number = changes.clientSequence + index;
    Expected<SqlResult> set = m_session.kind() == DatabaseKind::PostgreSql
        ? m_session.run(QStringLiteral("SELECT set_config('catalog.client_sequence', ?, true)"),
                        {QString::number(number)})
        : m_session.run(QStringLiteral("UPDATE writer SET client_sequence = ?"), {number});
    if (!set)
        return passOn(set.error());
    return {};
}

Expected<> ChangeWriter::resetWriter()
{
    if (m_session.kind() == DatabaseKind::PostgreSql)
        return {};
    Expected<SqlResult> reset = m_session.run(QStringLiteral(
        "UPDATE writer SET author = 'other', origin = 'other', client_id = NULL, client_sequence = NULL"));
    if (!reset)
        return passOn(reset.error());
    return {};
}

Expected<> ChangeWriter::write(const Change &change, OnConflict onConflict, Applied &applied)
{
    if (const Expected<> open = m_closed.check(*change.entity); !open)
        return open;
    switch (change.operation) {
    case Operation::Add:
        return add(change, applied);
    case Operation::Update:
        return update(change, onConflict, applied);
    case Operation::Delete:
        break;
    }
    return remove(change, applied);
}

Expected<> ChangeWriter::add(const Change &change, Applied &applied)
{
    const EntityType &entity = *change.entity;
    Record record{change.id, change.baseVersion + 1, change.values};
    const QList<Error> errors = validateRecord(entity, record);
    if (!errors.isEmpty())
        return passOn(errors.constFirst());

    const bool givenId = !change.id.isEmpty();
    if (givenId) {
        const QVariant id = entity.hasTextId() ? QVariant(change.id) : QVariant(change.id.toLongLong());
        if (const Expected<> valid = validateValue(entity.id(), id); !valid)
            return valid;
    }
    constexpr int attempts = 1000; // ids that other programs took without asking
    for (int attempt = 0; attempt < attempts; ++attempt) {
        if (!givenId) {
            const Expected<RecordId> id = m_ids.next(entity);
            if (!id)
                return passOn(id.error());
            record.id = *id;
        }
        setRecordId(entity, record, record.id);
        if (givenId || m_ids.givesUsedIds(entity)) {
            const Expected<qint64> last = lastVersion(entity, record.id);
            if (!last)
                return passOn(last.error());
            record.version = std::max(change.baseVersion, *last) + 1;
        }
        bool inserted = false;
        if (const Expected<> done = m_rows.insertRow(entity, record, inserted); !done)
            return done;
        if (inserted) {
            applied.append({change.entity, Operation::Add, std::nullopt, record});
            return {};
        }
        if (givenId) {
            return failure(ErrorCode::InvalidValue,
                           QStringLiteral("There is already a %1 %2.").arg(entity.name, record.id), {},
                           entity.id().name);
        }
        if (attempt == 8) {
            if (const Expected<> skipped = m_ids.skipTaken(entity, record.id); !skipped)
                return skipped;
        }
    }
    return failure(ErrorCode::Database, QStringLiteral("No free id could be found for %1.").arg(entity.name));
}

// A record that comes again under its id goes on from the version it had when it was deleted, so that who
// still holds the old one is told. Asked only here, not in the triggers: COPY shall stay fast, so records
// that other programs add again begin at version 1.
Expected<qint64> ChangeWriter::lastVersion(const EntityType &entity, const RecordId &id)
{
    Expected<SqlResult> last = m_session.run(
        QStringLiteral(
            "SELECT version FROM journal WHERE entity = ? AND record_id = ? ORDER BY sequence DESC "
            "LIMIT 1"),
        {entity.name, id});
    if (!last)
        return passOn(last.error());
    return last->next() ? last->value(0).toLongLong() : 0;
}

Expected<Record> ChangeWriter::lockRecord(const Change &change)
{
    const EntityType &entity = *change.entity;
    const Expected<QList<Record>> rows = m_rows.lockRows(entity, entity.id().name,
                                                         m_dialect.idToSql(entity, change.id), 1);
    if (!rows)
        return passOn(rows.error());
    if (!rows->isEmpty())
        return rows->constFirst();
    if (change.baseVersion > 0) {
        return failure(ErrorCode::Conflict,
                       QStringLiteral("%1 %2 has been deleted by someone else meanwhile.")
                           .arg(entity.singular, change.id));
    }
    return failure(ErrorCode::NotFound, QStringLiteral("There is no %1 %2.").arg(entity.name, change.id));
}

Error ChangeWriter::conflict(const Change &change, const Record &current, int column)
{
    const EntityType &entity = *change.entity;
    QString author = QStringLiteral("someone else");
    if (Expected<SqlResult> last = m_session.run(
            QStringLiteral("SELECT author FROM journal WHERE entity = ? AND record_id = ? ORDER BY sequence "
                           "DESC LIMIT 1"),
            {entity.name, change.id});
        last && last->next())
        author = last->value(0).toString();
    if (column < 0) {
        return {ErrorCode::Conflict,
                QStringLiteral("%1 %2 is at version %3 now, changed by %4; this write was based on version "
                               "%5. Look at it again.")
                    .arg(entity.singular, change.id)
                    .arg(current.version)
                    .arg(author)
                    .arg(change.baseVersion),
                {},
                {}};
    }
    const Column &field = entity.columns[column];
    const QString now = field.sensitive ? QStringLiteral("another value")
                                        : QStringLiteral("\"%1\"").arg(textOf(field, current.values[column]));
    return {ErrorCode::Conflict,
            QStringLiteral("%1 was changed to %2 by %3 meanwhile.").arg(field.label, now, author),
            {},
            field.name};
}

Expected<> ChangeWriter::mergeFields(const Change &change, const Record &current) const
{
    for (const FieldChange &field : change.fields) {
        const QVariant &now = current.values[field.column];
        if (!sameValue(now, field.before) && !sameValue(now, field.after))
            return failure(ErrorCode::Conflict, {}, {}, QString::number(field.column));
    }
    return {};
}

Expected<> ChangeWriter::update(const Change &change, OnConflict onConflict, Applied &applied)
{
    const EntityType &entity = *change.entity;
    if (const Expected<> valid = validateFields(entity, change.fields); !valid)
        return valid;
    const Expected<Record> current = lockRecord(change);
    if (!current)
        return passOn(current.error());
    const bool moved = change.baseVersion != 0 && change.baseVersion != current->version;
    if (moved && onConflict == OnConflict::Refuse)
        return passOn(conflict(change, *current, -1));
    if (moved || change.baseVersion == 0) {
        if (const Expected<> merged = mergeFields(change, *current); !merged)
            return passOn(conflict(change, *current, merged.error().field.toInt()));
    }
    Record after = *current;
    for (const FieldChange &field : change.fields)
        after.values[field.column] = field.after;
    for (const FieldChange &field : change.fields) {
        if (const Expected<> alone = validateChoice(entity, after.values, field.column); !alone)
            return alone;
    }
    return m_rows.updateRow(entity, *current, after, applied);
}

Expected<> ChangeWriter::remove(const Change &change, Applied &applied)
{
    const Expected<Record> current = lockRecord(change);
    if (!current)
        return passOn(current.error());
    if (change.baseVersion != 0 && change.baseVersion != current->version)
        return passOn(conflict(change, *current, -1));
    return m_rows.remove(*change.entity, *current, applied);
}

Expected<> ChangeWriter::checkReferences(const Applied &applied)
{
    QSet<std::pair<QString, QString>> checked;
    for (const AppliedChange &change : applied) {
        if (!change.after)
            continue;
        for (int index = 0; index < change.entity->columns.size(); ++index) {
            const Column &column = change.entity->columns[index];
            const QVariant &value = change.after->values[index];
            if (!column.isReference() || !value.isValid()
                || (change.before && sameValue(value, change.before->values[index])))
                continue;
            const EntityType &target = *m_catalog.find(column.reference);
            const std::pair<QString, QString> key(target.name, value.toString());
            if (m_closed.contains(target) || checked.contains(key))
                continue;
            checked.insert(key);
            Expected<SqlResult> found = m_session.run(
                QStringLiteral("SELECT 1 FROM %1 WHERE %2 = ?%3")
                    .arg(target.table, target.id().name, m_dialect.forKeyShare()),
                {m_dialect.idToSql(target, value.toString())});
            if (!found)
                return passOn(found.error());
            if (!found->next()) {
                return failure(
                    ErrorCode::InvalidValue,
                    QStringLiteral("%1: there is no %2 %3.").arg(column.label, target.name, value.toString()),
                    {}, column.name);
            }
        }
    }
    return {};
}

} // namespace desk
