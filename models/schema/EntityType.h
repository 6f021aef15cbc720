// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Column.h"
#include "models/schema/Error.h"

#include <QHash>
#include <QStringList>

namespace google::protobuf {
class Descriptor;
}

namespace desk {

// What a change does to a record; also the verb of its topic.
enum class Operation { Add, Update, Delete };

// The verbs with a topic; the last two are published on demand only.
enum class Verb { Add, Update, Delete, Get, List };

enum class Encoding { Protobuf, Json };
enum class Framing { Plain, Confluent };

[[nodiscard]] QString operationText(Operation operation); // "add", "update", "delete"
[[nodiscard]] std::optional<Operation> operationFromText(QStringView text);
[[nodiscard]] Verb verbOf(Operation operation);
[[nodiscard]] QString verbText(Verb verb);

// One entity: everything the program knows of it, read from its .proto message. Shared and read-only
// after loading (the catalog hands out pointers), so any thread may read it while the EntityCatalog lives.
struct EntityType {
    QString
        name; // the message name in snake_case, or its own: what the journal, catalogctl and references say
    QString table;
    QString singular;
    QString plural;
    QString icon;
    QString serviceView; // name of the view for older services, or empty
    QString file;        // the .proto file it came from
    QHash<Verb, QString> topics;
    Encoding encoding = Encoding::Protobuf;
    Framing framing = Framing::Plain;
    bool keyLowerCase = false;
    bool streamOnly = false; // only messages, no records: no table, no page

    QList<Column> columns; // in the order the file declares them
    int idColumn = 0;      // index of the column that identifies a record
    int displayColumn = 0; // index of the column by which other records name this one
    int keyColumn = 0;     // index of the column that keys the events

    const google::protobuf::Descriptor *descriptor = nullptr;

    [[nodiscard]] int indexOf(QStringView columnName) const; // -1: no such column
    [[nodiscard]] const Column &id() const { return columns[idColumn]; }
    [[nodiscard]] const Column &display() const { return columns[displayColumn]; }
    [[nodiscard]] bool hasTextId() const { return id().type == ColumnType::Text; }
    // UnknownColumn with a sentence that lists the columns there are.
    [[nodiscard]] Expected<int> requireColumn(QStringView columnName) const;
};

} // namespace desk
