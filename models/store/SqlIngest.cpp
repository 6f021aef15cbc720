// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/SqlIngest.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace desk {
namespace {

tl::unexpected<Error> passOn(const Error &error)
{
    return tl::make_unexpected(error);
}

// The message's own fault; anything else is the database's, and the batch is tried again.
bool isItsOwnFault(const Error &error)
{
    return error.code == ErrorCode::InvalidValue || error.code == ErrorCode::InUse;
}

// A topic that carries an entity's deletions is read in order, so that what comes after one on it is meant to.
// Over two topics only the messages' times tell.
bool isInStepWithDeletions(const EntityType &entity, const QString &topic)
{
    return entity.topics.value(Verb::Delete) == topic;
}

QString jsonList(const QList<RecordId> &ids)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(ids)).toJson(QJsonDocument::Compact));
}

} // namespace

SqlIngest::SqlIngest(SqlSession &session, const SqlDialect &dialect, const EntityCatalog &catalog,
                     const ClosedEntities &closed)
    : m_session(session)
    , m_dialect(dialect)
    , m_closed(closed)
    , m_rows(session, dialect, catalog, closed)
    , m_bulk(session, dialect)
    , m_poison(session)
{ }

Expected<IngestOutcome> SqlIngest::take(const IngestBatch &batch)
{
    SqlTransaction transaction(m_session);
    if (const Expected<> begun = transaction.begin(); !begun)
        return passOn(begun.error());
    const auto positions = lockPositions(batch);
    if (!positions)
        return passOn(positions.error());

    IngestOutcome outcome;
    Run run;
    const auto flush = [&]() -> Expected<> {
        const Run taken = std::exchange(run, {});
        return taken.messages.isEmpty() ? Expected<>() : takeRun(batch, taken, outcome);
    };
    for (qsizetype index = 0; index < batch.messages.size(); ++index) {
        const IngestMessage &message = batch.messages[index];
        if (message.poisonId == 0 && message.offset < positions->value({message.topic, message.partition})) {
            ++outcome.repeated;
            continue;
        }
        if (!message.change) {
            if (const Expected<> kept = settle(batch, index, message.change.error().sentence, outcome); !kept)
                return passOn(kept.error());
            continue;
        }
        const IngestChange &change = *message.change;
        if (const Expected<> open = m_closed.check(*change.entity); !open) {
            if (const Expected<> kept = settle(batch, index, open.error().sentence, outcome); !kept)
                return passOn(kept.error());
            continue;
        }
        const bool isAddition = change.operation == Operation::Add;
        if (run.entity != change.entity || run.author != change.author || run.isAddition != isAddition) {
            if (const Expected<> flushed = flush(); !flushed)
                return passOn(flushed.error());
            run = {change.entity, change.author, isAddition, {}};
        }
        run.messages.append(index);
    }
    if (const Expected<> flushed = flush(); !flushed)
        return passOn(flushed.error());
    if (const Expected<> reset = resetWriter(); !reset)
        return passOn(reset.error());
    if (const Expected<> stored = storePositions(batch); !stored)
        return passOn(stored.error());
    if (const Expected<> committed = transaction.commit(); !committed)
        return passOn(committed.error());
    return outcome;
}

// A process that lost a partition without noticing waits here for the one that has it now, and then finds
// its messages taken in.
Expected<QHash<std::pair<QString, int>, qint64>> SqlIngest::lockPositions(const IngestBatch &batch)
{
    QList<PartitionPosition> partitions = batch.positions;
    std::sort(partitions.begin(), partitions.end(), [](const auto &left, const auto &right) {
        return std::tie(left.topic, left.partition) < std::tie(right.topic, right.partition);
    });
    QHash<std::pair<QString, int>, qint64> positions;
    for (const PartitionPosition &partition : std::as_const(partitions)) {
        const QVariantList place{batch.consumerGroup, partition.topic, partition.partition};
        Expected<SqlResult> made = m_session.run(
            QStringLiteral("INSERT INTO ingest_position (consumer_group, topic, partition, next_offset) "
                           "VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING"),
            place);
        if (!made)
            return passOn(made.error());
        Expected<SqlResult> locked = m_session.run(
            QStringLiteral(
                "SELECT next_offset FROM ingest_position WHERE consumer_group = ? AND topic = ? AND "
                "partition = ?")
                + m_dialect.forUpdate(),
            place);
        if (!locked)
            return passOn(locked.error());
        if (locked->next())
            positions.insert({partition.topic, partition.partition}, locked->value(0).toLongLong());
    }
    return positions;
}

