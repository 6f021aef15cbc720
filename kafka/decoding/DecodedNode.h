// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <vector>

namespace desk {

// So many bytes of a key or a value, from its first byte. Empty where `begin` is -1: not known.
struct ByteRange {
    qsizetype begin = -1;
    qsizetype end = -1;

    friend bool operator==(const ByteRange &, const ByteRange &) = default;
};

// One value of a decoded message and what is in it: a field of a protobuf message, a member of a JSON object,
// an element of a list. What is sensitive is masked: it holds no trace of the value, not even its children.
// A value; free to copy between threads.
struct DecodedNode {
    enum class Kind {
        Object, // children by name
        List,   // children in order
        Text,   // of any type that JSON has no word for, too
        Number, // `text` is as JSON writes it
        Boolean,
        Null,
    };

    Kind kind = Kind::Object;
    QString name;   // of the field as its description has it, or its number; "[3]" in a list
    QString label;  // the operator's word, where there is one
    QString type;   // "int32", "shop.Price", "a guess: text", …; empty for JSON, which shows it
    int number = 0; // of a protobuf field; 0: none
    QString text;   // of a value without children
    bool isSensitive = false;
    bool isAbsent = false; // not in the bytes: the value a reader takes for it
    ByteRange bytes;       // what it is written in, without its name or number
    std::vector<DecodedNode> children;

    [[nodiscard]] bool hasChildren() const { return !children.empty(); }
};

// Where a node stands: which child of the root, which of that, and so on.
using NodePath = QList<int>;

// Null: there is no such node.
[[nodiscard]] const DecodedNode *nodeAt(const DecodedNode &root, const NodePath &path);
// "pricing.amount", "lines[3].price": for people and the journal.
[[nodiscard]] QString pathText(const DecodedNode &root, const NodePath &path);
// "quantity 3 · status SHIPPED · …": the first of what the message holds, in one line.
[[nodiscard]] QString summaryOf(const DecodedNode &root, qsizetype maximum);
// Indented JSON, names and order as in the tree, what is masked as text. Stops after about so many characters
// with "…".
[[nodiscard]] QString jsonText(const DecodedNode &root, qsizetype maximum = 4 * 1024 * 1024);
// The same on one line, without blanks, and all of it.
[[nodiscard]] QString compactJson(const DecodedNode &root);
// A text as JSON writes it, with its quotes.
[[nodiscard]] QString jsonQuoted(QStringView text);

} // namespace desk
