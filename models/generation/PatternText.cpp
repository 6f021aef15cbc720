// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/generation/PatternText.h"

#include <QRegularExpression>

#include <algorithm>

namespace desk {

// One pass over the pattern; what it cannot follow leaves m_isKnown false.
class PatternReader
{
public:
    using Node = PatternText::Node;
    using Range = PatternText::Range;
    using Ranges = std::vector<Range>;

    explicit PatternReader(const QString &pattern) : m_pattern(pattern) { }

    std::optional<Node> read()
    {
        Node root = readChoice();
        if (!m_isKnown || m_at < m_pattern.size())
            return std::nullopt;
        return root;
    }

private:
    static constexpr int DeepestGroup = 50;
    static constexpr int MostRepeats = 10'000;

    [[nodiscard]] bool isAtEnd() const { return m_at >= m_pattern.size(); }
    [[nodiscard]] QChar peek() const { return isAtEnd() ? QChar() : m_pattern[m_at]; }
    QChar take() { return isAtEnd() ? QChar() : m_pattern[m_at++]; }
    bool takeIf(QStringView words)
    {
        if (!QStringView(m_pattern).sliced(m_at).startsWith(words))
            return false;
        m_at += words.size();
        return true;
    }
    Node unknown()
    {
        m_isKnown = false;
        return {};
    }

    Node readChoice()
    {
        Node choice;
        choice.kind = Node::Kind::Choice;
        choice.children.push_back(readSequence());
        while (m_isKnown && takeIf(u"|"))
            choice.children.push_back(readSequence());
        return choice;
    }

    Node readSequence()
    {
        Node sequence;
        while (m_isKnown && !isAtEnd() && peek() != u'|' && peek() != u')') {
            Node piece = readPiece();
            readRepeats(piece);
            sequence.children.push_back(std::move(piece));
        }
        return sequence;
    }

    Node readPiece()
    {
        const QChar letter = take();
        if (letter == u'^' || letter == u'$')
            return {};
        if (letter == u'.')
            return character({{u'a', u'z'}, {u'0', u'9'}});
        if (letter == u'[')
            return character(readClass());
        if (letter == u'(')
            return readGroup();
        if (letter == u'\\')
            return readEscape();
        return character({{letter.unicode(), letter.unicode()}});
    }

    Node readGroup()
    {
        if (++m_depth > DeepestGroup)
            return unknown();
        bool isPassedOver = false;
        if (takeIf(u"?=") || takeIf(u"?!") || takeIf(u"?<=") || takeIf(u"?<!")) {
            isPassedOver = true;
        } else if (takeIf(u"?P<") || takeIf(u"?<") || takeIf(u"?'")) {
            while (!isAtEnd() && peek() != u'>' && peek() != u'\'')
                take();
            take();
        } else if (!takeIf(u"?:") && !takeIf(u"?>") && takeIf(u"?")) {
            static const QRegularExpression flags(QStringLiteral("^[imsx]+(?<end>[:)])"));
            const auto match = flags.match(m_pattern.mid(m_at, 8));
            if (!match.hasMatch())
                return unknown();
            m_at += match.capturedLength();
            if (match.captured(QStringLiteral("end")) == u')') {
                --m_depth;
                return {};
            }
        }
        Node group = readChoice();
        if (!takeIf(u")"))
            return unknown();
        --m_depth;
        return isPassedOver ? Node() : group;
    }

