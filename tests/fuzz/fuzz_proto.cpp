// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/WireSchema.h"
#include "models/schema/ColumnText.h"
#include "models/schema/EntityCatalog.h"
#include "models/schema/ProtobufLog.h"
#include "models/schema/RecordCodec.h"
#include "tests/fuzz/Property.h"

using namespace desk;
using namespace desk::fuzz;

namespace {

void checkProblem(const SchemaProblem &problem)
{
    constexpr qsizetype Longest = 1000;
    require(!problem.file.isEmpty() && problem.line >= 0 && !problem.sentence.isEmpty(),
            "a problem says where and what");
    // protobuf's own words have no full stop.
    require(problem.sentence.size() < Longest, "a problem is told in few words",
            [&] { return problem.sentence; });
}

void checkColumns(const EntityType &entity)
{
    require(!entity.columns.isEmpty() && entity.columns.size() <= 1000,
            "an entity has columns, and not too many");
    for (const int index : {entity.idColumn, entity.displayColumn, entity.keyColumn})
        require(index >= 0 && index < entity.columns.size(), "the roles are columns of the entity");
    for (qsizetype index = 0; index < entity.columns.size(); ++index) {
        const Column &column = entity.columns[index];
        require(entity.indexOf(column.name) == index, "a column is found by its name",
                [&] { return column.name; });
        require(column.minimumLength.value_or(0) >= 0 && column.maximumLength.value_or(0) >= 0,
                "a length is none below 0", [&] { return column.name; });
        require(column.scale >= 0 && column.scale <= column.precision
                    && column.precision <= Decimal::MaximumDigits,
                "a decimal has 1 to 18 digits", [&] { return column.name; });
        const Expected<QVariant> shown = valueFromText(column, textOf(column, column.defaultValue));
        require(shown && (sameValue(*shown, column.defaultValue) || !column.defaultValue.isValid()),
                "a default is read back as it is shown", [&] { return column.name; });
    }
}

void checkCodec(const EntityType &entity)
{
    RecordCodec codec(entity);
    Record record = newRecord(entity);
    setRecordId(entity, record, QStringLiteral("7"));
    const QByteArray written = codec.encode(record);
    const Expected<Record> read = codec.decode(written);
    require(read.has_value(), "a new record can be read", [&] { return read.error().sentence; });
    require(read->id == record.id, "a record keeps its id");
    require(codec.encode(*read) == written, "a record is written the same twice",
            [&] { return entity.name; });
}

// A registry is sent the schema as text, which must be readable.
void checkWireSchema(const EntityType &entity)
{
    const Expected<WireSchema> schema = wireSchema(entity, Verb::Update);
    if (!schema) {
        requireSentence(schema.error().sentence);
        return;
    }
    const QString name = QStringLiteral("wire.proto");
    const auto again = EntityCatalog::ofTexts({{name, schema->text.toUtf8()}});
    require(again->problems().isEmpty(), "a schema for a registry is a .proto file",
            [&] { return again->problems().constFirst().toText() + u'\n' + schema->text; });
}

} // namespace

// A .proto file of an operator.
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    [[maybe_unused]] static const bool isQuiet = (logProtobufThroughQt(), true);
    const auto catalog = EntityCatalog::ofTexts(
        {{QStringLiteral("own.proto"), QByteArray(reinterpret_cast<const char *>(data), qsizetype(size))}});
    for (const SchemaProblem &problem : catalog->problems())
        checkProblem(problem);
    for (const auto &entity : catalog->entities()) {
        checkColumns(*entity);
        checkCodec(*entity);
        if (entity->framing == Framing::Confluent)
            checkWireSchema(*entity);
    }
    return 0;
}
