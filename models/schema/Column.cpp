// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/Column.h"

#include <google/protobuf/descriptor.h>

namespace desk {
namespace {

using google::protobuf::FieldDescriptor;

QString elementType(const FieldDescriptor &field)
{
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
        return field.type() == FieldDescriptor::TYPE_BYTES ? QStringLiteral("bytes") : QStringLiteral("text");
    case FieldDescriptor::CPPTYPE_INT32:
        return QStringLiteral("integer");
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT64:
        return QStringLiteral("bigint");
    case FieldDescriptor::CPPTYPE_BOOL:
        return QStringLiteral("boolean");
    case FieldDescriptor::CPPTYPE_ENUM:
        return QStringLiteral("enumeration");
    default:
        return QStringLiteral("double");
    }
}

} // namespace

bool Column::isNumber() const
{
    return !isReference()
        && (type == ColumnType::Integer || type == ColumnType::BigInteger || type == ColumnType::Double
            || type == ColumnType::Decimal);
}

QString logicalType(const Column &column)
{
    switch (column.type) {
    case ColumnType::Text:
        return QStringLiteral("text");
    case ColumnType::Integer:
        return QStringLiteral("integer");
    case ColumnType::BigInteger:
        return QStringLiteral("bigint");
    case ColumnType::Boolean:
        return QStringLiteral("boolean");
    case ColumnType::Enumeration:
        return QStringLiteral("enumeration");
    case ColumnType::Timestamp:
        return QStringLiteral("timestamp");
    case ColumnType::Bytes:
        return QStringLiteral("bytes");
    case ColumnType::Double:
        return QStringLiteral("double");
    case ColumnType::Decimal:
        return QStringLiteral("decimal(%1,%2)").arg(column.precision).arg(column.scale);
    case ColumnType::List:
        break;
    }
    return QStringLiteral("list of ") + elementType(*column.field());
}

} // namespace desk
