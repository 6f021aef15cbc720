// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/DecodedMessage.h"
#include "kafka/decoding/Masking.h"
#include "kafka/decoding/SchemaLibrary.h"

#include <QByteArrayView>

namespace google::protobuf {
class Descriptor;
class DescriptorPool;
} // namespace google::protobuf

namespace desk {

// Row: what a table shows; no tree, and no more of a large value is looked at than that needs. Whole: what a detail
// shows; long texts and very many values are cut. Full: for files; texts in full, and a million values.
enum class DecodingDepth { Row, Whole, Full };

// What is known of the bytes besides what they are.
struct PartContext {
    MessagePart part = MessagePart::Value;
    DecodingDepth depth = DecodingDepth::Whole;
    const SensitiveNames *names = nullptr; // in place of the masking's own
    QList<int> sensitiveNumbers;           // of a protobuf message that does not fit its description
    const google::protobuf::DescriptorPool *types = nullptr; // for the content of an Any
    // The topic carries sensitive fields whose place in these bytes nobody knows: text and bytes are not shown.
    bool isWithheld = false;
    bool isAskedFor = false; // by a rule: its reason is told in a row, too
};

// Reads a key or a value that is no entity's: by a rule, by a schema registry, and else as what it looks like:
// JSON, an integer, text, protobuf without its schema, bytes. The last always does, so everything is shown; each
// way that did not do leaves its reason. Takes any bytes. Keep one per thread.
class PartDecoder
{
public:
    PartDecoder(std::shared_ptr<SchemaLibrary> schemas, const Masking &masking)
        : m_schemas(std::move(schemas))
        , m_masking(masking)
    { }

    // By what fits.
    [[nodiscard]] DecodedPart decode(QByteArrayView bytes, const PartContext &context);
    // By the rule; if it does not fit, by what does, with the rule's reason as the problem.
    [[nodiscard]] DecodedPart decode(QByteArrayView bytes, const DecodingRule &rule,
                                     const PartContext &context);

private:
    // Each of these fills `part` and is true, or leaves a reason in it and is false.
    using Way = bool (PartDecoder::*)(QByteArrayView, const PartContext &, DecodedPart &);

    [[nodiscard]] bool readByFile(QByteArrayView bytes, const DecodingRule &rule, const PartContext &context,
                                  DecodedPart &part);
    [[nodiscard]] bool readByRegistry(QByteArrayView bytes, const PartContext &context, DecodedPart &part);
    [[nodiscard]] bool readJson(QByteArrayView bytes, const PartContext &context, DecodedPart &part);
    [[nodiscard]] bool readInteger(QByteArrayView bytes, const PartContext &context, DecodedPart &part);
    [[nodiscard]] bool readUnambiguousInteger(QByteArrayView bytes, const PartContext &context,
                                              DecodedPart &part);
    [[nodiscard]] bool readText(QByteArrayView bytes, const PartContext &context, DecodedPart &part);
    [[nodiscard]] bool readGuess(QByteArrayView bytes, const PartContext &context, DecodedPart &part);
    [[nodiscard]] bool readHex(QByteArrayView bytes, const PartContext &context, DecodedPart &part);

    [[nodiscard]] bool readFramed(QByteArrayView bytes, qint32 id, const CompiledSchema &schema,
                                  const PartContext &context, DecodedPart &part);
    [[nodiscard]] bool readMessage(QByteArrayView bytes, qsizetype base,
                                   const google::protobuf::Descriptor &descriptor, PayloadFormat format,
                                   const PartContext &context, DecodedPart &part);
    [[nodiscard]] bool readJsonAt(QByteArrayView bytes, qsizetype base, const PartContext &context,
                                  DecodedPart &part);
    [[nodiscard]] bool answered(const SchemaLibrary::Answer &answer, PayloadFormat format,
                                const QString &what, DecodedPart &part);

    std::shared_ptr<SchemaLibrary> m_schemas; // null: neither registry nor files
    const Masking &m_masking;
};

} // namespace desk
