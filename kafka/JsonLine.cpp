// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/JsonLine.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace desk {
namespace {

// Walks over the bytes, token by token; never past their end.
class Walker
{
public:
    // A line shows the beginning, so no more than the beginning is walked over.
    Walker(QByteArrayView json, qsizetype maximum)
        : m_json(json.first(std::min(json.size(), Longest * maximum)))
        , m_maximum(maximum)
        , m_isCut(m_json.size() < json.size())
    { }

    QString line()
    {
        while (m_at < m_json.size() && m_line.size() < m_maximum) {
            const char byte = m_json[m_at];
            if (isBlank(byte)) {
                ++m_at;
            } else if (byte == '"') {
                takeString();
            } else {
                m_line += byte;
                ++m_at;
                if (byte == ',')
                    m_line += ' ';
            }
        }
        skipBlanks();
        QString text = QString::fromUtf8(m_line);
        if (m_isCut || m_at < m_json.size())
            text += u'…';
        return text;
    }

private:
    static bool isBlank(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

    void skipBlanks()
    {
        while (m_at < m_json.size() && isBlank(m_json[m_at]))
            ++m_at;
    }

    // From an opening quote to past the closing one.
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

    // What a reader takes the string for: "pass\u0077ord" is a name like any other.
    static QString nameOf(QByteArrayView token)
    {
        if (token.contains('\\'))
            return QJsonDocument::fromJson('[' + token.toByteArray() + ']').array().at(0).toString();
        return token.size() < 2 ? QString() : QString::fromUtf8(token.sliced(1, token.size() - 2));
    }

    // A name is a string with a colon behind it.
    void takeString()
    {
        const qsizetype end = endOfString(m_at);
        const QByteArrayView token = m_json.sliced(m_at, end - m_at);
        m_at = end;
        skipBlanks();
        const bool isName = m_at < m_json.size() && m_json[m_at] == ':';
        if (!isName) {
            const qsizetype room = std::max<qsizetype>(0, m_maximum - m_line.size());
            m_line += token.first(std::min(token.size(), room));
            return;
        }
        m_line += token.first(std::min(token.size(), m_maximum));
        m_line += ": ";
        ++m_at;
        if (!isSensitiveName(nameOf(token)))
            return;
        skipBlanks();
        skipValue();
        m_line += '"' + MaskedValue.toUtf8() + '"';
    }

    void skipValue()
    {
        qsizetype depth = 0;
        while (m_at < m_json.size()) {
            const char byte = m_json[m_at];
            if (byte == '"') {
                m_at = endOfString(m_at);
                if (depth == 0)
                    return;
                continue;
            }
            if (depth == 0 && (byte == ',' || byte == '}' || byte == ']'))
                return;
            if (byte == '{' || byte == '[')
                ++depth;
            ++m_at;
            if ((byte == '}' || byte == ']') && --depth == 0)
                return;
        }
    }

    static constexpr qsizetype Longest = 64; // bytes looked at for each that is shown

    QByteArrayView m_json;
    qsizetype m_maximum;
    bool m_isCut;
    qsizetype m_at = 0;
    QByteArray m_line;
};

} // namespace

bool isSensitiveName(QStringView name)
{
    static constexpr std::array<QStringView, 9> Patterns{u"password", u"passwd",      u"secret",
                                                         u"token",    u"cvv",         u"card_num",
                                                         u"cardnum",  u"card_number", u"api_key"};
    return std::any_of(Patterns.begin(), Patterns.end(),
                       [name](QStringView pattern) { return name.contains(pattern, Qt::CaseInsensitive); });
}

QString jsonLine(QByteArrayView json, qsizetype maximum)
{
    return Walker(json, maximum).line();
}

} // namespace desk
