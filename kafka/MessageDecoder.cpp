// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageDecoder.h"

#include "kafka/PayloadText.h"
#include "kafka/SchemaFrame.h"
#include "kafka/decoding/JsonScan.h"
#include "kafka/decoding/ProtobufTree.h"
#include "models/schema/ColumnText.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

namespace desk {
namespace {

constexpr qsizetype SummaryLength = 200;
constexpr qsizetype ListedRecords = 100; // shown in the detail of a list message
constexpr int SummaryColumns = 4;

bool isTelling(const Column &column)
{
    if (column.hidden || column.isReference())
        return false;
    return column.isNumber() || column.type == ColumnType::Boolean
        || (column.type == ColumnType::Enumeration && column.allowed.size() <= 16);
}

// The entries of field 1 of a list message. Empty if the bytes are no such message.
std::optional<QList<QByteArrayView>> listEntries(QByteArrayView payload)
{
    QList<QByteArrayView> entries;
    WireCursor cursor(payload);
    WireCursor::Field field;
    while (cursor.next(field)) {
        if (field.number == 1 && field.type == WireCursor::Type::Length)
            entries.append(field.content);
    }
    if (cursor.isBroken())
        return {};
    return entries;
}

DecodedNode::Kind kindOf(const Column &column, const QVariant &value)
{
    using Kind = DecodedNode::Kind;
    if (value.isNull())
        return Kind::Null;
    switch (column.type) {
    case ColumnType::Integer:
    case ColumnType::BigInteger:
    case ColumnType::Decimal:
        return Kind::Number;
    case ColumnType::Double:
        return std::isfinite(value.toDouble()) ? Kind::Number : Kind::Text;
    case ColumnType::Boolean:
        return Kind::Boolean;
    default:
        return Kind::Text;
    }
}

// Members of a JSON object and elements of a list, as the detail lists them.
void addFields(const DecodedNode &root, DecodedMessage &decoded)
{
    constexpr qsizetype Longest = 65'536;
    for (const DecodedNode &child : root.children) {
        const bool isLeaf = child.isSensitive
            || !(child.kind == DecodedNode::Kind::Object || child.kind == DecodedNode::Kind::List);
        const QString text = isLeaf ? child.text : jsonText(child, Longest).simplified();
        decoded.fields.append({child.name, text});
    }
}

QString operationOf(const StreamMessage &message, const std::optional<Verb> &verb)
{
    static const QStringList known{"add", "update", "delete", "get", "list"};
    for (const MessageHeader &header : message.headers) {
        const QString value = QString::fromUtf8(header.value.left(16)).toLower();
        if (header.name == "operation" && known.contains(value))
            return value;
    }
    return verb ? verbText(*verb) : QString();
}

} // namespace

MessageDecoder::MessageDecoder(std::shared_ptr<const EntityCatalog> catalog)
    : MessageDecoder(DecodingSources{catalog, {{}, catalog->sensitivePatterns()}, {}})
{ }

MessageDecoder::MessageDecoder(DecodingSources sources, Masking::Mode mode)
    : m_sources(std::move(sources))
    , m_masking(SensitiveNames(m_sources.settings.sensitiveNames), mode)
    , m_parts(m_sources.schemas, m_masking)
{ }

RecordCodec &MessageDecoder::codec(const EntityType &entity)
{
    auto &codec = m_codecs[&entity];
    if (!codec)
        codec = std::make_unique<RecordCodec>(entity);
    return *codec;
}

const MessageDecoder::EntityMasks &MessageDecoder::masks(const EntityType &entity)
{
    const auto known = m_masks.find(&entity);
    if (known != m_masks.end())
        return known->second;
    EntityMasks masks;
    QStringList names;
    for (const Column &column : entity.columns) {
        if (!m_masking.isSensitive(column))
            continue;
        const google::protobuf::FieldDescriptor &field = *column.field();
        names += Masking::fieldNames(column);
        masks.numbers.append(column.path.constFirst()->number());
        m_masking.addSensitive(field); // its column may have another name
        if (column.approximation) {    // the same value, in the older field
            masks.numbers.append(column.approximation->number());
            m_masking.addSensitive(*column.approximation);
        }
    }
    masks.names = m_masking.names().with(names);
    return m_masks.emplace(&entity, std::move(masks)).first->second;
}

QString MessageDecoder::hexDump(QByteArrayView bytes, qsizetype maximum)
{
    return hexTable(bytes, maximum);
}

PartContext MessageDecoder::contextFor(const EntityType *entity, MessagePart part, Depth depth)
{
    PartContext context;
    context.part = part;
    context.depth = depth;
    if (entity) {
        const EntityMasks &known = masks(*entity);
        context.names = &known.names;
        context.sensitiveNumbers = known.numbers;
        context.types = entity->descriptor->file()->pool();
        context.isWithheld = part == MessagePart::Value && !known.numbers.isEmpty()
            && m_masking.mode() == Masking::Mode::Masked;
    } else if (m_sources.catalog && !m_sources.catalog->entities().empty()) {
        context.types = m_sources.catalog->entities().front()->descriptor->file()->pool();
    }
    return context;
}

DecodedMessage MessageDecoder::decode(const StreamMessage &message, Depth depth)
{
    const EntityCatalog::TopicUse use = m_sources.catalog ? m_sources.catalog->forTopic(message.topic)
                                                          : EntityCatalog::TopicUse();
    DecodedMessage decoded;
    decoded.operation = operationOf(message, use.verb);
    if (message.hasKey) {
        const PartContext context = contextFor(nullptr, MessagePart::Key, depth);
        const DecodingRule *rule = m_sources.settings.ruleFor(message.topic, MessagePart::Key);
        decoded.key = rule ? m_parts.decode(message.key, *rule, context)
                           : m_parts.decode(message.key, context);
    }
    if (depth != Depth::Row) {
        for (const MessageHeader &header : message.headers)
            decoded.headers.append({QString::fromUtf8(header.name), m_masking.headerText(header)});
    }
    if (message.hasValue) {
        decodeValue(message, use.entity, depth, decoded);
        decoded.kind = decoded.value.kind;
        decoded.summary = decoded.value.summary;
        decoded.problem = decoded.value.problem;
    } else {
        decoded.kind = QStringLiteral("tombstone");
        decoded.summary = QStringLiteral("— tombstone");
    }
    if (use.entity) {
        decoded.entity = use.entity->name;
        decoded.isStreamOnly = use.entity->streamOnly;
    }
    return decoded;
}

void MessageDecoder::decodeValue(const StreamMessage &message, const EntityType *entity, Depth depth,
                                 DecodedMessage &decoded)
{
    const DecodingRule *rule = m_sources.settings.ruleFor(message.topic, MessagePart::Value);
    const bool isForced = rule && rule->format != PayloadFormat::Automatic
        && rule->format != PayloadFormat::Entity;
    if (isForced) {
        decoded.value = m_parts.decode(message.value, *rule, contextFor(entity, MessagePart::Value, depth));
        // What the rule could not read may be the entity's all the same.
        if (decoded.value.problem.isEmpty() || !entity) {
            if (depth != Depth::Row)
                addFields(decoded.value.root, decoded);
            return;
        }
    }
    const DecodedPart byRule = std::exchange(decoded.value, {});
    if (entity && decodeEntity(*entity, message.value, depth, decoded)) {
        if (isForced) {
            decoded.value.problem = byRule.problem;
            decoded.value.attempts = byRule.attempts.mid(0, 1);
        }
        return;
    }
    const DecodedPart asEntity = std::exchange(decoded.value, {});
    decoded.value = m_parts.decode(message.value, contextFor(entity, MessagePart::Value, depth));
    decoded.value.attempts = byRule.attempts.mid(0, 1) + asEntity.attempts + decoded.value.attempts;
    if (!byRule.problem.isEmpty() || !asEntity.problem.isEmpty())
        decoded.value.problem = isForced ? byRule.problem : asEntity.problem;
    if (depth != Depth::Row)
        addFields(decoded.value.root, decoded);
}

bool MessageDecoder::decodeEntity(const EntityType &entity, const QByteArray &value, Depth depth,
                                  DecodedMessage &decoded)
{
    DecodedPart &part = decoded.value;
    QByteArrayView payload = value;
    if (entity.framing == Framing::Confluent) {
        const auto framed = readFrame(payload);
        if (framed)
            payload = framed->payload;
        else
            part.problem = framed.error().sentence;
    }
    const qsizetype base = value.size() - payload.size();
    if (part.problem.isEmpty()) {
        if (decoded.operation == verbText(Verb::List))
            decodeList(entity, payload, base, depth, decoded);
        else
            decodeRecord(entity, payload, depth, decoded);
    }
    if (!part.problem.isEmpty()) {
        part.attempts.append({PayloadFormat::Entity, part.problem});
        decoded.recordId.clear();
        decoded.fields.clear();
        return false;
    }
    part.format = PayloadFormat::Entity;
    part.kind = entity.singular;
    part.decoder = QStringLiteral("entity ") + entity.name;
    if (depth != Depth::Row && m_masking.mode() == Masking::Mode::Masked)
        findSensitive(entity, payload, base, part);
    return true;
}

void MessageDecoder::decodeRecord(const EntityType &entity, QByteArrayView payload, Depth depth,
                                  DecodedMessage &decoded)
{
    const auto record = codec(entity).decode(payload);
    if (!record) {
        decoded.value.problem = record.error().sentence;
        return;
    }
    decoded.recordId = record->id;
    const bool isDelete = decoded.operation == verbText(Verb::Delete);
    decoded.value.summary = isDelete ? oneLine(entity.id().label.toLower() + u' ' + record->id, SummaryLength)
                                     : recordSummary(entity, *record);
    if (depth == Depth::Row)
        return;
    decoded.value.root = recordNode(entity, *record);
    if (isDelete) {
        // Nothing else of a deletion means anything.
        auto &columns = decoded.value.root.children;
        columns = {columns[size_t(entity.idColumn)]};
    }
    for (const DecodedNode &column : decoded.value.root.children)
        decoded.fields.append({column.label, column.text});
}

void MessageDecoder::decodeList(const EntityType &entity, QByteArrayView payload, qsizetype base, Depth depth,
                                DecodedMessage &decoded)
{
    qsizetype count = 0;
    QList<Record> shown;
    if (entity.encoding == Encoding::Json) {
        auto records = codec(entity).decodeList(payload);
        if (!records) {
            decoded.value.problem = records.error().sentence;
            return;
        }
        count = records->size();
        shown = records->mid(0, ListedRecords);
    } else {
        decoded.value.problem = RecordCodec::sizeProblem(payload.size());
        if (!decoded.value.problem.isEmpty())
            return;
        // Counting is enough for a row: a list can hold ten thousand records.
        const auto entries = listEntries(payload);
        if (!entries) {
            decoded.value.problem = QStringLiteral("These bytes are no list of %1.")
                                        .arg(entity.plural.toLower());
            return;
        }
        count = entries->size();
        for (qsizetype index = 0; depth != Depth::Row && index < std::min(count, ListedRecords); ++index) {
            if (const auto record = codec(entity).decode(entries->at(index)))
                shown.append(*record);
        }
    }
    decoded.value.summary = QStringLiteral("%1 %2").arg(count).arg(
        (count == 1 ? entity.singular : entity.plural).toLower());
    if (depth == Depth::Row)
        return;
    DecodedNode &root = decoded.value.root;
    root.kind = DecodedNode::Kind::List;
    root.bytes = {base, base + payload.size()};
    for (const Record &record : shown) {
        decoded.fields.append({record.id, recordSummary(entity, record)});
        DecodedNode node = recordNode(entity, record);
        node.name = QStringLiteral("[%1]").arg(root.children.size());
        node.label = decoded.fields.constLast().second;
        root.children.push_back(std::move(node));
    }
    if (count > shown.size())
        decoded.fields.append({QStringLiteral("…"), QStringLiteral("%1 more").arg(count - shown.size())});
}

void MessageDecoder::findSensitive(const EntityType &entity, QByteArrayView payload, qsizetype base,
                                   DecodedPart &part)
{
    if (masks(entity).numbers.isEmpty())
        return;
    if (entity.encoding == Encoding::Json) {
        for (const ByteRange &range : sensitiveValues(payload, masks(entity).names))
            part.sensitive.append({base + range.begin, base + range.end});
        return;
    }
    const auto find = [&](QByteArrayView message) {
        ProtobufTree tree(m_masking, ProtobufTree::Fields::Present, 0);
        const auto read = tree.read(*entity.descriptor, message, base + (message.data() - payload.data()));
        part.sensitive += tree.sensitive();
        // Unknown fields are none of the entity's, whose sensitive ones all have a name.
        if (!read)
            part.withheld = read.error().sentence;
    };
    if (part.root.kind != DecodedNode::Kind::List) {
        find(payload);
    } else if (const auto entries = listEntries(payload)) {
        for (const QByteArrayView entry : *entries)
            find(entry);
    }
}

QString MessageDecoder::shownText(const Column &column, const QVariant &value) const
{
    if (m_masking.isSensitive(column))
        return value.isNull() ? QString() : MaskedValue.toString();
    return textOf(column, value);
}

// "Fish Steak · price 14.99 · stock 74"
QString MessageDecoder::recordSummary(const EntityType &entity, const Record &record) const
{
    QStringList parts{shownText(entity.display(), record.values.value(entity.displayColumn))};
    int columns = 0;
    for (int index = 0; index < entity.columns.size() && columns < SummaryColumns; ++index) {
        const Column &column = entity.columns[index];
        if (index == entity.idColumn || index == entity.displayColumn || !isTelling(column)
            || record.values.value(index).isNull())
            continue;
        parts.append(column.label.toLower() + u' ' + shownText(column, record.values.value(index)));
        ++columns;
    }
    parts.removeAll(QString());
    return oneLine(parts.join(QStringLiteral(" · ")), SummaryLength);
}

DecodedNode MessageDecoder::recordNode(const EntityType &entity, const Record &record) const
{
    DecodedNode root;
    root.type = QString::fromStdString(entity.descriptor->full_name());
    for (int index = 0; index < entity.columns.size(); ++index) {
        const Column &column = entity.columns[index];
        const QVariant value = record.values.value(index);
        DecodedNode node;
        node.name = column.name;
        node.label = column.label;
        node.type = logicalType(column);
        node.number = column.path.size() == 1 ? column.field()->number() : 0;
        node.isSensitive = !value.isNull() && m_masking.isSensitive(column);
        node.kind = node.isSensitive ? DecodedNode::Kind::Text : kindOf(column, value);
        node.text = shownText(column, value);
        root.children.push_back(std::move(node));
    }
    return root;
}

Expected<QString> MessageDecoder::reveal(const StreamMessage &message, MessagePart part,
                                         const NodePath &path) const
{
    const DecodedMessage clear = MessageDecoder(m_sources, Masking::Mode::Clear).decode(message);
    const DecodedNode *node = nodeAt(part == MessagePart::Key ? clear.key.root : clear.value.root, path);
    if (!node)
        return failure(ErrorCode::NotFound, QStringLiteral("The message has no such field."));
    const bool isWhole = node->kind == DecodedNode::Kind::Object || node->kind == DecodedNode::Kind::List;
    return isWhole ? jsonText(*node) : node->text;
}

} // namespace desk
