// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/CompiledSchema.h"

#include "kafka/decoding/Masking.h"

#include <google/protobuf/descriptor.pb.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>

namespace desk {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;

CompiledSchema::Type typeFrom(const QString &word)
{
    if (word == QLatin1String("JSON"))
        return CompiledSchema::Type::Json;
    return word == QLatin1String("AVRO") ? CompiledSchema::Type::Avro : CompiledSchema::Type::Unknown;
}

void collect(const Descriptor &message, QList<const Descriptor *> &messages)
{
    if (message.options().map_entry())
        return;
    messages.append(&message);
    for (int index = 0; index < message.nested_type_count(); ++index)
        collect(*message.nested_type(index), messages);
}

// Names of an Avro schema's fields stand as the texts of members called "name".
bool holdsName(const QJsonValue &value, const SensitiveNames &names)
{
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::any_of(array.begin(), array.end(),
                           [&](const QJsonValue &element) { return holdsName(element, names); });
    }
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (member.key() == QLatin1String("name") && names.matches(member->toString()))
            return true;
        if (holdsName(*member, names))
            return true;
    }
    return false;
}

} // namespace

Expected<std::shared_ptr<const CompiledSchema>> CompiledSchema::ofProtobuf(ProtoSources sources,
                                                                           const QStringList &files)
{
    const auto schema = std::make_shared<CompiledSchema>();
    schema->m_type = Type::Protobuf;
    schema->m_protoFiles = std::make_unique<ProtoFiles>(std::move(sources));
    for (const QString &file : files) {
        if (const FileDescriptor *loaded = schema->m_protoFiles->load(file))
            schema->m_files.append(loaded);
    }
    const QList<SchemaProblem> problems = schema->m_protoFiles->takeProblems();
    // A file that cannot be used is no harm to the others of a folder.
    if (schema->m_files.isEmpty()) {
        return failure(ErrorCode::BadSchema,
                       problems.isEmpty() ? QStringLiteral("%1 cannot be used.").arg(files.value(0))
                                          : problems.constFirst().toText());
    }
    return std::shared_ptr<const CompiledSchema>(schema);
}

std::shared_ptr<const CompiledSchema> CompiledSchema::ofOther(const RegisteredSchema &schema)
{
    const auto compiled = std::make_shared<CompiledSchema>();
    compiled->m_type = typeFrom(schema.type);
    compiled->m_text = schema.text;
    return compiled;
}

const Descriptor *CompiledSchema::messageAt(const QList<int> &indexes) const
{
    if (m_files.isEmpty() || indexes.isEmpty() || indexes[0] >= m_files[0]->message_type_count())
        return nullptr;
    const Descriptor *message = m_files[0]->message_type(indexes[0]);
    for (qsizetype depth = 1; depth < indexes.size(); ++depth) {
        if (indexes[depth] >= message->nested_type_count())
            return nullptr;
        message = message->nested_type(indexes[depth]);
    }
    return message;
}

Expected<const Descriptor *> CompiledSchema::message(const QString &name) const
{
    QList<const Descriptor *> messages;
    for (const FileDescriptor *file : m_files) {
        for (int index = 0; index < file->message_type_count(); ++index)
            collect(*file->message_type(index), messages);
    }
    QStringList names;
    for (const Descriptor *message : std::as_const(messages)) {
        const QString full = QString::fromStdString(message->full_name());
        if (full == name || full.endsWith(u'.' + name))
            return message;
        names.append(full);
    }
    if (name.isEmpty() && m_files.size() == 1 && m_files[0]->message_type_count() == 1)
        return m_files[0]->message_type(0);
    const QString list = names.mid(0, 20).join(QLatin1String(", "));
    return failure(ErrorCode::NotFound,
                   name.isEmpty()
                       ? QStringLiteral("The rule has to name one of the messages: %1.").arg(list)
                       : QStringLiteral("There is no message \"%1\"; there are: %2.").arg(name, list));
}

bool CompiledSchema::speaksOf(const SensitiveNames &names) const
{
    if (!m_files.isEmpty()) {
        const Masking masking(names);
        QList<const Descriptor *> waiting;
        for (const FileDescriptor *file : m_files) {
            for (int index = 0; index < file->message_type_count(); ++index)
                collect(*file->message_type(index), waiting);
        }
        QSet<const Descriptor *> seen(waiting.cbegin(), waiting.cend());
        while (!waiting.isEmpty()) { // with what they hold of other files; messages may hold themselves
            const Descriptor *message = waiting.takeLast();
            for (int index = 0; index < message->field_count(); ++index) {
                const google::protobuf::FieldDescriptor &field = *message->field(index);
                if (masking.isSensitive(field))
                    return true;
                if (field.message_type() && !seen.contains(field.message_type())) {
                    seen.insert(field.message_type());
                    waiting.append(field.message_type());
                }
            }
        }
    }
    return !m_text.isEmpty() && holdsName(QJsonDocument::fromJson(m_text.toUtf8()).object(), names);
}

} // namespace desk
