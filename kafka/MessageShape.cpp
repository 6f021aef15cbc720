// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageShape.h"

#include "kafka/SchemaFrame.h"
#include "kafka/UnknownFields.h"
#include "kafka/decoding/CompiledSchema.h"
#include "kafka/decoding/SchemaLibrary.h"

#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>

#include <QRegularExpression>

namespace desk {
namespace {

namespace pb = google::protobuf;

constexpr int OutlineDepth = 4;

struct Parsed {
    pb::DynamicMessageFactory factory; // outlives its messages
    std::unique_ptr<pb::Message> message;

    explicit Parsed(const pb::Descriptor &descriptor) : message(factory.GetPrototype(&descriptor)->New()) { }
};

// Those have no JSON before something is in them.
bool needsContent(const pb::Descriptor &descriptor)
{
    return descriptor.full_name() == "google.protobuf.Any"
        || descriptor.full_name() == "google.protobuf.Value";
}

// Messages and lists are put there only so that they are seen.
void fillOutline(pb::Message &message, int depth)
{
    const pb::Descriptor &descriptor = *message.GetDescriptor();
    const pb::Reflection &reflection = *message.GetReflection();
    for (int index = 0; index < descriptor.field_count(); ++index) {
        const pb::FieldDescriptor &field = *descriptor.field(index);
        // Of alternatives the first.
        const bool isLaterAlternative = field.real_containing_oneof()
            && field.real_containing_oneof()->field(0) != &field;
        if (field.type() != pb::FieldDescriptor::TYPE_MESSAGE || field.is_map() || isLaterAlternative
            || needsContent(*field.message_type()) || depth >= OutlineDepth)
            continue;
        fillOutline(field.is_repeated() ? *reflection.AddMessage(&message, &field)
                                        : *reflection.MutableMessage(&message, &field),
                    depth + 1);
    }
}

QString jsonOf(const pb::Message &message, bool withDefaults)
{
    pb::util::JsonPrintOptions options;
    options.add_whitespace = true;
    options.preserve_proto_field_names = true;
    options.always_print_primitive_fields = withDefaults;
    std::string json;
    if (!pb::util::MessageToJsonString(message, &json, options).ok())
        return {};
    return QString::fromStdString(json).trimmed();
}

// The library says "(lines[0].price): invalid value …"; the cursor goes to the last name on that way.
InputProblem problemOf(const QString &text, const QString &message)
{
    static const QRegularExpression Where(QStringLiteral("^\\(?([\\w.\\[\\]\"]+)\\)?: (.*)$"),
                                          QRegularExpression::DotMatchesEverythingOption);
    const auto match = Where.match(message);
    if (!match.hasMatch())
        return {0, message};
    QString name = match.captured(1).section(u'.', -1);
    name = name.section(u'[', 0, 0);
    const qsizetype position = text.indexOf(u'"' + name + u'"');
    return {std::max<qsizetype>(0, position), match.captured(1) + QStringLiteral(": ") + match.captured(2)};
}

// Why the registry's word on a subject makes no shape.
QString reasonOf(const SchemaLibrary::Answer &answer, const QString &subject)
{
    if (!answer.schema) {
        return answer.error.code == ErrorCode::NotFound
            ? QStringLiteral("The schema registry keeps no schema as \"%1\".").arg(subject)
            : answer.error.sentence;
    }
    const bool isJson = answer.schema->type() == CompiledSchema::Type::Json;
    return answer.schema->type() == CompiledSchema::Type::Protobuf
        ? QStringLiteral("The schema registry's \"%1\" describes no message.").arg(subject)
        : QStringLiteral("The schema registry's \"%1\" is %2, which is not written by its fields here.")
              .arg(subject, isJson ? QStringLiteral("a JSON schema") : QStringLiteral("no protobuf"));
}

} // namespace

MessageShape::Found MessageShape::find(const DecodingSources &sources, const QString &topic,
                                       QByteArrayView like, MessagePart part)
{
    if (!sources.schemas)
        return {};
    const DecodingRule *rule = sources.settings.ruleFor(topic, part);
    const bool mayAsk = sources.schemas->hasRegistry()
        && (!rule || rule->format == PayloadFormat::Registry || rule->format == PayloadFormat::Automatic);
    const QString subject = topic
        + (part == MessagePart::Key ? QStringLiteral("-key") : QStringLiteral("-value"));
    const auto framed = readFrame(like);
    const bool isLatest = mayAsk && like.isEmpty() && !topic.isEmpty();
    SchemaLibrary::Answer answer;
    if (rule && rule->format == PayloadFormat::ProtoFile)
        answer = sources.schemas->findFile(rule->file);
    else if (framed && mayAsk)
        answer = sources.schemas->findById(framed->frame.schemaId);
    else if (isLatest)
        answer = sources.schemas->findLatest(subject);
    else
        return {};
    if (answer.kind == SchemaLibrary::Answer::Kind::Waiting)
        return {{}, true, {}};
    const Found none{{}, false, isLatest ? reasonOf(answer, subject) : QString()};
    if (!answer.schema)
        return none;
    MessageShape shape;
    shape.m_schema = answer.schema;
    if (framed)
        shape.m_frame = like.first(like.size() - framed->payload.size()).toByteArray();
    else if (isLatest)
        shape.m_frame = SchemaFrame{answer.id}.toBytes();
    if (rule && rule->format == PayloadFormat::ProtoFile)
        shape.m_descriptor = answer.schema->message(rule->message).value_or(nullptr);
    else if (answer.schema->type() == CompiledSchema::Type::Protobuf)
        shape.m_descriptor = answer.schema->messageAt(framed ? framed->frame.messageIndexes
                                                             : SchemaFrame().messageIndexes);
    return shape.m_descriptor ? Found{shape, false, {}} : none;
}

QString MessageShape::name() const
{
    return QString::fromStdString(m_descriptor->full_name());
}

QString MessageShape::outline() const
{
    const Parsed parsed(*m_descriptor);
    fillOutline(*parsed.message, 0);
    return jsonOf(*parsed.message, true);
}

Expected<QString> MessageShape::text(QByteArrayView value) const
{
    const QByteArrayView payload = value.startsWith(m_frame) ? value.sliced(m_frame.size()) : value;
    const Parsed parsed(*m_descriptor);
    if (!parsed.message->ParseFromArray(payload.data(), int(payload.size())))
        return failure(ErrorCode::Format, QStringLiteral("These bytes are no %1.").arg(name()));
    return jsonOf(*parsed.message, false);
}

tl::expected<QByteArray, InputProblem> MessageShape::bytes(const QString &text, QByteArrayView original) const
{
    const auto json = bytesFromInput(InputFormat::Json, text); // tells the line and the column
    if (!json)
        return json;
    const Parsed parsed(*m_descriptor);
    const auto read = pb::util::JsonStringToMessage(json->toStdString(), parsed.message.get());
    if (!read.ok())
        return tl::make_unexpected(
            problemOf(text, QString::fromUtf8(read.message().data(), qsizetype(read.message().size()))));
    const QByteArray made = QByteArray::fromStdString(parsed.message->SerializeAsString());
    if (original.isEmpty() || !original.startsWith(m_frame))
        return m_frame + made;
    return m_frame + withUnknownFields(made, original.sliced(m_frame.size()), *m_descriptor);
}

} // namespace desk
