// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Change.h"

#include <QBitArray>
#include <QHash>

#include <functional>

namespace desk {

// A message as it stands on its topic. A value.
struct TopicMessage {
    QString topic;
    int partition = 0;
    qint64 offset = 0;
    std::optional<QByteArray> key;
    std::optional<QByteArray> value;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QDateTime at; // the message's own time, UTC; invalid: it has none
};

// What a message asks of the database.
struct IngestChange {
    const EntityType *entity = nullptr;
    Operation operation = Operation::Update;
    Record record;       // Delete: the id. version: as the message says, 0 if it does not
    QBitArray written;   // by column: what an update writes over; the rest of the record stays
    QBitArray imprecise; // by column: the value was read from a field that holds it only nearly
    QString author;
};

struct IngestMessage {
    QString topic;
    int partition = 0;
    qint64 offset = 0;
    QDateTime at;
    qint64 poisonId = 0; // from the poison list, which it leaves once it is applied; 0: from its topic
    Expected<IngestChange> change; // or why it can never be applied
};

struct PartitionPosition {
    QString topic;
    int partition = 0;
    qint64 next = 0; // offset of the next message to read
};

// Messages that take effect together with the positions behind them, or not at all. In the order in which
// they are to be applied.
struct IngestBatch {
    QString consumerGroup;
    QList<IngestMessage> messages;
    QList<PartitionPosition> positions;
    // The message at an index of `messages` as it stands on its topic: asked for those that cannot be applied.
    std::function<TopicMessage(qsizetype)> source;
};

// What became of the messages.
struct IngestOutcome {
    qint64 applied = 0;
    qint64 unchanged = 0; // the record was like that already
    qint64 outdated = 0;  // older than what came from the topics before
    qint64 repeated = 0;  // taken in before; another process has been here
    qint64 poison = 0;    // kept in the poison list

    IngestOutcome &operator+=(const IngestOutcome &other);
    friend bool operator==(const IngestOutcome &, const IngestOutcome &) = default;
};

// A message that could not be applied, kept with the reason until someone retries or drops it.
struct PoisonMessage {
    qint64 id = 0;
    TopicMessage message;
    QString reason;
    QDateTime keptAt; // UTC
};

// The store's side of reading topics. On the store's thread.
class IngestStore
{
public:
    virtual ~IngestStore() = default;

    // Everything or nothing: the records, the positions, the poison list. Messages before the stored position
    // of their partition have been taken in already. Fails only when the database does; then try again.
    [[nodiscard]] virtual Expected<IngestOutcome> take(const IngestBatch &batch) = 0;
    // Where the group goes on, of the partitions it has read before.
    [[nodiscard]] virtual Expected<QList<PartitionPosition>> positions(const QString &consumerGroup) = 0;

    // The group goes on in this topic as if it had never read it; its processes must have ended. NotFound if it
    // has not.
    [[nodiscard]] virtual Expected<> forgetPositions(const QString &consumerGroup, const QString &topic) = 0;

    // The oldest first.
    [[nodiscard]] virtual Expected<QList<PoisonMessage>> poison(int limit) = 0;
    [[nodiscard]] virtual Expected<qint64> poisonCount() = 0;
    // NotFound if one is not there any more; then none is dropped.
    [[nodiscard]] virtual Expected<> dropPoison(const QList<qint64> &ids) = 0;
};

} // namespace desk
