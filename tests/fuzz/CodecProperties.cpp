// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/CodecProperties.h"

#include "kafka/IngestDecoder.h"
#include "kafka/JsonLine.h"
#include "kafka/MessageDecoder.h"
#include "models/schema/ColumnText.h"
#include "models/schema/ProtobufLog.h"
#include "tests/fuzz/Property.h"

namespace desk::fuzz {
namespace {

void requireSame(const EntityType &entity, const Record &left, const Record &right, const char *property)
{
    require(left.id == right.id && left.values.size() == right.values.size(), property,
            [&] { return entity.name; });
    for (qsizetype index = 0; index < left.values.size(); ++index) {
        require(sameValue(left.values[index], right.values[index]), property, [&] {
            return entity.name + u'.' + entity.columns[index].name + u' '
                + textOf(entity.columns[index], left.values[index]) + u'|'
                + textOf(entity.columns[index], right.values[index]);
        });
    }
}

void requireReadsBack(const EntityType &entity, const Record &record)
{
    RecordCodec &codec = codecOf(entity);
    require(record.values.size() == entity.columns.size(), "a record has a value per column",
            [&] { return entity.name; });
    const QByteArray written = codec.encode(record);
    const Expected<Record> again = codec.decode(written);
    require(again.has_value(), "what is written can be read", [&] { return again.error().sentence; });
    requireSame(entity, record, *again, "a record is read back as it was written");
    require(codec.encode(*again) == written, "a record is written the same twice",
            [&] { return entity.name; });
}

} // namespace

const std::shared_ptr<const EntityCatalog> &entities()
{
    static const std::shared_ptr<const EntityCatalog> catalog = [] {
        logProtobufThroughQt();
        auto loaded = EntityCatalog::load(QStringLiteral(CATALOG_FUZZ_ENTITIES));
        for (const SchemaProblem &problem : loaded->problems())
            require(false, "the entities can be loaded", [&] { return problem.toText(); });
        return loaded;
    }();
    return catalog;
}

RecordCodec &codecOf(const EntityType &entity)
{
    static std::unordered_map<const EntityType *, std::unique_ptr<RecordCodec>> codecs;
    auto &codec = codecs[&entity];
    if (!codec)
        codec = std::make_unique<RecordCodec>(entity);
    return *codec;
}

void checkRecord(const EntityType &entity, QByteArrayView payload)
{
    const auto read = codecOf(entity).decodeWithPresence(payload);
    if (!read) {
        require(read.error().code == ErrorCode::Format || read.error().code == ErrorCode::InvalidValue,
                "a refusal says what kind it is");
        requireSentence(read.error().sentence);
        return;
    }
    const auto &[record, presence] = *read;
    require(presence.present.size() == record.values.size()
                && presence.approximated.size() == record.values.size(),
            "a record says of each column whether it was there", [&] { return entity.name; });
    for (qsizetype index = 0; index < record.values.size(); ++index) {
        require(!presence.present[index] || !presence.approximated[index],
                "what is there is not approximated");
        // A field that is not in a nested message which is there is zero, not null.
        require(presence.present[index] || presence.approximated[index]
                    || entity.columns[index].path.size() > 1
                    || sameValue(record.values[index], initialValue(entity.columns[index])),
                "what was not there has its start value", [&] { return entity.columns[index].name; });
    }
    requireReadsBack(entity, record);
}

void checkList(const EntityType &entity, QByteArrayView payload)
{
    RecordCodec &codec = codecOf(entity);
    const Expected<QList<Record>> records = codec.decodeList(payload);
    if (!records) {
        requireSentence(records.error().sentence);
        return;
    }
    require(records->size() <= payload.size(), "a list holds no more records than bytes");
    QList<QByteArray> written;
    for (const Record &record : *records)
        written.append(codec.encode(record));
    const Expected<QList<Record>> again = codec.decodeList(codec.encodeList(written));
    require(again && again->size() == records->size(), "a list is read back as long as it was written");
    for (qsizetype index = 0; index < records->size(); ++index)
        requireSame(entity, records->at(index), again->at(index), "a list is read back as it was written");
}

void checkMessage(const QString &topic, const QByteArray &operation, QByteArrayView value)
{
    static MessageDecoder decoder(entities());
    constexpr qsizetype LongestSummary = 2000;
    StreamMessage message;
    message.topic = topic;
    message.hasValue = true;
    message.value = value.toByteArray();
    if (!operation.isEmpty())
        message.headers.append({"operation", operation});
    const DecodedMessage row = decoder.decode(message, MessageDecoder::Depth::Row);
    const DecodedMessage whole = decoder.decode(message, MessageDecoder::Depth::Whole);
    require(!whole.kind.isEmpty() && whole.summary.size() < LongestSummary, "a message has a short summary",
            [&] { return whole.summary.left(LongestSummary); });
    require(whole.summary.count(u'\n') == 0 || whole.kind == QLatin1String("JSON"), "a summary is one line",
            [&] { return whole.summary; });
    require(row.fields.isEmpty(), "a row has no fields");
    if (!row.problem.isEmpty())
        requireSentence(row.problem);
    if (value.size() <= 64 * 1024)
        require(row.kind == whole.kind && row.summary == whole.summary && row.problem == whole.problem,
                "a row shows what the whole does", [&] { return row.summary + u'|' + whole.summary; });
    const EntityType *entity = entities()->forTopic(topic).entity;
    if (!entity || !whole.problem.isEmpty() || whole.operation == QLatin1String("list"))
        return;
    for (const auto &[label, text] : whole.fields) {
        for (const Column &column : entity->columns) {
            require(column.label != label || !column.sensitive || text.isEmpty() || text == MaskedValue,
                    "what is sensitive is not shown", [&] { return column.name; });
        }
    }
}

void checkIngest(const QString &topic, const QByteArray &operation, QByteArrayView value)
{
    static IngestDecoder decoder(*entities(), QStringLiteral("11111111-2222-3333-4444-555555555555"));
    IncomingMessage message;
    message.topic = topic;
    message.value = value;
    message.operation = operation;
    const std::optional<IngestMessage> decoded = decoder.decode(message);
    if (!decoded)
        return;
    if (!decoded->change) {
        requireSentence(decoded->change.error().sentence);
        return;
    }
    const IngestChange &change = *decoded->change;
    require(change.entity && !change.record.id.isEmpty(), "a change names its record");
    require(change.written.size() == change.entity->columns.size(),
            "a change says of each column whether it is written", [&] { return change.entity->name; });
    requireReadsBack(*change.entity, change.record);
}

} // namespace desk::fuzz
