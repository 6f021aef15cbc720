// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/FilterLexer.h"

#include <array>

namespace desk {
namespace {

constexpr std::array<QStringView, 10> Operators{u"==", u"!=", u"<>", u"<=", u">=",
                                                u"!~", u"=",  u"<",  u">",  u"~"};

class Lexer
{
public:
    explicit Lexer(const QString &text) : m_text(text) { }

    tl::expected<QList<FilterToken>, FilterProblem> tokens()
    {
        while (true) {
            while (m_at < m_text.size() && m_text[m_at].isSpace())
                ++m_at;
            const qsizetype begin = m_at;
            if (begin == m_text.size()) {
                m_tokens.append({FilterToken::Kind::End, begin, 0, {}});
                return std::move(m_tokens);
            }
            if (auto problem = readOne())
                return tl::make_unexpected(*problem);
        }
    }

private:
    std::optional<FilterProblem> readOne()
    {
        switch (m_text[m_at].unicode()) {
        case u'(':
            add(FilterToken::Kind::Open, 1);
            return {};
        case u')':
            add(FilterToken::Kind::Close, 1);
            return {};
        case u',':
            add(FilterToken::Kind::Comma, 1);
            return {};
        case u'"':
            return readQuoted();
        case u'/':
            return readExpression();
        default:
            break;
        }
        if (const qsizetype length = operatorAt(m_at); length > 0) {
            add(FilterToken::Kind::Operator, length);
            QString &sign = m_tokens.last().text;
            if (sign == QLatin1String("=="))
                sign = QStringLiteral("=");
            else if (sign == QLatin1String("<>"))
                sign = QStringLiteral("!=");
            return {};
        }
        readWord();
        return {};
    }

    qsizetype operatorAt(qsizetype position) const
    {
        const QStringView rest = QStringView(m_text).sliced(position);
        for (const QStringView candidate : Operators) {
            if (rest.startsWith(candidate))
                return candidate.size();
        }
        return 0;
    }

    void add(FilterToken::Kind kind, qsizetype length)
    {
        m_tokens.append({kind, m_at, length, m_text.mid(m_at, length)});
        m_at += length;
    }

    void readWord()
    {
        static constexpr QStringView ends = u"(),\"";
        qsizetype end = m_at;
        while (end < m_text.size() && !m_text[end].isSpace() && !ends.contains(m_text[end])
               && operatorAt(end) == 0)
            ++end;
        add(FilterToken::Kind::Word, end - m_at);
    }

    std::optional<FilterProblem> readQuoted()
    {
        const qsizetype begin = m_at;
        QString text;
        for (qsizetype at = begin + 1; at < m_text.size(); ++at) {
            if (m_text[at] == u'"') {
                m_at = at + 1;
                m_tokens.append({FilterToken::Kind::Quoted, begin, m_at - begin, text});
                return {};
            }
            if (m_text[at] == u'\\' && at + 1 < m_text.size()
                && (m_text[at + 1] == u'"' || m_text[at + 1] == u'\\'))
                ++at;
            text += m_text[at];
        }
        return FilterProblem{begin, m_text.size() - begin,
                             QStringLiteral("This text has no end: close it with \".")};
    }

    std::optional<FilterProblem> readExpression()
    {
        const qsizetype begin = m_at;
        QString text;
        for (qsizetype at = begin + 1; at < m_text.size(); ++at) {
            if (m_text[at] == u'/')
                return endExpression(begin, at + 1, text);
            // Only the slash is ours to escape; everything else is the expression's.
            if (m_text[at] == u'\\' && at + 1 < m_text.size()) {
                if (m_text[at + 1] != u'/')
                    text += m_text[at];
                ++at;
            }
            text += m_text[at];
        }
        return FilterProblem{begin, m_text.size() - begin,
                             QStringLiteral("This expression has no end: close it with /, or put quotes "
                                            "around text that begins with /.")};
    }

    std::optional<FilterProblem> endExpression(qsizetype begin, qsizetype at, const QString &text)
    {
        FilterToken token{FilterToken::Kind::Expression, begin, 0, text};
        if (text.isEmpty())
            return FilterProblem{begin, at - begin,
                                 QStringLiteral("Something is expected between the slashes.")};
        if (at < m_text.size() && m_text[at] == u'i') {
            token.sensitivity = Qt::CaseInsensitive;
            ++at;
        }
        if (at < m_text.size() && (m_text[at].isLetterOrNumber() || m_text[at] == u'/'))
            return FilterProblem{
                at, 1,
                QStringLiteral(
                    "Only i (any case) may follow an expression; a slash within it is written \\/.")};
        token.length = at - begin;
        m_tokens.append(token);
        m_at = at;
        return {};
    }

    const QString &m_text;
    qsizetype m_at = 0;
    QList<FilterToken> m_tokens;
};

} // namespace

tl::expected<QList<FilterToken>, FilterProblem> readTokens(const QString &text)
{
    if (text.size() > MaximumFilterLength) {
        return tl::make_unexpected(
            FilterProblem{MaximumFilterLength, text.size() - MaximumFilterLength,
                          QStringLiteral("A filter may have %1 characters.").arg(MaximumFilterLength)});
    }
    return Lexer(text).tokens();
}

} // namespace desk
