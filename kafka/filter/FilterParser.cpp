// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/filter/FilterLexer.h"

#include <QRegularExpression>

#include <array>
#include <optional>

namespace desk {
namespace {

using Kind = FilterToken::Kind;
using Parsed = tl::expected<FilterNode, FilterProblem>;

struct NamedSubject {
    QStringView name;
    FilterSubject::Kind kind;
};
constexpr std::array<NamedSubject, 8> NamedSubjects{{{u"key", FilterSubject::Kind::Key},
                                                     {u"value", FilterSubject::Kind::Value},
                                                     {u"topic", FilterSubject::Kind::Topic},
                                                     {u"partition", FilterSubject::Kind::Partition},
                                                     {u"offset", FilterSubject::Kind::Offset},
                                                     {u"time", FilterSubject::Kind::Time},
                                                     {u"size", FilterSubject::Kind::Size},
                                                     {u"operation", FilterSubject::Kind::Operation}}};

std::optional<FilterOperator> operatorOf(const QString &sign)
{
    static const QHash<QString, FilterOperator> operators{
        {QStringLiteral("="), FilterOperator::Equal},
        {QStringLiteral("!="), FilterOperator::NotEqual},
        {QStringLiteral("<"), FilterOperator::Less},
        {QStringLiteral("<="), FilterOperator::LessOrEqual},
        {QStringLiteral(">"), FilterOperator::Greater},
        {QStringLiteral(">="), FilterOperator::GreaterOrEqual},
        {QStringLiteral("~"), FilterOperator::Holds},
        {QStringLiteral("!~"), FilterOperator::HoldsNot},
    };
    const auto found = operators.constFind(sign);
    return found == operators.cend() ? std::nullopt : std::optional(*found);
}

bool isNumber(FilterSubject::Kind kind)
{
    return kind == FilterSubject::Kind::Partition || kind == FilterSubject::Kind::Offset
        || kind == FilterSubject::Kind::Size;
}

tl::unexpected<FilterProblem> problemAt(const FilterToken &token, const QString &sentence)
{
    return tl::make_unexpected(FilterProblem{token.position, token.length, sentence});
}

QString named(const FilterToken &token)
{
    return token.kind == Kind::End ? QStringLiteral("the end") : QStringLiteral("“%1”").arg(token.text);
}

class Parser
{
public:
    Parser(const QList<FilterToken> &tokens, const QDateTime &now) : m_tokens(tokens), m_now(now) { }

    Parsed parse()
    {
        if (peek().kind == Kind::End)
            return FilterNode();
        Parsed whole = parseOr();
        if (!whole || peek().kind == Kind::End)
            return whole;
        // Everything else that can stand there has been read.
        if (peek().kind == Kind::Close)
            return problemAt(peek(), QStringLiteral("There is no ( that this closes."));
        return problemAt(peek(),
                         QStringLiteral("“and” or “or” is expected here, not %1.").arg(named(peek())));
    }

private:
    const FilterToken &peek(qsizetype ahead = 0) const
    {
        return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
    }
    const FilterToken &take() { return m_tokens[m_at < m_tokens.size() - 1 ? m_at++ : m_at]; }
    bool isWord(QStringView word, qsizetype ahead = 0) const
    {
        return peek(ahead).kind == Kind::Word && word.compare(peek(ahead).text, Qt::CaseInsensitive) == 0;
    }

    Parsed parseOr()
    {
        Parsed first = parseAnd();
        if (!first || !isWord(u"or"))
            return first;
        FilterNode any{.kind = FilterNode::Kind::Or};
        any.children.push_back(std::move(*first));
        while (isWord(u"or")) {
            take();
            Parsed next = parseAnd();
            if (!next)
                return next;
            any.children.push_back(std::move(*next));
        }
        return any;
    }

    bool beginsTerm() const
    {
        const FilterToken &token = peek();
        return token.kind == Kind::Open || token.kind == Kind::Quoted || token.kind == Kind::Expression
            || (token.kind == Kind::Word && !isWord(u"or") && !isWord(u"and"));
    }

    Parsed parseAnd()
    {
        Parsed first = parseTerm();
        if (!first || !(isWord(u"and") || beginsTerm()))
            return first;
        FilterNode all{.kind = FilterNode::Kind::And};
        all.children.push_back(std::move(*first));
        while (isWord(u"and") || beginsTerm()) {
            if (isWord(u"and"))
                take();
            Parsed next = parseTerm();
            if (!next)
                return next;
            all.children.push_back(std::move(*next));
        }
        return all;
    }