Expected<> SqlIngest::storePositions(const IngestBatch &batch)
{
    for (const PartitionPosition &partition : batch.positions) {
        Expected<SqlResult> stored = m_session.run(
            QStringLiteral(
                "UPDATE ingest_position SET next_offset = ? WHERE consumer_group = ? AND topic = ? "
                "AND partition = ? AND next_offset < ?"),
            {partition.next, batch.consumerGroup, partition.topic, partition.partition, partition.next});
        if (!stored)
            return passOn(stored.error());
    }
    return {};
}

Expected<QList<PartitionPosition>> SqlIngest::positions(const QString &consumerGroup)
{
    Expected<SqlResult> result = m_session.run(
        QStringLiteral("SELECT topic, partition, next_offset FROM ingest_position WHERE consumer_group = ?"),
        {consumerGroup});
    if (!result)
        return passOn(result.error());
    QList<PartitionPosition> positions;
    while (result->next())
        positions.append(
            {result->value(0).toString(), result->value(1).toInt(), result->value(2).toLongLong()});
    return positions;
}

Expected<> SqlIngest::forgetPositions(const QString &consumerGroup, const QString &topic)
{
    Expected<SqlResult> forgotten = m_session.run(
        QStringLiteral("DELETE FROM ingest_position WHERE consumer_group = ? AND topic = ?"),
        {consumerGroup, topic});
    if (!forgotten)
        return passOn(forgotten.error());
    if (forgotten->rowsAffected() == 0) {
        return failure(
            ErrorCode::NotFound,
            QStringLiteral("The group %1 has read nothing of a topic %2 yet.").arg(consumerGroup, topic));
    }
    return {};
}

// Until the end of the transaction only: the connection's own settings stay as they are.
Expected<> SqlIngest::setWriter(const QString &author)
{
    const bool isPostgreSql = m_session.kind() == DatabaseKind::PostgreSql;
    Expected<SqlResult> set = m_session.run(
        isPostgreSql
            ? QStringLiteral("SELECT set_config('catalog.author', ?, true), set_config('catalog.origin', ?, "
                             "true), set_config('catalog.client_id', '', true)")
            : QStringLiteral(
                "UPDATE writer SET author = ?, origin = ?, client_id = NULL, client_sequence = NULL"),
        {author, originText(Origin::Ingest)});
    return set ? Expected<>() : passOn(set.error());
}

Expected<> SqlIngest::resetWriter()
{
    if (m_session.kind() == DatabaseKind::PostgreSql)
        return {};
    return m_session.runScript(QStringLiteral(
        "UPDATE writer SET author = 'other', origin = 'other', client_id = NULL, client_sequence = NULL"));
}

Expected<> SqlIngest::takeRun(const IngestBatch &batch, const Run &run, IngestOutcome &outcome)
{
    if (const Expected<> set = setWriter(run.author); !set)
        return set;
    SqlSavepoint together(m_session);
    if (const Expected<> begun = together.set(); !begun)
        return begun;
    IngestOutcome written;
    const Expected<> done = writeRun(batch, run, written);
    if (done) {
        outcome += written;
        return together.release();
    }
    if (!isItsOwnFault(done.error()))
        return done;
    if (const Expected<> back = together.rollback(); !back)
        return back;
    if (run.messages.size() == 1)
        return settle(batch, run.messages.constFirst(), done.error().sentence, outcome);
    for (const qsizetype index : run.messages) {
        const Run single{run.entity, run.author, run.isAddition, {index}};
        if (const Expected<> taken = takeRun(batch, single, outcome); !taken)
            return taken;
    }
    return {};
}