    void readRepeats(Node &piece)
    {
        if (takeIf(u"?")) {
            piece.least = 0;
        } else if (takeIf(u"*")) {
            piece.least = 0;
            piece.most = -1;
        } else if (takeIf(u"+")) {
            piece.most = -1;
        } else {
            static const QRegularExpression counts(
                QStringLiteral("^[{](?<least>[0-9]{1,5})(?<to>,(?<most>[0-9]{1,5})?)?[}]"));
            const auto match = counts.match(m_pattern.mid(m_at, 16));
            if (!match.hasMatch())
                return;
            m_at += match.capturedLength();
            piece.least = std::min(match.captured(QStringLiteral("least")).toInt(), MostRepeats);
            piece.most = piece.least;
            if (match.hasCaptured(QStringLiteral("to")))
                piece.most = match.hasCaptured(QStringLiteral("most"))
                    ? match.captured(QStringLiteral("most")).toInt()
                    : -1;
        }
        if (peek() == u'?' || peek() == u'+') // lazy or possessive: the texts are the same
            take();
    }

    Node character(Ranges ranges)
    {
        if (ranges.empty())
            return unknown();
        Node node;
        node.kind = Node::Kind::Character;
        node.ranges = std::move(ranges);
        return node;
    }

    Node readEscape()
    {
        const QChar letter = peek();
        if (letter == u'b' || letter == u'B' || letter == u'A' || letter == u'z' || letter == u'Z') {
            take();
            return {};
        }
        return character(readEscapedClass());
    }

    // What stands behind a backslash, as the characters it means; empty: not known.
    Ranges readEscapedClass()
    {
        const QChar letter = take();
        switch (letter.unicode()) {
        case u'd':
            return {{u'0', u'9'}};
        case u'w':
            return {{u'a', u'z'}, {u'A', u'Z'}, {u'0', u'9'}, {u'_', u'_'}};
        case u's':
            return {{u' ', u' '}};
        case u'D':
            return others({{u'0', u'9'}});
        case u'W':
            return others({{u'a', u'z'}, {u'A', u'Z'}, {u'0', u'9'}, {u'_', u'_'}});
        case u'S':
            return others({{u' ', u' '}});
        case u't':
            return {{u'\t', u'\t'}};
        case u'n':
            return {{u'\n', u'\n'}};
        case u'r':
            return {{u'\r', u'\r'}};
        case u'p':
            return readProperty();
        case u'x':
            return readCode();
        default:
            break;
        }
        if (letter.isNull() || letter.isLetterOrNumber()) {
            m_isKnown = false;
            return {};
        }
        return {{letter.unicode(), letter.unicode()}};
    }

    Ranges readCode()
    {
        static const QRegularExpression code(QStringLiteral("^([0-9a-fA-F]{2}|[{][0-9a-fA-F]{1,4}[}])"));
        const auto match = code.match(m_pattern.mid(m_at, 6));
        if (!match.hasMatch())
            return {};
        m_at += match.capturedLength();
        QString digits = match.captured();
        digits.remove(u'{').remove(u'}');
        const auto unit = char16_t(digits.toUInt(nullptr, 16));
        return {{unit, unit}};
    }

    Ranges readProperty()
    {
        const qsizetype end = m_pattern.indexOf(u'}', m_at);
        if (!takeIf(u"{") || end < 0)
            return {};
        const QString name = m_pattern.mid(m_at, end - m_at);
        m_at = end + 1;
        if (name == u"L")
            return {{u'a', u'z'}, {u'A', u'Z'}};
        if (name == u"Lu")
            return {{u'A', u'Z'}};
        if (name == u"Ll")
            return {{u'a', u'z'}};
        if (name == u"N" || name == u"Nd")
            return {{u'0', u'9'}};
        return {};
    }

    // "[:alpha:]" within a class.
    Ranges readNamedClass()
    {
        const qsizetype end = m_pattern.indexOf(QLatin1String(":]"), m_at);
        const QString name = end < 0 ? QString() : m_pattern.mid(m_at, end - m_at);
        m_at = end < 0 ? m_at : end + 2;
        if (name == u"alpha")
            return {{u'a', u'z'}, {u'A', u'Z'}};
        if (name == u"digit")
            return {{u'0', u'9'}};
        if (name == u"alnum")
            return {{u'a', u'z'}, {u'A', u'Z'}, {u'0', u'9'}};
        if (name == u"upper")
            return {{u'A', u'Z'}};
        if (name == u"lower")
            return {{u'a', u'z'}};
        if (name == u"xdigit")
            return {{u'0', u'9'}, {u'a', u'f'}};
        m_isKnown = false;
        return {};
    }