    Parsed parseTerm()
    {
        if (m_depth == MaximumFilterDepth)
            return problemAt(
                peek(),
                QStringLiteral("Parentheses may stand in each other %1 deep.").arg(MaximumFilterDepth));
        ++m_depth;
        Parsed term = parseTermWithin();
        --m_depth;
        return term;
    }

    Parsed parseTermWithin()
    {
        if (isWord(u"not") && !isOperatorNext()) {
            take();
            Parsed inner = parseTerm();
            if (!inner)
                return inner;
            FilterNode negation{.kind = FilterNode::Kind::Not};
            negation.children.push_back(std::move(*inner));
            return negation;
        }
        if (peek().kind == Kind::Open) {
            const FilterToken &opening = take();
            Parsed inner = parseOr();
            if (!inner)
                return inner;
            if (peek().kind == Kind::End)
                return problemAt(opening, QStringLiteral("This ( is not closed: ) is expected at the end."));
            if (peek().kind != Kind::Close)
                return problemAt(peek(), QStringLiteral(") is expected here, not %1.").arg(named(peek())));
            take();
            return inner;
        }
        if ((peek().kind == Kind::Word || peek().kind == Kind::Quoted) && isOperatorNext())
            return parseCondition();
        return parseText();
    }

    // Behind a name.
    bool isOperatorNext() const
    {
        return peek(1).kind == Kind::Operator || isWord(u"exists", 1)
            || (isWord(u"in", 1) && peek(2).kind == Kind::Open) || (isWord(u"not", 1) && isWord(u"in", 2));
    }

    Parsed parseText()
    {
        const FilterToken &token = take();
        if (token.kind == Kind::End && m_at > 0)
            return problemAt(
                token,
                QStringLiteral("Something is expected behind “%1”.").arg(m_tokens[m_tokens.size() - 2].text));
        const bool isKeyword = token.kind == Kind::Word
            && (token.text.compare(u"and", Qt::CaseInsensitive) == 0
                || token.text.compare(u"or", Qt::CaseInsensitive) == 0);
        const bool isText = token.kind == Kind::Word || token.kind == Kind::Quoted
            || token.kind == Kind::Expression;
        if (!isText || isKeyword) {
            return problemAt(
                token,
                QStringLiteral("Text or the name of a field is expected here, not %1.").arg(named(token)));
        }
        FilterNode node{.kind = FilterNode::Kind::Condition};
        return withPattern(std::move(node), token);
    }

    Parsed withPattern(FilterNode node, const FilterToken &token) const
    {
        node.pattern.text = token.text;
        if (token.kind != Kind::Expression) {
            if (token.text.isEmpty())
                return problemAt(token,
                                 QStringLiteral("Something to look for is expected between the quotes."));
            return node;
        }
        node.pattern.kind = FilterPattern::Kind::Expression;
        node.pattern.sensitivity = token.sensitivity;
        const QRegularExpression expression(token.text);
        if (!expression.isValid()) {
            // Escaped slashes move places; close enough to be found.
            const qsizetype position = token.position + 1 + expression.patternErrorOffset();
            return tl::make_unexpected(FilterProblem{
                std::min(position, token.position + token.length - 1), 1,
                QStringLiteral("The expression cannot be read: %1.").arg(expression.errorString())});
        }
        return node;
    }

    tl::expected<FilterSubject, FilterProblem> parseSubject()
    {
        const FilterToken &token = take();
        FilterSubject subject;
        if (token.kind == Kind::Quoted) { // a name with blanks or signs in it
            subject.kind = FilterSubject::Kind::Field;
            subject.path = QStringList{token.text};
            return subject;
        }
        for (const NamedSubject &known : NamedSubjects) {
            if (token.text == known.name) {
                subject.kind = known.kind;
                return subject;
            }
        }
        if (token.text == QLatin1String("header")) {
            subject.kind = FilterSubject::Kind::AnyHeader;
            return subject;
        }
        if (token.text.startsWith(QLatin1String("header."))) {
            subject.kind = FilterSubject::Kind::Header;
            subject.path = QStringList{token.text.mid(7)};
            if (subject.path.first().isEmpty())
                return problemAt(token, QStringLiteral("A header's name is expected behind “header.”."));
            return subject;
        }
        if (token.text.startsWith(QLatin1String("key.")))
            return problemAt(
                token, QStringLiteral("A key has no fields here: write key ~ and the text to look for."));
        subject.kind = FilterSubject::Kind::Field;
        subject.path = token.text.split(u'.');
        if (subject.path.first() == QLatin1String("value"))
            subject.path.removeFirst();
        if (subject.path.contains(QString()))
            return problemAt(token, QStringLiteral("A name is expected on both sides of each point."));
        if (subject.path.size() > MaximumFieldDepth)
            return problemAt(token,
                             QStringLiteral("A field may lie %1 messages deep.").arg(MaximumFieldDepth));
        return subject;
    }

