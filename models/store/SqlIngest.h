// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/BulkInsert.h"
#include "models/store/IngestRules.h"
#include "models/store/PoisonTable.h"
#include "models/store/RowWriter.h"

#include <QSet>

namespace desk {

// Takes batches of messages into the database. Runs of messages about different records of one entity are
// written together, additions of new records in bulk; where that fails, message by message, so that one that
// does not fit costs only itself. On the session's thread.
class SqlIngest : public IngestStore
{
public:
    SqlIngest(SqlSession &session, const SqlDialect &dialect, const EntityCatalog &catalog,
              const ClosedEntities &closed);

    Expected<IngestOutcome> take(const IngestBatch &batch) override;
    Expected<QList<PartitionPosition>> positions(const QString &consumerGroup) override;
    Expected<> forgetPositions(const QString &consumerGroup, const QString &topic) override;
    Expected<QList<PoisonMessage>> poison(int limit) override { return m_poison.list(limit); }
    Expected<qint64> poisonCount() override { return m_poison.count(); }
    Expected<> dropPoison(const QList<qint64> &ids) override { return m_poison.drop(ids); }

private:
    // Messages about different records of one entity, by one author: indexes into the batch.
    struct Run {
        const EntityType *entity = nullptr;
        QString author;
        bool isAddition = false;
        QList<qsizetype> messages;
    };
    [[nodiscard]] Expected<QHash<std::pair<QString, int>, qint64>> lockPositions(const IngestBatch &batch);
    [[nodiscard]] Expected<> storePositions(const IngestBatch &batch);
    [[nodiscard]] Expected<> setWriter(const QString &author);
    [[nodiscard]] Expected<> resetWriter();
    [[nodiscard]] Expected<> takeRun(const IngestBatch &batch, const Run &run, IngestOutcome &outcome);
    [[nodiscard]] Expected<> writeRun(const IngestBatch &batch, const Run &run, IngestOutcome &outcome);
    // True if every record of the run was new; false, and nothing is done, otherwise.
    [[nodiscard]] Expected<bool> insertNew(const IngestBatch &batch, const Run &run, IngestOutcome &outcome);
    // What became of which records by it.
    [[nodiscard]] Expected<QList<AppliedChange>> carryOut(const IngestMessage &message,
                                                          const IngestDecision &decision,
                                                          const std::optional<Record> &current,
                                                          IngestOutcome &outcome, QString &problem);
    // When messages have deleted these records, in milliseconds.
    [[nodiscard]] Expected<QHash<RecordId, qint64>> deletionTimes(const EntityType &entity,
                                                                  const QList<RecordId> &ids);
    [[nodiscard]] Expected<> noteDeletion(const IngestMessage &message);
    // Why the message contradicts what others than the topics have written; empty: it is merely old.
    [[nodiscard]] Expected<QString> contradiction(const IngestChange &change, const Record &current);
    [[nodiscard]] Expected<> settle(const IngestBatch &batch, qsizetype index, const QString &problem,
                                    IngestOutcome &outcome);

    SqlSession &m_session;
    const SqlDialect &m_dialect;
    const ClosedEntities &m_closed;
    RowWriter m_rows;
    BulkInsert m_bulk;
    PoisonTable m_poison;
    bool m_expectsNew = true; // additions are tried without a look at what is there
};

} // namespace desk
