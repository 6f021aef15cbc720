// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/GuessedTree.h"

#include "kafka/PayloadText.h"
#include "kafka/decoding/NumberText.h"

#include <QtEndian>

#include <bit>
#include <cmath>

namespace desk {
namespace {

constexpr qsizetype ShownText = 64 * 1024;
constexpr qsizetype ShownBytes = 256;
constexpr int ShownNumbers = 100;
// Nobody numbers fields higher by hand; random bytes do.
constexpr int PlausibleNumber = 20'000;

bool isPlausible(double number)
{
    const double size = std::abs(number);
    return number == 0 || (std::isfinite(number) && size > 1e-6 && size < 1e12);
}

// The elements as "1, 2, 3" if they are plausible as that type; empty otherwise.
template <typename Float, typename Bits>
QString packedFloats(QByteArrayView content)
{
    if (content.isEmpty() || content.size() % qsizetype(sizeof(Bits)) != 0
        || content.size() < 2 * qsizetype(sizeof(Bits)))
        return {};
    QStringList numbers;
    for (qsizetype at = 0; at < content.size(); at += qsizetype(sizeof(Bits))) {
        const auto number = std::bit_cast<Float>(qFromLittleEndian<Bits>(content.data() + at));
        if (!isPlausible(double(number)))
            return {};
        if (numbers.size() < ShownNumbers)
            numbers.append(numberText(number));
    }
    return numbers.join(QLatin1String(", "));
}

QString packedVarints(QByteArrayView content)
{
    QStringList numbers;
    qsizetype count = 0;
    for (qsizetype at = 0; at < content.size(); ++count) {
        const qsizetype before = at;
        const auto number = WireCursor::readVarint(content, at);
        constexpr qsizetype Long = 5; // bytes: 32 bits, as ids and counts have
        if (!number || at - before > Long)
            return {};
        if (numbers.size() < ShownNumbers)
            numbers.append(QString::number(*number));
    }
    return count < 2 ? QString() : numbers.join(QLatin1String(", "));
}

void setNumber(DecodedNode &node, const QString &type, const QString &text)
{
    node.kind = DecodedNode::Kind::Number;
    node.type = type;
    node.text = text;
}

void setText(DecodedNode &node, const QString &type, const QString &text)
{
    node.kind = DecodedNode::Kind::Text;
    node.type = type;
    node.text = text;
}

} // namespace

std::optional<DecodedNode> GuessedTree::read(QByteArrayView bytes, qsizetype base)
{
    m_sensitive.clear();
    m_nodes = 0;
    if (bytes.isEmpty() || bytes.size() > MaximumBytes)
        return {};
    return readMessage(bytes, base, 0);
}

std::optional<DecodedNode> GuessedTree::readMessage(QByteArrayView bytes, qsizetype base, int depth)
{
    // Whether it is a message at all comes first: a look that costs no memory.
    WireCursor::Field field;
    WireCursor look(bytes);
    while (look.next(field)) {
        if (field.number > PlausibleNumber)
            return {};
    }
    if (look.isBroken())
        return {};

    DecodedNode message;
    message.type = QStringLiteral("a guess: message");
    if (depth > 0 && m_contents == Contents::Outline)
        return message;
    WireCursor cursor(bytes);
    while (cursor.next(field)) {
        if (m_nodes >= m_maximumNodes) {
            if (m_nodes++ == m_maximumNodes) {
                DecodedNode rest;
                setText(rest, {},
                        QStringLiteral("More than %1 fields: the rest is not shown.").arg(m_maximumNodes));
                rest.name = QStringLiteral("…");
                message.children.push_back(std::move(rest));
            }
            break;
        }
        message.children.push_back(readField(field, base, depth));
    }
    return message;
}

DecodedNode GuessedTree::readField(const WireCursor::Field &field, qsizetype base)
{
    return readField(field, base, 1); // the numbers are the outermost message's
}

DecodedNode GuessedTree::readField(const WireCursor::Field &field, qsizetype base, int depth)
{
    ++m_nodes;
    DecodedNode node;
    node.number = field.number;
    node.name = QString::number(field.number);
    node.bytes = {base + field.begin, base + field.end};
    switch (field.type) {
    case WireCursor::Type::Varint:
        setNumber(node, QStringLiteral("varint"),
                  field.value >> 63 ? QString::number(qint64(field.value)) : QString::number(field.value));
        break;
    case WireCursor::Type::Fixed64: {
        const auto number = std::bit_cast<double>(field.value);
        if (isPlausible(number))
            setNumber(node, QStringLiteral("a guess: double"), numberText(number));
        else
            setNumber(node, QStringLiteral("fixed64"), QString::number(field.value));
        break;
    }
    case WireCursor::Type::Fixed32: {
        const auto number = std::bit_cast<float>(quint32(field.value));
        if (isPlausible(double(number)))
            setNumber(node, QStringLiteral("a guess: float"), numberText(number));
        else
            setNumber(node, QStringLiteral("fixed32"), QString::number(field.value));
        break;
    }
    case WireCursor::Type::Length:
    case WireCursor::Type::Group:
        describe(node, field.content, base + field.contentAt, depth);
        break;
    }
    const bool isKnown = depth == 0 && m_sensitiveNumbers.contains(field.number)
        && m_masking.mode() == Masking::Mode::Masked;
    if (isKnown || (!node.hasChildren() && m_masking.looksSensitive(node.text))) {
        node.kind = DecodedNode::Kind::Text;
        node.isSensitive = true;
        node.text = MaskedValue.toString();
        node.children.clear();
        m_sensitive.append(node.bytes);
    }
    return node;
}

void GuessedTree::describe(DecodedNode &node, QByteArrayView content, qsizetype base, int depth)
{
    if (content.isEmpty())
        return setText(node, QStringLiteral("a guess: text"), {});
    // A message can be a text from its first byte on only where that is a line end or a tab.
    const bool canBeMessage = content[0] == '\n' || content[0] == '\r' || content[0] == '\t';
    const auto text = textOfBytes(content);
    if ((!text || canBeMessage) && depth + 1 < MaximumDepth) {
        if (auto message = readMessage(content, base, depth + 1)) {
            node.kind = DecodedNode::Kind::Object;
            node.type = message->type;
            node.children = std::move(message->children);
            return;
        }
    }
    if (text)
        return setText(node, QStringLiteral("a guess: text"), text->left(ShownText));
    if (const QString numbers = packedFloats<double, quint64>(content); !numbers.isEmpty())
        return setText(node, QStringLiteral("a guess: packed doubles"), numbers);
    if (const QString numbers = packedFloats<float, quint32>(content); !numbers.isEmpty())
        return setText(node, QStringLiteral("a guess: packed floats"), numbers);
    if (const QString numbers = packedVarints(content); !numbers.isEmpty())
        return setText(node, QStringLiteral("a guess: packed integers"), numbers);
    setText(node, QStringLiteral("bytes"), shortHex(content, ShownBytes));
}

} // namespace desk
