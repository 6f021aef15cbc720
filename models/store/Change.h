// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Record.h"

#include <QByteArrayView>
#include <QDateTime>
#include <QList>

#include <functional>
#include <optional>

namespace desk {

// Who made a change: this program's operator, events from topics, a working copy, or any other program
// that wrote to the database.
enum class Origin { Desk, Ingest, Sync, Other };

[[nodiscard]] QString originText(Origin origin); // "desk", "ingest", "sync", "other"
[[nodiscard]] Origin originFromText(QStringView text);

// One field of an update: what the writer saw there, and what it shall become.
struct FieldChange {
    int column = 0;
    QVariant before;
    QVariant after;
};

// One wanted change. Build it with the functions below.
struct Change {
    const EntityType *entity = nullptr;
    Operation operation = Operation::Update;
    RecordId id;               // Add: empty for "give it one"
    qint64 baseVersion = 0;    // the version the writer saw; 0 for Add, or to go by the fields alone
    QVariantList values;       // Add: every column
    QList<FieldChange> fields; // Update
};

[[nodiscard]] Change addition(const EntityType &entity, const Record &record);
// Only the columns that differ.
[[nodiscard]] Change update(const EntityType &entity, const Record &before, const Record &after);
[[nodiscard]] Change deletion(const EntityType &entity, const Record &record);

// What to do when the record has moved on since baseVersion.
enum class OnConflict {
    MergeFields, // write if none of the fields changed by this write was changed by others
    Refuse,      // Conflict, whatever was changed
};

// Changes that are committed together or not at all.
struct ChangeSet {
    QList<Change> changes;
    QString author;
    Origin origin = Origin::Desk;
    OnConflict onConflict = OnConflict::MergeFields;
    // Of a working copy that pushes: unique together, so that a replayed push does nothing. The first
    // change carries this sequence number, each further one the next.
    QString clientId;
    qint64 clientSequence = 0;
};

// One change that was committed. Cascades of a deletion are listed too.
struct AppliedChange {
    const EntityType *entity = nullptr;
    Operation operation = Operation::Update;
    std::optional<Record> before;
    std::optional<Record> after;

    [[nodiscard]] const RecordId &id() const { return after ? after->id : before->id; }
    // The change that takes this one back, based on the state it left.
    [[nodiscard]] Change inverse() const;
};

// One row of the journal. Positions order what readers see; see docs/architecture.md.
struct JournalEntry {
    qint64 position = 0;
    qint64 sequence = 0;
    QString entity;
    RecordId id;
    Operation operation = Operation::Update;
    qint64 version = 0;
    QString author;
    Origin origin = Origin::Other;
    QDateTime at; // UTC
    // The record before and after; empty where there is none, or where the entity is not known here.
    std::optional<Record> before;
    std::optional<Record> after;
    // Of an entry to publish it may stand here instead, as the journal's JSON: what the record became, or what
    // it was before it was deleted. Only while the entry is visited.
    QByteArrayView image;
};

// Says whether to go on.
using JournalVisitor = std::function<bool(const JournalEntry &)>;

} // namespace desk
