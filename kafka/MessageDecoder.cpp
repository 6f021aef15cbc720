// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageDecoder.h"

#include "kafka/JsonLine.h"
#include "kafka/PayloadText.h"
#include "kafka/SchemaFrame.h"
#include "models/schema/ColumnText.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace desk {
namespace {

using google::protobuf::internal::WireFormatLite;

constexpr qsizetype SummaryLength = 200;
constexpr qsizetype RowBytes = 64 * 1024; // JSON larger than this is not parsed for a row
constexpr qsizetype ListedRecords = 100;  // shown in the detail of a list message
constexpr int SummaryColumns = 4;

QString shownText(const Column &column, const QVariant &value)
{
    if (column.sensitive)
        return value.isNull() ? QString() : MaskedValue.toString();
    return textOf(column, value);
}

bool isTelling(const Column &column)
{
    if (column.hidden || column.isReference())
        return false;
    return column.isNumber() || column.type == ColumnType::Boolean
        || (column.type == ColumnType::Enumeration && column.allowed.size() <= 16);
}

// "Fish Steak · price 14.99 · stock 74"
QString summaryOf(const EntityType &entity, const Record &record)
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

// The entries of field 1 of a list message. Empty if the bytes are no such message.
std::optional<QList<QByteArrayView>> listEntries(QByteArrayView payload)
{
    QList<QByteArrayView> entries;
    google::protobuf::io::CodedInputStream input(reinterpret_cast<const quint8 *>(payload.data()),
                                                 int(payload.size()));
    while (const quint32 tag = input.ReadTag()) {
        if (tag == WireFormatLite::MakeTag(1, WireFormatLite::WIRETYPE_LENGTH_DELIMITED)) {
            quint32 length = 0;
            if (!input.ReadVarint32(&length))
                return {};
            const int position = input.CurrentPosition();
            if (length > quint32(payload.size() - position) || !input.Skip(int(length)))
                return {};
            entries.append(payload.sliced(position, length));
        } else if (!WireFormatLite::SkipField(&input, tag)) {
            return {};
        }
    }
    if (!input.ConsumedEntireMessage())
        return {};
    return entries;
}

void addJsonFields(const QByteArray &bytes, DecodedMessage &decoded)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    for (auto field = object.begin(); field != object.end(); ++field) {
        QString text;
        if (isSensitiveName(field.key())) {
            text = MaskedValue.toString();
        } else if (field->isString()) {
            text = field->toString();
        } else {
            const QByteArray wrapped = QJsonDocument(QJsonArray{*field}).toJson(QJsonDocument::Compact);
            text = jsonLine(QByteArrayView(wrapped).sliced(1, wrapped.size() - 2), 1 << 16);
        }
        decoded.fields.append({field.key(), text});
    }
}

