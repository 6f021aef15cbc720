// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/VisibleTexts.h"

#include "kafka/filter/WireBytes.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <optional>

namespace desk {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int Deepest = 32; // messages within each other

bool isBlank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

bool isWellFormed(const Descriptor &message, QByteArrayView payload, int depth)
{
    WireBytes wire(payload);
    WireBytes::Field field;
    while (!wire.atEnd()) {
        if (!wire.take(field))
            return false;
        if (field.type != WireBytes::Type::Length)
            continue;
        const FieldDescriptor *const known = message.FindFieldByNumber(int(field.number));
        if (known && known->type() == FieldDescriptor::TYPE_MESSAGE
            && (depth == Deepest || !isWellFormed(*known->message_type(), field.bytes, depth + 1)))
            return false;
    }
    return true;
}

// Rewrites JSON token by token, as it stands, but for escapes and sensitive values. What is no JSON comes
// out as no JSON.
class JsonRewriter
{
public:
    JsonRewriter(QByteArrayView json, const FilterMasking &masking, const QList<QByteArray> &sensitive,
                 QByteArray &text)
        : m_json(json)
        , m_masking(masking)
        , m_sensitive(sensitive)
        , m_text(text)
    { }

    void rewrite()
    {
        m_text.resize(0); // keeps its room
        while (m_at < m_json.size()) {
            if (m_json[m_at] == '"')
                takeString();
            else
                m_text += m_json[m_at++];
        }
    }

private:
    qsizetype endOfString(qsizetype from) const
    {
        for (qsizetype at = from + 1; at < m_json.size(); ++at) {
            if (m_json[at] == '\\')
                ++at;
            else if (m_json[at] == '"')
                return at + 1;
        }
        return m_json.size();
    }

    void takeString()
    {
        const qsizetype end = endOfString(m_at);
        const qsizetype begin = m_text.size();
        m_text += '"';
        const qsizetype contentEnd = end - m_at >= 2 && m_json[end - 1] == '"' ? end - 1 : end;
        addUnescaped(m_json.sliced(m_at + 1, std::max<qsizetype>(0, contentEnd - m_at - 1)));
        m_text += '"';
        m_at = end;
        qsizetype colon = m_at;
        while (colon < m_json.size() && isBlank(m_json[colon]))
            ++colon;
        if (colon == m_json.size() || m_json[colon] != ':')
            return;
        const QByteArrayView name = QByteArrayView(m_text).sliced(begin + 1, m_text.size() - begin - 2);
        if (!m_masking.isSensitive(name)
            && std::find(m_sensitive.cbegin(), m_sensitive.cend(), name) == m_sensitive.cend())
            return;
        m_at = colon + 1;
        skipValue();
        m_text += ":\"" + FilterMasking::mask() + '"';
    }

    // Up to what ends the value; a value that does not end takes the rest with it.
    void skipValue()
    {
        qsizetype depth = 0;
        for (; m_at < m_json.size(); ++m_at) {
            const char byte = m_json[m_at];
            if (byte == '"') {
                m_at = endOfString(m_at) - 1;
                continue;
            }
            if (depth == 0 && (byte == ',' || byte == '}' || byte == ']'))
                return;
            if (byte == '{' || byte == '[')
                ++depth;
            else if (byte == '}' || byte == ']')
                --depth;
        }
    }

    void addUnescaped(QByteArrayView content)
    {
        for (qsizetype at = 0; at < content.size(); ++at) {
            if (content[at] != '\\' || at + 1 == content.size()) {
                m_text += content[at];
                continue;
            }
            ++at;
            switch (content[at]) {
            case 'n':
            case 'r':
            case 't':
            case 'b':
            case 'f':
                m_text += ' ';
                break;
            case 'u':
                at = addCharacter(content, at + 1);
                break;
            default:
                m_text += content[at];
            }
        }
    }

    // The four digits behind \u, and those of a second half; gives the place of the last one read.
    qsizetype addCharacter(QByteArrayView content, qsizetype at)
    {
        const auto unit = [&](qsizetype from) -> std::optional<char16_t> {
            if (from + 4 > content.size())
                return {};
            bool isNumber = false;
            const ushort number = content.sliced(from, 4).toByteArray().toUShort(&isNumber, 16);
            return isNumber ? std::optional(char16_t(number)) : std::nullopt;
        };
        const auto first = unit(at);
        if (!first)
            return at - 1;
        QString character{QChar(*first)};
        qsizetype last = at + 3;
        if (QChar::isHighSurrogate(*first) && content.sliced(last + 1).startsWith("\\u")) {
            if (const auto second = unit(last + 3)) {
                character += QChar(*second);
                last += 6;
            }
        }
        m_text += character.toUtf8();
        return last;
    }

    QByteArrayView m_json;
    const FilterMasking &m_masking;
    const QList<QByteArray> &m_sensitive;
    QByteArray &m_text;
    qsizetype m_at = 0;
};

} // namespace

bool VisibleTexts::looksLikeJson(QByteArrayView bytes)
{
    for (const char byte : bytes) {
        if (!isBlank(byte))
            return byte == '{' || byte == '[';
    }
    return false;
}

bool VisibleTexts::isInProtobuf(TextMatcher &matcher, const Descriptor &message, QByteArrayView payload) const
{
    // What is not in the bytes at all is in no text of them.
    if (!matcher.isExpression() && !matcher.isIn(payload) && !matcher.isIn(FilterMasking::mask()))
        return false;
    const bool canBeSensitive = m_masking.canBeSensitive(message);
    if (!isWellFormed(message, payload, 0))
        return !canBeSensitive && matcher.isIn(payload);
    return isInMessage(matcher, message, payload, 0);
}

bool VisibleTexts::isInMessage(TextMatcher &matcher, const Descriptor &message, QByteArrayView payload,
                               int depth) const
{
    WireBytes wire(payload);
    WireBytes::Field field;
    while (!wire.atEnd() && wire.take(field)) {
        const FieldDescriptor *const known = message.FindFieldByNumber(int(field.number));
        if (!known)
            continue; // nobody knows whether it is text
        if (m_masking.isSensitive(*known)) {
            if (matcher.isIn(FilterMasking::mask()))
                return true;
            continue;
        }
        if (field.type != WireBytes::Type::Length)
            continue;
        const bool isText = known->type() == FieldDescriptor::TYPE_STRING
            || known->type() == FieldDescriptor::TYPE_BYTES;
        if (isText && matcher.isIn(field.bytes))
            return true;
        if (known->type() == FieldDescriptor::TYPE_MESSAGE && depth < Deepest
            && isInMessage(matcher, *known->message_type(), field.bytes, depth + 1))
            return true;
    }
    return false;
}

QByteArrayView VisibleTexts::ofJson(QByteArrayView json, const QList<QByteArray> &sensitive)
{
    JsonRewriter(json, m_masking, sensitive, m_json).rewrite();
    return m_json;
}

bool VisibleTexts::isInJson(TextMatcher &matcher, QByteArrayView json, const QList<QByteArray> &sensitive)
{
    const bool isAsWritten = !matcher.isExpression() && !json.contains('\\');
    if (isAsWritten && !matcher.isIn(json) && !matcher.isIn(FilterMasking::mask()))
        return false;
    return matcher.isIn(ofJson(json, sensitive));
}

} // namespace desk
