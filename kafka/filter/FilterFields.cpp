// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/FilterFields.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

namespace desk {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// google.protobuf.Int32Value and its like are their only field.
bool isWrapper(const Descriptor &message)
{
    switch (message.well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_DOUBLEVALUE:
    case Descriptor::WELLKNOWNTYPE_FLOATVALUE:
    case Descriptor::WELLKNOWNTYPE_INT64VALUE:
    case Descriptor::WELLKNOWNTYPE_UINT64VALUE:
    case Descriptor::WELLKNOWNTYPE_INT32VALUE:
    case Descriptor::WELLKNOWNTYPE_UINT32VALUE:
    case Descriptor::WELLKNOWNTYPE_STRINGVALUE:
    case Descriptor::WELLKNOWNTYPE_BYTESVALUE:
    case Descriptor::WELLKNOWNTYPE_BOOLVALUE:
        return true;
    default:
        return false;
    }
}

} // namespace

FilterFields::FilterFields(const EntityType *entity, const Descriptor *message, const FilterMasking &masking)
    : m_entity(entity)
    , m_message(message)
    , m_masking(masking)
{
    if (!entity)
        return;
    for (const Column &column : entity->columns) {
        if (column.sensitive)
            m_sensitiveNames += Masking::fieldNames(column);
    }
}

WireFields::Path FilterFields::pathOf(const QStringList &names) const
{
    WireFields::Path path;
    const Descriptor *message = m_message;
    for (const QString &name : names) {
        const FieldDescriptor *const field = message ? message->FindFieldByName(name.toStdString()) : nullptr;
        if (!field)
            return {};
        path.append(field);
        message = field->message_type();
    }
    if (message && isWrapper(*message))
        path.append(message->field(0));
    return path;
}

JsonFields::Path FilterFields::jsonPath(const WireFields::Path &path)
{
    JsonFields::Path names;
    for (const FieldDescriptor *field : path)
        names.append(QByteArray::fromStdString(field->name()));
    return names;
}

FilterFields::Use FilterFields::use(const QStringList &names)
{
    Use use;
    WireFields::Path path;
    JsonFields::Path jsonNames;
    const int index = m_entity && names.size() == 1 ? m_entity->indexOf(names.first()) : -1;
    if (index >= 0) {
        const Column &column = m_entity->columns[index];
        path = column.path;
        jsonNames = jsonPath(path);
        use.isDecimal = column.type == ColumnType::Decimal;
        use.isMasked = column.sensitive;
        use.nearField = column.approximation;
        if (use.nearField) {
            WireFields::Path near = path;
            near.last() = use.nearField;
            use.nearJsonSlot = m_json.add(jsonPath(near));
            use.nearWireSlot = m_message ? m_wire.add(near) : -1;
        }
    } else {
        path = pathOf(names);
        for (const QString &name : names)
            jsonNames.append(name.toUtf8());
    }
    use.jsonSlot = m_json.add(jsonNames);
    if (!path.isEmpty()) {
        use.field = path.last();
        use.wireSlot = m_message ? m_wire.add(path) : -1;
    }
    use.isMasked = use.isMasked
        || std::any_of(names.cbegin(), names.cend(),
                       [this](const QString &name) { return m_sensitiveNames.contains(name); })
        || std::any_of(path.cbegin(), path.cend(),
                       [this](const FieldDescriptor *field) { return m_masking.isSensitive(*field); })
        || std::any_of(jsonNames.cbegin(), jsonNames.cend(),
                       [this](const QByteArray &name) { return m_masking.isSensitive(name); });
    return use;
}

} // namespace desk
