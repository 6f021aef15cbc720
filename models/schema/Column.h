// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Decimal.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <optional>

namespace google::protobuf {
class FieldDescriptor;
}

namespace desk {

// The kinds of value a column holds, and the C++ type each has inside a QVariant. A null (invalid)
// QVariant is "no value" for every kind.
enum class ColumnType {
    Text,        // QString
    Integer,     // qint64, within 32 bits
    BigInteger,  // qint64
    Boolean,     // bool
    Enumeration, // QString, one of Column::allowed
    Timestamp,   // QDateTime in UTC, milliseconds
    Bytes,       // QByteArray
    Double,      // double
    Decimal,     // desk::Decimal at the column's scale
    List,        // QVariantList of the scalars above
};

enum class ColumnWidget { Automatic, MultiLine, ImageUrl };

// What happens to a record when the one its reference names is deleted.
enum class OnDelete { Refuse, Clear, Cascade };

// One column of an entity, as its .proto field describes it. A value, read-only after loading; the
// field descriptors belong to the EntityCatalog that made it.
struct Column {
    QString name;  // the database's and catalogctl's name
    QString label; // the operator's
    ColumnType type = ColumnType::Text;
    bool nullable = false; // may be null in the database: proto `optional`, a reference, a nested message
    bool required = false;
    std::optional<int> minimumLength; // characters (code points)
    std::optional<int> maximumLength;
    QVariant minimum; // of the column's own type; invalid: no bound
    QVariant maximum;
    QString pattern;     // PCRE the whole text must match; empty: any
    QStringList allowed; // empty: any
    int precision = 0;   // Decimal: digits in all
    int scale = 0;       // Decimal: digits after the point
    QString reference;   // entity whose id this holds, or empty
    OnDelete onDelete = OnDelete::Refuse;
    ColumnWidget widget = ColumnWidget::Automatic;
    bool sensitive = false;
    bool readOnly = false;
    bool searchable = false;
    bool hidden = false;
    QVariant defaultValue; // for a new record; what the type starts with unless the description says more

    // From the entity's message down to the field; more than one for a flattened nested message.
    QList<const google::protobuf::FieldDescriptor *> path;
    // The older field that carries this column as nearly as it can, or null.
    const google::protobuf::FieldDescriptor *approximation = nullptr;

    [[nodiscard]] const google::protobuf::FieldDescriptor *field() const { return path.constLast(); }
    [[nodiscard]] bool isReference() const { return !reference.isEmpty(); }
    [[nodiscard]] bool isNumber() const;
};

// What the column holds, in words that name exactly one kind of value: "integer", "decimal(12,2)",
// "list of text".
[[nodiscard]] QString logicalType(const Column &column);

} // namespace desk
