// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/DecodedNode.h"
#include "kafka/decoding/Masking.h"
#include "kafka/decoding/WireCursor.h"

#include <QByteArrayView>

#include <optional>

namespace desk {

// Reads protobuf without its schema: field numbers, wire types, and what the contents look like: a text, a
// message, packed numbers. A guess is only taken if all bytes fit it, and what is a text is never called a
// message for its beginning alone. There are no names to tell what is sensitive; what looks like a card number
// is masked, and numbers that somebody knows to be sensitive. Takes any bytes in bounded time and memory.
// A value for one reading; any thread.
class GuessedTree
{
public:
    static constexpr qsizetype MaximumBytes = 1024 * 1024;
    static constexpr int MaximumDepth = 16;
    static constexpr int MaximumNodes = 20'000;

    // Outline: without what is in messages.
    enum class Contents { Outline, All };

    explicit GuessedTree(const Masking &masking, Contents contents = Contents::All,
                         int maximumNodes = MaximumNodes)
        : m_masking(masking)
        , m_contents(contents)
        , m_maximumNodes(maximumNodes)
    { }
    // Fields of the outermost message that are sensitive by their numbers.
    void setSensitiveNumbers(const QList<int> &numbers) { m_sensitiveNumbers = numbers; }

    // `base`: where the bytes stand within the key or value. Empty: these bytes are no protobuf message.
    [[nodiscard]] std::optional<DecodedNode> read(QByteArrayView bytes, qsizetype base);
    // One field of a message that is known otherwise.
    [[nodiscard]] DecodedNode readField(const WireCursor::Field &field, qsizetype base);
    // What of the bytes is sensitive; of the fields that were read.
    [[nodiscard]] const QList<ByteRange> &sensitive() const { return m_sensitive; }
    [[nodiscard]] bool isCut() const { return m_nodes > m_maximumNodes; } // more fields than are read
    [[nodiscard]] int nodes() const { return m_nodes; }

private:
    [[nodiscard]] std::optional<DecodedNode> readMessage(QByteArrayView bytes, qsizetype base, int depth);
    [[nodiscard]] DecodedNode readField(const WireCursor::Field &field, qsizetype base, int depth);
    void describe(DecodedNode &node, QByteArrayView content, qsizetype base, int depth);

    const Masking &m_masking;
    QList<int> m_sensitiveNumbers;
    QList<ByteRange> m_sensitive;
    Contents m_contents;
    int m_maximumNodes;
    int m_nodes = 0;
};

} // namespace desk
