// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/PayloadText.h"

#include "models/schema/SensitiveNames.h"

#include <QJsonDocument>
#include <QStringDecoder>

#include <algorithm>

namespace desk {
namespace {

// Of well-formed JSON.
qsizetype deepestNesting(QByteArrayView json)
{
    qsizetype depth = 0;
    qsizetype deepest = 0;
    bool isText = false;
    for (qsizetype at = 0; at < json.size(); ++at) {
        const char byte = json[at];
        if (isText && byte == '\\')
            ++at;
        else if (byte == '"')
            isText = !isText;
        else if (!isText && (byte == '[' || byte == '{'))
            deepest = std::max(deepest, ++depth);
        else if (!isText && (byte == ']' || byte == '}'))
            --depth;
    }
    return deepest;
}

QList<ByteRange> inOrder(QList<ByteRange> ranges)
{
    std::sort(ranges.begin(), ranges.end(),
              [](const ByteRange &left, const ByteRange &right) { return left.begin < right.begin; });
    return ranges;
}

} // namespace

std::optional<QString> textOfBytes(QByteArrayView bytes)
{
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        if ((value < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || value == 0x7f)
            return {};
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decoder.decode(bytes);
    if (decoder.hasError())
        return {};
    return text;
}

std::optional<QString> textOfJson(const QByteArray &bytes)
{
    constexpr qsizetype Longest = 4 * 1024 * 1024;
    constexpr qsizetype Bearable = 32;
    if (bytes.size() > Longest)
        return {};
    QJsonParseError error;
    const QJsonDocument json = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return {};
    return QString::fromUtf8(deepestNesting(bytes) > Bearable ? bytes : json.toJson(QJsonDocument::Indented));
}

QString shortHex(QByteArrayView bytes, qsizetype maximum)
{
    const QByteArrayView part = bytes.first(std::min(bytes.size(), maximum));
    QString text = QString::fromLatin1(part.toByteArray().toHex(' '));
    if (part.size() < bytes.size())
        text += QStringLiteral(" …");
    return text;
}

QList<ByteRange> mergedRanges(QList<ByteRange> ranges)
{
    QList<ByteRange> merged;
    for (const ByteRange &range : inOrder(std::move(ranges))) {
        if (!merged.isEmpty() && range.begin <= merged.constLast().end)
            merged.last().end = std::max(merged.constLast().end, range.end);
        else
            merged.append(range);
    }
    return merged;
}

QString hexLine(QByteArrayView bytes, qsizetype begin, qsizetype perLine, const QList<ByteRange> &masked)
{
    const QByteArrayView line = bytes.sliced(begin, std::min(perLine, bytes.size() - begin));
    auto range = std::partition_point(masked.cbegin(), masked.cend(),
                                      [begin](const ByteRange &before) { return before.end <= begin; });
    QString characters;
    QString hex = QString::fromLatin1(line.toByteArray().toHex(' '));
    for (qsizetype index = 0; index < line.size(); ++index) {
        const char byte = line[index];
        while (range != masked.cend() && range->end <= begin + index)
            ++range;
        if (range != masked.cend() && range->begin <= begin + index) {
            hex.replace(index * 3, 2, QStringLiteral("••"));
            characters += u'•';
        } else {
            characters += byte >= 0x20 && byte < 0x7f ? QChar(QLatin1Char(byte)) : QChar(u'.');
        }
    }
    return QStringLiteral("%1  %2  %3")
        .arg(begin, 8, 16, QLatin1Char('0'))
        .arg(hex.leftJustified(perLine * 3 - 1), characters);
}

QString hexTable(QByteArrayView bytes, qsizetype maximum, qsizetype perLine, const QList<ByteRange> &masked)
{
    const QByteArrayView part = bytes.first(std::min(bytes.size(), maximum));
    const QList<ByteRange> ranges = mergedRanges(masked);
    QString table;
    table.reserve((part.size() / perLine + 2) * 80);
    for (qsizetype begin = 0; begin < part.size(); begin += perLine)
        table += hexLine(part, begin, perLine, ranges) + u'\n';
    if (part.size() < bytes.size())
        table += QStringLiteral("… %1 more bytes\n").arg(bytes.size() - part.size());
    return table;
}

QByteArray maskedBytes(QByteArrayView bytes, QList<ByteRange> masked, MaskStyle style)
{
    const QByteArray mask = style == MaskStyle::Json ? '"' + MaskedValue.toUtf8() + '"'
                                                     : MaskedValue.toUtf8();
    QByteArray shown;
    qsizetype at = 0;
    for (const ByteRange &range : inOrder(std::move(masked))) {
        const qsizetype begin = std::min(range.begin, bytes.size());
        if (begin >= at) {
            shown += bytes.sliced(at, begin - at);
            shown += mask;
        }
        at = std::max(at, std::min(range.end, bytes.size()));
    }
    shown += bytes.sliced(at);
    return shown;
}

QString shownText(const QByteArray &bytes, const QList<ByteRange> &masked)
{
    const QByteArrayView content = QByteArrayView(bytes).trimmed();
    const bool isJson = content.startsWith('{') || content.startsWith('[');
    QString text = QString::fromUtf8(
        masked.isEmpty() ? bytes : maskedBytes(bytes, masked, isJson ? MaskStyle::Json : MaskStyle::Plain));
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    for (QChar &character : text) {
        if (!character.isPrint() && character != u'\n' && character != u'\t' && !character.isSurrogate())
            character = u'·';
    }
    return text;
}

QString oneLine(QStringView text, qsizetype maximum)
{
    // No more is looked at than can be shown, however long the text is.
    constexpr qsizetype BlanksAllowedFor = 4;
    const QStringView part = text.first(std::min(text.size(), maximum * BlanksAllowedFor));
    QString line = part.toString().simplified();
    if (line.size() > maximum || part.size() < text.size()) {
        line.truncate(maximum);
        if (!line.isEmpty() && line.back().isHighSurrogate())
            line.chop(1);
        line += u'…';
    }
    return line;
}

} // namespace desk
