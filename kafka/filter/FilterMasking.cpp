// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/FilterMasking.h"

#include <google/protobuf/descriptor.h>

#include <QSet>

namespace desk {
namespace {

constexpr qsizetype RememberedNames = 10'000; // those of a hostile message are not kept for ever

} // namespace

const QByteArray &FilterMasking::mask()
{
    static const QByteArray mask = MaskedValue.toUtf8();
    return mask;
}

bool FilterMasking::isSensitive(const google::protobuf::FieldDescriptor &field) const
{
    return m_fieldMasking.isSensitive(field);
}

bool FilterMasking::isSensitive(QByteArrayView name) const
{
    // Looked up without a copy.
    const auto known = m_names.constFind(QByteArray::fromRawData(name.data(), name.size()));
    if (known != m_names.cend())
        return *known;
    if (m_names.size() >= RememberedNames)
        m_names.clear();
    const bool isIt = m_fieldMasking.isSensitive(QString::fromUtf8(name));
    m_names.insert(name.toByteArray(), isIt);
    return isIt;
}

bool FilterMasking::looksSensitive(QByteArrayView text) const
{
    constexpr qsizetype Longest = 64; // bytes
    return text.size() <= Longest && m_fieldMasking.looksSensitive(QString::fromUtf8(text).trimmed());
}

bool FilterMasking::canBeSensitive(const google::protobuf::Descriptor &message) const
{
    const auto known = m_messages.constFind(&message);
    if (known != m_messages.cend())
        return *known;
    // Messages may hold themselves, so this is a walk, not a recursion.
    QList<const google::protobuf::Descriptor *> waiting{&message};
    QSet<const google::protobuf::Descriptor *> seen{&message};
    bool isIt = false;
    while (!waiting.isEmpty() && !isIt) {
        const google::protobuf::Descriptor *next = waiting.takeLast();
        for (int index = 0; index < next->field_count() && !isIt; ++index) {
            const google::protobuf::FieldDescriptor &field = *next->field(index);
            isIt = isSensitive(field);
            const google::protobuf::Descriptor *inner = field.message_type();
            if (inner && !seen.contains(inner)) {
                seen.insert(inner);
                waiting.append(inner);
            }
        }
    }
    m_messages.insert(&message, isIt);
    return isIt;
}

} // namespace desk
