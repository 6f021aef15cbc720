// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMap>
#include <QSet>
#include <QString>

#include <optional>
#include <set>
#include <tuple>

namespace desk::chaos {

// What the database, the journal and the topics hold once everything has come to rest, as plain values: the
// Checker's whole input. The Witness reads it; the CheckerTest makes it up.

// Columns of a record as text, without its version; what is absent is "" (or "0" for a number).
using Fields = QMap<QString, QString>;

// An entry of the journal.
struct Change {
    qint64 sequence = 0;
    qint64 position = 0; // 0: readers do not see it yet
    QString entity;
    QString id;
    QString operation; // add, update, delete
    qint64 version = 0;
    std::optional<Fields> before;
    std::optional<Fields> after;
    QString origin;
};

struct Row {
    QString entity;
    QString id;
    qint64 version = 0;
    Fields fields;
};

// A message where it stands. Places order the messages of one partition.
struct Message {
    QString topic;
    int partition = 0;
    qint64 offset = 0;
    qint64 appendedAt = -1; // the broker's clock, milliseconds; -1: the topic does not note it
    std::optional<QByteArray> key;
    std::optional<QByteArray> value;
    QMap<QByteArray, QByteArray> headers;
};

using Place = std::tuple<QString, int, qint64>; // topic, partition, offset

// One change that a writer asked for. Its mark is a text that no other change has, in the column "name".
struct Edit {
    enum class Outcome {
        Committed,
        Unknown, // the writer was killed, or its connection cut, before it heard
        NotCommitted,
    };
    QString mark;
    Outcome outcome = Outcome::Unknown;
};

// Which topic carries which changes of an entity.
struct Contract {
    QMap<QString, QString> topics; // operation to topic
    bool isFramed = false;         // for a schema registry
};

struct History {
    QString databaseId;
    QMap<QString, Contract> contracts; // by entity
    QList<Change> journal;             // in order of sequence
    QList<Row> rows;
    QList<Edit> edits;

    QList<Message> published; // a partition's messages in their order
    QSet<qint64> refused;     // positions that the relay lists as refused or held back

    QList<Message> inputs;         // what others wrote to this database's topics; likewise
    std::set<Place> spoiledInputs; // of those, what nobody could apply
    std::set<Place> poison;        // what the database lists as poison
};

// A payload that says these fields.
[[nodiscard]] QByteArray payloadOf(const Fields &fields);

// What a payload says, read byte by byte: 1 id, 2 name, 3 stock, 4 note. Empty: it is no such message.
[[nodiscard]] std::optional<Fields> fieldsOfPayload(const QByteArray &payload);

} // namespace desk::chaos
