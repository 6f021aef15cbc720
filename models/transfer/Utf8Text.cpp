// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/Utf8Text.h"

#include <QStringDecoder>

#include <algorithm>

namespace desk {
namespace {

bool isBetween(quint8 byte, int low, int high)
{
    return byte >= low && byte <= high;
}

// Length of the well-formed sequence at the front, or 0.
qsizetype sequenceLength(const quint8 *at, qsizetype available)
{
    const quint8 lead = at[0];
    if (lead < 0x80)
        return 1;
    const qsizetype length = isBetween(lead, 0xc2, 0xdf) ? 2
        : isBetween(lead, 0xe0, 0xef)                    ? 3
        : isBetween(lead, 0xf0, 0xf4)                    ? 4
                                                         : 0;
    if (length == 0 || length > available)
        return 0;
    // The second byte alone decides overlong forms, surrogates and the end of Unicode.
    const int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (!isBetween(at[1], low, high))
        return 0;
    for (qsizetype index = 2; index < length; ++index) {
        if (!isBetween(at[index], 0x80, 0xbf))
            return 0;
    }
    return length;
}

} // namespace

qsizetype firstMalformedByte(QByteArrayView bytes)
{
    const auto *data = reinterpret_cast<const quint8 *>(bytes.data());
    for (qsizetype index = 0; index < bytes.size();) {
        const qsizetype length = sequenceLength(data + index, bytes.size() - index);
        if (length == 0)
            return index;
        index += length;
    }
    return -1;
}

qint64 characterCount(QByteArrayView bytes)
{
    return std::count_if(bytes.begin(), bytes.end(), [](char byte) { return (quint8(byte) & 0xc0) != 0x80; });
}

QString textFromUtf8(QByteArrayView bytes)
{
    using Flag = QStringConverter::Flag;
    QStringDecoder decoder(QStringDecoder::Utf8, Flag::Stateless | Flag::ConvertInitialBom);
    return decoder.decode(bytes);
}

} // namespace desk
