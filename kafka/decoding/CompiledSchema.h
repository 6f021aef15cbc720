// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/SchemaRegistry.h"
#include "models/schema/ProtoFiles.h"
#include "models/schema/SensitiveNames.h"

#include <memory>

namespace desk {

// A schema with its descriptors, from a registry or from an operator's files. Shared and read-only: any thread.
class CompiledSchema
{
public:
    // By the type the registry gave it. Only of protobuf are there descriptors.
    enum class Type { Protobuf, Json, Avro, Unknown };

    // Several files where it is a folder. Null, with the reason, if none of them can be used.
    static Expected<std::shared_ptr<const CompiledSchema>> ofProtobuf(ProtoSources sources,
                                                                      const QStringList &files);
    static std::shared_ptr<const CompiledSchema> ofOther(const RegisteredSchema &schema);

    [[nodiscard]] Type type() const { return m_type; }
    // The message at these indexes of the (first) file; null: there is none.
    [[nodiscard]] const google::protobuf::Descriptor *messageAt(const QList<int> &indexes) const;
    // By its full name or the end of it. Without a name, the only message of the only file. NotFound with a
    // sentence that lists the messages there are.
    [[nodiscard]] Expected<const google::protobuf::Descriptor *> message(const QString &name) const;
    // True if a field is sensitive by its option or its name: a password, a card, …
    [[nodiscard]] bool speaksOf(const SensitiveNames &names) const;

private:
    Type m_type = Type::Unknown;
    std::unique_ptr<ProtoFiles> m_protoFiles; // owns the descriptors
    QList<const google::protobuf::FileDescriptor *> m_files;
    QString m_text; // of one without descriptors
};

} // namespace desk