    Parsed parseCondition()
    {
        FilterNode node{.kind = FilterNode::Kind::Condition};
        auto subject = parseSubject();
        if (!subject)
            return tl::make_unexpected(subject.error());
        node.subject = *subject;
        if (isWord(u"exists")) {
            take();
            node.comparison = FilterOperator::Exists;
            return node;
        }
        if (isWord(u"in") || isWord(u"not")) {
            node.comparison = isWord(u"not") ? FilterOperator::NotIn : FilterOperator::In;
            if (isWord(u"not"))
                take();
            take();
            return parseList(std::move(node));
        }
        const FilterToken &sign = take();
        node.comparison = *operatorOf(sign.text);
        if (node.comparison == FilterOperator::Holds || node.comparison == FilterOperator::HoldsNot)
            return parsePattern(std::move(node), sign);
        auto value = parseValue(node.subject, sign);
        if (!value)
            return tl::make_unexpected(value.error());
        if (!value->isNull()) {
            node.values.append(*value);
            return node;
        }
        if (node.comparison != FilterOperator::Equal && node.comparison != FilterOperator::NotEqual)
            return problemAt(m_tokens[m_at - 1], QStringLiteral("null can only be compared with = and !=."));
        node.comparison = node.comparison == FilterOperator::Equal ? FilterOperator::ExistsNot
                                                                   : FilterOperator::Exists;
        return node;
    }

    Parsed parsePattern(FilterNode node, const FilterToken &sign)
    {
        if (isNumber(node.subject.kind) || node.subject.kind == FilterSubject::Kind::Time)
            return problemAt(
                sign, QStringLiteral("%1 looks into text; compare this with =, < or >.").arg(sign.text));
        const FilterToken &token = peek();
        if (token.kind != Kind::Word && token.kind != Kind::Quoted && token.kind != Kind::Expression)
            return problemAt(token,
                             QStringLiteral("Text or an /expression/ is expected behind %1, not %2.")
                                 .arg(sign.text, named(token)));
        return withPattern(std::move(node), take());
    }

    tl::expected<FilterValue, FilterProblem> parseValue(const FilterSubject &subject,
                                                        const FilterToken &before)
    {
        const FilterToken &token = peek();
        if (token.kind == Kind::Expression)
            return problemAt(token, QStringLiteral("An expression is looked for with ~."));
        if (token.kind != Kind::Word && token.kind != Kind::Quoted)
            return problemAt(
                token,
                QStringLiteral("A value is expected behind %1, not %2.").arg(before.text, named(token)));
        take();
        FilterValue value(
            token.text,
            token.kind == Kind::Quoted ? FilterValue::Spelling::Quoted : FilterValue::Spelling::Bare, m_now);
        if (value.isNull())
            return value;
        if (isNumber(subject.kind) && !value.number())
            return problemAt(token, QStringLiteral("A number is expected here, not “%1”.").arg(token.text));
        if (subject.kind == FilterSubject::Kind::Time && !value.time()) {
            return problemAt(token,
                             QStringLiteral("A time is expected here, like today, -1h, 2024-01-31 or "
                                            "2024-01-31T10:00:00Z, not “%1”.")
                                 .arg(token.text));
        }
        return value;
    }

    Parsed parseList(FilterNode node)
    {
        if (peek().kind != Kind::Open)
            return problemAt(peek(), QStringLiteral("( is expected behind “in”, not %1.").arg(named(peek())));
        const FilterToken *before = &take();
        while (true) {
            auto value = parseValue(node.subject, *before);
            if (!value)
                return tl::make_unexpected(value.error());
            if (value->isNull())
                return problemAt(m_tokens[m_at - 1],
                                 QStringLiteral("null cannot stand in a list: write “= null” instead."));
            node.values.append(*value);
            before = &peek();
            if (before->kind == Kind::Close) {
                take();
                return node;
            }
            if (before->kind != Kind::Comma)
                return problemAt(
                    *before, QStringLiteral("A comma or ) is expected here, not %1.").arg(named(*before)));
            take();
        }
    }

    const QList<FilterToken> &m_tokens;
    const QDateTime &m_now;
    qsizetype m_at = 0;
    int m_depth = 0;
};

} // namespace

QString FilterProblem::toText() const
{
    return QStringLiteral("Column %1: %2").arg(position + 1).arg(sentence);
}

tl::expected<FilterNode, FilterProblem> parseFilter(const QString &text, const QDateTime &now)
{
    const auto tokens = readTokens(text);
    if (!tokens)
        return tl::make_unexpected(tokens.error());
    return Parser(*tokens, now).parse();
}

} // namespace desk
