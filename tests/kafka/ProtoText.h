// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/CompiledSchema.h"
#include "kafka/decoding/DecodedNode.h"

#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/text_format.h>

namespace desk {

// A schema of one .proto text, and messages of it in protobuf's own text format: what is on the wire was then
// written by protobuf, not by what is tested.
class ProtoText
{
public:
    explicit ProtoText(const QByteArray &text)
        : ProtoText(QHash<QString, QByteArray>{{QStringLiteral("test.proto"), text}})
    { }
    explicit ProtoText(const QHash<QString, QByteArray> &files)
    {
        const auto schema = CompiledSchema::ofProtobuf(ProtoSources(files), {QStringLiteral("test.proto")});
        if (!schema)
            qFatal("%s", qPrintable(schema.error().sentence));
        m_schema = *schema;
    }

    const google::protobuf::Descriptor &type(const QString &name) const
    {
        const auto type = m_schema->message(name);
        if (!type)
            qFatal("%s", qPrintable(type.error().sentence));
        return **type;
    }

    QByteArray bytes(const QString &name, const QByteArray &text) const
    {
        google::protobuf::DynamicMessageFactory factory;
        const std::unique_ptr<google::protobuf::Message> message(factory.GetPrototype(&type(name))->New());
        if (!google::protobuf::TextFormat::ParseFromString(text.toStdString(), message.get()))
            qFatal("This is no %s.", qPrintable(name));
        return QByteArray::fromStdString(message->SerializeAsString());
    }

    QByteArray text(const QString &name, const QByteArray &bytes) const
    {
        google::protobuf::DynamicMessageFactory factory;
        const std::unique_ptr<google::protobuf::Message> message(factory.GetPrototype(&type(name))->New());
        return message->ParseFromString(bytes.toStdString())
            ? QByteArray::fromStdString(message->ShortDebugString())
            : QByteArray("no " + name.toUtf8());
    }

private:
    std::shared_ptr<const CompiledSchema> m_schema;
};

// The node that pathText() calls so; an empty one if there is none.
inline const DecodedNode &nodeNamed(const DecodedNode &root, const QString &path)
{
    static const DecodedNode none;
    const auto search = [&](const auto &self, const DecodedNode &node,
                            const QString &before) -> const DecodedNode * {
        for (const DecodedNode &child : node.children) {
            const bool isElement = node.kind == DecodedNode::Kind::List;
            const QString here = before.isEmpty() || isElement ? before + child.name
                                                               : before + u'.' + child.name;
            if (here == path)
                return &child;
            if (const DecodedNode *found = self(self, child, here))
                return found;
        }
        return nullptr;
    };
    const DecodedNode *found = search(search, root, {});
    return found ? *found : none;
}

} // namespace desk