    Ranges readClass()
    {
        Ranges ranges;
        const bool isNegated = takeIf(u"^");
        bool isFirst = true;
        while (m_isKnown && (isFirst || peek() != u']')) {
            isFirst = false;
            if (isAtEnd()) {
                m_isKnown = false;
                return {};
            }
            Ranges next = takeIf(u"[:") ? readNamedClass()
                : takeIf(u"\\")         ? readEscapedClass()
                                        : Ranges{single(take())};
            const bool isOne = next.size() == 1 && next[0].first == next[0].last;
            const bool isRange = isOne && peek() == u'-' && m_at + 1 < m_pattern.size()
                && m_pattern[m_at + 1] != u']';
            if (isRange) {
                take();
                const Ranges last = takeIf(u"\\") ? readEscapedClass() : Ranges{single(take())};
                if (last.size() != 1 || last[0].first < next[0].first) {
                    m_isKnown = false;
                    return {};
                }
                next[0].last = last[0].last;
            }
            ranges.insert(ranges.end(), next.begin(), next.end());
        }
        take(); // the bracket
        return isNegated ? others(ranges) : ranges;
    }

    static Range single(QChar letter) { return {letter.unicode(), letter.unicode()}; }

    // The printable characters of ASCII that are not in these.
    static Ranges others(const Ranges &ranges)
    {
        Ranges rest;
        for (char16_t letter = u'!'; letter <= u'~'; ++letter) {
            const bool isIn = std::any_of(ranges.begin(), ranges.end(), [&](const Range &range) {
                return range.first <= letter && letter <= range.last;
            });
            if (!isIn)
                rest.push_back({letter, letter});
        }
        return rest;
    }

    const QString &m_pattern;
    qsizetype m_at = 0;
    int m_depth = 0;
    bool m_isKnown = true;
};

std::optional<PatternText> PatternText::read(const QString &pattern)
{
    std::optional<Node> root = PatternReader(pattern).read();
    if (!root)
        return std::nullopt;
    PatternText text;
    text.m_root = *std::move(root);
    return text;
}

// What is being written, and how. Repeated groups that write nothing have to come to an end, too.
struct PatternText::Writing {
    Randomness &random;
    Repeats repeats;
    int more;
    QString text;
    int steps = 0;

    void write(const Node &node)
    {
        constexpr int MostSteps = 100'000;
        qint64 most = qint64(node.least) + more;
        if (node.most >= 0)
            most = std::min<qint64>(most, node.most);
        most = std::max<qint64>(most, node.least);
        const qint64 count = repeats == Repeats::Exactly ? most : random.between(node.least, most);
        for (qint64 index = 0; index < count && text.size() < LongestText && ++steps < MostSteps; ++index) {
            if (node.kind == Node::Kind::Character)
                writeCharacter(node.ranges);
            else if (node.kind == Node::Kind::Choice)
                write(random.pick(node.children));
            else
                std::for_each(node.children.begin(), node.children.end(),
                              [this](const Node &child) { write(child); });
        }
    }

    void writeCharacter(const std::vector<Range> &ranges)
    {
        qint64 width = 0;
        for (const Range &range : ranges)
            width += range.last - range.first + 1;
        qint64 at = random.between(0, width - 1);
        for (const Range &range : ranges) {
            const qint64 size = range.last - range.first + 1;
            if (at < size) {
                text += QChar(char16_t(range.first + at));
                return;
            }
            at -= size;
        }
    }
};

QString PatternText::text(Randomness &random, Repeats repeats, int more) const
{
    Writing writing{random, repeats, more, {}};
    writing.write(m_root);
    return writing.text;
}

} // namespace desk
