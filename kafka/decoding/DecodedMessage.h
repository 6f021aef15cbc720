// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/DecodedNode.h"
#include "models/workspace/DecodingSettings.h"

#include <algorithm>

namespace desk {

// A way of reading that was tried, and why it did not do.
struct DecodingAttempt {
    PayloadFormat format = PayloadFormat::Automatic;
    QString reason; // a sentence

    friend bool operator==(const DecodingAttempt &, const DecodingAttempt &) = default;
};

// A key or a value made readable. A value.
struct DecodedPart {
    PayloadFormat format = PayloadFormat::Automatic; // what it was read as
    QString kind;           // "Product", "Order", "JSON", "integer", "text", "bytes", …
    QString decoder;        // by what: "entity product", "schema 42: mart.Order"; empty for the obvious
    QString summary;        // one line, at most about 200 characters
    QString problem;        // why it could not be read as it should be, or empty
    bool isWaiting = false; // for a schema that is being fetched: decode again later
    DecodedNode root;       // from here on only with Depth::Whole
    QList<DecodingAttempt> attempts; // those before the one that did
    QList<ByteRange> sensitive;      // what of the bytes is not to be shown
    QString withheld;                // why none of the bytes are to be shown, or empty
};

// Read, or not read, by a schema that may come later.
[[nodiscard]] inline bool dependsOnSchemas(const DecodedPart &part)
{
    return part.isWaiting
        || std::any_of(part.attempts.cbegin(), part.attempts.cend(), [](const DecodingAttempt &attempt) {
               return attempt.format == PayloadFormat::Registry || attempt.format == PayloadFormat::ProtoFile;
           });
}

// A message made readable: what the table's summary and the detail show. A value.
struct DecodedMessage {
    QString kind;      // of the value; "tombstone" where there is none, "empty" where it has no bytes
    QString operation; // "add", "update", "delete", "get", "list", or empty
    QString summary;   // one line, at most about 200 characters
    QString entity;    // the entity it is about, or empty
    QString recordId;
    bool isStreamOnly = false;                 // the entity keeps no records that could be shown
    QList<std::pair<QString, QString>> fields; // label, text; sensitive ones masked
    QString problem;                           // why it could not be decoded as it should, or empty
    DecodedPart key;
    DecodedPart value;
    QList<std::pair<QString, QString>> headers; // name, text; sensitive ones masked
};

} // namespace desk
