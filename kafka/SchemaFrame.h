// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"

#include <QByteArray>
#include <QList>

namespace desk {

// What stands before a payload whose schema is kept in a registry, in Confluent's wire format for protobuf:
// a zero byte, the schema's id (4 bytes, big endian), then the way to the message within the schema's file:
// how many indexes, and each of them, as zigzag varints. The way to the first message, 1 and 0, is written
// as a single 0. A value; any thread.
// https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/#wire-format
struct SchemaFrame {
    qint32 schemaId = 0;
    // From the top: the message's place among the file's, then among the messages nested in that one.
    QList<int> messageIndexes{0};

    [[nodiscard]] QByteArray toBytes() const;

    friend bool operator==(const SchemaFrame &, const SchemaFrame &) = default;
};

struct FramedPayload {
    SchemaFrame frame;
    QByteArrayView payload; // looks into the bytes that were read
};

// Takes any bytes, in time and memory that do not depend on what they claim. Reads the first message's way
// both as a single 0 and written out. Format with a sentence if there is no frame.
[[nodiscard]] Expected<FramedPayload> readFrame(QByteArrayView bytes);

} // namespace desk
