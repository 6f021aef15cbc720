// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/GuessedTree.h"
#include "models/schema/Error.h"

#include <QHash>

namespace google::protobuf {
class Descriptor;
class DescriptorPool;
class FieldDescriptor;
} // namespace google::protobuf

namespace desk {

// Reads a protobuf message by its descriptor straight off the wire, so that each value is known with the bytes
// it is written in. Well-known types read as what they mean, and the content of an Any by its type where the
// descriptor's files know it. Fields that the descriptor does not have are guessed at. What is sensitive is
// masked, and its bytes are listed however large the message is, even where the tree is cut. Takes any bytes
// in bounded time and memory. A value for one reading; any thread.
class ProtobufTree
{
public:
    static constexpr int MaximumDepth = 100; // as protobuf's own parser
    static constexpr int MaximumNodes = 20'000;
    static constexpr int FullNodes = 1'000'000;

    // Outline: the outermost message's fields, without what is in messages and lists. Present: all that is in
    // the bytes. All: also fields that are not, with what a reader takes for them.
    enum class Fields { Outline, Present, All };

    explicit ProtobufTree(const Masking &masking, Fields fields = Fields::All,
                          int maximumNodes = MaximumNodes)
        : m_masking(masking)
        , m_fields(fields)
        , m_maximumNodes(maximumNodes)
    { }

    // Where an Any's type is looked for besides the message's own files.
    void setKnownTypes(const google::protobuf::DescriptorPool *types) { m_types = types; }

    // Texts in full, and so many values: for what is written, not shown.
    void setFull()
    {
        m_maximumNodes = FullNodes;
        m_longestText = std::numeric_limits<qsizetype>::max();
    }

    // `base`: where the bytes stand within the key or value. Format with a sentence if they are no such
    // message.
    [[nodiscard]] Expected<DecodedNode> read(const google::protobuf::Descriptor &descriptor,
                                             QByteArrayView bytes, qsizetype base);
    [[nodiscard]] const QList<ByteRange> &sensitive() const { return m_sensitive; }
    // True if there were fields nobody describes past the most that are looked at: sensitive() may lack some.
    [[nodiscard]] bool missedUnknown() const { return m_missedUnknown; }

private:
    using Field = WireCursor::Field;
    // A message that is being filled, and where in it the field of a number stands.
    struct Target {
        explicit Target(DecodedNode &message);

        [[nodiscard]] DecodedNode *find(int number) const;

        DecodedNode &message;
        QHash<int, size_t> places;
    };

    [[nodiscard]] bool readMessage(const google::protobuf::Descriptor &descriptor, QByteArrayView bytes,
                                   qsizetype base, int depth, DecodedNode &message);
    [[nodiscard]] bool readField(const google::protobuf::FieldDescriptor &field, const Field &wire,
                                 qsizetype base, int depth, Target &target);
    [[nodiscard]] bool readSingle(const google::protobuf::FieldDescriptor &field, const Field &wire,
                                  qsizetype base, int depth, Target &target);
    [[nodiscard]] bool readElement(const google::protobuf::FieldDescriptor &field, const Field &wire,
                                   qsizetype base, int depth, Target &target);
    [[nodiscard]] bool readValue(const google::protobuf::FieldDescriptor &field, const Field &wire,
                                 qsizetype base, int depth, DecodedNode &node);
    [[nodiscard]] bool readPacked(const google::protobuf::FieldDescriptor &field, const Field &wire,
                                  qsizetype base, DecodedNode &list);
    [[nodiscard]] bool readEntry(const google::protobuf::FieldDescriptor &field, const Field &wire,
                                 qsizetype base, int depth, DecodedNode &node);
    [[nodiscard]] bool readAny(QByteArrayView bytes, qsizetype base, int depth, DecodedNode &node);
    void addUnknown(const Field &wire, qsizetype base, DecodedNode &message);
    void addAbsent(const google::protobuf::Descriptor &descriptor, Target &target);
    void addMasked(const google::protobuf::FieldDescriptor &field, ByteRange bytes, Target &target);
    void mask(DecodedNode &node, ByteRange bytes);
    void append(DecodedNode &parent, DecodedNode &&node);
    [[nodiscard]] GuessedTree::Contents contents() const;
    [[nodiscard]] bool takes(const DecodedNode &parent);
    [[nodiscard]] bool isOutside(const DecodedNode &parent) const;
    void append(Target &target, DecodedNode &&node);
    [[nodiscard]] bool goesWrongAt(qsizetype position);
    [[nodiscard]] bool isFull() const { return m_nodes >= m_maximumNodes; }

    const Masking &m_masking;
    Fields m_fields;
    int m_maximumNodes;
    qsizetype m_longestText = 256 * 1024; // bytes
    int m_nodes = 0;
    int m_merges = 0;
    int m_wellKnown = 0; // read as what they mean
    bool m_isCut = false;
    bool m_missedUnknown = false;
    const google::protobuf::DescriptorPool *m_types = nullptr;
    const google::protobuf::DescriptorPool *m_ownTypes = nullptr; // of the message that is read
    QString m_name;                                               // of the outermost message
    const DecodedNode *m_root = nullptr;                          // while it is read
    QString m_problem;
    QList<ByteRange> m_sensitive;
};

} // namespace desk
