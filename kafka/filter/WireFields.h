// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/filter/WireBytes.h"

#include <QList>

#include <array>
#include <vector>

namespace google::protobuf {
class FieldDescriptor;
} // namespace google::protobuf

namespace desk {

// A value as it stands on the wire: what the field's type makes of it is the caller's business.
struct WireValue {
    quint64 bits = 0;     // numbers; 32-bit ones in the lower half
    QByteArrayView bytes; // texts, bytes, messages; looks into the payload
    bool isOnWire = true; // false: the type's start value, because the payload says nothing
};

// Reads a few chosen fields of one message type straight off the wire, in one pass and without building the
// message: as protobuf's own readers have it, the last value of a single field counts, one member of a oneof
// puts out the others, lists come packed or not. Made once per topic, used for every message of it; keeps its
// room, so reading allocates nothing after the first messages. One thread; the descriptors outlive it.
class WireFields
{
public:
    using Path = QList<const google::protobuf::FieldDescriptor *>; // from the message down
    // Whether a single field without presence (proto3, not optional) that is not on the wire has its type's
    // start value, or no value.
    enum class Absent { HasStartValue, HasNone };

    static constexpr size_t MaximumValues = 100'000; // of one field; more are not looked at

    WireFields();

    // The place of the field's values; the same for the same path.
    int add(const Path &path);
    [[nodiscard]] bool isEmpty() const { return m_slots.empty(); }

    // False if the bytes are no protobuf; then there are no values.
    [[nodiscard]] bool read(QByteArrayView payload, Absent absent);
    // All of a repeated field, or of a field within one; else one or none.
    [[nodiscard]] const std::vector<WireValue> &values(int slot) const
    {
        return m_slots[size_t(slot)].values;
    }

private:
    struct Edge {
        const google::protobuf::FieldDescriptor *field = nullptr;
        int slot = -1;           // its values are wanted
        int node = -1;           // it is a message of which fields are wanted
        std::vector<int> rivals; // slots of the other members of its oneof
    };
    struct Node {
        std::vector<Edge> edges;
        std::vector<int> slotsWithin; // of this message, however deep
        std::array<qint8, 64> byNumber{};
    };
    struct Slot {
        Path path;
        std::vector<WireValue> values;
        size_t begin = 0; // of the message that is being read, where messages repeat
    };

    [[nodiscard]] int newNode();
    [[nodiscard]] Edge &edge(int node, const google::protobuf::FieldDescriptor &field);
    [[nodiscard]] const Edge *find(const Node &node, quint32 number) const;
    void findRivals();
    void addSlots(const Edge &edge, std::vector<int> &slotsOf) const;
    [[nodiscard]] bool readMessage(const Node &node, QByteArrayView bytes, Absent absent);
    [[nodiscard]] bool readField(const Edge &edge, const WireBytes::Field &field, Absent absent);
    [[nodiscard]] bool readPacked(const Edge &edge, QByteArrayView bytes);
    void put(const Edge &edge, const WireValue &value);
    void addStartValues(const Node &node);

    std::vector<Node> m_nodes; // the first is the message itself
    std::vector<Slot> m_slots;
};

} // namespace desk
