// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"
#include "kafka/decoding/DecodedMessage.h"

namespace desk {

// A message with what was read out of it, whole.
struct ComparedMessage {
    StreamMessage message;
    DecodedMessage decoded;
};

// One line of a comparison: a field, a header, a line of text or sixteen bytes.
struct DifferenceRow {
    enum class Section { Message, Headers, Key, Value };
    enum class Kind {
        Same,
        Changed,
        OnlyLeft,
        OnlyRight,
        MaskedSame,
        MaskedChanged, // that they differ is said, not how
        MaskedUnknown, // nobody knows where in the bytes they stand
    };

    Section section = Section::Message;
    Kind kind = Kind::Same;
    QString name; // "pricing.amount", "lines[3→4].price", "line 12", "00000010"
    QString left; // at most MaximumText characters, from just before the first that differs
    QString right;

    [[nodiscard]] bool isDifferent() const { return kind != Kind::Same && kind != Kind::MaskedSame; }
    friend bool operator==(const DifferenceRow &, const DifferenceRow &) = default;
};

// What two messages differ in, in this order: value, key, headers, place. Values that are both read as fields are compared
// field by field, texts by their lines, anything else by its bytes. What is masked is so on both sides. A value.
struct MessageDifference {
    static constexpr qsizetype MaximumRows = 20'000; // of those that differ; and so many that do not
    static constexpr qsizetype MaximumText = 2'000;

    enum class Manner { Fields, Lines, Bytes };

    Manner manner = Manner::Fields; // of the value
    QList<DifferenceRow> rows;
    qsizetype differences = 0;
    bool isCut = false; // more differs than is listed
};

// Bounded in time and memory for any messages: some seconds for values of many megabytes, so not for the GUI
// thread. Any other.
[[nodiscard]] MessageDifference differenceOf(const ComparedMessage &left, const ComparedMessage &right);

} // namespace desk
