// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"
#include "kafka/decoding/DescriptorSource.h"
#include "kafka/filter/FilterFields.h"

#include <memory>
#include <vector>

namespace desk {

// What a filter knows of a topic once and for all: what its values are, and where the fields lie that it asks
// for. Made for the first message of the topic; the catalog, the descriptors and the masking outlive it. One
// thread.
class FilterTopic
{
public:
    enum class Shape {
        None, // a tombstone
        Protobuf,
        Json,
        Bytes, // anything else, and what should have been one of the others
    };
    struct Payload {
        Shape shape = Shape::None;
        QByteArrayView bytes; // without the schema's frame
    };

    FilterTopic(const QString &name, const EntityCatalog *catalog, const DescriptorSource *descriptors,
                const FilterMasking &masking);

    [[nodiscard]] const QByteArray &name() const { return m_utf8Name; }
    // Somebody says what its values are.
    [[nodiscard]] bool isDescribed() const { return m_isDescribed; }
    // Of each value, or of each record of a list; null: no protobuf.
    [[nodiscard]] const google::protobuf::Descriptor *message() const { return m_message; }
    [[nodiscard]] bool isKeyMasked() const { return m_isKeyMasked; }
    // JSON members that are sensitive by the description.
    [[nodiscard]] const QList<QByteArray> &sensitiveNames() const { return m_sensitiveNames; }
    [[nodiscard]] FilterFields &fields() { return *m_fields; }
    [[nodiscard]] const FilterFields &fields() const { return *m_fields; }

    [[nodiscard]] Payload payloadOf(const MessageView &message) const;
    // "add", "update", "delete", "get", "list" or empty: as the decoder has it.
    [[nodiscard]] QByteArrayView operationOf(const MessageView &message) const;

    // What the filter's conditions come to for this topic, by their number.
    std::vector<bool> holdsForName;
    std::vector<FilterFields::Use> uses;

private:
    QString m_name;
    QByteArray m_utf8Name;
    const DescriptorSource *m_descriptors;
    QByteArrayView m_operation; // what the topic is for
    bool m_isDescribed = false;
    bool m_isJson = false; // by its description
    bool m_isFramed = false;
    bool m_isKeyMasked = false;
    const google::protobuf::Descriptor *m_message = nullptr;
    QList<QByteArray> m_sensitiveNames;
    std::unique_ptr<FilterFields> m_fields;
};

} // namespace desk
