// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/Masking.h"

#include <QByteArray>
#include <QHash>

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
} // namespace google::protobuf

namespace desk {

// What a filter must not see: a value that is masked where it is shown is the mask to a filter too, so that
// no search can find out by trying what stands there. Decides as the decoder does, by the column option and
// by names, and remembers what it decided. Keep one per thread, no longer than the descriptors.
class FilterMasking
{
public:
    explicit FilterMasking(const SensitiveNames &names) : m_fieldMasking(names) { }

    // UTF-8: what a masked value is to a filter.
    [[nodiscard]] static const QByteArray &mask();

    [[nodiscard]] bool isSensitive(const google::protobuf::FieldDescriptor &field) const;
    // Of a JSON member or a header; UTF-8.
    [[nodiscard]] bool isSensitive(QByteArrayView name) const;
    // Text that is masked by its looks, which is short; UTF-8.
    [[nodiscard]] bool looksSensitive(QByteArrayView text) const;
    // Whether a message of this type can hold anything sensitive, however deep.
    [[nodiscard]] bool canBeSensitive(const google::protobuf::Descriptor &message) const;

private:
    Masking m_fieldMasking;
    mutable QHash<const google::protobuf::Descriptor *, bool> m_messages;
    mutable QHash<QByteArray, bool> m_names; // bounded
};

} // namespace desk
