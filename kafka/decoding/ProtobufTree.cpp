// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/ProtobufTree.h"

#include "kafka/PayloadText.h"
#include "kafka/decoding/FieldText.h"
#include "kafka/decoding/WellKnown.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <iterator>

namespace desk {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Kind = DecodedNode::Kind;

constexpr qsizetype ShownBytes = 256;

QString text(const std::string &bytes)
{
    return QString::fromStdString(bytes);
}

} // namespace

ProtobufTree::Target::Target(DecodedNode &filled) : message(filled)
{
    for (size_t index = 0; index < message.children.size(); ++index) {
        if (message.children[index].number > 0)
            places.insert(message.children[index].number, index);
    }
}

DecodedNode *ProtobufTree::Target::find(int number) const
{
    const auto place = places.constFind(number);
    return place == places.constEnd() ? nullptr : &message.children[*place];
}

Expected<DecodedNode> ProtobufTree::read(const Descriptor &descriptor, QByteArrayView bytes, qsizetype base)
{
    m_nodes = 0;
    m_merges = 0;
    m_wellKnown = 0;
    m_isCut = false;
    m_missedUnknown = false;
    m_sensitive.clear();
    m_name = text(descriptor.full_name());
    m_ownTypes = descriptor.file()->pool();
    DecodedNode root;
    root.type = m_name;
    root.bytes = {base, base + bytes.size()};
    m_root = &root;
    if (!readMessage(descriptor, bytes, base, 0, root))
        return failure(ErrorCode::Format, m_problem);
    if (m_isCut && m_maximumNodes > 0) {
        DecodedNode rest;
        rest.name = QStringLiteral("…");
        setLeaf(rest, Kind::Text,
                QStringLiteral("More than %1 values: the rest is not shown.").arg(m_maximumNodes));
        root.children.push_back(std::move(rest));
    }
    return root;
}

// Of what an outline shows.
bool ProtobufTree::isOutside(const DecodedNode &parent) const
{
    return m_fields == Fields::Outline && &parent != m_root;
}

// What cannot be shown need not be made: a list can have millions of elements.
bool ProtobufTree::takes(const DecodedNode &parent)
{
    if (isOutside(parent))
        return false;
    m_isCut = m_isCut || isFull();
    return !isFull();
}

void ProtobufTree::append(DecodedNode &parent, DecodedNode &&node)
{
    if (!takes(parent))
        return;
    ++m_nodes;
    parent.children.push_back(std::move(node));
}

void ProtobufTree::append(Target &target, DecodedNode &&node)
{
    const int number = node.number;
    const size_t before = target.message.children.size();
    append(target.message, std::move(node));
    if (target.message.children.size() > before)
        target.places.insert(number, target.message.children.size() - 1);
}

GuessedTree::Contents ProtobufTree::contents() const
{
    return m_fields == Fields::Outline ? GuessedTree::Contents::Outline : GuessedTree::Contents::All;
}

bool ProtobufTree::goesWrongAt(qsizetype position)
{
    m_problem = QStringLiteral("These bytes are no %1: they break off or go wrong at byte %2.")
                    .arg(m_name)
                    .arg(position);
    return false;
}

void ProtobufTree::mask(DecodedNode &node, ByteRange bytes)
{
    node.kind = Kind::Text;
    node.text = MaskedValue.toString();
    node.isSensitive = true;
    node.children.clear();
    m_sensitive.append(bytes);
}

