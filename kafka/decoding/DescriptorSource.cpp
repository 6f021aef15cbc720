// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/DescriptorSource.h"

#include "kafka/SchemaFrame.h"

namespace desk {

const google::protobuf::Descriptor *EntityDescriptors::valueDescriptor(const QString &topic) const
{
    const EntityCatalog::TopicUse use = m_catalog->forTopic(topic);
    if (!use.entity || use.entity->encoding != Encoding::Protobuf || use.verb == Verb::List)
        return nullptr;
    return use.entity->descriptor;
}

qsizetype EntityDescriptors::payloadOffset(const QString &topic, QByteArrayView value) const
{
    const EntityType *entity = m_catalog->forTopic(topic).entity;
    if (!entity || entity->framing == Framing::Plain)
        return 0;
    const auto framed = readFrame(value);
    return framed ? value.size() - framed->payload.size() : -1;
}

} // namespace desk
