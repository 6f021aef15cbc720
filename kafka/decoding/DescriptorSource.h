// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/EntityCatalog.h"
#include "models/schema/SensitiveNames.h"

#include <QByteArrayView>

#include <memory>

namespace google::protobuf {
class Descriptor;
}

namespace desk {

// What the values of a topic are, for whoever reads fields off the wire without decoding the whole message.
// Descriptors belong to the source and live as long as it does. Any thread.
class DescriptorSource
{
public:
    virtual ~DescriptorSource() = default;

    // The message each value of the topic is; null: not known, not one message (a list), or no protobuf.
    [[nodiscard]] virtual const google::protobuf::Descriptor *valueDescriptor(const QString &topic) const = 0;
    // Where that message begins in this value: 0, or past a schema frame. -1: the value has no such frame.
    // Takes any bytes.
    [[nodiscard]] virtual qsizetype payloadOffset(const QString &topic, QByteArrayView value) const = 0;
    // By which names values are sensitive there.
    [[nodiscard]] virtual const SensitiveNames &sensitiveNames() const { return SensitiveNames::defaults(); }
};

// By the topics of the catalog's entities; names are sensitive by the catalog's patterns, or by those given.
class EntityDescriptors : public DescriptorSource
{
public:
    explicit EntityDescriptors(std::shared_ptr<const EntityCatalog> catalog)
        : EntityDescriptors(catalog, SensitiveNames(catalog->sensitivePatterns()))
    { }
    EntityDescriptors(std::shared_ptr<const EntityCatalog> catalog, SensitiveNames names)
        : m_catalog(std::move(catalog))
        , m_names(std::move(names))
    { }

    [[nodiscard]] const google::protobuf::Descriptor *valueDescriptor(const QString &topic) const override;
    [[nodiscard]] qsizetype payloadOffset(const QString &topic, QByteArrayView value) const override;
    [[nodiscard]] const SensitiveNames &sensitiveNames() const override { return m_names; }

private:
    std::shared_ptr<const EntityCatalog> m_catalog;
    SensitiveNames m_names;
};

} // namespace desk