Expected<> SqlIngest::writeRun(const IngestBatch &batch, const Run &run, IngestOutcome &outcome)
{
    if (run.isAddition && m_expectsNew && run.messages.size() > 1) {
        const Expected<bool> inserted = insertNew(batch, run, outcome);
        if (!inserted || *inserted)
            return inserted ? Expected<>() : passOn(inserted.error());
    }
    QList<RecordId> ids;
    for (const qsizetype index : run.messages)
        ids.append(batch.messages[index].change->record.id);
    auto present = m_rows.lockMany(*run.entity, ids);
    if (!present)
        return passOn(present.error());
    auto deleted = deletionTimes(*run.entity, ids);
    if (!deleted)
        return passOn(deleted.error());
    m_expectsNew = present->isEmpty();
    for (const qsizetype index : run.messages) {
        const IngestMessage &message = batch.messages[index];
        const RecordId &id = message.change->record.id;
        const auto found = present->constFind(id);
        const std::optional<Record> current = found == present->cend() ? std::nullopt : std::optional(*found);
        IngestDecision decision = decide(*message.change, current ? &*current : nullptr);
        if (decision.kind == IngestDecision::Kind::Insert && message.at.isValid()
            && !isInStepWithDeletions(*run.entity, message.topic)
            && deleted->value(id, -1) >= message.at.toMSecsSinceEpoch())
            decision.kind = IngestDecision::Kind::Unchanged; // it was deleted after this was said
        QString problem;
        const Expected<QList<AppliedChange>> applied = carryOut(message, decision, current, outcome, problem);
        if (!applied)
            return passOn(applied.error());
        if (const Expected<> settled = settle(batch, index, problem, outcome); !settled)
            return settled;
        // What follows in the run may be about the same records.
        for (const AppliedChange &change : *applied) {
            if (change.entity == run.entity && change.after)
                present->insert(change.id(), *change.after);
            else if (change.entity == run.entity)
                present->remove(change.id());
        }
        if (message.change->operation == Operation::Delete && problem.isEmpty() && message.at.isValid())
            deleted->insert(id, message.at.toMSecsSinceEpoch());
    }
    return {};
}

Expected<bool> SqlIngest::insertNew(const IngestBatch &batch, const Run &run, IngestOutcome &outcome)
{
    QList<Record> records;
    QList<RecordId> ids;
    QSet<RecordId> seen;
    records.reserve(run.messages.size());
    for (const qsizetype index : run.messages) {
        const RecordId &id = batch.messages[index].change->record.id;
        if (seen.contains(id))
            return false;
        seen.insert(id);
        const IngestDecision decision = decide(*batch.messages[index].change, nullptr);
        if (decision.kind != IngestDecision::Kind::Insert)
            return false;
        records.append(decision.record);
        ids.append(decision.record.id);
    }
    const auto deleted = deletionTimes(*run.entity, ids);
    if (!deleted)
        return passOn(deleted.error());
    if (!deleted->isEmpty())
        return false;
    SqlSavepoint bulk(m_session);
    if (const Expected<> begun = bulk.set(); !begun)
        return passOn(begun.error());
    const Expected<> inserted = m_bulk.run(*run.entity, records);
    if (!inserted && isItsOwnFault(inserted.error())) {
        m_expectsNew = false;
        const Expected<> back = bulk.rollback();
        return back ? Expected<bool>(false) : passOn(back.error());
    }
    if (!inserted)
        return passOn(inserted.error());
    if (const Expected<> released = bulk.release(); !released)
        return passOn(released.error());
    outcome.applied += records.size();
    for (const qsizetype index : run.messages) {
        const qint64 poisonId = batch.messages[index].poisonId;
        if (poisonId == 0)
            continue;
        if (const Expected<> removed = m_poison.remove(poisonId); !removed)
            return passOn(removed.error());
    }
    return true;
}

Expected<QList<AppliedChange>> SqlIngest::carryOut(const IngestMessage &message,
                                                   const IngestDecision &decision,
                                                   const std::optional<Record> &current,
                                                   IngestOutcome &outcome, QString &problem)
{
    using Kind = IngestDecision::Kind;
    const EntityType &entity = *message.change->entity;
    QList<AppliedChange> applied;
    Expected<> done;
    switch (decision.kind) {
    case Kind::Insert: {
        bool inserted = false;
        done = m_rows.insertRow(entity, decision.record, inserted);
        if (done && !inserted) // someone has just added it: this batch is to be looked at again
            return failure(ErrorCode::Conflict, QStringLiteral("A record was added by two at once."));
        applied.append({&entity, Operation::Add, std::nullopt, decision.record});
        ++outcome.applied;
        break;
    }
    case Kind::Update:
        ++outcome.applied;
        done = m_rows.updateRow(entity, *current, decision.record, applied);
        break;
    case Kind::Delete:
        ++outcome.applied;
        done = m_rows.remove(entity, *current, applied, RowWriter::Forbidden::Ignore);
        if (done)
            done = noteDeletion(message);
        break;
    case Kind::Unchanged:
        ++outcome.unchanged;
        if (message.change->operation == Operation::Delete)
            done = noteDeletion(message);
        break;
    case Kind::Outdated: {
        const Expected<QString> said = contradiction(*message.change, *current);
        if (!said)
            return passOn(said.error());
        problem = *said;
        if (problem.isEmpty())
            ++outcome.outdated;
        break;
    }
    case Kind::Invalid:
        problem = decision.reason;
        break;
    }
    if (!done)
        return passOn(done.error());
    return applied;
}