bool ProtobufTree::readMessage(const Descriptor &descriptor, QByteArrayView bytes, qsizetype base, int depth,
                               DecodedNode &message)
{
    if (depth > MaximumDepth) {
        m_problem = QStringLiteral("The message nests more than %1 levels deep.").arg(MaximumDepth);
        return false;
    }
    if (descriptor.well_known_type() == Descriptor::WELLKNOWNTYPE_ANY)
        return readAny(bytes, base, depth, message);
    // A Struct takes many times as much in memory, and each is a message of protobuf's own. Past the limits it is
    // read as any other message.
    constexpr qsizetype LargestWellKnown = 1024 * 1024;
    const bool isWellKnown = descriptor.well_known_type() != Descriptor::WELLKNOWNTYPE_UNSPECIFIED
        && bytes.size() <= LargestWellKnown && m_wellKnown < m_maximumNodes;
    if (isWellKnown)
        ++m_wellKnown;
    const auto known = isWellKnown ? readWellKnown(descriptor, bytes, m_masking) : std::nullopt;
    if (known) {
        message.kind = known->node.kind;
        message.text = known->node.text;
        if (m_fields != Fields::Outline)
            message.children = known->node.children;
        if (known->holdsSensitive)
            m_sensitive.append({base, base + bytes.size()});
        return true;
    }
    Target target(message);
    WireCursor cursor(bytes);
    Field wire;
    while (cursor.next(wire)) {
        const FieldDescriptor *field = descriptor.FindFieldByNumber(wire.number);
        if (!field)
            field = descriptor.file()->pool()->FindExtensionByNumber(&descriptor, wire.number);
        if (!field)
            addUnknown(wire, base, message);
        else if (!readField(*field, wire, base, depth, target))
            return false;
    }
    if (cursor.isBroken())
        return goesWrongAt(base + cursor.position());
    if (m_fields == Fields::All)
        addAbsent(descriptor, target);
    return true;
}

bool ProtobufTree::readField(const FieldDescriptor &field, const Field &wire, qsizetype base, int depth,
                             Target &target)
{
    if (m_masking.isSensitive(field)) {
        addMasked(field, {base + wire.begin, base + wire.end}, target);
        return true;
    }
    const WireCursor::Type type = wireTypeOf(field);
    if (field.is_repeated()
        && (wire.type == type || (field.is_packable() && wire.type == WireCursor::Type::Length)))
        return readElement(field, wire, base, depth, target);
    if (!field.is_repeated() && wire.type == type)
        return readSingle(field, wire, base, depth, target);
    // As protobuf has it: a field of another type is one that nobody knows.
    addUnknown(wire, base, target.message);
    return true;
}

void ProtobufTree::addMasked(const FieldDescriptor &field, ByteRange bytes, Target &target)
{
    if (target.find(field.number())) {
        m_sensitive.append(bytes);
        return;
    }
    DecodedNode node;
    describeField(node, field);
    node.bytes = bytes;
    mask(node, bytes);
    append(target, std::move(node));
}

// Written twice, the last value counts, and of a message all that it has.
bool ProtobufTree::readSingle(const FieldDescriptor &field, const Field &wire, qsizetype base, int depth,
                              Target &target)
{
    constexpr int MostMerges = 100; // nobody writes so; each costs a look over what is there already
    DecodedNode *known = target.find(field.number());
    const bool isMessage = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    const bool isShown = known || takes(target.message);
    if (!isShown && !isMessage)
        return true;
    DecodedNode node;
    if (known && isMessage && m_merges < MostMerges) {
        ++m_merges;
        node = std::move(*known);
    }
    if (isShown)
        describeField(node, field);
    if (!readValue(field, wire, base, depth, node))
        return false;
    if (known)
        *known = std::move(node);
    else
        append(target, std::move(node));
    return true;
}

bool ProtobufTree::readElement(const FieldDescriptor &field, const Field &wire, qsizetype base, int depth,
                               Target &target)
{
    DecodedNode *known = target.find(field.number());
    if (!known) {
        DecodedNode list;
        describeField(list, field);
        list.kind = field.is_map() ? Kind::Object : Kind::List;
        list.type = field.is_map() ? QStringLiteral("map") : QStringLiteral("repeated ") + list.type;
        append(target, std::move(list));
        known = target.find(field.number());
    }
    DecodedNode unseen;
    DecodedNode &list = known ? *known : unseen;
    if (wire.type != wireTypeOf(field))
        return readPacked(field, wire, base, list);
    const bool isShown = takes(list);
    if (!isShown && field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE)
        return true;
    DecodedNode element;
    if (isShown) {
        element.name = QStringLiteral("[%1]").arg(list.children.size());
        element.type = typeName(field);
    }
    if (field.is_map() ? !readEntry(field, wire, base, depth, element)
                       : !readValue(field, wire, base, depth, element))
        return false;
    append(list, std::move(element));
    return true;
}

