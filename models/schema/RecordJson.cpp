// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/schema/RecordJson.h"

#include "models/schema/ColumnLimits.h"
#include "models/schema/ColumnText.h"

#include <google/protobuf/descriptor.h>

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

namespace desk {
namespace {

using google::protobuf::FieldDescriptor;

QByteArray quoted(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

// The value as JSON text. Decimals on float fields keep their digits, which QJsonValue could not promise.
QByteArray scalarText(const Column &column, const QVariant &value)
{
    if (!value.isValid())
        return "null";
    if (column.type == ColumnType::Decimal && column.field()->cpp_type() != FieldDescriptor::CPPTYPE_STRING)
        return value.value<Decimal>().normalised().toText().toLatin1();
    if (column.type == ColumnType::Timestamp) {
        // As the services and protobuf's own JSON write it: no fraction where there is none.
        const QDateTime at = value.toDateTime().toUTC();
        return quoted(at.toString(at.time().msec() == 0 ? Qt::ISODate : Qt::ISODateWithMs));
    }
    const QByteArray array = QJsonDocument(QJsonArray{valueToJson(column, value)})
                                 .toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

// A tree of objects that keeps the order of first mention, as the .proto file declares it.
struct Node {
    QByteArray name;
    QByteArray text; // for a leaf
    QList<Node> children;

    Node &child(const QByteArray &childName)
    {
        for (Node &existing : children) {
            if (existing.name == childName)
                return existing;
        }
        return children.emplaceBack(Node{childName, {}, {}});
    }

    void write(QByteArray &out) const
    {
        if (children.isEmpty()) {
            out += text.isEmpty() ? QByteArray("{}") : text;
            return;
        }
        out += '{';
        for (qsizetype index = 0; index < children.size(); ++index) {
            if (index > 0)
                out += ", ";
            out += quoted(QString::fromUtf8(children[index].name)) + ": ";
            children[index].write(out);
        }
        out += '}';
    }
};

Expected<Record> recordFromObject(const EntityType &entity, const QJsonObject &object)
{
    Record record;
    for (const Column &column : entity.columns) {
        QJsonValue json = object;
        for (const FieldDescriptor *field : column.path)
            json = json.toObject().value(QString::fromStdString(field->name()));
        if (json.isUndefined() || json.isNull()) {
            record.values.append(initialValue(column));
            continue;
        }
        Expected<QVariant> value = valueFromJson(column, json);
        if (!value)
            return tl::make_unexpected(value.error());
        record.values.append(*std::move(value));
    }
    record.id = textOf(entity.id(), record.values[entity.idColumn]);
    return record;
}

QString notAnObject(const EntityType &entity)
{
    return QStringLiteral("A %1 is a JSON object; this is none.").arg(entity.singular);
}

Expected<QJsonDocument> parse(const EntityType &entity, QByteArrayView json)
{
    QJsonParseError error;
    QJsonDocument document = QJsonDocument::fromJson(json.toByteArray(), &error);
    if (error.error != QJsonParseError::NoError) {
        return failure(ErrorCode::Format,
                       QStringLiteral("This is no JSON of %1: %2 at byte %3.")
                           .arg(entity.singular, error.errorString())
                           .arg(error.offset));
    }
    return document;
}

} // namespace

QByteArray recordToJson(const EntityType &entity, const Record &record, JsonContent content)
{
    Node root;
    for (int index = 0; index < entity.columns.size(); ++index) {
        if (content == JsonContent::IdOnly && index != entity.idColumn)
            continue;
        const Column &column = entity.columns[index];
        Node *node = &root;
        for (const FieldDescriptor *field : column.path)
            node = &node->child(QByteArray::fromStdString(field->name()));
        node->text = scalarText(column, record.values[index]);
    }
    QByteArray json;
    root.write(json);
    return json;
}

Expected<Record> recordFromJson(const EntityType &entity, QByteArrayView json)
{
    const Expected<QJsonDocument> document = parse(entity, json);
    if (!document)
        return tl::make_unexpected(document.error());
    if (!document->isObject())
        return failure(ErrorCode::Format, notAnObject(entity));
    return recordFromObject(entity, document->object());
}

Expected<QList<Record>> recordsFromJson(const EntityType &entity, QByteArrayView json, qsizetype maximum)
{
    const Expected<QJsonDocument> document = parse(entity, json);
    if (!document)
        return tl::make_unexpected(document.error());
    if (!document->isArray())
        return failure(ErrorCode::Format,
                       QStringLiteral("A list of %1 is a JSON array; this is none.").arg(entity.plural));
    QList<Record> records;
    const QJsonArray array = document->array();
    if (array.size() > maximum) {
        return failure(ErrorCode::Format,
                       QStringLiteral("The list has %1 %2; at most %3 are read.")
                           .arg(array.size())
                           .arg(entity.plural)
                           .arg(maximum));
    }
    for (const QJsonValue &item : array) {
        if (!item.isObject())
            return failure(ErrorCode::Format, notAnObject(entity));
        Expected<Record> record = recordFromObject(entity, item.toObject());
        if (!record)
            return tl::make_unexpected(record.error());
        records.append(*std::move(record));
    }
    return records;
}

QJsonValue valueToJson(const Column &column, const QVariant &value)
{
    if (!value.isValid())
        return QJsonValue::Null;
    switch (column.type) {
    case ColumnType::Integer:
    case ColumnType::BigInteger:
        return value.toLongLong();
    case ColumnType::Boolean:
        return value.toBool();
    case ColumnType::Double:
        return value.toDouble();
    case ColumnType::List:
        return QJsonArray::fromVariantList(value.toList());
    case ColumnType::Text:
    case ColumnType::Enumeration:
    case ColumnType::Timestamp:
    case ColumnType::Bytes:
    case ColumnType::Decimal:
        break;
    }
    return textOf(column, value);
}

Expected<QVariant> valueFromJson(const Column &column, const QJsonValue &json)
{
    const auto wrong = [&] {
        return failure(ErrorCode::Format,
                       QStringLiteral("%1: the JSON value has the wrong type.").arg(column.label), {},
                       column.name);
    };
    if (json.isNull() || json.isUndefined())
        return column.nullable ? QVariant() : initialValue(column);
    switch (column.type) {
    case ColumnType::List: {
        if (!json.isArray())
            return wrong();
        const auto elements = listElements(column, json.toArray().toVariantList());
        if (!elements)
            return failure(ErrorCode::Format, QStringLiteral("%1: %2").arg(column.label, elements.error()),
                           {}, column.name);
        return QVariant(*elements);
    }
    case ColumnType::Boolean:
        if (json.isBool())
            return QVariant(json.toBool());
        break;
    case ColumnType::Integer:
    case ColumnType::BigInteger:
        if (json.isDouble()) {
            const QVariant number = json.toVariant();
            if (number.typeId() == QMetaType::LongLong || double(number.toLongLong()) == number.toDouble())
                return valueFromText(column, QString::number(number.toLongLong()));
            return wrong();
        }
        break;
    case ColumnType::Double:
        if (json.isDouble())
            return QVariant(json.toDouble());
        break;
    case ColumnType::Decimal:
        if (json.isDouble()) {
            const std::optional<Decimal> number = Decimal::fromDouble(json.toDouble());
            return number ? valueFromText(column, number->toText()) : Expected<QVariant>(wrong());
        }
        break;
    case ColumnType::Text:
    case ColumnType::Enumeration:
    case ColumnType::Timestamp:
    case ColumnType::Bytes:
        break;
    }
    if (!json.isString())
        return wrong();
    if (!QStringView(json.toString()).isValidUtf16()) // "\ud800" with nothing behind it
        return failure(ErrorCode::Format,
                       QStringLiteral("%1: %2").arg(column.label, textProblem(json.toString())), {},
                       column.name);
    return valueFromText(column, json.toString());
}

QJsonObject recordToFlatJson(const EntityType &entity, const Record &record)
{
    QJsonObject object;
    for (int index = 0; index < entity.columns.size(); ++index)
        object.insert(entity.columns[index].name, valueToJson(entity.columns[index], record.values[index]));
    return object;
}

} // namespace desk
