// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/SchemaFrame.h"
#include "tests/fuzz/CodecProperties.h"
#include "tests/fuzz/Property.h"

#include <QtEndian>

using namespace desk;
using namespace desk::fuzz;

namespace {

void checkFrame(QByteArrayView bytes)
{
    const Expected<FramedPayload> framed = readFrame(bytes);
    if (!framed) {
        require(framed.error().code == ErrorCode::Format, "a refusal says what kind it is");
        requireSentence(framed.error().sentence);
        return;
    }
    const SchemaFrame &frame = framed->frame;
    require(frame.schemaId >= 0 && !frame.messageIndexes.isEmpty() && frame.messageIndexes.size() <= 32,
            "a frame has an id and a way of bearable length");
    require(framed->payload.end() == bytes.end() && framed->payload.begin() >= bytes.begin(),
            "the payload is the end of the message");
    // Not the same bytes: the first message's way has two forms, and a varint as many as five.
    const QByteArray written = frame.toBytes();
    require(written.size() <= bytes.size() - framed->payload.size(), "no frame is written longer than read");
    const Expected<FramedPayload> again = readFrame(written);
    require(!again || again->payload.isEmpty(), "a frame holds no payload");
    require(again && again->frame == frame, "a frame is read back as it was written");
}

// Frames of the bytes' own numbers.
void checkWriting(QByteArrayView bytes)
{
    SchemaFrame frame;
    frame.messageIndexes.clear();
    for (qsizetype at = 0; at + 4 <= bytes.size() && frame.messageIndexes.size() < 32; at += 4) {
        const auto number = qint32(qFromBigEndian<quint32>(bytes.data() + at) & 0x7fffffff);
        if (at == 0)
            frame.schemaId = number;
        else
            frame.messageIndexes.append(number >> (bytes[at] & 31));
    }
    if (frame.messageIndexes.isEmpty())
        frame.messageIndexes = {0};
    const QByteArray written = frame.toBytes() + bytes.toByteArray();
    const Expected<FramedPayload> framed = readFrame(written);
    require(framed && framed->frame == frame && framed->payload == bytes,
            "a framed payload is read back as it was written");
}

} // namespace

// The first byte chooses what becomes of the rest.
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const QString topic = QStringLiteral("order-events");
    Input input(data, size);
    switch (input.choice(4)) {
    case 0:
        checkFrame(input.rest());
        break;
    case 1:
        checkWriting(input.rest());
        break;
    case 2:
        checkMessage(topic, {}, input.rest());
        break;
    case 3:
        checkIngest(topic, {}, input.rest());
        break;
    }
    return 0;
}
