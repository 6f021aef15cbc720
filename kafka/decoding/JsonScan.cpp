// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/decoding/JsonScan.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <QJsonArray>
#include <QJsonDocument>

namespace desk {
namespace {

// Keeps nothing but how deep it is.
class Depth : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Depth>
{
public:
    [[nodiscard]] bool isTooDeep() const { return m_depth > MaximumJsonDepth; }

    bool StartObject() { return ++m_depth <= MaximumJsonDepth; }
    bool StartArray() { return ++m_depth <= MaximumJsonDepth; }
    bool EndObject(rapidjson::SizeType) { return --m_depth >= 0; }
    bool EndArray(rapidjson::SizeType) { return --m_depth >= 0; }

private:
    int m_depth = 0;
};

tl::unexpected<Error> noJson(const QString &why)
{
    return failure(ErrorCode::Format, QStringLiteral("These bytes are no JSON: %1.").arg(why));
}

} // namespace

qsizetype afterBlanks(QByteArrayView json, qsizetype at)
{
    while (at < json.size() && isJsonBlank(json[at]))
        ++at;
    return at;
}

qsizetype afterString(QByteArrayView json, qsizetype at)
{
    for (++at; at < json.size(); ++at) {
        if (json[at] == '\\')
            ++at;
        else if (json[at] == '"')
            return at + 1;
    }
    return json.size();
}

qsizetype afterValue(QByteArrayView json, qsizetype at)
{
    const qsizetype begin = at;
    qsizetype depth = 0;
    while (at < json.size()) {
        const char byte = json[at];
        if (byte == '"') {
            at = afterString(json, at);
            if (depth == 0)
                return at;
            continue;
        }
        if (depth == 0 && (byte == ',' || byte == '}' || byte == ']'))
            break;
        if (byte == '{' || byte == '[')
            ++depth;
        ++at;
        if ((byte == '}' || byte == ']') && --depth == 0)
            return at;
    }
    while (at > begin && isJsonBlank(json[at - 1]))
        --at;
    return at;
}

QString stringOf(QByteArrayView token)
{
    if (token.contains('\\'))
        return QJsonDocument::fromJson('[' + token.toByteArray() + ']').array().at(0).toString();
    return token.size() < 2 ? QString() : QString::fromUtf8(token.sliced(1, token.size() - 2));
}

Expected<> checkJson(QByteArrayView json)
{
    const qsizetype begin = afterBlanks(json, 0);
    if (begin == json.size() || (json[begin] != '{' && json[begin] != '['))
        return noJson(QStringLiteral("they begin neither an object nor an array"));
    constexpr unsigned Flags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag
        | rapidjson::kParseValidateEncodingFlag;
    Depth depth;
    rapidjson::MemoryStream stream(json.data(), size_t(json.size()));
    rapidjson::Reader reader;
    const rapidjson::ParseResult result = reader.Parse<Flags>(stream, depth);
    if (depth.isTooDeep())
        return noJson(QStringLiteral("they nest more than %1 levels deep").arg(MaximumJsonDepth));
    if (result.IsError()) {
        QString why = QString::fromLatin1(rapidjson::GetParseError_En(result.Code()));
        if (why.endsWith(u'.'))
            why.chop(1);
        return noJson(QStringLiteral("%1 (at byte %2)").arg(why).arg(result.Offset()));
    }
    return {};
}

QList<ByteRange> sensitiveValues(QByteArrayView json, const SensitiveNames &names)
{
    QList<ByteRange> values;
    for (qsizetype at = 0; at < json.size();) {
        if (json[at] != '"') {
            ++at;
            continue;
        }
        const qsizetype end = afterString(json, at);
        const qsizetype colon = afterBlanks(json, end);
        const bool isName = colon < json.size() && json[colon] == ':';
        if (!isName || !names.matches(stringOf(json.sliced(at, end - at)))) {
            at = end;
            continue;
        }
        const qsizetype begin = afterBlanks(json, colon + 1);
        at = afterValue(json, begin);
        values.append({begin, at});
    }
    return values;
}

} // namespace desk
