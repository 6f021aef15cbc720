// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/FilterTopic.h"

#include "kafka/filter/VisibleTexts.h"

#include <google/protobuf/descriptor.h>

#include <array>

namespace desk {
namespace {

QByteArrayView knownOperation(QByteArrayView text)
{
    static constexpr std::array<QByteArrayView, 5> known{"add", "update", "delete", "get", "list"};
    for (const QByteArrayView name : known) {
        if (text.compare(name, Qt::CaseInsensitive) == 0)
            return name;
    }
    return {};
}

} // namespace

FilterTopic::FilterTopic(const QString &name, const EntityCatalog *catalog,
                         const DescriptorSource *descriptors, const FilterMasking &masking)
    : m_name(name)
    , m_utf8Name(name.toUtf8())
    , m_descriptors(descriptors)
    , m_message(descriptors ? descriptors->valueDescriptor(name) : nullptr)
{
    const EntityCatalog::TopicUse use = catalog ? catalog->forTopic(name) : EntityCatalog::TopicUse();
    if (use.verb)
        m_operation = knownOperation(verbText(*use.verb).toLatin1());
    if (const EntityType *const entity = use.entity) {
        m_isJson = entity->encoding == Encoding::Json;
        m_isFramed = entity->framing == Framing::Confluent;
        const Column &key = entity->columns[entity->keyColumn];
        m_isKeyMasked = key.sensitive || masking.isSensitive(key.name.toUtf8());
        for (const Column &column : entity->columns) {
            if (!column.sensitive)
                continue;
            const QStringList names = Masking::fieldNames(column);
            for (const QString &name : names)
                m_sensitiveNames.append(name.toUtf8());
        }
        if (!m_isJson && !m_message)
            m_message = entity->descriptor; // of each record of a list
    }
    m_isDescribed = use.entity || m_message;
    m_fields = std::make_unique<FilterFields>(use.entity, m_message, masking);
}

FilterTopic::Payload FilterTopic::payloadOf(const MessageView &message) const
{
    if (!message.hasValue)
        return {};
    // Neither a protobuf message nor JSON begins with a zero byte; a frame does.
    qsizetype offset = m_isFramed ? -1 : 0;
    if (m_isDescribed && message.value.startsWith('\0'))
        offset = m_descriptors ? m_descriptors->payloadOffset(m_name, message.value) : 0;
    if (offset < 0)
        return {Shape::Bytes, message.value};
    const QByteArrayView payload = message.value.sliced(offset);
    if (m_message && !m_isJson)
        return {Shape::Protobuf, payload};
    if (m_isJson || VisibleTexts::looksLikeJson(payload))
        return {Shape::Json, payload};
    // A topic nobody has described, and JSON behind a zero byte and a schema's id.
    constexpr qsizetype FrameBytes = 5;
    if (payload.size() > FrameBytes && payload.front() == '\0'
        && VisibleTexts::looksLikeJson(payload.sliced(FrameBytes)))
        return {Shape::Json, payload.sliced(FrameBytes)};
    return {Shape::Bytes, payload};
}

QByteArrayView FilterTopic::operationOf(const MessageView &message) const
{
    for (const HeaderView &header : message.headers) {
        if (header.name != "operation")
            continue;
        if (const QByteArrayView named = knownOperation(header.value); !named.isNull())
            return named;
    }
    return m_operation;
}

} // namespace desk
