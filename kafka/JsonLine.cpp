// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/JsonLine.h"

#include "kafka/decoding/JsonScan.h"

#include <algorithm>

namespace desk {
namespace {

// Walks over the bytes, token by token; never past their end.
class Walker
{
public:
    // A line shows the beginning, so no more than the beginning is walked over.
    Walker(QByteArrayView json, qsizetype maximum, const SensitiveNames &names)
        : m_json(json.first(std::min(json.size(), Longest * maximum)))
        , m_maximum(maximum)
        , m_names(names)
        , m_isCut(m_json.size() < json.size())
    { }

    QString line()
    {
        while (m_at < m_json.size() && m_line.size() < m_maximum) {
            const char byte = m_json[m_at];
            if (isJsonBlank(byte)) {
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
        // JSON has none in its strings; what only begins like JSON may.
        std::replace_if(
            text.begin(), text.end(), [](QChar character) { return character < u' '; }, u' ');
        if (m_isCut || m_at < m_json.size())
            text += u'…';
        return text;
    }

private:
    void skipBlanks() { m_at = afterBlanks(m_json, m_at); }

    // A name is a string with a colon behind it.
    void takeString()
    {
        const qsizetype end = afterString(m_json, m_at);
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
        if (!m_names.matches(stringOf(token)))
            return;
        skipBlanks();
        m_at = afterValue(m_json, m_at);
        m_line += '"' + MaskedValue.toUtf8() + '"';
    }

    static constexpr qsizetype Longest = 64; // bytes looked at for each that is shown

    QByteArrayView m_json;
    qsizetype m_maximum;
    const SensitiveNames &m_names;
    bool m_isCut;
    qsizetype m_at = 0;
    QByteArray m_line;
};

} // namespace

QString jsonLine(QByteArrayView json, qsizetype maximum, const SensitiveNames &names)
{
    return Walker(json, maximum, names).line();
}

} // namespace desk