bool ProtobufTree::readValue(const FieldDescriptor &field, const Field &wire, qsizetype base, int depth,
                             DecodedNode &node)
{
    node.bytes = {base + wire.begin, base + wire.end};
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        node.kind = Kind::Object;
        return readMessage(*field.message_type(), wire.content, base + wire.contentAt, depth + 1, node);
    }
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
        setNumber(node, field, wire.value);
        return true;
    }
    const QByteArrayView shown = wire.content.first(std::min(wire.content.size(), m_longestText));
    if (field.type() == FieldDescriptor::TYPE_STRING && shown.isValidUtf8()) {
        setLeaf(node, Kind::Text, QString::fromUtf8(shown));
    } else if (field.type() == FieldDescriptor::TYPE_STRING && shown.size() < wire.content.size()) {
        setLeaf(node, Kind::Text, QString::fromUtf8(shown) + u'…'); // cut within a letter
    } else {
        if (field.type() == FieldDescriptor::TYPE_STRING)
            node.type += QStringLiteral(", not UTF-8");
        setLeaf(node, Kind::Text, shortHex(wire.content, ShownBytes));
    }
    return true;
}

bool ProtobufTree::readPacked(const FieldDescriptor &field, const Field &wire, qsizetype base,
                              DecodedNode &list)
{
    const WireCursor::Type type = wireTypeOf(field);
    const auto size = type == WireCursor::Type::Fixed32 ? qsizetype(4) : qsizetype(8);
    for (qsizetype at = 0; at < wire.content.size();) {
        const qsizetype before = at;
        quint64 value = 0;
        if (type == WireCursor::Type::Varint) {
            const auto varint = WireCursor::readVarint(wire.content, at);
            if (!varint)
                return goesWrongAt(base + wire.contentAt + before);
            value = *varint;
        } else {
            if (wire.content.size() - at < size)
                return goesWrongAt(base + wire.contentAt + before);
            for (qsizetype byte = 0; byte < size; ++byte)
                value |= quint64(quint8(wire.content[at + byte])) << (8 * byte);
            at += size;
        }
        if (!takes(list))
            continue;
        DecodedNode element;
        element.name = QStringLiteral("[%1]").arg(list.children.size());
        element.type = typeName(field);
        element.bytes = {base + wire.contentAt + before, base + wire.contentAt + at};
        setNumber(element, field, value);
        append(list, std::move(element));
    }
    return true;
}

// A map is written as a list of messages with a key and a value.
bool ProtobufTree::readEntry(const FieldDescriptor &field, const Field &wire, qsizetype base, int depth,
                             DecodedNode &node)
{
    const FieldDescriptor &keyField = *field.message_type()->map_key();
    const FieldDescriptor &valueField = *field.message_type()->map_value();
    node.bytes = {base + wire.begin, base + wire.end};
    DecodedNode key;
    setLeaf(key, Kind::Text, defaultText(keyField));
    std::optional<Field> value;
    WireCursor cursor(wire.content);
    Field part;
    while (cursor.next(part)) {
        if (part.number == 1 && part.type == wireTypeOf(keyField)) {
            if (!readValue(keyField, part, base + wire.contentAt, depth, key))
                return false;
        } else if (part.number == 2 && part.type == wireTypeOf(valueField)) {
            value = part;
        }
    }
    if (cursor.isBroken())
        return goesWrongAt(base + wire.contentAt + cursor.position());
    node.name = key.text;
    node.type = typeName(valueField);
    // The whole entry is blanked: a value written twice, and what surrounds it, too.
    if (m_masking.isSensitive(key.text)) {
        mask(node, node.bytes);
        return true;
    }
    if (value)
        return readValue(valueField, *value, base + wire.contentAt, depth, node);
    setLeaf(node, kindOf(valueField),
            kindOf(valueField) == Kind::Object ? QString() : defaultText(valueField));
    return true;
}

