// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/SchemaFrame.h"

#include <QtEndian>

#include <optional>

namespace desk {
namespace {

constexpr qsizetype IndexesBegin = 5; // past the zero byte and the id
constexpr int LongestVarint = 5;      // bytes of 32 bits
constexpr qint32 DeepestNesting = 32; // protoc allows more; nobody writes it

void writeVarint(QByteArray &bytes, qint32 value)
{
    quint32 rest = (quint32(value) << 1) ^ quint32(value >> 31);
    for (; rest >= 0x80; rest >>= 7)
        bytes += char(rest | 0x80);
    bytes += char(rest);
}

// Moves `position` past the varint. Empty if it does not end or has more than 32 bits.
std::optional<qint32> readVarint(QByteArrayView bytes, qsizetype &position)
{
    quint64 zigzag = 0;
    for (int index = 0; index < LongestVarint && position < bytes.size(); ++index) {
        const quint8 byte = quint8(bytes[position++]);
        zigzag |= quint64(byte & 0x7f) << (7 * index);
        if (byte & 0x80)
            continue;
        if (zigzag > std::numeric_limits<quint32>::max())
            return {};
        return qint32(quint32(zigzag >> 1) ^ -quint32(zigzag & 1));
    }
    return {};
}

tl::unexpected<Error> noFrame(const QString &why)
{
    return failure(ErrorCode::Format, QStringLiteral("The message has no schema frame: %1.").arg(why));
}

} // namespace

QByteArray SchemaFrame::toBytes() const
{
    QByteArray bytes(IndexesBegin, '\0');
    qToBigEndian(schemaId, bytes.data() + 1);
    if (messageIndexes == QList{0}) {
        bytes += '\0';
        return bytes;
    }
    writeVarint(bytes, qint32(messageIndexes.size()));
    for (const int index : messageIndexes)
        writeVarint(bytes, index);
    return bytes;
}

Expected<FramedPayload> readFrame(QByteArrayView bytes)
{
    if (bytes.size() <= IndexesBegin)
        return noFrame(QStringLiteral("it is too short"));
    if (bytes[0] != 0)
        return noFrame(QStringLiteral("its first byte is not 0"));
    FramedPayload framed;
    framed.frame.schemaId = qFromBigEndian<qint32>(bytes.data() + 1);
    if (framed.frame.schemaId < 0)
        return noFrame(QStringLiteral("its schema id is negative"));

    qsizetype position = IndexesBegin;
    const std::optional<qint32> count = readVarint(bytes, position);
    if (!count || *count < 0 || *count > DeepestNesting)
        return noFrame(QStringLiteral("its message indexes cannot be read"));
    if (*count > 0)
        framed.frame.messageIndexes.clear();
    for (qint32 read = 0; read < *count; ++read) {
        const std::optional<qint32> index = readVarint(bytes, position);
        if (!index || *index < 0)
            return noFrame(QStringLiteral("its message indexes cannot be read"));
        framed.frame.messageIndexes.append(*index);
    }
    framed.payload = bytes.sliced(position);
    return framed;
}

} // namespace desk
