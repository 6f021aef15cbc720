// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/WireSchema.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <deque>
#include <map>

namespace desk {
namespace {

using namespace google::protobuf;

// Options of our own and of the operator's are extensions; what protobuf itself knows stays.
void dropExtensions(Message &message)
{
    const Reflection &reflection = *message.GetReflection();
    std::vector<const FieldDescriptor *> fields;
    reflection.ListFields(message, &fields);
    for (const FieldDescriptor *field : fields) {
        if (field->is_extension()) {
            reflection.ClearField(&message, field);
        } else if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
            continue;
        } else if (field->is_repeated()) {
            for (int index = 0; index < reflection.FieldSize(message, field); ++index)
                dropExtensions(*reflection.MutableRepeatedMessage(&message, field, index));
        } else {
            Message &part = *reflection.MutableMessage(&message, field);
            dropExtensions(part);
            if (part.ByteSizeLong() == 0)
                reflection.ClearField(&message, field);
        }
    }
}

void dropDeclaredExtensions(DescriptorProto &message)
{
    message.clear_extension();
    for (DescriptorProto &nested : *message.mutable_nested_type())
        dropDeclaredExtensions(nested);
}

bool isGoogles(const FileDescriptor &file)
{
    return file.name().rfind("google/protobuf/", 0) == 0;
}

const Descriptor &outermost(const Descriptor &message)
{
    return message.containing_type() ? outermost(*message.containing_type()) : message;
}

// Writes one file out of the entity's and of what that imports.
class Writer
{
public:
    explicit Writer(const FileDescriptor &file) : m_source(file)
    {
        file.CopyTo(&m_file);
        m_file.clear_dependency();
        m_file.clear_public_dependency();
        m_file.clear_weak_dependency();
        m_file.clear_service();
        m_file.clear_extension();
        for (DescriptorProto &message : *m_file.mutable_message_type())
            dropDeclaredExtensions(message);
        for (int index = 0; index < file.message_type_count(); ++index)
            visit(*file.message_type(index));
        takeInImports();
        for (DescriptorProto &message : *m_file.mutable_message_type())
            rename(message);
        for (const auto &[name, imported] : m_googles)
            m_file.add_dependency(name);
        dropExtensions(m_file);
        m_file.DiscardUnknownFields();
    }

    // The index of the list message of that one, which is added if the file has none.
    int listOf(const Descriptor &message)
    {
        const std::string name = message.name() + "List";
        const std::string type = '.' + message.full_name();
        for (int index = 0; index < m_file.message_type_size(); ++index) {
            const DescriptorProto &other = m_file.message_type(index);
            for (const FieldDescriptorProto &field : other.field()) {
                if (other.name() == name && field.number() == 1 && field.type_name() == type
                    && field.label() == FieldDescriptorProto::LABEL_REPEATED)
                    return index;
            }
        }
        DescriptorProto &list = *m_file.add_message_type();
        list.set_name(freeName(name));
        FieldDescriptorProto &field = *list.add_field();
        field.set_name("items");
        field.set_number(1);
        field.set_label(FieldDescriptorProto::LABEL_REPEATED);
        field.set_type(FieldDescriptorProto::TYPE_MESSAGE);
        field.set_type_name(type);
        return m_file.message_type_size() - 1;
    }

    // Empty if the parts do not make a file, as a proto2 message within a proto3 one.
    [[nodiscard]] std::string text() const
    {
        DescriptorPool pool;
        for (const auto &[name, imported] : m_googles)
            addTo(pool, *imported);
        const FileDescriptor *built = pool.BuildFile(m_file);
        return built ? built->DebugString() : std::string();
    }

private:
    static void addTo(DescriptorPool &pool, const FileDescriptor &file)
    {
        if (pool.FindFileByName(file.name()))
            return;
        for (int index = 0; index < file.dependency_count(); ++index)
            addTo(pool, *file.dependency(index));
        FileDescriptorProto copy;
        file.CopyTo(&copy);
        pool.BuildFile(copy);
    }

