// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/WireFields.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/wire_format_lite.h>

#include <algorithm>

namespace desk {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;

WireBytes::Type wireType(const FieldDescriptor &field)
{
    return WireBytes::Type(
        WireFormatLite::WireTypeForFieldType(WireFormatLite::FieldType(int(field.type()))));
}

// An enumeration of proto2 has no values but its own; others are as if they were unknown fields.
bool isKnownValue(const FieldDescriptor &field, quint64 bits)
{
    return field.type() != FieldDescriptor::TYPE_ENUM
        || field.file()->syntax() != google::protobuf::FileDescriptor::SYNTAX_PROTO2
        || field.enum_type()->FindValueByNumber(int(bits));
}

} // namespace

WireFields::WireFields()
{
    static_cast<void>(newNode());
}

int WireFields::newNode()
{
    m_nodes.emplace_back().byNumber.fill(-1);
    return int(m_nodes.size()) - 1;
}

WireFields::Edge &WireFields::edge(int node, const FieldDescriptor &field)
{
    std::vector<Edge> &edges = m_nodes[size_t(node)].edges;
    const auto known = std::find_if(edges.begin(), edges.end(),
                                    [&](const Edge &edge) { return edge.field == &field; });
    if (known != edges.end())
        return *known;
    auto &byNumber = m_nodes[size_t(node)].byNumber;
    if (size_t(field.number()) < byNumber.size() && edges.size() < 100)
        byNumber[size_t(field.number())] = qint8(edges.size());
    return edges.emplace_back(Edge{&field});
}

const WireFields::Edge *WireFields::find(const Node &node, quint32 number) const
{
    if (number < node.byNumber.size()) {
        const qint8 index = node.byNumber[number];
        if (index >= 0)
            return &node.edges[size_t(index)];
        if (node.edges.size() <= 100)
            return nullptr;
    }
    const auto found = std::find_if(node.edges.begin(), node.edges.end(), [&](const Edge &edge) {
        return quint32(edge.field->number()) == number;
    });
    return found == node.edges.end() ? nullptr : &*found;
}

int WireFields::add(const Path &path)
{
    const auto known = std::find_if(m_slots.begin(), m_slots.end(),
                                    [&](const Slot &slot) { return slot.path == path; });
    if (known != m_slots.end())
        return int(known - m_slots.begin());
    const int slot = int(m_slots.size());
    m_slots.emplace_back().path = path;
    int node = 0;
    m_nodes[0].slotsWithin.push_back(slot);
    for (qsizetype index = 0; index + 1 < path.size(); ++index) {
        int next = edge(node, *path[index]).node;
        if (next < 0) {
            next = newNode(); // before the edge is looked at: nodes move
            edge(node, *path[index]).node = next;
        }
        node = next;
        m_nodes[size_t(node)].slotsWithin.push_back(slot);
    }
    edge(node, *path.last()).slot = slot;
    findRivals();
    return slot;
}

void WireFields::addSlots(const Edge &edge, std::vector<int> &slotsOf) const
{
    if (edge.slot >= 0)
        slotsOf.push_back(edge.slot);
    if (edge.node >= 0) {
        const Node &node = m_nodes[size_t(edge.node)];
        slotsOf.insert(slotsOf.end(), node.slotsWithin.begin(), node.slotsWithin.end());
    }
}

void WireFields::findRivals()
{
    for (size_t node = 0; node < m_nodes.size(); ++node) {
        // Members nobody asked for put out the others all the same, so they are looked for as well.
        for (size_t index = 0; index < m_nodes[node].edges.size(); ++index) {
            const auto *oneof = m_nodes[node].edges[index].field->real_containing_oneof();
            for (int member = 0; oneof && member < oneof->field_count(); ++member)
                static_cast<void>(edge(int(node), *oneof->field(member)));
        }
        for (Edge &one : m_nodes[node].edges) {
            const auto *oneof = one.field->real_containing_oneof();
            one.rivals.clear();
            for (const Edge &other : m_nodes[node].edges) {
                if (oneof && &other != &one && other.field->real_containing_oneof() == oneof)
                    addSlots(other, one.rivals);
            }
        }
    }
}

bool WireFields::read(QByteArrayView payload, Absent absent)
{
    for (Slot &slot : m_slots) {
        slot.values.clear();
        slot.begin = 0;
    }
    if (readMessage(m_nodes.front(), payload, absent))
        return true;
    for (Slot &slot : m_slots)
        slot.values.clear();
    return false;
}

bool WireFields::readMessage(const Node &node, QByteArrayView bytes, Absent absent)
{
    WireBytes wire(bytes);
    WireBytes::Field field;
    while (!wire.atEnd()) {
        if (!wire.take(field))
            return false;
        const Edge *const edge = find(node, field.number);
        if (edge && !readField(*edge, field, absent))
            return false;
    }
    if (absent == Absent::HasStartValue)
        addStartValues(node);
    return true;
}

bool WireFields::readField(const Edge &edge, const WireBytes::Field &field, Absent absent)
{
    const FieldDescriptor &description = *edge.field;
    if (field.type != wireType(description)) {
        const bool isPacked = description.is_packable() && field.type == WireBytes::Type::Length;
        return !isPacked || readPacked(edge, field.bytes); // else a field of another type: unknown
    }
    if (field.type == WireBytes::Type::GroupBegin || !isKnownValue(description, field.bits))
        return true;
    for (const int rival : edge.rivals)
        m_slots[size_t(rival)].values.resize(m_slots[size_t(rival)].begin);
    if (edge.slot >= 0)
        put(edge,
            {.bits = field.bits,
             .bytes = field.type == WireBytes::Type::Length ? field.bytes : QByteArrayView()});
    if (edge.node < 0)
        return true;
    const Node &node = m_nodes[size_t(edge.node)];
    if (description.is_repeated()) {
        for (const int slot : node.slotsWithin)
            m_slots[size_t(slot)].begin = m_slots[size_t(slot)].values.size();
    }
    return readMessage(node, field.bytes, absent);
}

bool WireFields::readPacked(const Edge &edge, QByteArrayView bytes)
{
    WireBytes wire(bytes);
    while (!wire.atEnd()) {
        quint64 bits = 0;
        bool isTaken = false;
        switch (wireType(*edge.field)) {
        case WireBytes::Type::Varint:
            isTaken = wire.takeVarint(bits);
            break;
        case WireBytes::Type::Fixed32:
            isTaken = wire.takeFixed<quint32>(bits);
            break;
        default:
            isTaken = wire.takeFixed<quint64>(bits);
        }
        if (!isTaken)
            return false;
        if (edge.slot >= 0 && isKnownValue(*edge.field, bits))
            put(edge, {.bits = bits});
    }
    return true;
}

void WireFields::put(const Edge &edge, const WireValue &value)
{
    Slot &slot = m_slots[size_t(edge.slot)];
    if (!edge.field->is_repeated() && slot.values.size() > slot.begin)
        slot.values.back() = value;
    else if (slot.values.size() < MaximumValues)
        slot.values.push_back(value);
}

void WireFields::addStartValues(const Node &node)
{
    for (const Edge &edge : node.edges) {
        if (edge.slot < 0 || edge.field->is_repeated() || edge.field->has_presence())
            continue;
        const Slot &slot = m_slots[size_t(edge.slot)];
        if (slot.values.size() == slot.begin)
            put(edge, {.isOnWire = false});
    }
}

} // namespace desk
