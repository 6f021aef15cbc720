// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"
#include "kafka/decoding/DescriptorSource.h"

#include <QHash>
#include <QMutex>

namespace desk {

// By the topics of the catalog's entities; where no entity describes a topic, by the .proto file of the workspace's
// rule for it, or by the latest schema that the registry keeps for its values (its first message). Schemas come later:
// a topic whose schema is still being fetched is not known, isWaiting() says so, and whoever uses this makes another
// one after SchemaLibrary's next change. Never blocks; any thread.
class SchemaDescriptors : public DescriptorSource
{
public:
    static constexpr qsizetype MaximumSubjects = 200; // that a registry is asked for

    explicit SchemaDescriptors(DecodingSources sources);

    [[nodiscard]] const google::protobuf::Descriptor *valueDescriptor(const QString &topic) const override;
    [[nodiscard]] qsizetype payloadOffset(const QString &topic, QByteArrayView value) const override;
    [[nodiscard]] const SensitiveNames &sensitiveNames() const override
    {
        return m_entities.sensitiveNames();
    }

    [[nodiscard]] bool isWaiting() const; // for the schema of a topic that was asked for

private:
    struct Known {
        std::shared_ptr<const CompiledSchema> schema; // keeps the message
        const google::protobuf::Descriptor *message = nullptr;
        bool isByFile = false;
    };
    [[nodiscard]] Known find(const QString &topic) const;

    DecodingSources m_sources;
    EntityDescriptors m_entities;
    mutable QMutex m_mutex;
    mutable QHash<QString, Known> m_known; // by topic
    mutable bool m_isWaiting = false;
};

} // namespace desk