Expected<QHash<RecordId, qint64>> SqlIngest::deletionTimes(const EntityType &entity,
                                                           const QList<RecordId> &ids)
{
    QHash<RecordId, qint64> times;
    Expected<SqlResult> any = m_session.run(
        QStringLiteral("SELECT 1 FROM ingest_deleted WHERE entity = ? LIMIT 1"), {entity.name});
    if (!any)
        return passOn(any.error());
    if (!any->next())
        return times;
    Expected<SqlResult> result = m_session.run(
        QStringLiteral(
            "SELECT record_id, message_at FROM ingest_deleted WHERE entity = ? AND record_id IN (%1)")
            .arg(m_session.kind() == DatabaseKind::PostgreSql
                     ? QStringLiteral("SELECT value FROM jsonb_array_elements_text(CAST(? AS jsonb))")
                     : QStringLiteral("SELECT value FROM json_each(?)")),
        {entity.name, jsonList(ids)});
    if (!result)
        return passOn(result.error());
    while (result->next())
        times.insert(result->value(0).toString(), result->value(1).toLongLong());
    return times;
}

Expected<> SqlIngest::noteDeletion(const IngestMessage &message)
{
    const EntityType &entity = *message.change->entity;
    const bool isAskedFor = !isInStepWithDeletions(entity, entity.topics.value(Verb::Add))
        || !isInStepWithDeletions(entity, entity.topics.value(Verb::Update));
    if (!message.at.isValid() || !isAskedFor)
        return {};
    Expected<SqlResult> noted = m_session.run(
        QStringLiteral("INSERT INTO ingest_deleted (entity, record_id, message_at) VALUES (?, ?, ?) "
                       "ON CONFLICT (entity, record_id) DO UPDATE SET message_at = excluded.message_at"),
        {entity.name, message.change->record.id, message.at.toMSecsSinceEpoch()});
    return noted ? Expected<>() : passOn(noted.error());
}

Expected<QString> SqlIngest::contradiction(const IngestChange &change, const Record &current)
{
    const qint64 version = change.record.version;
    // Without a version: has this record ever come from a topic?
    Expected<SqlResult> others = version > 0
        ? m_session.run(QStringLiteral("SELECT author FROM journal WHERE entity = ? AND record_id = ? AND "
                                       "version >= ? AND origin <> ? ORDER BY sequence DESC LIMIT 1"),
                        {change.entity->name, change.record.id, version, originText(Origin::Ingest)})
        : m_session.run(
            QStringLiteral("SELECT author FROM journal WHERE entity = ? AND record_id = ? AND NOT "
                           "EXISTS (SELECT 1 FROM journal came WHERE came.entity = journal.entity "
                           "AND came.record_id = journal.record_id AND came.origin = ?) "
                           "ORDER BY sequence DESC LIMIT 1"),
            {change.entity->name, change.record.id, originText(Origin::Ingest)});
    if (!others)
        return passOn(others.error());
    if (!others->next())
        return QString();
    const QString author = others->value(0).toString();
    if (version > 0) {
        return QStringLiteral(
                   "This is version %1 of %2 %3, but %4 has changed it here and it is at version %5.")
            .arg(version)
            .arg(change.entity->name, change.record.id, author)
            .arg(current.version);
    }
    return QStringLiteral("There is already a %1 %2, made here by %3, with other values.")
        .arg(change.entity->name, change.record.id, author);
}

// A message with a problem goes to the poison list, or stays there; one without leaves it.
Expected<> SqlIngest::settle(const IngestBatch &batch, qsizetype index, const QString &problem,
                             IngestOutcome &outcome)
{
    const qint64 poisonId = batch.messages[index].poisonId;
    if (problem.isEmpty())
        return poisonId == 0 ? Expected<>() : m_poison.remove(poisonId);
    ++outcome.poison;
    return poisonId == 0 ? m_poison.keep(batch.source(index), problem)
                         : m_poison.setReason(poisonId, problem);
}

} // namespace desk
