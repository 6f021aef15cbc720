// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/SchemaDescriptors.h"

#include "kafka/SchemaFrame.h"

namespace desk {

SchemaDescriptors::SchemaDescriptors(DecodingSources sources)
    : m_sources(std::move(sources))
    , m_entities(m_sources.catalog, SensitiveNames(m_sources.settings.sensitiveNames))
{ }

SchemaDescriptors::Known SchemaDescriptors::find(const QString &topic) const
{
    const QMutexLocker lock(&m_mutex);
    if (const auto known = m_known.constFind(topic); known != m_known.constEnd())
        return *known;
    const DecodingRule *rule = m_sources.settings.ruleFor(topic, MessagePart::Value);
    Known found;
    found.isByFile = rule && rule->format == PayloadFormat::ProtoFile;
    const bool isByRegistry = m_sources.schemas && m_sources.schemas->hasRegistry()
        && (!rule || rule->format == PayloadFormat::Automatic || rule->format == PayloadFormat::Registry)
        && m_known.size() < MaximumSubjects;
    SchemaLibrary::Answer answer{SchemaLibrary::Answer::Kind::Failed, {}, {}};
    if (m_sources.schemas && found.isByFile)
        answer = m_sources.schemas->findFile(rule->file);
    else if (isByRegistry)
        answer = m_sources.schemas->findLatest(topic + QStringLiteral("-value"));
    m_isWaiting = m_isWaiting || answer.kind == SchemaLibrary::Answer::Kind::Waiting
        || answer.error.code == ErrorCode::Unreachable;
    found.schema = answer.schema;
    if (found.schema && found.isByFile)
        found.message = found.schema->message(rule->message).value_or(nullptr);
    else if (found.schema)
        found.message = found.schema->messageAt(SchemaFrame().messageIndexes);
    m_known.insert(topic, found); // for good, so that whoever asks twice is told the same
    return found;
}

bool SchemaDescriptors::isWaiting() const
{
    const QMutexLocker lock(&m_mutex);
    return m_isWaiting;
}

const google::protobuf::Descriptor *SchemaDescriptors::valueDescriptor(const QString &topic) const
{
    if (m_sources.catalog->forTopic(topic).entity)
        return m_entities.valueDescriptor(topic);
    return find(topic).message;
}

qsizetype SchemaDescriptors::payloadOffset(const QString &topic, QByteArrayView value) const
{
    if (m_sources.catalog->forTopic(topic).entity)
        return m_entities.payloadOffset(topic, value);
    const Known known = find(topic);
    if (!known.message || !value.startsWith('\0'))
        return 0;
    const auto framed = readFrame(value);
    if (!framed)
        return known.isByFile ? 0 : -1;
    // Another message of the schema's file is none of these.
    if (!known.isByFile && framed->frame.messageIndexes != SchemaFrame().messageIndexes)
        return -1;
    return value.size() - framed->payload.size();
}

} // namespace desk
