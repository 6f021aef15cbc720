// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/PartDecoder.h"

#include "kafka/JsonLine.h"
#include "kafka/PayloadText.h"
#include "kafka/SchemaFrame.h"
#include "kafka/decoding/GuessedTree.h"
#include "kafka/decoding/JsonScan.h"
#include "kafka/decoding/JsonTree.h"
#include "kafka/decoding/ProtobufTree.h"
#include "models/schema/RecordCodec.h"

#include <google/protobuf/descriptor.h>

#include <QtEndian>

#include <array>

namespace desk {
namespace {

using Kind = DecodedNode::Kind;

constexpr qsizetype SummaryLength = 200;
constexpr qsizetype RowBytes = 64 * 1024; // JSON larger than this is not parsed for a row
constexpr qsizetype ShownText = 256 * 1024;
constexpr int OutlineNodes = 64;
constexpr qsizetype IdEnds = 5; // the zero byte and the schema's id

bool isRow(const PartContext &context)
{
    return context.depth == DecodingDepth::Row;
}

bool refuse(DecodedPart &part, PayloadFormat format, const QString &reason)
{
    part.attempts.append({format, reason});
    return false;
}

// Reasons of ways that are only tried for want of a better one are read by people who look at one message.
bool refuseQuietly(DecodedPart &part, PayloadFormat format, const PartContext &context, const char *reason)
{
    if (!isRow(context) || context.isAskedFor)
        part.attempts.append({format, QLatin1String(reason)});
    return false;
}

void accept(DecodedPart &part, PayloadFormat format, const QString &kind)
{
    part.format = format;
    part.kind = kind;
}

// A part of a large text may end within a character.
std::optional<QString> beginningOfText(QByteArrayView bytes, qsizetype maximum)
{
    const QByteArrayView part = bytes.first(std::min(bytes.size(), maximum));
    std::optional<QString> text = textOfBytes(part);
    for (int cut = 1; !text && part.size() < bytes.size() && cut <= 3; ++cut)
        text = textOfBytes(part.chopped(cut));
    return text;
}

bool beginsAsJson(QByteArrayView bytes)
{
    const qsizetype at = afterBlanks(bytes.first(std::min(bytes.size(), RowBytes)), 0);
    return at < bytes.size() && (bytes[at] == '{' || bytes[at] == '[');
}

void withhold(DecodedPart &part, const QString &reason = {})
{
    part.withheld = !reason.isEmpty()
        ? reason
        : QStringLiteral("This topic carries sensitive fields, and nobody knows where in these bytes "
                         "they stand.");
    part.summary = MaskedValue.toString();
    part.root.kind = Kind::Text;
    part.root.text = MaskedValue.toString();
    part.root.isSensitive = true;
}

} // namespace

DecodedPart PartDecoder::decode(QByteArrayView bytes, const PartContext &context)
{
    DecodedPart part;
    if (bytes.isEmpty()) {
        accept(part, PayloadFormat::Automatic, QStringLiteral("empty"));
        part.root.kind = Kind::Text;
        return part;
    }
    static constexpr std::array<Way, 6> Ways{
        &PartDecoder::readByRegistry, &PartDecoder::readJson,  &PartDecoder::readUnambiguousInteger,
        &PartDecoder::readText,       &PartDecoder::readGuess, &PartDecoder::readHex,
    };
    for (const Way way : Ways) {
        if ((this->*way)(bytes, context, part))
            break;
    }
    return part;
}

DecodedPart PartDecoder::decode(QByteArrayView bytes, const DecodingRule &rule, const PartContext &context)
{
    DecodedPart part;
    PartContext asked = context;
    asked.isAskedFor = true;
    const auto isRead = [&] {
        switch (rule.format) {
        case PayloadFormat::ProtoFile:
            return readByFile(bytes, rule, asked, part);
        case PayloadFormat::Registry:
            return readByRegistry(bytes, asked, part);
        case PayloadFormat::Json:
            return readJson(bytes, asked, part);
        case PayloadFormat::Integer:
            return readInteger(bytes, asked, part);
        case PayloadFormat::Text:
            return readText(bytes, asked, part);
        case PayloadFormat::Guess:
            return readGuess(bytes, asked, part);
        case PayloadFormat::Hex:
            return readHex(bytes, asked, part);
        case PayloadFormat::Automatic:
        case PayloadFormat::Entity:
            break;
        }
        return false;
    };
    if (isRead())
        return part;
    DecodedPart other = decode(bytes, context);
    if (!part.attempts.isEmpty()) {
        other.problem = part.attempts.constFirst().reason;
        const QList<DecodingAttempt> later = std::exchange(other.attempts, part.attempts);
        for (const DecodingAttempt &attempt : later) {
            if (!other.attempts.contains(attempt))
                other.attempts.append(attempt);
        }
    }
    return other;
}

// True: there is an answer, and `part` says so where it is none to read by.
bool PartDecoder::answered(const SchemaLibrary::Answer &answer, PayloadFormat format, const QString &what,
                           DecodedPart &part)
{
    if (answer.kind != SchemaLibrary::Answer::Kind::Waiting)
        return true;
    accept(part, format, what);
    part.summary = QStringLiteral("%1 is being fetched …").arg(what);
    part.root.kind = Kind::Text;
    part.root.text = part.summary;
    part.isWaiting = true;
    // Nobody knows yet what in them is sensitive.
    part.withheld = part.summary;
    return false;
}

bool PartDecoder::readByFile(QByteArrayView bytes, const DecodingRule &rule, const PartContext &context,
                             DecodedPart &part)
{
    if (!m_schemas)
        return refuse(part, PayloadFormat::ProtoFile, QStringLiteral("No .proto files are read here."));
    const SchemaLibrary::Answer answer = m_schemas->findFile(rule.file);
    if (!answered(answer, PayloadFormat::ProtoFile, rule.file, part))
        return true;
    if (!answer.schema)
        return refuse(part, PayloadFormat::ProtoFile, answer.error.sentence);
    const auto message = answer.schema->message(rule.message);
    if (!message)
        return refuse(part, PayloadFormat::ProtoFile, message.error().sentence);
    // Whoever has the file at hand does not need the registry's to read past a frame. A message never begins
    // with a zero byte.
    if (!bytes.isEmpty() && bytes[0] == 0) {
        if (const auto framed = readFrame(bytes))
            return readMessage(framed->payload, bytes.size() - framed->payload.size(), **message,
                               PayloadFormat::ProtoFile, context, part);
    }
    return readMessage(bytes, 0, **message, PayloadFormat::ProtoFile, context, part);
}

bool PartDecoder::readByRegistry(QByteArrayView bytes, const PartContext &context, DecodedPart &part)
{
    if (bytes.size() <= IdEnds || bytes[0] != 0)
        return refuseQuietly(part, PayloadFormat::Registry, context,
                             "There is no schema frame: it begins with a zero byte and an id.");
    const auto id = qFromBigEndian<qint32>(bytes.data() + 1);
    if (id <= 0)
        return refuseQuietly(part, PayloadFormat::Registry, context,
                             "There is no schema frame: no schema has such an id.");
    if (!m_schemas || !m_schemas->hasRegistry())
        return refuseQuietly(
            part, PayloadFormat::Registry, context,
            "It may have a schema frame, but no schema registry is set. Put its address into "
            "the workspace.");
    const SchemaLibrary::Answer answer = m_schemas->findById(id);
    if (!answered(answer, PayloadFormat::Registry, QStringLiteral("schema %1").arg(id), part))
        return true;
    if (!answer.schema) {
        // Eight bytes may be a number that only looks like a frame.
        constexpr qsizetype LongNumber = 8;
        if (answer.error.code != ErrorCode::NotFound || bytes.size() != LongNumber)
            part.problem = answer.error.sentence;
        refuse(part, PayloadFormat::Registry, answer.error.sentence);
        if (answer.error.code == ErrorCode::NotFound || m_masking.mode() == Masking::Mode::Clear)
            return false;
        // As while it is being fetched: a registry that is away must not show what it would have masked.
        accept(part, PayloadFormat::Hex, QStringLiteral("bytes"));
        withhold(part,
                 QStringLiteral("Without the schema nobody knows what in these bytes is sensitive. %1")
                     .arg(answer.error.sentence));
        return true;
    }
    return readFramed(bytes, id, *answer.schema, context, part);
}

bool PartDecoder::readFramed(QByteArrayView bytes, qint32 id, const CompiledSchema &schema,
                             const PartContext &context, DecodedPart &part)
{
    const auto mayHoldSensitive = [&] {
        return m_masking.mode() == Masking::Mode::Masked
            && schema.speaksOf(context.names ? *context.names : m_masking.names());
    };
    const auto fail = [&](const QString &reason) {
        part.problem = reason;
        refuse(part, PayloadFormat::Registry, reason);
        if (!mayHoldSensitive())
            return false;
        PartContext withheld = context;
        withheld.isWithheld = true;
        return readHex(bytes, withheld, part);
    };
    if (schema.type() == CompiledSchema::Type::Json) {
        if (!readJsonAt(bytes.sliced(IdEnds), IdEnds, context, part))
            return fail(part.attempts.constLast().reason);
        part.format = PayloadFormat::Registry;
        part.decoder = QStringLiteral("schema %1: JSON").arg(id);
        return true;
    }
    if (schema.type() != CompiledSchema::Type::Protobuf) {
        const bool isAvro = schema.type() == CompiledSchema::Type::Avro;
        part.problem = QStringLiteral("Schema %1 is %2, which is not decoded here.")
                           .arg(id)
                           .arg(isAvro ? QStringLiteral("Avro") : QStringLiteral("of an unknown type"));
        part.attempts.append({PayloadFormat::Registry, part.problem});
        // Nothing else would make sense of it, and what would not fail would mislead.
        PartContext plain = context;
        plain.isWithheld = plain.isWithheld || mayHoldSensitive();
        return readHex(bytes, plain, part);
    }
    const auto framed = readFrame(bytes);
    if (!framed)
        return fail(framed.error().sentence);
    const google::protobuf::Descriptor *message = schema.messageAt(framed->frame.messageIndexes);
    if (!message)
        return fail(QStringLiteral("Schema %1 has no message at the place the frame names.").arg(id));
    if (!readMessage(framed->payload, bytes.size() - framed->payload.size(), *message,
                     PayloadFormat::Registry, context, part))
        return fail(part.attempts.constLast().reason);
    part.decoder = QStringLiteral("schema %1: %2").arg(id).arg(QString::fromStdString(message->full_name()));
    return true;
}

bool PartDecoder::readMessage(QByteArrayView bytes, qsizetype base,
                              const google::protobuf::Descriptor &descriptor, PayloadFormat format,
                              const PartContext &context, DecodedPart &part)
{
    if (const QString problem = RecordCodec::sizeProblem(bytes.size()); !problem.isEmpty())
        return refuse(part, format, problem);
    ProtobufTree tree(m_masking, isRow(context) ? ProtobufTree::Fields::Outline : ProtobufTree::Fields::All,
                      isRow(context) ? OutlineNodes : ProtobufTree::MaximumNodes);
    tree.setKnownTypes(context.types);
    if (context.depth == DecodingDepth::Full)
        tree.setFull();
    auto root = tree.read(descriptor, bytes, base);
    if (!root)
        return refuse(part, format, root.error().sentence);
    accept(part, format, QString::fromStdString(descriptor.name()));
    part.decoder = QString::fromStdString(descriptor.full_name());
    part.summary = summaryOf(*root, SummaryLength);
    if (isRow(context))
        return true;
    part.root = *std::move(root);
    part.sensitive = tree.sensitive();
    if (tree.missedUnknown())
        part.withheld = QStringLiteral("There are more fields that nobody has described than are looked at.");
    return true;
}

bool PartDecoder::readJson(QByteArrayView bytes, const PartContext &context, DecodedPart &part)
{
    return readJsonAt(bytes, 0, context, part);
}

bool PartDecoder::readJsonAt(QByteArrayView bytes, qsizetype base, const PartContext &context,
                             DecodedPart &part)
{
    const qsizetype most = isRow(context) ? RowBytes : RecordCodec::MaximumBytes;
    if (!beginsAsJson(bytes))
        return refuseQuietly(part, PayloadFormat::Json, context,
                             "These bytes are no JSON: they begin neither an object nor an array.");
    if (bytes.size() <= most) {
        if (const auto checked = checkJson(bytes); !checked)
            return refuse(part, PayloadFormat::Json, checked.error().sentence);
    }
    const SensitiveNames &names = context.names ? *context.names : m_masking.names();
    accept(part, PayloadFormat::Json, QStringLiteral("JSON"));
    part.summary = jsonLine(bytes, SummaryLength, names);
    if (isRow(context))
        return true;
    if (bytes.size() > most) {
        part.root.kind = Kind::Text;
        part.root.text = part.summary;
        part.withheld = RecordCodec::sizeProblem(bytes.size());
        return true;
    }
    part.root = jsonTree(bytes, base, names, m_masking.mode());
    if (m_masking.mode() == Masking::Mode::Masked) {
        for (const ByteRange &range : sensitiveValues(bytes, names))
            part.sensitive.append({base + range.begin, base + range.end});
    }
    return true;
}

bool PartDecoder::readInteger(QByteArrayView bytes, const PartContext &context, DecodedPart &part)
{
    qint64 number = 0;
    switch (bytes.size()) {
    case 1:
        number = qint8(bytes[0]);
        break;
    case 2:
        number = qFromBigEndian<qint16>(bytes.data());
        break;
    case 4:
        number = qFromBigEndian<qint32>(bytes.data());
        break;
    case 8:
        number = qFromBigEndian<qint64>(bytes.data());
        break;
    default:
        return refuse(
            part, PayloadFormat::Integer,
            QStringLiteral("An integer has 1, 2, 4 or 8 bytes, and these are %1.").arg(bytes.size()));
    }
    if (context.isWithheld)
        return refuseQuietly(part, PayloadFormat::Integer, context, "It may be a sensitive number.");
    accept(part, PayloadFormat::Integer, QStringLiteral("integer"));
    part.root.kind = Kind::Number;
    part.root.type = QStringLiteral("%1 bytes, big endian").arg(bytes.size());
    part.root.text = QString::number(number);
    part.root.bytes = {0, bytes.size()};
    if (m_masking.looksSensitive(part.root.text)) {
        part.root.kind = Kind::Text;
        part.root.text = MaskedValue.toString();
        part.root.isSensitive = true;
        part.sensitive = {part.root.bytes};
    }
    part.summary = part.root.text;
    return true;
}

// Java's serializers write ids, counts and times so. Neither a text nor protobuf begins with a byte of zeros or
// of ones, so there it cannot be another thing.
bool PartDecoder::readUnambiguousInteger(QByteArrayView bytes, const PartContext &context, DecodedPart &part)
{
    const bool hasSize = bytes.size() == 4 || bytes.size() == 8;
    if (!hasSize || (bytes[0] != '\0' && bytes[0] != '\xff'))
        return refuseQuietly(part, PayloadFormat::Integer, context,
                             "Only 4 or 8 bytes that begin with 00 or ff are taken for an integer.");
    return readInteger(bytes, context, part);
}

bool PartDecoder::readText(QByteArrayView bytes, const PartContext &context, DecodedPart &part)
{
    const auto text = beginningOfText(bytes, isRow(context) ? RowBytes : ShownText);
    if (!text)
        return refuseQuietly(part, PayloadFormat::Text, context,
                             "These bytes are no text: they are not UTF-8, or hold control characters.");
    accept(part, PayloadFormat::Text, QStringLiteral("text"));
    if (context.isWithheld) {
        withhold(part);
        return true;
    }
    part.root.kind = Kind::Text;
    part.root.bytes = {0, bytes.size()};
    // JSON that broke off has its names all the same.
    if (beginsAsJson(bytes)) {
        const SensitiveNames &names = context.names ? *context.names : m_masking.names();
        part.summary = jsonLine(bytes, SummaryLength, names);
        if (m_masking.mode() == Masking::Mode::Masked && !isRow(context))
            part.sensitive = sensitiveValues(bytes, names);
        part.root.text = QString::fromUtf8(
            maskedBytes(bytes.first(std::min(bytes.size(), ShownText)), part.sensitive, MaskStyle::Json));
        return true;
    }
    part.root.text = *text;
    if (m_masking.looksSensitive(text->trimmed())) {
        part.root.text = MaskedValue.toString();
        part.root.isSensitive = true;
        part.sensitive = {part.root.bytes};
    }
    part.summary = oneLine(part.root.text, SummaryLength);
    return true;
}

bool PartDecoder::readGuess(QByteArrayView bytes, const PartContext &context, DecodedPart &part)
{
    GuessedTree guess(m_masking, isRow(context) ? GuessedTree::Contents::Outline : GuessedTree::Contents::All,
                      isRow(context) ? OutlineNodes : GuessedTree::MaximumNodes);
    guess.setSensitiveNumbers(context.sensitiveNumbers);
    qsizetype base = 0;
    auto root = guess.read(bytes, base);
    if (!root && !bytes.isEmpty() && bytes[0] == 0) {
        // Past a frame whose schema nobody knows.
        if (const auto framed = readFrame(bytes)) {
            base = bytes.size() - framed->payload.size();
            root = guess.read(framed->payload, base);
        }
    }
    if (!root) {
        return refuseQuietly(part, PayloadFormat::Guess, context,
                             "These bytes are no protobuf message: they do not come out even as fields.");
    }
    accept(part, PayloadFormat::Guess, QStringLiteral("protobuf"));
    part.decoder = base > 0 ? QStringLiteral("a guess, without the schema, past a frame")
                            : QStringLiteral("a guess, without a schema");
    part.summary = summaryOf(*root, SummaryLength);
    if (isRow(context))
        return true;
    part.root = *std::move(root);
    part.sensitive = guess.sensitive();
    if (guess.isCut())
        part.withheld = QStringLiteral("There are more fields than are looked at.");
    return true;
}

bool PartDecoder::readHex(QByteArrayView bytes, const PartContext &context, DecodedPart &part)
{
    accept(part, PayloadFormat::Hex, QStringLiteral("bytes"));
    if (context.isWithheld) {
        withhold(part);
        return true;
    }
    // JSON with a byte that is no text has its names all the same.
    const QByteArrayView shown = bytes.first(std::min(bytes.size(), ShownText));
    QByteArray masked = shown.toByteArray();
    if (m_masking.mode() == Masking::Mode::Masked && beginsAsJson(bytes)) {
        const SensitiveNames &names = context.names ? *context.names : m_masking.names();
        if (!isRow(context))
            part.sensitive = sensitiveValues(bytes, names);
        masked = maskedBytes(shown, isRow(context) ? sensitiveValues(shown, names) : part.sensitive,
                             MaskStyle::Json);
    }
    part.summary = shortHex(masked, SummaryLength / 3);
    part.root.kind = Kind::Text;
    part.root.type = QStringLiteral("bytes");
    part.root.text = shortHex(masked, ShownText / 64);
    part.root.bytes = {0, bytes.size()};
    return true;
}

} // namespace desk