    void visit(const Descriptor &message)
    {
        for (int index = 0; index < message.nested_type_count(); ++index)
            visit(*message.nested_type(index));
        for (int index = 0; index < message.field_count(); ++index) {
            const FieldDescriptor &field = *message.field(index);
            if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
                need(*field.message_type()->file(), &outermost(*field.message_type()), nullptr);
            } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
                const EnumDescriptor &type = *field.enum_type();
                const Descriptor *holder = type.containing_type();
                need(*type.file(), holder ? &outermost(*holder) : nullptr, holder ? nullptr : &type);
            }
        }
    }

    void need(const FileDescriptor &file, const Descriptor *message, const EnumDescriptor *enumeration)
    {
        if (&file == &m_source)
            return;
        if (isGoogles(file)) {
            m_googles[file.name()] = &file;
            return;
        }
        const std::string &fullName = message ? message->full_name() : enumeration->full_name();
        if (m_names.count(fullName))
            return;
        m_names[fullName] = {};
        if (message)
            m_messages.push_back(message);
        else
            m_enumerations.push_back(enumeration);
    }

    void takeInImports()
    {
        for (; !m_messages.empty(); m_messages.pop_front()) {
            const Descriptor &message = *m_messages.front();
            DescriptorProto copy;
            message.CopyTo(&copy);
            dropDeclaredExtensions(copy);
            copy.set_name(m_names[message.full_name()] = freeName(message.name()));
            *m_file.add_message_type() = copy;
            visit(message);
        }
        for (; !m_enumerations.empty(); m_enumerations.pop_front()) {
            const EnumDescriptor &enumeration = *m_enumerations.front();
            EnumDescriptorProto copy;
            enumeration.CopyTo(&copy);
            copy.set_name(m_names[enumeration.full_name()] = freeName(enumeration.name()));
            *m_file.add_enum_type() = copy;
        }
    }

    [[nodiscard]] std::string freeName(std::string name) const
    {
        const auto isTaken = [&] {
            for (const DescriptorProto &message : m_file.message_type()) {
                if (message.name() == name)
                    return true;
            }
            for (const EnumDescriptorProto &enumeration : m_file.enum_type()) {
                if (enumeration.name() == name)
                    return true;
            }
            return false;
        };
        while (isTaken())
            name += '_';
        return name;
    }

    // Fields name their types by full name; what was taken in has a new one.
    void rename(DescriptorProto &message) const
    {
        for (DescriptorProto &nested : *message.mutable_nested_type())
            rename(nested);
        for (FieldDescriptorProto &field : *message.mutable_field()) {
            for (const auto &[fullName, name] : m_names) {
                const std::string old = '.' + fullName;
                const std::string &type = field.type_name();
                if (type.compare(0, old.size(), old) != 0
                    || (type.size() > old.size() && type[old.size()] != '.'))
                    continue;
                const std::string package = m_file.package().empty() ? "" : '.' + m_file.package();
                field.set_type_name(package + '.' + name + type.substr(old.size()));
                break;
            }
        }
    }

    const FileDescriptor &m_source;
    FileDescriptorProto m_file;
    std::map<std::string, const FileDescriptor *> m_googles; // google's files that are needed
    std::map<std::string, std::string> m_names;              // of types taken in, by their full names
    std::deque<const Descriptor *> m_messages;               // to be taken in
    std::deque<const EnumDescriptor *> m_enumerations;
};

} // namespace

Expected<WireSchema> wireSchema(const EntityType &entity, Verb verb)
{
    const QString topic = entity.topics.value(verb);
    Writer writer(*entity.descriptor->file());
    WireSchema schema;
    schema.plural = entity.plural;
    schema.subject = topic + QStringLiteral("-value");
    schema.messageIndexes = {entity.descriptor->index()};
    // A subject has one schema at a time, so one that carries lists has them in the schema of all its events.
    if (topic == entity.topics.value(Verb::List)) {
        const int list = writer.listOf(*entity.descriptor);
        if (verb == Verb::List)
            schema.messageIndexes = {list};
    }
    schema.text = QString::fromStdString(writer.text());
    if (schema.text.isEmpty()) {
        return failure(
            ErrorCode::BadSchema,
            QStringLiteral("The schema of %1 cannot be written as one file for a schema registry. Put the "
                           "messages that %2 imports into that file, in proto3.")
                .arg(entity.plural, entity.file));
    }
    return schema;
}

} // namespace desk
