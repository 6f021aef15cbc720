// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/MessageDecoder.h"
#include "kafka/PayloadText.h"
#include "kafka/decoding/JsonScan.h"
#include "kafka/decoding/ProtobufTree.h"
#include "tests/fuzz/CodecProperties.h"
#include "tests/fuzz/Property.h"

using namespace desk;
using namespace desk::fuzz;

namespace {

// Past the limits of a tree, what is masked leaves room for other nodes.
constexpr qsizetype Comparable = 16'000;

bool isBranch(const DecodedNode &node)
{
    return node.kind == DecodedNode::Kind::Object || node.kind == DecodedNode::Kind::List;
}

void checkRanges(const QList<ByteRange> &ranges, qsizetype size)
{
    for (const ByteRange &range : ranges)
        require(range.begin >= 0 && range.begin <= range.end && range.end <= size,
                "what is sensitive lies within the bytes");
}

// `clear`: the same without masks.
void checkNode(const DecodedNode &node, const DecodedNode &clear, qsizetype size, int &count)
{
    require(++count <= 70'000, "a tree is of bearable size");
    require(node.bytes.begin == -1
                || (node.bytes.begin >= 0 && node.bytes.begin <= node.bytes.end && node.bytes.end <= size),
            "a value lies within the bytes", [&] { return node.name; });
    require(node.name == clear.name, "a masked value stands where the value stands",
            [&] { return node.name + u'|' + clear.name; });
    if (node.isSensitive) {
        require(node.text == MaskedValue && node.children.empty(), "what is sensitive is not shown",
                [&] { return node.name; });
        return;
    }
    require(!clear.isSensitive && node.children.size() == clear.children.size(),
            "masks change nothing but what is sensitive", [&] { return node.name; });
    for (size_t index = 0; index < node.children.size(); ++index)
        checkNode(node.children[index], clear.children[index], size, count);
}

void checkPart(const DecodedPart &part, const DecodedPart &clear, const DecodedPart &row,
               QByteArrayView bytes)
{
    require(!part.kind.isEmpty() && part.summary.size() < 2000, "a part has a short summary");
    require(part.summary == row.summary && part.kind == row.kind && part.problem == row.problem,
            "a row shows what the whole does", [&] { return row.summary + u'|' + part.summary; });
    require(row.root.children.empty(), "a row has no tree");
    if (!part.problem.isEmpty())
        requireSentence(part.problem);
    for (const DecodingAttempt &attempt : part.attempts)
        requireSentence(attempt.reason);
    checkRanges(part.sensitive, bytes.size());
    int count = 0;
    if (part.withheld.isEmpty() && bytes.size() <= Comparable)
        checkNode(part.root, clear.root, bytes.size(), count);
    const QString json = jsonText(part.root);
    if (isBranch(part.root) && !json.endsWith(u'…')) {
        const auto checked = checkJson(json.toUtf8());
        // A list in a list in a list has no end here, but JSON has.
        require(checked || json.count(u'[') + json.count(u'{') > MaximumJsonDepth,
                "a tree is written as JSON", [&] { return checked.error().sentence + json.left(2000); });
    }
    const QByteArray shown = maskedBytes(bytes, part.sensitive);
    require(part.sensitive.isEmpty() ? shown == bytes : shown.contains(MaskedValue.toUtf8()),
            "masks stand where they belong");
    static_cast<void>(hexTable(bytes, 4096, 16, part.sensitive));
}

void checkMessage(const DecodingSources &sources, const QString &topic, QByteArrayView bytes)
{
    MessageDecoder masked(sources);
    MessageDecoder clear(sources, Masking::Mode::Clear);
    StreamMessage message;
    message.topic = topic;
    message.hasKey = message.hasValue = true;
    message.key = message.value = bytes.toByteArray();
    message.headers = {{"token", message.value}, {message.value.left(20), message.value}};
    const DecodedMessage whole = masked.decode(message);
    const DecodedMessage row = masked.decode(message, DecodingDepth::Row);
    const DecodedMessage open = clear.decode(message);
    require(whole.headers.size() == 2 && whole.headers[0].second == MaskedValue,
            "headers are masked by name");
    checkPart(whole.key, open.key, row.key, bytes);
    checkPart(whole.value, open.value, row.value, bytes);
}

void checkTree(const EntityType &entity, QByteArrayView bytes)
{
    const Masking masking;
    const Masking clear({}, Masking::Mode::Clear);
    ProtobufTree tree(masking);
    ProtobufTree open(clear);
    const auto read = tree.read(*entity.descriptor, bytes, 0);
    const auto other = open.read(*entity.descriptor, bytes, 0);
    // What is masked is not looked into, so it may be broken.
    require(read || !other, "what can be read in the clear can be read masked");
    if (!read) {
        requireSentence(read.error().sentence);
        return;
    }
    checkRanges(tree.sensitive(), bytes.size());
    int count = 0;
    if (other && bytes.size() <= Comparable)
        checkNode(*read, *other, bytes.size(), count);
}

} // namespace

// The first byte chooses the way, the second the entity or the topic.
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const QStringList topics{QStringLiteral("nobody's"), QStringLiteral("everything"),
                                    QStringLiteral("order-events"), QStringLiteral("players"),
                                    QStringLiteral("products_list")};
    static const QList<PayloadFormat> formats{PayloadFormat::Registry, PayloadFormat::Json,
                                              PayloadFormat::Integer,  PayloadFormat::Text,
                                              PayloadFormat::Guess,    PayloadFormat::Hex};
    Input input(data, size);
    const int way = input.choice(int(formats.size()) + 2);
    const int chosen = input.choice(60);
    DecodingSources sources{entities(), {}, {}};
    if (way == 0) {
        const auto &all = entities()->entities();
        checkTree(*all[size_t(chosen) % all.size()], input.rest());
        return 0;
    }
    if (way > 1) {
        for (const MessagePart part : {MessagePart::Key, MessagePart::Value})
            sources.settings.rules.append({QStringLiteral("*"), part, formats[way - 2], {}, {}});
    }
    checkMessage(sources, topics[chosen % topics.size()], input.rest());
    return 0;
}
