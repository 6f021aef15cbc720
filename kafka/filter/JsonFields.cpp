// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/JsonFields.h"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <string>

namespace desk {
namespace {

// A text is copied, because the parser's own lies in a buffer that it goes on using.
struct Found {
    JsonValue::Kind kind = JsonValue::Kind::Null;
    size_t begin = 0;
    size_t size = 0;
};

struct Member {
    QByteArray name;
    int slot = -1;
    int parent = 0;
};

struct Slot {
    JsonFields::Path path;
    std::vector<Found> found;
    std::vector<JsonValue> values;
};

constexpr int Nowhere = -1;       // below a member nobody asked for
constexpr size_t Deepest = 1'024; // objects and arrays within each other, as QJsonDocument has it

} // namespace

struct JsonFields::Handler {
    using Size = rapidjson::SizeType;

    std::vector<Member> members{{}}; // the first is the document
    std::vector<Slot> slots;
    std::string texts;
    rapidjson::Reader reader;

    // Where the parser is: the member whose value comes next, and those of the objects and arrays around it.
    int current = 0;
    std::vector<int> levels;
    int arrays = 0; // among the levels

    void clear()
    {
        for (Slot &slot : slots)
            slot.found.clear();
        texts.clear();
        levels.clear();
        arrays = 0;
        current = 0;
    }

    [[nodiscard]] int child(int parent, QByteArrayView name) const
    {
        for (size_t index = 1; parent != Nowhere && index < members.size(); ++index) {
            if (members[index].parent == parent && QByteArrayView(members[index].name) == name)
                return int(index);
        }
        return Nowhere;
    }

    // Forgets what an earlier member of the same name held.
    void forget(int member)
    {
        if (members[size_t(member)].slot >= 0)
            slots[size_t(members[size_t(member)].slot)].found.clear();
        for (size_t index = 1; index < members.size(); ++index) {
            if (members[index].parent == member)
                forget(int(index));
        }
    }

    bool put(JsonValue::Kind kind, const char *text = nullptr, Size size = 0)
    {
        if (current == Nowhere || members[size_t(current)].slot < 0)
            return true;
        std::vector<Found> &found = slots[size_t(members[size_t(current)].slot)].found;
        if (found.size() == MaximumValues)
            return true;
        found.push_back({kind, texts.size(), size});
        if (text)
            texts.append(text, size);
        return true;
    }

    bool Null() { return put(JsonValue::Kind::Null); }
    bool Bool(bool value) { return put(value ? JsonValue::Kind::True : JsonValue::Kind::False); }
    bool RawNumber(const char *text, Size size, bool) { return put(JsonValue::Kind::Number, text, size); }
    bool String(const char *text, Size size, bool) { return put(JsonValue::Kind::Text, text, size); }
    // Numbers come as they were written.
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(int64_t) { return false; }
    bool Uint64(uint64_t) { return false; }
    bool Double(double) { return false; }

    bool StartObject()
    {
        put(JsonValue::Kind::Nested);
        levels.push_back(current);
        return levels.size() <= Deepest;
    }
    bool Key(const char *text, Size size, bool)
    {
        current = child(levels.back(), QByteArrayView(text, qsizetype(size)));
        // Members of objects in an array are those of one each.
        if (current != Nowhere && arrays == 0)
            forget(current);
        return true;
    }
    bool EndObject(Size)
    {
        current = levels.back();
        levels.pop_back();
        return true;
    }
    bool StartArray()
    {
        levels.push_back(current); // its elements are values of the same member
        ++arrays;
        return levels.size() <= Deepest;
    }
    bool EndArray(Size)
    {
        --arrays;
        levels.pop_back();
        return true;
    }
};

JsonFields::JsonFields() : m_handler(std::make_unique<Handler>()) { }

JsonFields::~JsonFields() = default;

int JsonFields::add(const Path &path)
{
    int member = 0;
    for (const QByteArray &name : path) {
        int next = m_handler->child(member, name);
        if (next == Nowhere) {
            next = int(m_handler->members.size());
            m_handler->members.push_back({name, -1, member});
        }
        member = next;
    }
    int &slot = m_handler->members[size_t(member)].slot;
    if (slot < 0) {
        slot = int(m_handler->slots.size());
        m_handler->slots.push_back({path, {}, {}});
    }
    return slot;
}

bool JsonFields::isEmpty() const
{
    return m_handler->slots.empty();
}

bool JsonFields::read(QByteArrayView json)
{
    m_handler->clear();
    rapidjson::MemoryStream stream(json.data(), size_t(json.size()));
    constexpr unsigned Flags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
    const bool isJson = !m_handler->reader.Parse<Flags>(stream, *m_handler).IsError();
    if (!isJson)
        m_handler->clear();
    return isJson;
}

const std::vector<JsonValue> &JsonFields::values(int slot)
{
    Slot &asked = m_handler->slots[size_t(slot)];
    asked.values.clear();
    for (const Found &found : asked.found)
        asked.values.push_back(
            {found.kind, QByteArrayView(m_handler->texts.data() + found.begin, qsizetype(found.size))});
    return asked.values;
}

} // namespace desk