bool ProtobufTree::readAny(QByteArrayView bytes, qsizetype base, int depth, DecodedNode &node)
{
    QString url;
    QByteArrayView content;
    qsizetype contentAt = base;
    WireCursor cursor(bytes);
    Field wire;
    while (cursor.next(wire)) {
        if (wire.number == 1 && wire.type == WireCursor::Type::Length) {
            url = QString::fromUtf8(wire.content);
        } else if (wire.number == 2 && wire.type == WireCursor::Type::Length) {
            content = wire.content;
            contentAt = base + wire.contentAt;
        }
    }
    if (cursor.isBroken())
        return goesWrongAt(base + cursor.position());
    DecodedNode type;
    type.name = QStringLiteral("@type");
    type.type = QStringLiteral("string");
    setLeaf(type, Kind::Text, url);
    append(node, std::move(type));

    const QString name = url.section(u'/', -1);
    // Not where Any itself is from: that is compiled in, and knows nothing of the files that use it.
    const Descriptor *descriptor = m_ownTypes->FindMessageTypeByName(name.toStdString());
    if (!descriptor && m_types)
        descriptor = m_types->FindMessageTypeByName(name.toStdString());
    if (descriptor) {
        DecodedNode inner;
        if (!readMessage(*descriptor, content, contentAt, depth + 1, inner))
            return false;
        node.type += QStringLiteral(" of ") + name;
        if (inner.kind == Kind::Object) {
            std::move(inner.children.begin(), inner.children.end(), std::back_inserter(node.children));
            return true;
        }
        inner.name = QStringLiteral("value");
        inner.type = name;
        append(node, std::move(inner));
        return true;
    }
    DecodedNode value;
    value.name = QStringLiteral("value");
    value.bytes = {contentAt, contentAt + content.size()};
    GuessedTree guess(m_masking, contents(), m_maximumNodes - m_nodes);
    if (auto guessed = guess.read(content, contentAt)) {
        value.kind = Kind::Object;
        value.children = std::move(guessed->children);
        m_sensitive += guess.sensitive();
        m_nodes += guess.nodes();
        m_missedUnknown = m_missedUnknown || guess.isCut();
        value.type = QStringLiteral("a guess: no file describes %1").arg(name);
    } else {
        value.type = QStringLiteral("bytes: no file describes %1").arg(name);
        setLeaf(value, Kind::Text, shortHex(content, ShownBytes));
    }
    append(node, std::move(value));
    return true;
}

// As GuessedTree would show it.
void ProtobufTree::addUnknown(const Field &wire, qsizetype base, DecodedNode &message)
{
    if (isOutside(message))
        return;
    if (isFull()) {
        m_isCut = true;
        m_missedUnknown = true;
        return;
    }
    GuessedTree guess(m_masking, contents(), m_maximumNodes - m_nodes);
    DecodedNode node = guess.readField(wire, base);
    m_sensitive += guess.sensitive();
    m_nodes += guess.nodes();
    m_missedUnknown = m_missedUnknown || guess.isCut();
    node.type = QStringLiteral("not described, ") + node.type;
    node.number = 0; // another than a described field of this number
    message.children.push_back(std::move(node));
}

void ProtobufTree::addAbsent(const Descriptor &descriptor, Target &target)
{
    for (int index = 0; index < descriptor.field_count(); ++index) {
        const FieldDescriptor &field = *descriptor.field(index);
        if (field.is_repeated() || field.has_presence() || target.find(field.number()))
            continue;
        if (!takes(target.message))
            return;
        DecodedNode node;
        describeField(node, field);
        node.isAbsent = true;
        node.isSensitive = m_masking.isSensitive(field);
        setLeaf(node, node.isSensitive ? Kind::Text : kindOf(field),
                node.isSensitive ? MaskedValue.toString() : defaultText(field));
        append(target, std::move(node));
    }
}

} // namespace desk