// What nobody has described: JSON, else text, else bytes.
void decodeAnything(const QByteArray &bytes, MessageDecoder::Depth depth, DecodedMessage &decoded)
{
    if (bytes.isEmpty()) {
        decoded.kind = QStringLiteral("empty");
        return;
    }
    const QByteArray start = bytes.left(RowBytes).trimmed();
    if (start.startsWith('{') || start.startsWith('[')) {
        const qsizetype most = depth == MessageDecoder::Depth::Whole ? RecordCodec::MaximumBytes : RowBytes;
        const bool isWhole = bytes.size() <= most;
        QJsonParseError error{};
        if (isWhole)
            QJsonDocument::fromJson(bytes, &error);
        if (error.error == QJsonParseError::NoError) {
            decoded.kind = QStringLiteral("JSON");
            decoded.summary = jsonLine(bytes, SummaryLength);
            if (depth == MessageDecoder::Depth::Whole && isWhole)
                addJsonFields(bytes, decoded);
            return;
        }
    }
    // A part of a large text may end within a character.
    QByteArrayView part = QByteArrayView(bytes).first(std::min(bytes.size(), RowBytes));
    std::optional<QString> text = textOfBytes(part);
    for (int cut = 1; !text && part.size() < bytes.size() && cut <= 3; ++cut)
        text = textOfBytes(part.chopped(cut));
    if (text) {
        decoded.kind = QStringLiteral("text");
        decoded.summary = oneLine(*text, SummaryLength);
        return;
    }
    decoded.kind = QStringLiteral("bytes");
    decoded.summary = shortHex(bytes, SummaryLength / 3);
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

MessageDecoder::MessageDecoder(std::shared_ptr<const EntityCatalog> catalog) : m_catalog(std::move(catalog))
{ }

RecordCodec &MessageDecoder::codec(const EntityType &entity)
{
    auto &codec = m_codecs[&entity];
    if (!codec)
        codec = std::make_unique<RecordCodec>(entity);
    return *codec;
}

QString MessageDecoder::hexDump(QByteArrayView bytes, qsizetype maximum)
{
    return hexTable(bytes, maximum);
}

DecodedMessage MessageDecoder::decode(const StreamMessage &message, Depth depth)
{
    const EntityCatalog::TopicUse use = m_catalog ? m_catalog->forTopic(message.topic)
                                                  : EntityCatalog::TopicUse();
    DecodedMessage decoded;
    decoded.operation = operationOf(message, use.verb);
    if (use.entity)
        decoded.entity = use.entity->name;
    if (!message.hasValue) {
        decoded.kind = QStringLiteral("tombstone");
        decoded.summary = QStringLiteral("— tombstone");
        return decoded;
    }
    if (!use.entity) {
        decodeAnything(message.value, depth, decoded);
        return decoded;
    }

    QByteArrayView payload = message.value;
    if (use.entity->framing == Framing::Confluent) {
        const auto framed = readFrame(payload);
        if (!framed) {
            decoded.problem = framed.error().sentence;
            decodeAnything(message.value, depth, decoded);
            return decoded;
        }
        payload = framed->payload;
    }
    if (decoded.operation == verbText(Verb::List))
        decodeList(*use.entity, payload, depth, decoded);
    else
        decodeEntity(*use.entity, payload, depth, decoded);
    if (!decoded.problem.isEmpty())
        decodeAnything(message.value, depth, decoded);
    return decoded;
}

void MessageDecoder::decodeEntity(const EntityType &entity, QByteArrayView payload, Depth depth,
                                  DecodedMessage &decoded)
{
    const auto record = codec(entity).decode(payload);
    if (!record) {
        decoded.problem = record.error().sentence;
        return;
    }
    decoded.kind = entity.singular;
    decoded.recordId = record->id;
    if (decoded.operation == verbText(Verb::Delete)) {
        decoded.summary = oneLine(entity.id().label.toLower() + u' ' + record->id, SummaryLength);
        if (depth == Depth::Whole)
            decoded.fields.append({entity.id().label, record->id});
        return;
    }
    decoded.summary = summaryOf(entity, *record);
    if (depth == Depth::Row)
        return;
    for (int index = 0; index < entity.columns.size(); ++index)
        decoded.fields.append(
            {entity.columns[index].label, shownText(entity.columns[index], record->values.value(index))});
}

void MessageDecoder::decodeList(const EntityType &entity, QByteArrayView payload, Depth depth,
                                DecodedMessage &decoded)
{
    qsizetype count = 0;
    QList<Record> shown;
    if (entity.encoding == Encoding::Json) {
        auto records = codec(entity).decodeList(payload);
        if (!records) {
            decoded.problem = records.error().sentence;
            return;
        }
        count = records->size();
        shown = records->mid(0, ListedRecords);
    } else {
        decoded.problem = RecordCodec::sizeProblem(payload.size());
        if (!decoded.problem.isEmpty())
            return;
        // Counting is enough for a row: a list can hold ten thousand records.
        const auto entries = listEntries(payload);
        if (!entries) {
            decoded.problem = QStringLiteral("These bytes are no list of %1.").arg(entity.plural.toLower());
            return;
        }
        count = entries->size();
        for (qsizetype index = 0; depth == Depth::Whole && index < std::min(count, ListedRecords); ++index) {
            if (const auto record = codec(entity).decode(entries->at(index)))
                shown.append(*record);
        }
    }
    decoded.kind = entity.singular;
    decoded.summary = QStringLiteral("%1 %2").arg(count).arg(
        (count == 1 ? entity.singular : entity.plural).toLower());
    if (depth == Depth::Row)
        return;
    for (const Record &record : shown)
        decoded.fields.append({record.id, summaryOf(entity, record)});
    if (count > shown.size())
        decoded.fields.append({QStringLiteral("…"), QStringLiteral("%1 more").arg(count - shown.size())});
}

} // namespace desk
