// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QList>

#include <memory>
#include <vector>

namespace desk {

// A value of a JSON document: numbers with the digits they were written with.
struct JsonValue {
    enum class Kind { Text, Number, True, False, Null, Nested };
    Kind kind = Kind::Null;
    QByteArrayView text; // of Text (UTF-8, escapes resolved) and Number
};

// Reads a few chosen members of JSON documents in one pass, without building them: of members that are there
// twice the last counts, and an array stands for each of its elements. Made once, used for many documents;
// keeps its room. Takes any bytes; what nests deeper than 1,024 is no JSON to it. One thread.
class JsonFields
{
public:
    using Path = QList<QByteArray>; // names from the outermost object down, UTF-8

    static constexpr size_t MaximumValues = 100'000; // of one member; more are not looked at

    JsonFields();
    ~JsonFields();

    // The place of the member's values.
    int add(const Path &path);
    [[nodiscard]] bool isEmpty() const;

    // False if the bytes are no JSON; then there are no values.
    [[nodiscard]] bool read(QByteArrayView json);
    [[nodiscard]] const std::vector<JsonValue> &values(int slot);

private:
    struct Handler;
    std::unique_ptr<Handler> m_handler;
};

} // namespace desk
