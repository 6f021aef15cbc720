// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"
#include "kafka/decoding/PartDecoder.h"
#include "models/schema/EntityCatalog.h"
#include "models/schema/RecordCodec.h"

#include <memory>
#include <unordered_map>

namespace desk {

// What messages are decoded by. A value that decoders share; what it points to is read-only, or locks itself.
struct DecodingSources {
    std::shared_ptr<const EntityCatalog> catalog;
    DecodingSettings settings;
    std::shared_ptr<SchemaLibrary> schemas; // null: no registry, no rules with files
};

// Decodes messages: by the rule for their topic, by the catalog's entities, and else by a schema registry and as
// what they look like (see PartDecoder). Keys likewise, but for the entities. What is sensitive comes out
// masked. Takes any bytes and never blocks: a part whose schema is being fetched says so, and is to be decoded
// again after SchemaLibrary's next change. Keep one per thread.
class MessageDecoder
{
public:
    using Depth = DecodingDepth;

    // By entities only, and what the catalog holds to be sensitive.
    explicit MessageDecoder(std::shared_ptr<const EntityCatalog> catalog);
    // Clear: nothing is masked. Only to look up the one value that reveal() gives out.
    explicit MessageDecoder(DecodingSources sources, Masking::Mode mode = Masking::Mode::Masked);
    MessageDecoder(const MessageDecoder &) = delete;
    MessageDecoder &operator=(const MessageDecoder &) = delete;

    [[nodiscard]] const DecodingSources &sources() const { return m_sources; }

    [[nodiscard]] DecodedMessage decode(const StreamMessage &message, Depth depth = Depth::Whole);
    // One sensitive value in the clear: the node at this path of the key's or the value's tree, as text or as
    // JSON. Whoever calls this has it journaled before: see Disclosure. NotFound if there is no such node.
    [[nodiscard]] Expected<QString> reveal(const StreamMessage &message, MessagePart part,
                                           const NodePath &path) const;

    [[nodiscard]] static QString hexDump(QByteArrayView bytes, qsizetype maximum = 65536);

private:
    struct EntityMasks {
        SensitiveNames names;
        QList<int> numbers; // of the entity's message; empty: nothing in it is sensitive
    };

    [[nodiscard]] RecordCodec &codec(const EntityType &entity);
    [[nodiscard]] const EntityMasks &masks(const EntityType &entity);
    void decodeValue(const StreamMessage &message, const EntityType *entity, Depth depth,
                     DecodedMessage &decoded);
    [[nodiscard]] PartContext contextFor(const EntityType *entity, MessagePart part, Depth depth);
    [[nodiscard]] bool decodeEntity(const EntityType &entity, const QByteArray &value, Depth depth,
                                    DecodedMessage &decoded);
    void decodeRecord(const EntityType &entity, QByteArrayView payload, Depth depth, DecodedMessage &decoded);
    void decodeList(const EntityType &entity, QByteArrayView payload, qsizetype base, Depth depth,
                    DecodedMessage &decoded);
    void findSensitive(const EntityType &entity, QByteArrayView payload, qsizetype base, DecodedPart &part);
    [[nodiscard]] DecodedNode recordNode(const EntityType &entity, const Record &record) const;
    [[nodiscard]] QString shownText(const Column &column, const QVariant &value) const;
    [[nodiscard]] QString recordSummary(const EntityType &entity, const Record &record) const;

    DecodingSources m_sources;
    Masking m_masking;
    PartDecoder m_parts;
    std::unordered_map<const EntityType *, std::unique_ptr<RecordCodec>> m_codecs;
    std::unordered_map<const EntityType *, EntityMasks> m_masks;
};

} // namespace desk
